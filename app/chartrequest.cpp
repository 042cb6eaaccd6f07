// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/chartrequest.h"

#include "app/separated.h"

#include "models/charts/chartexport.h"
#include "models/values/number.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

} // namespace

QString ChartRequest::readFile(const QString &text)
{
    file = text;
    return ExportOptions::formatOf(text)
        ? QString()
        : translated("--export-chart writes .png, .svg, .pdf, .csv and .py, not \"%1\".").arg(text);
}

QString ChartRequest::commaHelp()
{
    return translated("A name that holds a comma is written in quotes (\"a,b\", which the shell must leave there) or as a\\,b.");
}

QString ChartRequest::readMetrics(const QStringList &texts)
{
    for (const QString &text : texts)
        metrics += separated(text, u',');
    metrics.removeDuplicates();
    return metrics.isEmpty() ? translated("--metrics needs the names of metrics: train/loss,val/loss. %1").arg(commaHelp()) : QString();
}

QString ChartRequest::readXAxis(const QString &text)
{
    constexpr std::pair<QLatin1StringView, XAxis::Kind> kinds[] = {{"step"_L1, XAxis::Kind::Step},
        {"epoch"_L1, XAxis::Kind::Epoch}, {"time"_L1, XAxis::Kind::WallTime}, {"elapsed"_L1, XAxis::Kind::ElapsedTime}};
    xAxis = {XAxis::Kind::Metric, text};
    for (const auto &[name, kind] : kinds) {
        if (text == name)
            xAxis = {kind, {}};
    }
    if (constexpr QLatin1StringView prefix("metric:"); text.startsWith(prefix)) // also one that is called like an axis
        xAxis.metric = text.mid(prefix.size());
    return xAxis.kind == XAxis::Kind::Metric && xAxis.metric.isEmpty()
        ? translated("--x needs step, epoch, time, elapsed or a metric (metric:time is one named time).")
        : QString();
}

QString ChartRequest::readSmoothing(const QString &text)
{
    constexpr std::pair<QLatin1StringView, Smoothing::Kind> kinds[] = {{"twema"_L1, Smoothing::Kind::Twema},
        {"ema"_L1, Smoothing::Kind::Ema}, {"gaussian"_L1, Smoothing::Kind::Gaussian},
        {"average"_L1, Smoothing::Kind::MovingAverage}};
    const QString problem = translated(
        "--smooth needs twema:0.9 or ema:0.9 (0 to 0.999), gaussian:10 or average:11 (points), not \"%1\".").arg(text);
    const double amount = number::read(text.section(u':', 1)).value_or(-1);
    if (!(amount >= 0))
        return problem;
    for (const auto &[name, kind] : kinds) {
        if (text.section(u':', 0, 0) != name)
            continue;
        const bool isPart = kind == Smoothing::Kind::Twema || kind == Smoothing::Kind::Ema;
        if (amount > (isPart ? 0.999 : 1e6))
            return problem;
        smoothing = {kind, amount};
        return {};
    }
    return problem;
}

QString ChartRequest::readGrouping(const QString &text)
{
    grouping.source = Grouping::Source::Parameter;
    grouping.name = text;
    if (text == "tags"_L1) {
        grouping.source = Grouping::Source::Tag;
        grouping.name.clear();
    }
    constexpr std::pair<QLatin1StringView, Grouping::Source> sources[] = {{"parameter:"_L1, Grouping::Source::Parameter},
        {"tag:"_L1, Grouping::Source::Tag}, {"other:"_L1, Grouping::Source::Other}};
    for (const auto &[prefix, source] : sources) {
        if (text.startsWith(prefix)) {
            grouping.source = source;
            grouping.name = text.mid(prefix.size());
            break;
        }
    }
    return grouping.name.isEmpty() && text != "tags"_L1
        ? translated("--group-by needs the name of a parameter, tag:NAME, other:NAME or tags.")
        : QString();
}

QString ChartRequest::readSize(const QString &text)
{
    const QStringList sides = text.split(u'x');
    bool isWidth = false;
    bool isHeight = false;
    size = {sides.value(0).toInt(&isWidth), sides.value(1).toInt(&isHeight)};
    const auto isUsable = [](int side) { return side >= 100 && side <= 20000; };
    return sides.size() == 2 && isWidth && isHeight && isUsable(size.width()) && isUsable(size.height())
        ? QString()
        : translated("--size needs pixels from 100 to 20000: 1600x1000, not \"%1\".").arg(text);
}
