// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/settingstext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("ChartSettings", text);
}

} // namespace

QString axisName(const XAxis &axis)
{
    switch (axis.kind) {
    case XAxis::Kind::Step:
        return translated("Step");
    case XAxis::Kind::Epoch:
        return translated("Epoch");
    case XAxis::Kind::WallTime:
        return translated("Wall time");
    case XAxis::Kind::ElapsedTime:
        return translated("Elapsed time");
    case XAxis::Kind::Metric:
        break;
    }
    return axis.metric;
}

bool countsPoints(Smoothing::Kind kind)
{
    return kind == Smoothing::Kind::Gaussian || kind == Smoothing::Kind::MovingAverage;
}

QString smoothingName(Smoothing::Kind kind)
{
    switch (kind) {
    case Smoothing::Kind::None:
        return translated("None");
    case Smoothing::Kind::Twema:
        return translated("TWEMA");
    case Smoothing::Kind::Ema:
        return translated("EMA");
    case Smoothing::Kind::Gaussian:
        return translated("Gaussian");
    case Smoothing::Kind::MovingAverage:
        break;
    }
    return translated("Moving average");
}

QString bandName(Grouping::Band band)
{
    switch (band) {
    case Grouping::Band::None:
        return translated("No band");
    case Grouping::Band::Std:
        return translated("± std");
    case Grouping::Band::StandardError:
        return translated("± standard error");
    case Grouping::Band::MinMax:
        return translated("min–max");
    case Grouping::Band::Quantile:
        break;
    }
    return translated("quartiles");
}

QString groupingName(const Grouping &grouping)
{
    if (grouping.source == Grouping::Source::Tag && grouping.name.isEmpty())
        return translated("tags");
    return grouping.name;
}

QString settingsText(const ChartSettings &settings, const PanelSettings &panel)
{
    QStringList parts;
    if (settings.logarithmicY)
        parts << translated("log");
    if (settings.logarithmicX)
        parts << translated("log x");
    if (panel.xAxis)
        parts << translated("over %1").arg(axisName(*panel.xAxis).toLower());
    if (settings.smoothing.isActive()) {
        parts << smoothingName(settings.smoothing.kind) + u' '
                + QLocale().toString(settings.smoothing.amount, 'f', countsPoints(settings.smoothing.kind) ? 0 : 2);
    }
    if (settings.grouping.isActive()) {
        const QString centre = settings.grouping.centre == Grouping::Centre::Mean ? translated("mean") : translated("median");
        const QString band = settings.grouping.band == Grouping::Band::None ? QString()
                                                                            : u' ' + bandName(settings.grouping.band);
        parts << translated("%1%2 by %3").arg(centre, band, groupingName(settings.grouping));
    }
    if (panel.range.kind == ValueRange::Kind::Central)
        parts << translated("5–95 %");
    return parts.join(u", "_s);
}
