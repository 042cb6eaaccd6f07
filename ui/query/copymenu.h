// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/copies.h"

#include <QMenu>

#include <functional>

// Copies a query as other people and programs read it. Owned by the button of a QueryBuilder.
class CopyMenu : public QMenu
{
    Q_OBJECT
public:
    struct Query
    {
        query::Expression expression;
        query::Variables variables;
        query::CopiedPlace place;
        query::Form form = query::Form::Reference; // that the server knows
    };

    CopyMenu(std::function<Query()> query, QWidget *parent);

signals:
    void copied(const QString &sentence); // or why not

private:
    void add(const QString &title, const QString &done, const std::function<QString(const Query &)> &text);

    std::function<Query()> m_query;
};
