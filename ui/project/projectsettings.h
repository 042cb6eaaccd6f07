// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/changes.h"
#include "models/notes/draftkeeper.h"
#include "models/project/projectdetails.h"

#include <QWidget>

class EmptyState;
class ProjectForm;
class ShareKeys;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

// A project's settings and sharing: its name, description and visibility, facts about it, its share keys,
// and its end. What fails is said where it was asked for; what was typed and not saved outlives the page, the
// window and the program. Owned by ProjectPage.
class ProjectSettings : public QWidget
{
    Q_OBJECT
public:
    ProjectSettings(Changes &changes, ProjectDetails &details, const Settings &settings, QWidget *parent);

signals:
    void message(const QString &sentence);

private:
    QWidget *makeContent();
    QWidget *makeFacts(QWidget *parent);
    void showDetails();
    void showSubject();
    void keepDraft();
    void showFacts();
    void showButtons();
    void save();
    void discard();
    void remove();
    steps::Properties known() const; // as the server has them

    Changes &m_changes;
    ProjectDetails &m_details;
    ProjectForm *m_form = nullptr;
    ShareKeys *m_keys = nullptr;
    QLabel *m_id = nullptr;
    QToolButton *m_copyId = nullptr;
    QLabel *m_owner = nullptr;
    QLabel *m_updated = nullptr;
    QLabel *m_experiments = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_discard = nullptr;
    QPushButton *m_delete = nullptr;
    EmptyState *m_state = nullptr;
    QStackedWidget *m_body = nullptr;
    QString m_subject; // project id
    steps::Properties m_before; // what the fields were filled with
    DraftKeeper m_draft;
    bool m_isSaving = false;
};
