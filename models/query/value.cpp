// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/value.h"

#include "models/values/number.h"

#include <QDateTime>
#include <QTimeZone>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

using namespace Qt::StringLiterals;

namespace query {

Number Number::whole(qint64 value)
{
    return {static_cast<double>(value), QByteArray::number(value)};
}

Number Number::whole(const QByteArray &digits)
{
    return {number::read(std::string_view(digits)).value_or(0), digits};
}

Number Number::real(double value)
{
    return {value, {}};
}

QByteArray Number::repr() const
{
    if (isWhole())
        return digits;
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value > 0 ? "inf" : "-inf";
    // The shortest digits that read back the same, "-1.25e-05": Python writes the exponent from 1e16 on and
    // below 1e-4.
    std::array<char, 32> buffer;
    const auto end
        = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
    QByteArray text(buffer.data(), end - buffer.data());
    const qsizetype e = text.indexOf('e');
    const int exponent = text.mid(e + 1).toInt();
    if (exponent < -4 || exponent >= 16)
        return text;
    const QByteArray sign = text.startsWith('-') ? "-" : "";
    QByteArray digits = text.mid(sign.size(), e - sign.size()).replace('.', "");
    if (exponent < 0)
        return sign + "0." + QByteArray(-exponent - 1, '0') + digits;
    if (digits.size() <= exponent + 1)
        return sign + digits.leftJustified(exponent + 1, '0') + ".0";
    return sign + digits.insert(exponent + 1, '.');
}

QByteArray Number::json() const
{
    if (isWhole() || std::isfinite(value))
        return repr();
    if (std::isnan(value))
        return "NaN";
    return value > 0 ? "Infinity" : "-Infinity";
}

bool Number::operator==(const Number &other) const
{
    if (digits != other.digits)
        return false;
    return std::memcmp(&value, &other.value, sizeof value) == 0 || (std::isnan(value) && std::isnan(other.value));
}

Value::Value(const Value &) = default;
Value::Value(Value &&) noexcept = default;
Value &Value::operator=(const Value &) = default;
Value &Value::operator=(Value &&) noexcept = default;
Value::~Value() = default;

namespace {

QString twoDigits(qint64 number)
{
    return QString::number(number).rightJustified(2, u'0');
}

} // namespace

QString Moment::isoText() const
{
    const qint64 seconds = microseconds / 1'000'000;
    QString text = date.toString(u"yyyy-MM-dd"_s) + u' ' + twoDigits(seconds / 3600) + u':'
        + twoDigits(seconds / 60 % 60) + u':' + twoDigits(seconds % 60);
    if (const qint64 rest = microseconds % 1'000'000)
        text += u'.' + QString::number(rest).rightJustified(6, u'0');
    if (offset) {
        const int east = std::abs(*offset);
        text += (*offset < 0 ? u'-' : u'+') + twoDigits(east / 3600) + u':' + twoDigits(east / 60 % 60);
        if (east % 60 != 0)
            text += u':' + twoDigits(east % 60);
    }
    return text;
}

Moment Moment::fromEpoch(qint64 milliseconds)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::utc());
    return {time.date(), qint64(time.time().msecsSinceStartOfDay()) * 1000, {}};
}

double Moment::sinceEpoch() const
{
    const qint64 days = date.toJulianDay() - QDate(1970, 1, 1).toJulianDay();
    return static_cast<double>((days * 86'400 - offset.value_or(0)) * 1000) + static_cast<double>(microseconds) / 1000;
}

} // namespace query
