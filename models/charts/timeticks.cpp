// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/timeticks.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

constexpr double minute = 60;
constexpr double hour = 3600;
constexpr double day = 86400;
constexpr std::array rounds{1.0, 2.0, 5.0, 10.0, 15.0, 30.0, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute,
    30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 5 * day, 10 * day, 20 * day, 50 * day,
    100 * day, 200 * day, 500 * day};

// Seconds between ticks; 0 where numbers do better: below a second, above some years.
double interval(double seconds, int count)
{
    const double least = seconds / std::max(1, count);
    if (!(least > 0.5) || !(least <= rounds.back()))
        return 0;
    return *std::lower_bound(rounds.cbegin(), rounds.cend(), least);
}

QString durationLabel(double seconds, double interval)
{
    struct Unit
    {
        double factor;
        const char *text;
    };
    for (const Unit &unit : {Unit{day, QT_TRANSLATE_NOOP("TimeTicks", "%1 d")},
             Unit{hour, QT_TRANSLATE_NOOP("TimeTicks", "%1 h")}, Unit{minute, QT_TRANSLATE_NOOP("TimeTicks", "%1 min")}}) {
        if (std::abs(seconds) >= unit.factor && std::fmod(interval, unit.factor / 4) == 0)
            return QCoreApplication::translate("TimeTicks", unit.text)
                .arg(QLocale().toString(seconds / unit.factor, 'g', QLocale::FloatingPointShortest));
    }
    return QCoreApplication::translate("TimeTicks", "%1 s").arg(
        QLocale().toString(seconds, 'g', QLocale::FloatingPointShortest));
}

constexpr double latest = 8.64e15; // what a QDateTime holds
constexpr double dayLength = day * 1000;
constexpr double longestWithChanges = 40 * 366 * dayLength; // in wider views an hour is no pixel

// Part of a view in which the clock goes evenly, in milliseconds since 1970 UTC; end is beyond it.
struct Stretch
{
    double begin;
    double end;
    double offset; // from UTC
};

std::vector<Stretch> stretches(double low, double high, const QTimeZone &zone)
{
    const auto moment = [](double at) {
        return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(std::floor(at)), QTimeZone::utc());
    };
    const double end = std::nextafter(high, latest);
    std::vector<Stretch> all{{low, end, zone.offsetFromUtc(moment(low)) * 1000.0}};
    while (zone.hasTransitions() && high - low <= longestWithChanges) {
        const QTimeZone::OffsetData change = zone.nextTransition(moment(all.back().begin));
        const auto at = change.atUtc.isValid() ? static_cast<double>(change.atUtc.toMSecsSinceEpoch()) : end;
        if (!(at > all.back().begin) || at >= end)
            break;
        all.back().end = at;
        all.push_back({at, end, change.offsetFromUtc * 1000.0});
    }
    return all;
}

struct ClockTime
{
    double position;
    double offset; // of the clock from UTC there
};

// When the clock shows a multiple of every, which divides a day or is whole days. Where it leaps over midnight a day begins with
// its first moment.
std::vector<ClockTime> clockTimes(double low, double high, double every, const QTimeZone &zone)
{
    std::vector<ClockTime> times;
    const auto dayAt = [](double clock) { return std::floor(clock / dayLength); };
    std::optional<double> before; // the clock at the end of the stretch before
    for (const Stretch &one : stretches(low, high, zone)) {
        const double clock = one.begin + one.offset;
        const double first = std::ceil(clock / every - 1e-9) * every;
        const bool isDayBegun = before && dayAt(clock) > dayAt(*before - 1) && std::fmod(dayAt(clock) * dayLength, every) == 0;
        if (isDayBegun && first > clock)
            times.push_back({one.begin, one.offset});
        for (double at = first - one.offset; at < one.end; at += every)
            times.push_back({at, one.offset});
        before = one.end + one.offset;
    }
    return times;
}

} // namespace

std::vector<Tick> elapsedTicks(double low, double high, int count)
{
    const double step = interval(high - low, count);
    if (step <= 0) {
        std::vector<Tick> ticks = linearTicks(low, high, count);
        for (Tick &tick : ticks)
            tick.label = QCoreApplication::translate("TimeTicks", "%1 s").arg(tick.label);
        return ticks;
    }
    std::vector<Tick> ticks;
    for (double at = std::ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step)
        ticks.push_back({at, at == 0 ? u"0"_s : durationLabel(at, step)});
    return ticks;
}

std::vector<Tick> wallTimeTicks(double low, double high, int count, const QTimeZone &zone)
{
    if (!(low > -latest) || !(high < latest) || !(high > low))
        return linearTicks(low, high, count);
    const double round = interval((high - low) / 1000, count) * 1000;
    double every = round > 0 ? round : std::max(1.0, (high - low) / std::max(1, count));
    if (every > dayLength)
        every = std::ceil(every / dayLength) * dayLength;
    std::vector<Tick> ticks;
    QDate last;
    for (const ClockTime &at : clockTimes(low, high, every, zone)) {
        const QDateTime clock = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(std::llround(at.position + at.offset)), QTimeZone::utc());
        const QString date = QLocale().toString(clock.date(), u"d MMM"_s);
        const bool isNewDay = !last.isValid() || clock.date() > last; // where clocks go back at midnight the day comes twice
        QString label;
        if (every >= dayLength) {
            if (!isNewDay)
                continue;
            label = last.isValid() && clock.date().year() == last.year() ? date : date + u' ' + QString::number(clock.date().year());
        } else {
            label = clock.toString(every >= minute * 1000 ? u"hh:mm"_s : every >= 1000 ? u"hh:mm:ss"_s : u"hh:mm:ss.zzz"_s);
            if (isNewDay)
                label = date + u' ' + label;
        }
        if (isNewDay)
            last = clock.date();
        ticks.push_back({at.position, label});
        if (ticks.size() > 4U * static_cast<std::size_t>(std::max(1, count)))
            break;
    }
    return ticks;
}

QString zoneName(double low, double high, const QTimeZone &zone)
{
    if (!(low > -latest) || !(high < latest))
        return QString::fromLatin1(zone.id());
    const std::vector<Stretch> all = stretches(low, high, zone);
    const bool isOne = std::all_of(all.cbegin(), all.cend(), [&](const Stretch &one) { return one.offset == all.front().offset; });
    if (!isOne || high - low > longestWithChanges)
        return QString::fromLatin1(zone.id());
    const int minutes = static_cast<int>(all.front().offset / 60000);
    if (minutes == 0)
        return u"UTC"_s;
    return (minutes < 0 ? u"UTC-"_s : u"UTC+"_s) + QTime(0, 0).addSecs(std::abs(minutes) * 60).toString(u"hh:mm"_s);
}
