// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDate>
#include <QString>

#include <optional>
#include <utility>
#include <variant>

// The values that a clause compares with, as Python knows them: what SDKs send depends on whether a number
// was written 2 or 2.0 (PROTOCOL 5.4).
namespace query {

struct Number
{
    double value = 0;
    QByteArray digits; // of a whole number, which may be longer than a double is exact: "-120"; else empty

    static Number whole(qint64 value);
    static Number whole(const QByteArray &digits); // "-120"
    static Number real(double value);
    bool isWhole() const { return !digits.isEmpty(); }
    QByteArray repr() const; // as Python's repr() and str(): "120", "0.1", "1e-05", "nan"
    QByteArray json() const; // as Python's encoder: the same, but NaN, Infinity
    bool operator==(const Number &other) const; // NaN equals itself, 2 is not 2.0
};

// A datetime of Python's: what a clock on the wall shows, in UTC where no offset is given.
struct Moment
{
    QDate date = QDate(1970, 1, 1);
    qint64 microseconds = 0; // of the day
    std::optional<int> offset = {}; // seconds east of UTC

    bool operator==(const Moment &) const = default;
    QString isoText() const; // "2019-09-24 05:00:00[.000001][+02:00]", as it is sent
    double sinceEpoch() const; // milliseconds since 1970 UTC
    static Moment fromEpoch(qint64 milliseconds); // the same the other way round, in UTC without an offset
};

using Pair = std::pair<Number, Number>;

// Nothing, or one of these. Its copies are made out of line: inlined, GCC 12 takes parts of them for
// uninitialised wherever it optimises for the sanitizers.
class Value : public std::variant<std::monostate, QString, Number, bool, Moment, Pair>
{
public:
    using variant::variant;
    Value() = default;
    Value(const Value &other);
    Value(Value &&other) noexcept;
    Value &operator=(const Value &other);
    Value &operator=(Value &&other) noexcept;
    ~Value();
    friend bool operator<(const Value &, const Value &) = delete; // which QMetaType would look for in variant
};

} // namespace query
