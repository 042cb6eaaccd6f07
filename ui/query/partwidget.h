// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/draft.h"
#include "models/query/matching.h"

#include <QWidget>

#include <functional>

class CountGauge;
class PartDrag;
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
    PartDrag &drag;
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
    virtual QWidgetList tabStops() const { return stopsIn(this); } // as they are read
    static QWidgetList stopsIn(const QWidget *widget); // its own children, in the order they were made

    // Keys for what follows: they act on the innermost part with the focus.
    static void addShortcuts(QWidget *builder);
    void duplicate();
    void remove();
    void moveUp() { move(-1); }
    void moveDown() { move(1); }
    void moveIn(); // to the group beside it
    void moveOut(); // behind the group around it

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
    void moveTo(const query::Path &place);
    std::optional<query::Path> placeInside() const; // of the group beside it
    void wrap();

    query::Path m_path;
};
