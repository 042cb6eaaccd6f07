// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/variables.h"

#include <QWidget>

#include <vector>

class QToolButton;

// The conditions of a query that must all hold, side by side, each with a × that takes it away; those that
// find no room are counted at the end. Owned by QueryPane.
class QueryChips : public QWidget
{
    Q_OBJECT
public:
    explicit QueryChips(QWidget *parent);

    static bool canShow(const query::Expression &expression); // an All of something
    void setExpression(const query::Expression &expression, const query::Variables &variables);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void removeRequested(int child); // of the expression
    void moreRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();

    std::vector<QWidget *> m_chips;
    QToolButton *m_more;
};
