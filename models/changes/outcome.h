// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/changes/step.h"

#include <vector>

// How a run of steps ended.
struct Outcome
{
    enum class Way { Done, Undone, Redone };
    struct Failure
    {
        enum class Why {
            Refused, // by the server, or not sent at all
            Conflict, // somebody else has changed the thing meanwhile; now is what is there
            Unknown, // no answer came, and whether it happened can't be told
        };
        Step step;
        Why why = Why::Refused;
        QString reason; // a sentence or two
        QJsonValue now = {};
    };

    QString server; // Profile::id
    Way way = Way::Done;
    std::vector<Step> steps; // as asked for
    std::vector<Step> done;
    std::vector<api::Acknowledgement> answers; // to done, in its order
    std::vector<Failure> failed;
    std::vector<Step> left; // not begun when the person cancelled
    int lateAnswers = 0; // how many of done are known by looking only, because no answer came

    bool isWhole() const { return failed.empty() && left.empty(); }
    // "9 of 12 experiments archived; 2 failed, 1 not begun." Never empty.
    QString sentence() const;
    std::vector<Step> retryable() const; // what failed, without conflicts
};
