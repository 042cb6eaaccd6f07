// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/draft.h"
#include "models/query/matching.h"

#include <QWidget>

#include <functional>

class CountGauge;
class QMenu;
class QToolButton;

// What all parts of the builder work on. values: those seen of a variable, for completion.
struct QueryParts
{
    query::Draft &draft;
    const query::Matching &matching;
    const api::Columns &columns;
    std::function<QStringList(query::Source source, const QString &name)> values;
    std::function<void(const query::Path &path)> focus; // gives it to the part of that path
};

// A condition or a group in the builder: what both can be done with, by buttons, menu and keys: duplicate,
// remove, move, negate, wrap, switch off. Known by its path. Owned by the card around it.
class PartWidget : public QWidget
{
    Q_OBJECT
public:
    PartWidget(const QueryParts &parts, const query::Path &path, QWidget *parent);

    const query::Path &path() const { return m_path; }
    virtual void show(const query::Expression &part) = 0;
    virtual void showCounts() = 0;
    virtual void showNames() = 0; // of the variables there are
    virtual void focusFirst() = 0;

    // Keys for these are the builder's: of the innermost part with the focus.
    void duplicate();
    void remove();
    void moveUp() { move(-1); }
    void moveDown() { move(1); }

protected:
    const query::Expression &part() const;
    void replace(const query::Expression &by, const QString &name = {});
    QToolButton *makeButton(const QString &icon, const QString &text, std::function<void()> run);
    QToolButton *makeMenuButton();
    void toggleOn();
    void showCount(bool counts); // the server's, before that the one by loaded values
    void contextMenuEvent(QContextMenuEvent *event) override;

    QueryParts m_parts;
    CountGauge *m_count;

private:
    void fill(QMenu *menu);
    void move(int by);
    void wrap();

    query::Path m_path;
};
