// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/step.h"

#include <QStringList>
#include <QWidget>

class InlineNote;
class QButtonGroup;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;

// Name, description and visibility of a project that is made or changed; what does not do is said below the
// name while it is typed. Owned by the dialog or page it stands in.
class ProjectForm : public QWidget
{
    Q_OBJECT
public:
    explicit ProjectForm(QWidget *parent = nullptr);

    void setProperties(const steps::Properties &properties);
    steps::Properties properties() const;
    void setTaken(const QStringList &names); // by other projects of the workspace
    bool isAcceptable() const { return m_isAcceptable; }
    // Where nothing may be changed, and why; empty where it may.
    void setReadOnly(const QString &reason);
    void say(bool isGood, const QString &sentence); // how it went, below the fields
    void focusName();

    // The labels are as wide as that of a field in another form above or below.
    void alignLabels(const QFormLayout &other, QWidget *field);

signals:
    void edited();

private:
    void check();

    QFormLayout *m_fields;
    QLineEdit *m_name;
    InlineNote *m_nameNote;
    QPlainTextEdit *m_description;
    QButtonGroup *m_visibility;
    InlineNote *m_outcome;
    QStringList m_taken;
    bool m_isAcceptable = false;
    bool m_isTouched = false; // an empty name is no mistake before anything was typed
};
