// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/test.h"

#include "models/values/number.h"
#include "models/values/unicode.h"

#include <QDateTime>

#include <cmath>

using namespace Qt::StringLiterals;

namespace query {

namespace {

constexpr quint8 mark(bool holds)
{
    return holds ? Yes : No;
}

// "2019-09-24 05:00:00[.123456][+00:00]" as milliseconds since 1970, in UTC where it does not say.
std::optional<double> timeIn(std::string_view text)
{
    QString iso = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    if (iso.size() > 10 && iso[10] == u' ')
        iso[10] = u'T';
    QDateTime time = QDateTime::fromString(iso, Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return static_cast<double>(time.toMSecsSinceEpoch());
}

// Whether the double says all that the digits of a whole number do.
bool isExact(std::string_view digits, std::optional<double> value)
{
    number::Buffer buffer;
    return !value || number::compareWhole(digits, number::written(*value, buffer)).value_or(0) == 0;
}

} // namespace

Test::Test(const Clause &clause, Operator op, const QString &type)
    : m_op(op)
    , m_isTag(clause.source == Source::Tag)
    , m_isTextual(false)
    , m_isStringColumn(type == "string"_L1)
    , m_isTimeColumn(type == "datetime"_L1)
{
    if (m_isTag) {
        m_text = clause.name.toStdString();
    } else if (const QString *text = std::get_if<QString>(&clause.value)) {
        m_text = text->toStdString();
        m_number = numberIn(m_text);
        m_isTextual = m_isStringColumn;
    } else if (const Number *number = std::get_if<Number>(&clause.value)) {
        m_text = number->json().toStdString();
        m_number = number->value;
    } else if (const bool *truth = std::get_if<bool>(&clause.value)) {
        m_text = operandOf(op) == Operand::Single ? (*truth ? "1" : "0") : (*truth ? "true" : "false");
        m_number = *truth ? 1 : 0;
    } else if (const Moment *moment = std::get_if<Moment>(&clause.value)) {
        m_text = moment->isoText().toStdString();
        m_isTextual = m_isStringColumn;
        if (m_isTimeColumn)
            m_number = moment->sinceEpoch();
    } else if (const Pair *pair = std::get_if<Pair>(&clause.value)) {
        m_text = pair->first.repr().toStdString();
        m_highText = pair->second.repr().toStdString();
        m_number = pair->first.value;
        m_high = pair->second.value;
    }
    std::string buffer;
    m_composed = unicode::composed(m_text, buffer);
    m_isExact = isExact(m_text, m_number) && isExact(m_highText, m_high);
}

// The server's reading: true and false are 1 and 0; of a time, its milliseconds.
std::optional<double> Test::numberIn(std::string_view text) const
{
    if (text == "true" || text == "True")
        return 1;
    if (text == "false" || text == "False")
        return 0;
    if (const std::optional<double> number = number::read(text))
        return number;
    return m_isTimeColumn ? timeIn(text) : std::nullopt;
}

// Less, equal or greater: by number where both are one (whole ones by all of their digits, which may be more than a
// double has), else as texts; nothing where one is NaN or where a
// number would be compared with a text.
std::optional<int> Test::order(
    std::string_view text, const std::string &operand, std::optional<double> number) const
{
    const std::optional<double> value = numberIn(text);
    if (value && number && !m_isTextual) {
        if (std::isnan(*value) || std::isnan(*number))
            return std::nullopt;
        if (const std::optional<int> exact = *value == *number ? number::compareWhole(text, operand) : std::nullopt)
            return exact;
        return *value < *number ? -1 : *value > *number;
    }
    if (!m_isStringColumn && (value || number))
        return std::nullopt;
    return text.compare(operand);
}

bool Test::ofOrder(std::optional<int> order) const
{
    if (m_op == Operator::NotEqual)
        return order != 0;
    if (!order)
        return false;
    switch (m_op) {
    case Operator::Equal:
        return *order == 0;
    case Operator::Less:
        return *order < 0;
    case Operator::LessOrEqual:
        return *order <= 0;
    case Operator::Greater:
        return *order > 0;
    default:
        return *order >= 0;
    }
}

bool Test::ofText(std::string_view text) const
{
    const auto isWithin = [&] {
        const auto low = order(text, m_text, m_number);
        const auto high = order(text, m_highText, m_high);
        return low && high && *low >= 0 && *high <= 0;
    };
    if (m_isTag) {
        bool has = false;
        for (std::size_t from = 0; from <= text.size() && !has;) {
            const std::size_t end = std::min(text.find('\x1f', from), text.size());
            has = text.substr(from, end - from) == m_text;
            from = end + 1;
        }
        return has == (m_op == Operator::Equal);
    }
    std::string buffer;
    switch (m_op) {
    case Operator::Contains:
    case Operator::NotContains:
        return (unicode::composed(text, buffer).find(m_composed) != text.npos) == (m_op == Operator::Contains);
    case Operator::BeginsWith:
    case Operator::NotBeginsWith:
        return unicode::composed(text, buffer).starts_with(m_composed) == (m_op == Operator::BeginsWith);
    case Operator::EndsWith:
    case Operator::NotEndsWith:
        return unicode::composed(text, buffer).ends_with(m_composed) == (m_op == Operator::EndsWith);
    case Operator::IsNull:
    case Operator::IsNotNull:
        return m_op == Operator::IsNotNull;
    case Operator::IsEmpty:
    case Operator::IsNotEmpty:
        return text.empty() == (m_op == Operator::IsEmpty);
    case Operator::Between:
    case Operator::NotBetween:
        return isWithin() == (m_op == Operator::Between);
    default:
        return ofOrder(order(text, m_text, m_number));
    }
}

bool Test::ofNumber(double value) const
{
    number::Buffer buffer;
    return ofText(number::written(value, buffer));
}

bool Test::comparesNumbers() const
{
    const Operand operand = operandOf(m_op);
    const bool orders = operand == Operand::Single || operand == Operand::Ordered || operand == Operand::Pair;
    return !m_isTag && orders && m_number && m_isExact && !m_isTextual;
}

template<class Compare>
Marks Test::numberMarks(const ValueColumn &values, Compare compare) const
{
    const quint8 ofMissing = mark(m_op == Operator::IsNull || (m_isTag && m_op == Operator::NotEqual));
    return values.marks([compare](double value) { return mark(compare(value)); },
        [this](std::string_view text) { return mark(ofText(text)); }, {mark(ofText("NaN")), ofMissing, Unknown});
}

Marks Test::marks(const ValueColumn &values) const
{
    if (!comparesNumbers()) {
        if (operandOf(m_op) == Operand::Nothing)
            return numberMarks(values, [holds = ofText("0")](double) { return holds; });
        return numberMarks(values, [this](double value) { return ofNumber(value); });
    }
    const double low = *m_number;
    const double high = m_high.value_or(low);
    switch (m_op) {
    case Operator::Equal:
        return numberMarks(values, [low](double value) { return value == low; });
    case Operator::NotEqual:
        return numberMarks(values, [low](double value) { return value != low; });
    case Operator::Less:
        return numberMarks(values, [low](double value) { return value < low; });
    case Operator::LessOrEqual:
        return numberMarks(values, [low](double value) { return value <= low; });
    case Operator::Greater:
        return numberMarks(values, [low](double value) { return value > low; });
    case Operator::GreaterOrEqual:
        return numberMarks(values, [low](double value) { return value >= low; });
    case Operator::Between:
        return numberMarks(values, [low, high](double value) { return (value >= low) & (value <= high); });
    default:
        return numberMarks(values, [low, high](double value) { return !((value >= low) & (value <= high)); });
    }
}

} // namespace query
