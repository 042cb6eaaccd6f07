// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/expression.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class ExperimentTable;
class ProjectLoader;
class QLabel;
class QMenu;
class QueryBuilder;
class QueryChips;
class Session;
class Settings;
struct TableColumn;

// Between the experiment table and the query builder: the builder while it is open, the query that is applied
// as a line, and what it found as the rows of the table. Owned by ExperimentsPage.
class QueryPane : public QWidget
{
    Q_OBJECT
public:
    QueryPane(ExperimentTable &table, ProjectLoader &loader, Settings &settings, QWidget *parent);

    void setProject(Session *session, const QString &workspace, const QString &project);
    bool isOpen() const; // the builder
    void setOpen(bool open);
    const query::Expression &applied() const { return m_applied; }
    bool isApplied() const { return m_isApplied; }
    void apply(const query::Expression &expression); // asks, then shows what it finds
    void applySaved(const QString &name); // message() says where it can't be read
    qint64 matches() const { return m_matches; } // of what is applied; -1 where nothing is
    QString appliedName() const; // of the saved query that is applied as it was saved; empty where it is none
    void clear();
    // One more condition for the query that is being built, which opens the builder.
    void addVariable(const query::Variable &variable);
    void narrow(const query::Expression &part); // one more for what is applied, at once
    // What a cell and a column of the table offer for the query.
    void addCellActions(QMenu &menu, const TableColumn &column, std::size_t experiment);
    void addColumnActions(QMenu &menu, const TableColumn &column);

signals:
    void openChanged(bool open);
    void appliedChanged();
    void left(); // the person goes on to the rows
    void message(const QString &sentence);

private:
    void follow();
    bool isReady() const;
    void edit(const std::function<void()> &change);
    QWidget *makeLine();
    QStringList values(query::Source source, const QString &name) const;

    ExperimentTable &m_table;
    ProjectLoader &m_loader;
    QPointer<Session> m_session;
    QString m_workspace;
    QString m_project;
    query::Expression m_applied;
    bool m_isApplied = false;
    qint64 m_matches = -1;
    bool m_isWaiting = false; // with what is to be applied for the project to be listed
    QueryBuilder *m_builder;
    QWidget *m_line;
    QueryChips *m_chips; // of an All of; the text stands for others
    QLabel *m_text;
};
