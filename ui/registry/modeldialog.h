// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/changes/changes.h"

#include <QDialog>

class InlineNote;
class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

// Renames, describes and publishes a registered model. Stays open, and says why, where the server refuses.
// Owned by whoever opens it.
class ModelDialog : public QDialog
{
    Q_OBJECT
public:
    ModelDialog(Changes &changes, Session *session, const QString &workspace, const api::RegistryModel &model,
        QWidget *parent);

private:
    steps::Properties wanted() const;
    void check();
    void save();

    Changes &m_changes;
    QPointer<Session> m_session;
    QString m_workspace;
    QString m_id;
    steps::Properties m_before;
    QLineEdit *m_name;
    InlineNote *m_nameNote;
    QPlainTextEdit *m_description;
    QCheckBox *m_public;
    InlineNote *m_outcome;
    QPushButton *m_save;
};
