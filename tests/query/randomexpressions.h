// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/expression.h"
#include "models/query/variables.h"

#include <QRandomGenerator>

// Expressions of all kinds, without problems() over columns(), and none with a group of one or none.
class RandomExpressions
{
public:
    explicit RandomExpressions(quint32 seed) : m_random(seed) { }

    static api::Columns columns()
    {
        using S = query::Source;
        const auto text = [](const char *name) { return QString::fromUtf8(name); };
        return {{text("loss"), S::Metric, text("double")}, {text("acc"), S::Metric, text("double")},
            {text("val/loss 📈"), S::Metric, text("double")}, {text("lr"), S::Parameter, text("double")},
            {text("epochs"), S::Parameter, text("double")}, {text("optimizer"), S::Parameter, text("string")},
            {text("say \"hi\"\\\n"), S::Parameter, text("string")}, {text("Name"), S::Other, text("string")},
            {text("os"), S::Environment, text("string")}, {text("duration"), S::Metadata, text("timenumber")},
            {text("start_server_timestamp"), S::Metadata, text("datetime")},
            {text("hasHtml"), S::Metadata, text("boolean")}, {text("user_name"), S::Metadata, text("string")}};
    }

    int below(int end) { return m_random.bounded(end); }
    bool chance(int percent) { return below(100) < percent; }

    QString text()
    {
        static const QStringList pieces{QStringLiteral("adam"), QStringLiteral("\""), QStringLiteral("'"),
            QStringLiteral("\\"), QStringLiteral("\n"), QStringLiteral("\t"), QStringLiteral("Grün"), QStringLiteral("📈"),
            QStringLiteral("\u202e"), QStringLiteral("\u00a0"), QString(QChar(u'\0')), QString(QChar(0xd800)), QStringLiteral("%1"),
            QStringLiteral("\\N"), QStringLiteral("0"), QStringLiteral(" ")};
        QString result = QStringLiteral(""); // not null: a name, though an empty one
        for (int count = below(4); count > 0; --count)
            result += pieces[below(static_cast<int>(pieces.size()))];
        return result;
    }

    query::Number number()
    {
        switch (below(8)) {
        case 0:
            return query::Number::whole(below(2'000'000) - 1'000'000);
        case 1:
            return query::Number::whole(static_cast<qint64>(m_random.generate64()));
        case 2:
            return query::Number::whole(QByteArray("123456789012345678901234567890"));
        case 3:
            return query::Number::real(std::bit_cast<double>(m_random.generate64()));
        case 4:
            return query::Number::real(below(1000) / 10.0);
        case 5:
            return query::Number::real(m_random.generateDouble() * 1e-4);
        case 6:
            return query::Number::real(m_random.generateDouble() * 1e17);
        default:
            return query::Number::whole(below(20));
        }
    }

    query::Moment moment()
    {
        query::Moment moment{QDate(1 + below(9999), 1 + below(12), 1 + below(28)), 0, {}};
        moment.microseconds = below(86'400) * 1'000'000LL + (chance(30) ? below(1'000'000) : 0);
        if (chance(40))
            moment.offset = chance(50) ? 0 : (below(2 * 1439) - 1439) * 60 + (chance(10) ? 1 : 0);
        return moment;
    }

    query::Expression clause()
    {
        using namespace query;
        static const api::Columns all = columns();
        if (chance(10))
            return Expression({Source::Tag, chance(50) ? QStringLiteral("a") : text(), Operator::Equal, {}}, chance(20));
        const api::Column &column = all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
        const auto operators = operatorsFor(column.type);
        const Operator op = operators[static_cast<std::size_t>(below(static_cast<int>(operators.size())))];
        Value value;
        switch (operandOf(op)) {
        case Operand::Nothing:
            break;
        case Operand::Text:
            value = text();
            break;
        case Operand::Pair:
            value = Pair(number(), number());
            break;
        case Operand::Single:
        case Operand::Ordered:
            if (chance(10))
                value = chance(50);
            else if (column.type == QLatin1StringView("string"))
                value = text() + QLatin1Char('x');
            else if (column.type == QLatin1StringView("datetime"))
                value = moment();
            else
                value = number();
        }
        return Expression({column.source, column.name, op, value}, chance(15));
    }

    query::Expression expression(int depth = 3)
    {
        if (depth == 0 || chance(30))
            return clause();
        QList<query::Expression> children;
        for (int count = 2 + below(3); count > 0; --count)
            children += expression(depth - 1);
        return chance(50) ? query::Expression::all(children, chance(20)) : query::Expression::any(children, chance(20));
    }

private:
    QRandomGenerator m_random;
};
