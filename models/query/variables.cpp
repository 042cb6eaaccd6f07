// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/variables.h"

#include "models/query/pythontext.h"
#include "models/query/translated.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace query {

namespace {

// How many letters have to be changed, added, left out or swapped with the next to make one of the other;
// more than limit where that is not worth counting.
qsizetype distance(QStringView one, QStringView other, qsizetype limit)
{
    if (std::abs(one.size() - other.size()) > limit)
        return limit + 1;
    const std::size_t width = static_cast<std::size_t>(other.size()) + 1;
    std::vector<qsizetype> before(width);
    std::vector<qsizetype> above(width);
    std::vector<qsizetype> row(width);
    for (std::size_t x = 0; x < width; ++x)
        row[x] = static_cast<qsizetype>(x);
    for (qsizetype y = 1; y <= one.size(); ++y) {
        before = std::exchange(above, row);
        row[0] = y;
        qsizetype least = y;
        for (qsizetype x = 1; x <= other.size(); ++x) {
            const auto at = static_cast<std::size_t>(x);
            row[at] = std::min({above[at] + 1, row[at - 1] + 1, above[at - 1] + (one[y - 1] != other[x - 1])});
            if (x > 1 && y > 1 && one[y - 1] == other[x - 2] && one[y - 2] == other[x - 1])
                row[at] = std::min(row[at], before[at - 2] + 1);
            least = std::min(least, row[at]);
        }
        if (least > limit)
            return limit + 1;
    }
    return row.back();
}

QString written(Source source, const QString &name)
{
    return QString::fromLatin1(pythonName(source)) + u'(' + pythonString(name) + u')';
}

Problem unknownVariable(const Clause &clause, const Path &path, const Variables &variables)
{
    Problem problem{Problem::Kind::UnknownVariable, path, {}, variables.nearest(clause.source, clause.name), {}};
    problem.message = tr("The project has no %1.").arg(written(clause.source, clause.name));
    QStringList names;
    for (const Variable &near : problem.nearest)
        names += written(near.source, near.name);
    if (!names.isEmpty())
        problem.message += u' ' + tr("It has %1.").arg(names.join(", "_L1));
    return problem;
}

Problem wrongOperator(const Clause &clause, const Path &path, const QString &type)
{
    Problem problem{Problem::Kind::WrongOperator, path, {}, {}, {}};
    QStringList words;
    for (const Operator op : operatorsFor(type)) {
        problem.fitting.push_back(op);
        const QString word = QString::fromLatin1(pythonName(op));
        if (!word.isEmpty() && !words.contains(word))
            words += word;
    }
    const QString used = QString::fromLatin1(pythonName(clause.op));
    const QString kind = type == "string"_L1 ? tr("text")
        : type == "boolean"_L1               ? tr("true or false")
        : type == "datetime"_L1              ? tr("a time")
                                             : tr("a number");
    problem.message = tr("%1 is %2: “%3” does not fit. These do: %4.")
                          .arg(written(clause.source, clause.name), kind, used, words.join(", "_L1));
    return problem;
}

void collect(const Expression &expression, const Path &path, const Variables &variables, std::vector<Problem> &all)
{
    if (!expression.isOn())
        return;
    for (int i = 0; i < expression.children().size(); ++i)
        collect(expression.children()[i], path + Path{i}, variables, all);
    if (expression.isGroup())
        return;
    const Clause &clause = expression.clause();
    const Operand operand = operandOf(clause.op);
    const QString type = variables.type(clause.source, clause.name);
    if (clause.name.isNull())
        all.push_back({Problem::Kind::Incomplete, path, tr("This condition lacks a variable."), {}, {}});
    else if (!clause.isComplete())
        all.push_back({Problem::Kind::Incomplete, path, tr("This condition lacks a value."), {}, {}});
    else if (type.isNull())
        all.push_back(unknownVariable(clause, path, variables));
    else if ((operand == Operand::Text && type != "string"_L1) || (operand == Operand::Pair && type == "string"_L1))
        all.push_back(wrongOperator(clause, path, type));
}

} // namespace

Variables::Variables(const api::Columns &columns)
{
    for (const api::Column &column : columns) {
        QHash<QString, QString> &types = m_types[column.source];
        if (!types.contains(column.name)) // the first counts (PROTOCOL 5.2)
            types.insert(column.name, column.type.isEmpty() ? u"string"_s : column.type);
    }
}

QString Variables::type(Source source, const QString &name) const
{
    return source == Source::Tag ? u"string"_s : m_types.value(source).value(name);
}

std::vector<Variable> Variables::nearest(Source source, const QString &name) const
{
    constexpr std::size_t few = 3;
    struct Candidate
    {
        Variable variable;
        qsizetype cost;
    };
    std::vector<Candidate> candidates;
    const QString lower = name.toLower();
    const qsizetype limit = std::max<qsizetype>(2, name.size() / 3);
    for (auto types = m_types.begin(); types != m_types.end(); ++types) {
        const bool isOther = types.key() != source;
        if (types.key() == Source::Tag || types.key() == Source::Unknown)
            continue;
        for (auto type = types->begin(); type != types->end(); ++type) {
            const QString candidate = type.key().toLower();
            qsizetype cost = distance(lower, candidate, limit);
            if (cost > limit && name.size() > 2 && candidate.contains(lower))
                cost = limit; // "loss" of "val_loss"
            // Of another source only what is called the same.
            if (isOther ? cost == 0 : cost <= limit)
                candidates.push_back({{types.key(), type.key()}, isOther ? 1 : 2 * cost});
        }
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate &a, const Candidate &b) {
        return a.cost != b.cost ? a.cost < b.cost : a.variable.name < b.variable.name;
    });
    std::vector<Variable> result;
    for (std::size_t i = 0; i < std::min(few, candidates.size()); ++i)
        result.push_back(candidates[i].variable);
    return result;
}

std::vector<Problem> problems(const Expression &expression, const Variables &variables)
{
    std::vector<Problem> all;
    collect(expression, {}, variables, all);
    return all;
}

} // namespace query
