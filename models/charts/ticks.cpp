// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/ticks.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace {

// The round number (1, 2, 2.5 or 5 times a power of ten) that is not below raw.
double roundUp(double raw)
{
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * power >= raw * (1 - 1e-12))
            return factor * power;
    }
    return 10 * power;
}

QString withoutExponentZeros(double value, int digits)
{
    QString text = QString::number(value, 'e', std::clamp(digits, 0, 15));
    const qsizetype exponent = text.indexOf(u'e');
    QString mantissa = text.left(exponent);
    if (mantissa.contains(u'.')) {
        while (mantissa.endsWith(u'0'))
            mantissa.chop(1);
        if (mantissa.endsWith(u'.'))
            mantissa.chop(1);
    }
    return mantissa + u'e' + QString::number(text.mid(exponent + 1).toInt());
}

// How a tick reads beside neighbours that are interval away.
QString label(double value, double interval)
{
    const double size = std::abs(value);
    if (size < interval / 2)
        return QStringLiteral("0");
    const int digits = static_cast<int>(std::floor(std::log10(size)) - std::floor(std::log10(interval))) + 1;
    if (size >= 1e12 || (size < 1e-3 && interval < 1e-4))
        return withoutExponentZeros(value, digits);
    QLocale locale;
    struct Unit { double factor; QLatin1StringView suffix; };
    for (const Unit unit : {Unit{1e9, QLatin1StringView("G")}, Unit{1e6, QLatin1StringView("M")},
             Unit{1e4, QLatin1StringView("k")}}) {
        if (size < unit.factor)
            continue;
        const double factor = unit.factor == 1e4 ? 1e3 : unit.factor;
        if (interval < factor * 1e-3)
            break; // too close together for a unit: all digits
        return locale.toString(value / factor, 'g', QLocale::FloatingPointShortest) + unit.suffix;
    }
    int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(interval))));
    // 2.5 needs one more than 2.
    if (std::abs(interval * std::pow(10.0, decimals) - std::round(interval * std::pow(10.0, decimals))) > 1e-6)
        ++decimals;
    return locale.toString(value, 'f', std::min(decimals, 15));
}

} // namespace

std::vector<Tick> linearTicks(double low, double high, int count, double leastInterval)
{
    std::vector<Tick> ticks;
    const double raw = (high / 2 - low / 2) / std::max(1, count) * 2;
    if (!(raw > 0) || !std::isfinite(raw))
        return ticks;
    double interval = roundUp(std::max(raw, leastInterval));
    if (leastInterval > 0 && std::fmod(interval, leastInterval) != 0)
        interval *= 2; // as 2.5 is
    if (!(interval > 0) || !std::isfinite(interval))
        return ticks;
    const double slack = interval * 1e-9;
    const double first = std::ceil((low - slack) / interval);
    for (int i = 0; i <= 4 * std::max(1, count); ++i) {
        const double position = (first + i) * interval;
        if (position > high + slack)
            break;
        if (!ticks.empty() && position <= ticks.back().position)
            continue; // no double lies between
        ticks.push_back({position, label(position, interval)});
    }
    return ticks;
}

std::vector<Tick> logarithmicTicks(double low, double high, int count)
{
    std::vector<Tick> ticks;
    const double decades = high - low;
    if (!(decades > 0))
        return ticks;
    if (decades < 1) { // round numbers between, placed at their logarithms
        for (Tick tick : linearTicks(std::pow(10.0, low), std::pow(10.0, high), count)) {
            const double value = tick.position;
            if (value > 0)
                ticks.push_back({std::log10(value), tick.label});
        }
        return ticks;
    }
    const double each = std::max(1.0, std::round(decades / std::max(1, count)));
    const bool between = decades * 2 <= count; // three a decade, and seldom two of them at an end
    const bool plain = low >= -3 && high < 4; // or all as powers
    for (double power = std::ceil(low / each) * each - each; power <= high; power += each) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double position = power + std::log10(factor);
            if ((factor > 1 && !between) || position < low || position > high)
                continue;
            const double value = factor * std::pow(10.0, power);
            ticks.push_back({position, plain
                    ? QLocale().toString(value, 'g', QLocale::FloatingPointShortest)
                    : QString::number(static_cast<int>(factor)) + u'e'
                        + QString::number(static_cast<int>(power))});
        }
    }
    return ticks;
}
