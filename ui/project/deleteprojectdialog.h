// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

// The question before a project is deleted: alone or with its experiments, archived ones too. Unless it is
// known to have none, its name is to be typed first. Owned by the window.
class DeleteProjectDialog : public QDialog
{
    Q_OBJECT
public:
    DeleteProjectDialog(const api::Project &project, QWidget *parent);

    void setArchived(qint64 experiments); // how many are archived, once that is known
    bool withExperiments() const;

private:
    void check();
    QString experiments() const; // "3 experiments and 2 archived ones"

    QString m_name;
    qint64 m_active; // -1 where the server does not say
    qint64 m_archived = -1; // -1 where that is not known
    QLabel *m_none;
    QWidget *m_choice;
    QRadioButton *m_with;
    QLineEdit *m_typed;
    QPushButton *m_verb;
};
