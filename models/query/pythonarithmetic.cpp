// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/pythonthing.h"
#include "models/query/translated.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace query::python {

namespace {

struct Impossible
{
    QString why;
};

[[noreturn]] void tooLarge()
{
    throw Impossible{tr("The result is too large.")};
}

qint64 floorDivided(qint64 a, qint64 b)
{
    const qint64 quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

double remainder(double a, double b)
{
    const double rest = std::fmod(a, b);
    if (rest == 0)
        return std::copysign(0.0, b);
    return (rest < 0) != (b < 0) ? rest + b : rest;
}

// As Python's: so that (a // b) * b + a % b is a.
double floorDivided(double a, double b)
{
    const double rest = std::fmod(a, b);
    const double quotient = (a - rest) / b - (rest != 0 && (rest < 0) != (b < 0) ? 1 : 0);
    if (quotient == 0)
        return std::copysign(0.0, a / b);
    const double floored = std::floor(quotient);
    return quotient - floored > 0.5 ? floored + 1 : floored;
}

qint64 power(qint64 base, qint64 exponent)
{
    qint64 result = 1;
    for (; exponent > 0 && result != 0; exponent >>= 1) {
        if ((exponent & 1) && __builtin_mul_overflow(result, base, &result))
            tooLarge();
        if (exponent > 1 && __builtin_mul_overflow(base, base, &base))
            tooLarge();
    }
    return result;
}

double power(double base, double exponent)
{
    if (base == 0 && exponent < 0 && std::isfinite(exponent))
        throw Impossible{tr("This divides by zero.")};
    if (base < 0 && std::isfinite(exponent) && exponent != std::trunc(exponent))
        throw Impossible{tr("This has no real result.")};
    const double result = std::pow(base, exponent);
    if (std::isinf(result) && std::isfinite(base) && std::isfinite(exponent))
        tooLarge();
    return result;
}

double exactly(qint64 value)
{
    constexpr qint64 exact = qint64(1) << 53;
    if (value > exact || value < -exact)
        tooLarge();
    return static_cast<double>(value);
}

Number ofWhole(qint64 a, const QString &sign, qint64 b)
{
    qint64 result = 0;
    const bool divides = sign == "/"_L1 || sign == "//"_L1 || sign == "%"_L1;
    if (divides && b == 0)
        throw Impossible{tr("This divides by zero.")};
    if (divides && b == -1 && a == std::numeric_limits<qint64>::min())
        tooLarge();
    if (sign == "/"_L1)
        return Number::real(exactly(a) / exactly(b));
    if (sign == "//"_L1)
        return Number::whole(floorDivided(a, b));
    if (sign == "%"_L1)
        return Number::whole(a - floorDivided(a, b) * b);
    if (sign == "**"_L1)
        return b < 0 ? Number::real(power(exactly(a), exactly(b))) : Number::whole(power(a, b));
    const bool overflows = sign == "+"_L1 ? __builtin_add_overflow(a, b, &result)
        : sign == "-"_L1                  ? __builtin_sub_overflow(a, b, &result)
                                          : __builtin_mul_overflow(a, b, &result);
    if (overflows)
        tooLarge();
    return Number::whole(result);
}

Number ofReal(double a, const QString &sign, double b)
{
    const bool divides = sign == "/"_L1 || sign == "//"_L1 || sign == "%"_L1;
    if (divides && b == 0)
        throw Impossible{tr("This divides by zero.")};
    if (sign == "/"_L1)
        return Number::real(a / b);
    if (sign == "//"_L1)
        return Number::real(floorDivided(a, b));
    if (sign == "%"_L1)
        return Number::real(remainder(a, b));
    if (sign == "**"_L1)
        return Number::real(power(a, b));
    return Number::real(sign == "+"_L1 ? a + b : sign == "-"_L1 ? a - b : a * b);
}

} // namespace

Thing calculated(const Thing &left, const Token &sign, const Thing &right)
{
    const qsizetype at = left.at;
    if (sign.text == "+"_L1 && left.text() && right.text())
        return {at, right.end, Value(*left.text() + *right.text())};
    const Number *a = left.number();
    const Number *b = right.number();
    if (!a || !b)
        fail(at, right.end, tr("“%1” works with numbers only.").arg(sign.text));
    try {
        if (!a->isWhole() || !b->isWhole()) {
            if ((a->isWhole() && std::isinf(a->value)) || (b->isWhole() && std::isinf(b->value)))
                tooLarge();
            return {at, right.end, Value(ofReal(a->value, sign.text, b->value))};
        }
        bool isShortA = false;
        bool isShortB = false;
        const qint64 wholeA = a->digits.toLongLong(&isShortA);
        const qint64 wholeB = b->digits.toLongLong(&isShortB);
        if (!isShortA || !isShortB)
            tooLarge();
        return {at, right.end, Value(ofWhole(wholeA, sign.text, wholeB))};
    } catch (const Impossible &impossible) {
        fail(at, right.end, impossible.why);
    }
}

} // namespace query::python
