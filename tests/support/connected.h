// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/changes.h"
#include "models/session/settings.h"
#include "models/session/tasks.h"

#include <QTemporaryDir>
#include <QTest>

// One server without a window, and what is needed to change things on it.
struct Connected
{
    explicit Connected(const QUrl &root, const QString &key = QStringLiteral("key"), bool isReadOnly = false,
        const QString &undoLog = {})
        : settings(folder.filePath(QStringLiteral("settings.conf")))
        , changes(sessions, tasks, undoLog)
    {
        Profile profile;
        profile.id = QStringLiteral("lab");
        profile.name = QStringLiteral("Lab");
        profile.root = root;
        profile.isReadOnly = isReadOnly;
        session = sessions.add(profile, key);
        QTRY_VERIFY(session->state() != Session::State::Connecting);
    }

    // What a reply brings; waits for it.
    template<typename T>
    T answer(api::Reply<T> *reply)
    {
        T value{};
        bool isThere = false;
        reply->then(&changes, [&](const T &answered) {
            value = answered;
            isThere = true;
        });
        reply->otherwise(&changes, [](const api::Error &error) { qWarning() << error.sentence(); });
        if (!QTest::qWaitFor([&] { return isThere; }))
            QTest::qFail("no answer came", __FILE__, __LINE__);
        return value;
    }

    QTemporaryDir folder;
    Settings settings;
    Tasks tasks;
    Sessions sessions;
    Changes changes;
    Session *session = nullptr;
};
