// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/exportsource.h"

#include "models/charts/chartline.h"
#include "ui/charts/namedlines.h"
#include "ui/charts/settingstext.h"
#include "ui/widgets/theme.h"

#include <QPalette>

using namespace Qt::StringLiterals;

namespace {

QString partName(const PanelLine &line, const Grouping &grouping)
{
    switch (line.role) {
    case PanelLine::Role::Plain:
        return {};
    case PanelLine::Role::Raw:
        return u"raw"_s;
    case PanelLine::Role::Smoothed:
        return u"smoothed"_s;
    case PanelLine::Role::Member:
        return u"member"_s;
    case PanelLine::Role::Centre:
        break;
    }
    return grouping.centre == Grouping::Centre::Mean ? u"mean"_s : u"median"_s;
}

ExportedAxis axisX(const PanelQuestion &question, const PanelContent &content)
{
    using Scale = ExportedAxis::Scale;
    ExportedAxis axis{axisName(question.xAxis, content), Scale::Linear, content.isWholeX};
    if (question.xAxis.kind != XAxis::Kind::Metric)
        axis.title = axis.title.toLower();
    if (question.logarithmicX)
        axis.scale = Scale::Logarithmic;
    else if (question.xAxis.kind == XAxis::Kind::WallTime)
        axis.scale = Scale::WallTime;
    else if (question.xAxis.kind == XAxis::Kind::ElapsedTime)
        axis.scale = Scale::Elapsed;
    return axis;
}

// Of a line of logged points those that have no step, epoch or time. A metric of another rhythm as x is no loss.
std::vector<double> valuesWithoutX(const PanelQuestion &question, const PanelLine &line)
{
    const bool isLogged = line.role == PanelLine::Role::Plain || line.role == PanelLine::Role::Raw;
    if (!isLogged || !line.points || line.order.empty() || question.xAxis.kind == XAxis::Kind::Metric)
        return {};
    std::vector<bool> isThere(line.points->size());
    for (const std::uint32_t point : line.order)
        isThere[point] = true;
    std::vector<double> values;
    for (std::size_t i = 0; i < isThere.size(); ++i) {
        if (!isThere[i])
            values.push_back(line.points->values()[i]);
    }
    return values;
}

QString nameOf(const ChartedRun &run)
{
    return run.name.isEmpty() ? run.key : run.name;
}

// Every metric of every run, in the order of the series and the runs.
std::vector<ExportedPoints> rawPoints(const PanelQuestion &question)
{
    QStringList metrics;
    for (const Derivation &series : question.series)
        metrics += series.metrics();
    if (question.xAxis.kind == XAxis::Kind::Metric)
        metrics.append(question.xAxis.metric);
    metrics.removeDuplicates();
    std::vector<ExportedPoints> all;
    for (const QString &metric : metrics) {
        for (const PanelRun &run : question.runs) {
            if (const PointsPointer points = run.metrics.value(metric))
                all.push_back({run.run.key, nameOf(run.run), metric, points});
        }
    }
    return all;
}

} // namespace

ExportedChart exportedChart(const ChartContent &content, const QString &note, const std::optional<View> &view)
{
    const QPalette paper(QColor(Qt::white));
    const PanelQuestion &question = content.question();
    ExportedChart chart;
    chart.title = content.title;
    chart.note = note;
    chart.x = axisX(question, content.shown->content);
    chart.y = {content.series.join(u", "_s),
        question.logarithmicY ? ExportedAxis::Scale::Logarithmic : ExportedAxis::Scale::Linear};
    std::vector<SeriesPointer> all;
    for (const NamedLine &named : namedLines(question, content.shown->content, content.series)) {
        const PanelLine &line = *named.line;
        const QColor colour = theme::seriesColour(named.run.colour, paper);
        ExportedLine one;
        one.key = named.run.key;
        one.name = nameOf(named.run);
        one.part = partName(line, question.grouping);
        one.isInLegend = !named.isFaint;
        one.drawn = drawnLine(named, colour, content.showsEnvelope);
        one.exact = line.exact ? line.exact : line.drawn;
        one.withoutX = valuesWithoutX(question, line);
        if (line.low && line.high) {
            one.band = {line.low, line.high, colour, bandOpacity};
            one.exactLow = line.exactLow ? line.exactLow : line.low;
            one.exactHigh = line.exactHigh ? line.exactHigh : line.high;
        }
        for (const SeriesPointer &series : {line.drawn, line.low, line.high})
            all.push_back(series);
        chart.lines.push_back(std::move(one));
    }
    chart.view = view ? *view : wholeView(all);
    chart.points = rawPoints(question);
    return chart;
}
