// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/query/partwidget.h"

#include <vector>

class QButtonGroup;
class QLabel;
class QVBoxLayout;

// A group as a card: whether all, any or none of its parts must hold, the parts, and buttons for more of them.
// Owned by the card around it, the outermost by the builder.
class GroupCard : public PartWidget
{
    Q_OBJECT
public:
    GroupCard(const QueryParts &parts, const query::Path &path, QWidget *parent);

    // Builds the parts anew where there are others than before.
    void show(const query::Expression &part) override;
    void showCounts() override;
    void showNames() override;
    void focusFirst() override;
    QWidgetList tabStops() const override;
    PartWidget *partAt(const query::Path &path); // below this one; null where there is none
    void addClause(const query::Clause &clause = {});
    // Between two parts, in here or a group below: for something new, and the line to mark it by.
    struct Gap
    {
        query::Path place;
        QRect line;
    };
    Gap gapAt(const QPoint &point) const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    static constexpr int indent = 26; // "and", "or"
    QWidget *makeHead();
    void setWay(int way);
    void addGroup();
    bool fits(const query::Expression &part) const;
    void build(const query::Expression &part);

    QWidget *m_head;
    QButtonGroup *m_ways;
    QLabel *m_sentence;
    QVBoxLayout *m_rows;
    std::vector<PartWidget *> m_children;
    std::vector<QLabel *> m_words; // "and", before each but the first
};
