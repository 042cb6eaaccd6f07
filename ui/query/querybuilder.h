// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/draft.h"
#include "models/query/matching.h"
#include "models/query/savedqueries.h"
#include "ui/query/copymenu.h"
#include "ui/query/partdrag.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class GroupCard;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QToolButton;
class SavedQueriesBar;
class Settings;
class VariablesPanel;

// Where a person builds a query: conditions and groups as cards, each with how many experiments it finds, and
// the same in Python below, to be edited as well. Owned by the page of the project.
class QueryBuilder : public QWidget
{
    Q_OBJECT
public:
    explicit QueryBuilder(Settings &settings, QWidget *parent = nullptr);

    // Another subject, or the same after a refresh. session may be null.
    void setProject(Session *session, const QString &workspace, const QString &project, api::Archived archived);
    void setColumns(const api::Columns &columns); // the variables there are
    void setListing(std::shared_ptr<const api::Experiments> listing);
    // The values seen of a variable, for completion.
    void setValues(std::function<QStringList(query::Source source, const QString &name)> values);

    // Those of an expression that are loaded, to count before the server does.
    void setLoaded(std::function<query::ValuesOf(const query::Expression &expression)> values)
    {
        m_matching.setValues(std::move(values));
    }

    // An expression to go on from; nothing of the one before can be undone.
    void open(const query::Expression &expression);
    bool openSaved(const QString &name); // false where it can't be read, which message() says
    QString savedName() const; // of the query that is built, where it is as it was saved
    const query::Expression &expression() const { return m_draft.expression(); }
    query::Draft &draft() { return m_draft; }
    const query::Matching &matching() const { return m_matching; }
    void addPart(const query::Expression &part); // on top, as All
    void addVariable(const query::Variable &variable); // a condition about it, whose value is to be typed
    void focusFirst();
    void focusLast(); // the last part on top
    // What is shown is asked again, and applied() comes when it is known.
    void apply();

signals:
    // keys is null where nothing is asked for.
    void applied(const query::Expression &expression, std::shared_ptr<const KeySet> keys);
    void closed();
    void message(const QString &sentence);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeFoot();
    void goOnFrom(const query::Expression &expression);
    void focus(const query::Path &path);
    query::Clause begun(const query::Variable &variable) const;
    void setVariablesShown(bool shown);
    void showDraft();
    void showPython();
    void readPython();
    void showMatching();
    QString matchText() const;
    void applyIfKnown();
    CopyMenu::Query copied() const;

    Settings &m_settings;
    query::SavedQueries m_saved;
    query::Draft m_draft;
    query::Matching m_matching;
    api::Columns m_columns;
    std::function<QStringList(query::Source, const QString &)> m_values;
    QPointer<Session> m_session;
    QString m_workspace;
    QString m_project;
    api::Archived m_archived = api::Archived::No;
    PartDrag m_drag;
    QTimer m_asking; // until the person stops typing
    bool m_isApplying = false;
    bool m_isShowingPython = false;

    GroupCard *m_root;
    QScrollArea *m_scroll;
    SavedQueriesBar *m_savedBar;
    VariablesPanel *m_variables;
    QToolButton *m_undo;
    QToolButton *m_redo;
    QPlainTextEdit *m_python;
    QLabel *m_problem;
    QWidget *m_foot;
    QLabel *m_status;
    QPushButton *m_show;
};
