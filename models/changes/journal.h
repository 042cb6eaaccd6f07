// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/outcome.h"

#include <QFile>
#include <QLockFile>

#include <memory>

// A run of steps on the disk: written down before the first is sent, each ticked off when it is answered, so
// that a program that was killed meanwhile knows at its next start what has happened, to the step. A file
// that only its owner can read, one for each run, which goes when the run has ended. A folder that can't be
// written costs the memory, not the change. May be made on another thread, as a large run takes a while to write.
class Journal
{
public:
    Journal(const QString &folder, const Outcome &begun);
    ~Journal(); // of a run that was given up before it was begun nothing is left

    void begin(); // from now on the run may be sent
    void sending(std::size_t step);
    void done(std::size_t step);
    void failed(std::size_t step);
    void remembered(); // what is done can be taken back
    void remove(); // nothing of it is open any more

    // A run of an earlier start that did not come to its end.
    struct BrokenOff
    {
        // done, and left: everything else in its order, what has failed too. No answers.
        Outcome outcome;
        bool isUncertain = false; // the first of left was being sent, and may have happened
        bool isRemembered = false;
        std::shared_ptr<Journal> journal;
    };
    // Oldest first. Those of other running copies of the program are theirs.
    static std::vector<BrokenOff> brokenOff(const QString &folder);

private:
    explicit Journal(const QString &path);
    bool lock();
    void write(const QByteArray &line);
    std::optional<BrokenOff> read();

    QFile m_file;
    QLockFile m_lock;
    bool m_isBegun = false;
};
