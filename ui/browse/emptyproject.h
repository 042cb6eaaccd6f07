// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QUrl>
#include <QWidget>

class EmptyState;
class QLabel;

// What a project without experiments shows: the lines of Python that log the first one to it. Owned by
// ExperimentsPage.
class EmptyProject : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyProject(QWidget *parent = nullptr);

    void setProject(const QUrl &server, const QString &workspace, const QString &project);
    QString snippet() const { return m_snippet; }

private:
    EmptyState *m_state;
    QLabel *m_code;
    QString m_snippet;
};
