// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/namedlines.h"

#include "ui/charts/linestyle.h"

#include <QCoreApplication>

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("ChartView", text);
}

QString valueText(const PanelGroup &group)
{
    return group.value.isNull() ? translated("none") : group.value.isEmpty() ? translated("(empty)") : group.value;
}

} // namespace

std::vector<NamedLine> namedLines(const PanelQuestion &question, const PanelContent &content, const QStringList &series)
{
    QStringList values; // a group has one colour in all of its series
    for (const PanelGroup &group : content.groups) {
        if (!values.contains(valueText(group)))
            values.append(valueText(group));
    }
    std::vector<NamedLine> named;
    for (const PanelLine &line : content.lines) {
        if (!line.drawn || (!line.run && !line.group))
            continue;
        NamedLine one{&line, {}, Qt::SolidLine, line.role == PanelLine::Role::Raw || line.role == PanelLine::Role::Member};
        if (line.run)
            one.run = question.runs[*line.run].run;
        if (line.group) {
            const PanelGroup &group = content.groups[*line.group];
            one.run.colour = static_cast<int>(values.indexOf(valueText(group)));
            if (!line.run)
                one.run.name = translated("%1, n = %2").arg(valueText(group)).arg(group.members.size());
        }
        const bool hasSeveral = question.series.size() > 1;
        if (hasSeveral) {
            one.run.name = translated("%1 · %2").arg(one.run.name.isEmpty() ? one.run.key : one.run.name,
                series.value(static_cast<qsizetype>(line.series)));
        }
        if (!one.isFaint)
            one.style = hasSeveral ? styleOfSeries(line.series) : styleOfColour(one.run.colour);
        named.push_back(std::move(one));
    }
    return named;
}

DrawnLine drawnLine(const NamedLine &named, const QColor &colour, bool showsEnvelope)
{
    if (!named.isFaint)
        return {named.line->drawn, colour, named.style, 1.5, 1};
    const bool isEnvelope = showsEnvelope && named.line->role == PanelLine::Role::Raw;
    return {named.line->drawn, colour, named.style, 1, isEnvelope ? envelopeOpacity : rawOpacity};
}
