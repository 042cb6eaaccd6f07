// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the menus of the table's cells and columns add to the query.

#include "ui/browse/querypane.h"

#include "models/browse/experimenttable.h"
#include "models/browse/projectloader.h"
#include "models/query/cellclauses.h"
#include "models/query/tablevalues.h"
#include "ui/query/querybuilder.h"

#include <QMenu>

using namespace Qt::StringLiterals;
using query::Clause;
using query::Operator;
using query::Source;

namespace {

constexpr int mostTags = 8; // in the menu of one cell
constexpr int longest = 40; // letters of a value or name in a menu

QString shown(const QString &text)
{
    QString one = text.simplified();
    if (one.size() > longest)
        one = one.left(longest - 1) + u'…';
    return one.replace(u'&', u"&&"_s);
}

} // namespace

void QueryPane::narrow(const query::Expression &part)
{
    edit([this, part] { m_builder->addPart(part); });
}

void QueryPane::addCellActions(QMenu &menu, const TableColumn &column, std::size_t experiment)
{
    if (!m_session)
        return;
    const auto add = [&](const QString &text, const std::optional<Clause> &clause) {
        if (clause)
            menu.addAction(text, this, [this, clause = *clause] { narrow(query::Expression(clause)); });
    };
    // The value is a start: another one can be typed at once.
    const auto addOpen = [&](const QString &text, const std::optional<Clause> &clause) {
        if (!clause)
            return;
        menu.addAction(text, this, [this, clause = *clause] {
            narrow(query::Expression(clause));
            setOpen(true);
            m_builder->focusLast();
        });
    };
    if (column.source == TableColumn::Source::Tags) {
        for (const QString &tag : m_table.tags(experiment).mid(0, mostTags)) {
            add(tr("Only Tag “%1”").arg(shown(tag)), Clause{Source::Tag, tag, Operator::Equal, {}});
            add(tr("Without Tag “%1”").arg(shown(tag)), Clause{Source::Tag, tag, Operator::NotEqual, {}});
        }
        return;
    }
    const query::CellClauses clauses
        = query::cellClauses(m_table, column, experiment, query::Variables(m_loader.available()));
    const QString value = shown(clauses.value);
    const bool isText = clauses.same && std::holds_alternative<QString>(clauses.same->value);
    const QString quoted = isText ? tr("“%1”").arg(value) : value;
    const bool isMissing = clauses.same && clauses.same->op == Operator::IsNull;
    add(isMissing       ? tr("Keep Only Without a Value")
        : quoted.isEmpty() ? tr("Keep Only Empty Texts")
                        : tr("Keep Only %1").arg(quoted),
        clauses.same);
    add(isMissing       ? tr("Exclude Without a Value")
        : quoted.isEmpty() ? tr("Exclude Empty Texts")
                        : tr("Exclude %1").arg(quoted),
        clauses.other);
    const bool isTime = clauses.greater && std::holds_alternative<query::Moment>(clauses.greater->value);
    addOpen(isTime ? tr("After %1…").arg(value) : tr("Greater Than %1…").arg(value), clauses.greater);
    addOpen(isTime ? tr("Before %1…").arg(value) : tr("Less Than %1…").arg(value), clauses.less);
}

void QueryPane::addColumnActions(QMenu &menu, const TableColumn &column)
{
    const std::optional<query::Variable> variable = query::variableOf(column);
    if (!m_session || !variable)
        return;
    if (query::Variables(m_loader.available()).type(variable->source, variable->name).isNull())
        return;
    menu.addAction(tr("&Query “%1”…").arg(shown(column.title())), this,
        [this, variable = *variable] { addVariable(variable); });
}
