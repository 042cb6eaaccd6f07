// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/savedqueries.h"

#include <QWidget>

class QLabel;
class QMenu;
class QToolButton;

// The queries kept of a project, in the head of the builder: which one is being built and whether it is still
// the same, a menu of the others, and Save. Owned by the builder.
class SavedQueriesBar : public QWidget
{
    Q_OBJECT
public:
    SavedQueriesBar(query::SavedQueries &saved, QWidget *parent);

    void setName(const QString &name); // of the query that is being built; empty: none
    const QString &name() const { return m_name; }
    void setExpression(const query::Expression &expression); // as built
    bool isEdited() const; // it is not as it was saved
    query::Reading read(const QString &name); // message() says what is wrong with it

signals:
    void openRequested(const query::Expression &expression);
    void message(const QString &sentence);

private:
    void fill();
    void show();
    void open(const QString &name);
    void save();
    void remove();

    query::SavedQueries &m_saved;
    query::Expression m_expression;
    QString m_name;
    QString m_shownName; // before the queries changed
    QLabel *m_title;
    QLabel *m_edited;
    QToolButton *m_queries;
    QToolButton *m_save;
    QMenu *m_menu;
};
