// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/browse/localproject.h"

#include "models/session/sessions.h"

#include <QTest>

#include <functional>
#include <memory>

// A project of runs to ask about, and its server: loss 0, 0.1, 0.2 and on, optimizer adam for the even ones
// and sgd for the odd, tag "good" for the first few.
struct Sweep
{
    LocalProject project;
    Sessions sessions;
    Session *session = nullptr;
    QStringList keys;

    Sweep(int runs, int good)
    {
        for (int run = 0; run < runs; ++run) {
            const QString key = project.addExperiment(QStringLiteral("run-%1").arg(run));
            project.logMetric(key, QStringLiteral("loss"), run / 10.0, 0);
            project.logParameter(key, QStringLiteral("optimizer"),
                run % 2 == 0 ? QStringLiteral("adam") : QStringLiteral("sgd"));
            if (run < good)
                project.addTag(key, QStringLiteral("good"));
            keys += key;
        }
        Profile profile;
        profile.id = QStringLiteral("lab");
        profile.root = project.root();
        session = sessions.add(profile, project.apiKey());
    }

    // Asks for the listing and the columns, and waits for both.
    bool read(QObject *context, api::Archived archived,
        const std::function<void(std::shared_ptr<const api::Experiments>)> &listed,
        const std::function<void(const api::Columns &)> &known)
    {
        int missing = 2;
        session->client().experiments(project.workspace, project.name, archived)
            ->then(context, [&](const api::Experiments &listing) {
                listed(std::make_shared<const api::Experiments>(listing));
                --missing;
            });
        session->client().columnNames(project.workspace, project.name)
            ->then(context, [&](const api::Columns &columns) {
                known(columns);
                --missing;
            });
        return QTest::qWaitFor([&] { return missing == 0; }, 10'000);
    }
};
