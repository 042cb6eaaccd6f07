// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

// The question before a project is deleted: alone or with its experiments. Where it has any, its name is to
// be typed first. Owned by the window.
class DeleteProjectDialog : public QDialog
{
    Q_OBJECT
public:
    DeleteProjectDialog(const api::Project &project, QWidget *parent);

    bool withExperiments() const;

private:
    void check();

    QString m_name;
    qint64 m_experiments; // -1 where the server does not say
    QRadioButton *m_with = nullptr; // there where it has experiments, or may have
    QLineEdit *m_typed = nullptr;
    QPushButton *m_verb;
};
