// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/changes.h"
#include "models/project/projectdetails.h"

#include <QWidget>

class InlineNote;
class QListWidget;
class QPushButton;

// The share keys of a project: with one, anybody may read it without an account. Create, copy, delete.
// Owned by the settings of the project.
class ShareKeys : public QWidget
{
    Q_OBJECT
public:
    ShareKeys(Changes &changes, ProjectDetails &details, QWidget *parent);

    // PROTOCOL 1.1: <root>/<workspace>/<project>?shareable=<key>
    static QUrl link(const QUrl &root, const QString &workspace, const QString &project, const QString &key);

signals:
    void message(const QString &sentence);

private:
    void showKeys();
    void showButtons();
    void create();
    void remove();
    void copy(const QString &text, const QString &sentence);
    QString chosen() const; // empty where none is
    QString linkOf(const QString &key) const;

    Changes &m_changes;
    ProjectDetails &m_details;
    QListWidget *m_list;
    InlineNote *m_note;
    QPushButton *m_create;
    QPushButton *m_copyLink;
    QPushButton *m_copyKey;
    QPushButton *m_delete;
    QPushButton *m_retry;
    QString m_subject; // project id
    QString m_wanted; // the key just made, to be chosen when it is listed
    bool m_isCreating = false;
};
