// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/session/place.h"
#include "models/session/session.h"

#include <QObject>
#include <QPointer>

// Finds the place that a path means, "workspace/project/experiment", once its server answers: an
// experiment may be given by its key or by a name that is there once. Owned by whoever asks; lives on
// the main thread.
class OpenPath : public QObject
{
    Q_OBJECT
public:
    OpenPath(Session &session, const QString &path, QObject *parent = nullptr);

signals: // one of them, once, from the event loop
    void found(const Place &place);
    void failed(const QString &sentence);

private:
    void ask();
    void choose(const api::Experiments &experiments);

    QPointer<Session> m_session;
    Place m_place;
    QString m_experiment;
    bool m_tooLong = false;
    bool m_done = false;
    api::Latest m_latest;
};
