// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/changes/changes.h"

#include <QDialog>

class EmptyState;
class InlineNote;
class StageBar;
class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QStringListModel;

// Registers a model that an experiment logged: under a new name, or as another version of a model that is in
// the registry. Stays open, and says why, where the server refuses. Owned by whoever opens it.
class RegisterDialog : public QDialog
{
    Q_OBJECT
public:
    struct Source
    {
        QString workspace;
        QString experimentKey;
        QString experimentName;
    };

    RegisterDialog(Changes &changes, Session *session, const Source &source, QWidget *parent);

private:
    void buildForm();
    void load();
    void showForm();
    void showError(const api::Error &error);
    void showModel();
    void checkName();
    void suggestVersion();
    void checkVersion();
    void send();
    const api::ExperimentModel *chosen() const;
    const api::RegistryModel *existing() const; // of the name typed; nullptr where it is new

    Changes &m_changes;
    QPointer<Session> m_session;
    Source m_source;
    std::vector<api::ExperimentModel> m_models; // of the experiment
    std::vector<api::RegistryModel> m_registered; // in the workspace
    QStringList m_versions; // of existing(), as far as known
    QString m_versionsOf;
    QString m_suggested; // version
    QStackedWidget *m_stack;
    EmptyState *m_state;
    QFormLayout *m_form;
    QComboBox *m_model;
    InlineNote *m_modelNote;
    QLineEdit *m_name;
    QStringListModel *m_names;
    InlineNote *m_nameNote;
    QLineEdit *m_version;
    InlineNote *m_versionNote;
    StageBar *m_stages;
    InlineNote *m_stageNote;
    QPlainTextEdit *m_comment;
    QLineEdit *m_description;
    QCheckBox *m_public;
    InlineNote *m_outcome;
    QDialogButtonBox *m_buttons;
    QPushButton *m_register;
    api::Latest m_latestModels;
    api::Latest m_latestRegistry;
    api::Latest m_latestDetails;
};
