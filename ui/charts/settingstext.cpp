// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/settingstext.h"

#include "models/values/format.h"

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

QString axisName(const XAxis &axis, const PanelContent &content)
{
    if (axis.kind != XAxis::Kind::Step || content.counted == 0)
        return axisName(axis);
    return content.stepped == 0 ? translated("Point") : translated("Step or point");
}

namespace {

// "%1 of %2 points have no ..." in full, of so many.
QString withoutXText(const XAxis &axis, std::size_t count, std::size_t of)
{
    const auto text = [&](const char *one, const char *many) {
        return translated(count == 1 ? one : many)
            .arg(format::count(static_cast<qint64>(count)), format::count(static_cast<qint64>(of)));
    };
    switch (axis.kind) {
    case XAxis::Kind::Step:
        return text("%1 of %2 points has no step", "%1 of %2 points have no step");
    case XAxis::Kind::Epoch:
        return text("%1 of %2 points has no epoch", "%1 of %2 points have no epoch");
    case XAxis::Kind::WallTime:
    case XAxis::Kind::ElapsedTime: // also one of 1970, see api::canBeTime()
        return text("%1 of %2 points has no time that can be", "%1 of %2 points have no time that can be");
    case XAxis::Kind::Metric:
        break;
    }
    return text("%1 of %2 points has no %3 at its step", "%1 of %2 points have no %3 at their step").arg(axis.metric);
}

} // namespace

QStringList leftOutTexts(const PanelQuestion &question, const PanelContent &content)
{
    using Why = PanelOmission::Why;
    struct Sum
    {
        std::size_t points = 0;
        std::size_t of = 0;
    };
    Sum withoutX;
    Sum withoutStep;
    Sum notPositive;
    for (const PanelOmission &omission : content.omissions) {
        const bool isWhole = omission.why == Why::NoX;
        if (!isWhole && omission.why != Why::PointsWithoutX && omission.why != Why::PointsWithoutStep
            && omission.why != Why::NotPositiveX)
            continue;
        Sum &sum = omission.why == Why::NotPositiveX ? notPositive
            : omission.why == Why::PointsWithoutStep ? withoutStep
                                                     : withoutX;
        sum.points += isWhole ? omission.of : omission.points;
        sum.of += omission.of;
    }
    QStringList texts;
    if (withoutX.points > 0)
        texts << withoutXText(question.xAxis, withoutX.points, withoutX.of);
    if (withoutStep.points > 0)
        texts << translated("%1 without a step, in no computed series").arg(format::count(static_cast<qint64>(withoutStep.points)));
    if (notPositive.points > 0)
        texts << translated("%1 at an x not above 0").arg(format::count(static_cast<qint64>(notPositive.points)));
    if (content.beforeStart > 0) {
        texts << translated(content.beforeStart == 1 ? "%1 of %2 points is older than its run: its elapsed time is below 0"
                                                     : "%1 of %2 points are older than their run: their elapsed time is below 0")
                     .arg(format::count(static_cast<qint64>(content.beforeStart)),
                         format::count(static_cast<qint64>(content.points)));
    }
    if (content.counted > 0) {
        texts << translated(content.counted == 1 ? "%1 of %2 lines has no steps: its points are counted"
                                                 : "%1 of %2 lines have no steps: their points are counted")
                     .arg(format::count(static_cast<qint64>(content.counted)),
                         format::count(static_cast<qint64>(content.counted + content.stepped)));
    }
    return texts;
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
