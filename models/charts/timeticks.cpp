// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/timeticks.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

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

std::vector<Tick> wallTimeTicks(double low, double high, int count)
{
    constexpr double latest = 8.64e15; // what a QDateTime holds
    const double step = interval((high - low) / 1000, count) * 1000;
    if (!(low > -latest) || !(high < latest))
        return linearTicks(low, high, count);
    const double used = step > 0 ? step : std::max(1.0, (high - low) / std::max(1, count));
    // Round in local time, not in UTC: midnight is where people look for it.
    const auto offset = [](double at) {
        return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(at)).offsetFromUtc() * 1000.0;
    };
    std::vector<Tick> ticks;
    QDate before;
    const double shift = offset(low);
    for (double at = std::ceil((low + shift) / used - 1e-9) * used - shift; at <= high; at += used) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(std::llround(at)));
        const QString date = QLocale().toString(time.date(), u"d MMM"_s);
        QString label;
        if (used >= day * 1000)
            label = time.date().year() == before.year() ? date : date + u' ' + QString::number(time.date().year());
        else {
            label = time.toString(used >= minute * 1000 ? u"hh:mm"_s : used >= 1000 ? u"hh:mm:ss"_s : u"hh:mm:ss.zzz"_s);
            if (time.date() != before)
                label = date + u' ' + label;
        }
        before = time.date();
        ticks.push_back({at, label});
        if (ticks.size() > 4U * static_cast<std::size_t>(std::max(1, count)))
            break;
    }
    return ticks;
}
