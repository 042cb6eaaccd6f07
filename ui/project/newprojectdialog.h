// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/changes.h"
#include "models/session/place.h"

#include <QDialog>

class ProjectForm;
class QPushButton;

// Makes a project in a workspace. Stays open until the server has made it; what it refuses is said below the
// fields. Owned by the window.
class NewProjectDialog : public QDialog
{
    Q_OBJECT
public:
    NewProjectDialog(Changes &changes, Session *session, const QString &workspace, QWidget *parent);

signals:
    void created(const Place &project);

private:
    void check();
    void create();

    Changes &m_changes;
    QPointer<Session> m_session;
    QString m_workspace;
    ProjectForm *m_form;
    QPushButton *m_verb;
    bool m_isCreating = false;
    api::Latest m_taken;
};
