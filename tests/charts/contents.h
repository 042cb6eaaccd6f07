// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/charts/chartcontent.h"

// Some lines of one metric as a ChartView is given them.
namespace contents {

struct Line
{
    QString name;
    int colour = 0;
    std::vector<double> values; // at steps 0, 1, 2, ... where steps is empty; at none where all of it is NaN
    std::vector<double> steps = {};
};

inline ChartContent of(const QString &metric, std::vector<Line> lines, bool logarithmicY = false)
{
    auto shown = std::make_shared<PanelFeed::Shown>();
    shown->question.series = {Derivation::read(Derivation::written(metric)).derivation};
    shown->question.logarithmicY = logarithmicY;
    for (Line &line : lines) {
        PanelRun run{{line.name, line.name, line.colour, true}, {}, {}};
        for (std::size_t i = line.steps.size(); i < line.values.size(); ++i)
            line.steps.push_back(static_cast<double>(i));
        run.metrics.insert(metric,
            std::make_shared<const Points>(Points::Columns{std::move(line.values), std::move(line.steps), {}, {}, {}}));
        shown->question.runs.push_back(std::move(run));
    }
    shown->content = panelContent(shown->question);
    ChartContent content;
    content.title = metric;
    content.series = {metric};
    content.shown = shown;
    return content;
}

} // namespace contents
