// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/values/format.h"

#include "models/values/number.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace format {
namespace {

// Within these, as a size, a number is written without an exponent.
constexpr double smallestPlain = 0.001;
constexpr double largestPlain = 1e7;

QString tr(const char *text)
{
    return QCoreApplication::translate("format", text);
}

int decimalsAt(double size)
{
    if (size <= 0)
        return 0;
    return std::clamp(3 - static_cast<int>(std::floor(std::log10(size))), 0, 6);
}

// How many decimals say all of a value.
int decimalsOfAll(double value)
{
    std::array<char, 512> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed).ptr;
    const auto point = std::find(buffer.data(), end, '.');
    return point == end ? 0 : static_cast<int>(end - point) - 1;
}

// Whether so many decimals turn a value that is not whole into one that reads as whole.
bool becomesWhole(double value, int decimals)
{
    if (value == std::trunc(value))
        return false;
    const QByteArray rounded = QByteArray::number(value, 'f', decimals);
    const qsizetype point = rounded.indexOf('.');
    return point < 0 || std::all_of(rounded.begin() + point + 1, rounded.end(), [](char digit) { return digit == '0'; });
}

// Those of the column, more where they leave less than three significant digits or make the value a whole number.
int decimalsFor(double value, int ofColumn)
{
    const double size = std::abs(value);
    const int own = decimalsAt(size);
    int decimals = ofColumn < 0 ? own : ofColumn;
    const int significant = decimals + 4 - own;
    if (significant < 3)
        decimals = std::max(decimals, std::min(own, decimalsOfAll(size)));
    while (becomesWhole(value, decimals))
        ++decimals;
    return decimals;
}

// "3e-4", "1.235e+07" as "1.235e7": no padding, and trailing zeros only where the value is rounded. More than three
// decimals where those would all be zeros: 99,999,999 is not 1e8.
QString scientific(double value)
{
    const auto written = [value](int decimals) { return QLocale::c().toString(value, 'e', decimals); };
    const auto isRound = [](const QString &text) {
        const QStringView digits = QStringView(text).mid(text.indexOf(u'.') + 1);
        return std::ranges::all_of(digits.left(digits.indexOf(u'e')), [](QChar digit) { return digit == u'0'; });
    };
    constexpr int most = 16;
    int decimals = 3;
    QString text = written(decimals);
    const bool isExact = text.toDouble() == value;
    while (!isExact && isRound(text) && decimals < most)
        text = written(++decimals);
    const qsizetype e = text.indexOf(u'e');
    QString mantissa = text.left(e);
    while (isExact && mantissa.endsWith(u'0'))
        mantissa.chop(1);
    if (mantissa.endsWith(u'.'))
        mantissa.chop(1);
    mantissa.replace(u'.', QLocale().decimalPoint());
    return mantissa + u'e' + QString::number(QStringView(text).mid(e + 1).toInt());
}

QString twoDigits(qint64 number)
{
    return QString::number(number).rightJustified(2, u'0');
}

} // namespace

int decimals(std::span<const double> values)
{
    std::vector<double> sizes;
    sizes.reserve(values.size());
    bool whole = true;
    for (double value : values) {
        if (!std::isfinite(value))
            continue;
        whole = whole && value == std::trunc(value);
        if (value != 0)
            sizes.push_back(std::abs(value));
    }
    if (whole || sizes.empty())
        return 0;
    const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
    std::nth_element(sizes.begin(), middle, sizes.end());
    return decimalsAt(*middle);
}

int widestDecimals(std::span<const double> values, int decimals)
{
    constexpr int most = 6; // what needs more sticks out, rather than pushing all others away
    int widest = decimals;
    for (double value : values) {
        const double size = std::abs(value);
        if (value != std::trunc(value) && size >= smallestPlain && size < largestPlain)
            widest = std::max(widest, std::min(decimalsFor(value, decimals), most));
    }
    return widest;
}

QString metric(double value, int decimals)
{
    if (!std::isfinite(value))
        return number::text(value);
    const double size = std::abs(value);
    if (size >= largestPlain || (size < smallestPlain && size > 0))
        return scientific(value);
    const bool isWhole = value == std::trunc(value);
    return QLocale().toString(value, 'f', isWhole ? std::max(decimals, 0) : decimalsFor(value, decimals));
}

QString missingDecimals(const QString &text, int decimals)
{
    if (text.isEmpty() || !text.back().isDigit() || text.contains(u'e'))
        return {};
    const QString decimalPoint = QLocale().decimalPoint();
    const qsizetype point = text.indexOf(decimalPoint);
    const qsizetype present = point < 0 ? 0 : text.size() - point - decimalPoint.size();
    if (present >= decimals)
        return {};
    return (point < 0 ? decimalPoint : QString()) + QString(decimals - present, u'0');
}

QString metricFull(double value)
{
    return number::text(value);
}

QString step(double step)
{
    return format::step(number::text(step));
}

QString step(const QString &text)
{
    if (text.isNull())
        return missing();
    bool isWhole = false;
    if (const qint64 whole = text.toLongLong(&isWhole); isWhole)
        return count(whole);
    const quint64 large = text.toULongLong(&isWhole);
    return isWhole ? QLocale().toString(large) : text;
}

QString duration(qint64 milliseconds)
{
    if (milliseconds < 0)
        return missing();
    if (milliseconds < 1000)
        return tr("%1 ms").arg(milliseconds);
    const qint64 tenths = (milliseconds + 50) / 100;
    if (tenths < 600)
        return tr("%1 s").arg(QLocale().toString(static_cast<double>(tenths) / 10, 'f', 1));
    const qint64 seconds = (milliseconds + 500) / 1000;
    if (seconds < 3600)
        return tr("%1 min %2 s").arg(QString::number(seconds / 60), twoDigits(seconds % 60));
    const qint64 minutes = (milliseconds + 30'000) / 60'000;
    if (minutes < 24 * 60)
        return tr("%1 h %2 min").arg(QString::number(minutes / 60), twoDigits(minutes % 60));
    const qint64 hours = (milliseconds + 1'800'000) / 3'600'000;
    return tr("%1 d %2 h").arg(QLocale().toString(hours / 24), twoDigits(hours % 24));
}

QString time(qint64 millisecondsUtc, const QDateTime &now)
{
    if (millisecondsUtc == 0)
        return missing();
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(millisecondsUtc, now.timeZone());
    const qint64 seconds = then.secsTo(now);
    const qint64 days = then.date().daysTo(now.date());
    if (seconds >= 0 && seconds < 60)
        return tr("%1 s ago").arg(seconds);
    const QString clock = then.toString(u"HH:mm"_s);
    if (days == 0)
        return tr("Today %1").arg(clock);
    if (days == 1)
        return tr("Yesterday %1").arg(clock);
    if (days > 1 && days < 7)
        return QLocale().toString(then.date(), u"ddd"_s) + u' ' + clock;
    if (days > 0 && then.date().year() == now.date().year())
        return QLocale().toString(then.date(), u"d MMM"_s);
    return then.date().toString(Qt::ISODate);
}

QString timeFull(qint64 millisecondsUtc)
{
    if (millisecondsUtc == 0)
        return {};
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(millisecondsUtc);
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate);
}

QString count(qint64 number)
{
    return QLocale().toString(number);
}

QString bytes(qint64 size)
{
    if (size < 1024)
        return tr("%1 B").arg(size);
    static constexpr std::array units{"%1 KiB", "%1 MiB", "%1 GiB", "%1 TiB"};
    double value = static_cast<double>(size) / 1024;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return tr(units[unit]).arg(QLocale().toString(value, 'f', decimals));
}

QString missing()
{
    return u"–"_s;
}

} // namespace format
