// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartscript.h"

#include "models/charts/delimited.h"

#include <QDateTime>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

// JSON's strings are Python's too.
QByteArray quoted(const QString &text)
{
    return QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact).mid(1).chopped(1);
}

QByteArray number(double value)
{
    QByteArray text;
    appendNumber(text, value);
    return text;
}

template<class Column>
QByteArray numbers(const Column &column)
{
    QByteArray text = "numbers(\"";
    for (std::size_t i = 0; i < column.size(); ++i) {
        if (i > 0)
            text += ' ';
        appendNumber(text, column[i]);
    }
    return text + "\")";
}

// Evenly spaced ones by the same arithmetic that gives them here.
QByteArray steps(const Steps &column)
{
    constexpr double exactBelow = 9007199254740992.0; // beyond, Python's whole numbers are another arithmetic
    if (!column.isUniform() || column.size() < 2 || std::max(std::abs(column.first()), std::abs(column.last())) > exactBelow)
        return numbers(column);
    return number(column.first()) + " + " + number(column[1] - column.first()) + " * numpy.arange("
        + QByteArray::number(column.size()) + ')';
}

QByteArray dashes(Qt::PenStyle style)
{
    switch (style) {
    case Qt::DashLine:
        return "\"--\"";
    case Qt::DotLine:
        return "\":\"";
    case Qt::DashDotLine:
        return "\"-.\"";
    default:
        return "\"-\"";
    }
}

constexpr const char *head = R"(import datetime
import sys
import zoneinfo

import matplotlib

if len(sys.argv) > 1:
    matplotlib.use("Agg")  # a file needs no display
import matplotlib.dates
import matplotlib.pyplot as pyplot
import matplotlib.ticker
import numpy


def numbers(text):
    return numpy.array(text.split(), dtype=float)


def plain(text):
    """A text as it is: no formula, and no name that matplotlib leaves out of legends."""
    text = text.replace("$", r"\$")
    return " " + text if text.startswith("_") else text


LINES = [
)";

constexpr const char *tail = R"(]


def places(x):
    """What matplotlib counts in: days for times."""
    return matplotlib.dates.date2num(numpy.asarray(x).astype("datetime64[ms]")) if X_IS_TIME else numpy.asarray(x)


def zone():
    """Where clocks show the times; its offset at the left edge where no table of zones knows it."""
    try:
        return zoneinfo.ZoneInfo(ZONE)
    except (KeyError, ValueError, OSError):
        return datetime.timezone(datetime.timedelta(seconds=ZONE_OFFSET))


figure, axes = pyplot.subplots(figsize=(WIDTH / 96, HEIGHT / 96), dpi=96, layout="constrained")
left, right = places(X_RANGE)
handles, labels = [], []
for line in LINES:
    x, y = places(line["x"]), line["y"]
    if "low" in line:
        axes.fill_between(x, line["low"], line["high"], color=line["colour"], alpha=line["band_alpha"], linewidth=0)
    finite = numpy.where(numpy.isfinite(y), y, numpy.nan)
    handle, = axes.plot(x, finite, line["style"], color=line["colour"], linewidth=line["width"] * 0.75, alpha=line["alpha"])
    # What can't be drawn is marked on the axis.
    for gaps, edge, mark in ((numpy.isnan(y), 0, "D"), (y == -numpy.inf, 0, "v"), (y == numpy.inf, 1, "^")):
        gaps &= (x >= left) & (x <= right)
        if gaps.any():
            axes.plot(x[gaps], numpy.full(gaps.sum(), edge), mark, color=line["colour"], markersize=5,
                      transform=axes.get_xaxis_transform(), clip_on=False)
    if line["legend"]:
        handles.append(handle)
        labels.append(plain(line["name"]))
axes.set_xscale(X_SCALE)
axes.set_yscale(Y_SCALE)
if X_IS_TIME:
    axes.xaxis_date(zone())
elif X_IS_WHOLE:
    axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
axes.set_xlim(left, right)
axes.set_ylim(*Y_RANGE)
axes.set_title(plain(TITLE), loc="left", fontweight="semibold")
axes.set_title(plain(NOTE), loc="right", fontsize="small")
axes.set_xlabel(plain(X_TITLE))
axes.grid(color="#E2E5E9")
axes.set_axisbelow(True)
if handles:
    axes.legend(handles, labels, loc="upper left", bbox_to_anchor=(1, 1), fontsize="small", frameon=False,
                ncols=1 + (len(handles) - 1) // 40)
if len(sys.argv) > 1:
    figure.savefig(sys.argv[1])
else:
    pyplot.show()
)";

void writeLine(const ExportedLine &line, QIODevice &device)
{
    device.write("    {\"name\": " + quoted(line.name) + ", \"part\": " + quoted(line.part)
        + ", \"legend\": " + (line.isInLegend && !line.name.isEmpty() ? "True" : "False") + ", \"colour\": "
        + quoted(line.drawn.colour.name()) + ", \"style\": " + dashes(line.drawn.style) + ", \"width\": "
        + number(line.drawn.width) + ", \"alpha\": " + number(line.drawn.opacity) + ",\n     \"x\": "
        + steps(line.exact->steps()) + ",\n     \"y\": " + numbers(line.exact->values()));
    if (line.exactLow && line.exactHigh) {
        device.write(",\n     \"band_alpha\": " + number(line.band.opacity) + ", \"low\": " + numbers(line.exactLow->values())
            + ",\n     \"high\": " + numbers(line.exactHigh->values()));
    }
    device.write("},\n");
}

bool isLogarithmic(const ExportedAxis &axis)
{
    return axis.scale == ExportedAxis::Scale::Logarithmic;
}

QByteArray range(const ExportedAxis &axis, double low, double high)
{
    return '(' + number(isLogarithmic(axis) ? std::pow(10.0, low) : low) + ", "
        + number(isLogarithmic(axis) ? std::pow(10.0, high) : high) + ')';
}

QByteArray scale(const ExportedAxis &axis)
{
    return isLogarithmic(axis) ? "\"log\"" : "\"linear\"";
}

// The zone of the picture, so that both show the same hours.
QByteArray zoneOf(const ExportedChart &chart)
{
    if (chart.x.scale != ExportedAxis::Scale::WallTime)
        return {};
    const QTimeZone zone = QTimeZone::systemTimeZone();
    const QDateTime left = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(chart.view.x0), QTimeZone::utc());
    return "\nZONE = " + quoted(QString::fromLatin1(zone.id())) + "\nZONE_OFFSET = " + QByteArray::number(zone.offsetFromUtc(left));
}

} // namespace

void writeScript(const ExportedChart &chart, QSizeF size, QIODevice &device)
{
    device.write("#!/usr/bin/env python3\n# Written by Perihelion. Needs Python 3.9, numpy and matplotlib 3.6 or later.\n"
                 "# Opens a window; with the name of a file it draws into that: .png, .svg, .pdf.\n");
    device.write(head);
    for (const ExportedLine &line : chart.lines)
        writeLine(line, device);
    QByteArray text(tail);
    const bool isTime = chart.x.scale == ExportedAxis::Scale::WallTime;
    const QByteArray constants = "]\n\nTITLE = " + quoted(chart.title) + "\nNOTE = " + quoted(chart.note) + "\nX_TITLE = "
        + quoted(chart.titleOfX()) + "\nX_IS_TIME = " + (isTime ? "True" : "False") + "\nX_IS_WHOLE = "
        + (chart.x.isWhole && !isLogarithmic(chart.x) ? "True" : "False") + zoneOf(chart) + "\nX_SCALE = " + scale(chart.x)
        + "\nY_SCALE = " + scale(chart.y) + "\nX_RANGE = " + range(chart.x, chart.view.x0, chart.view.x1)
        + "\nY_RANGE = " + range(chart.y, chart.view.y0, chart.view.y1) + "\nWIDTH, HEIGHT = " + number(size.width()) + ", "
        + number(size.height()) + '\n';
    device.write(constants + text.mid(2));
}
