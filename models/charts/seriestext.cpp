// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/seriestext.h"

#include "models/charts/delimited.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

struct TextColumn
{
    const Series *series;
    std::size_t next;
    std::size_t end;
    double step() const { return series->steps()[next]; }
};

} // namespace

QByteArray seriesText(const std::vector<ChartLine> &lines, const QString &xTitle, double x0, double x1, char separator)
{
    QByteArray text;
    appendField(text, xTitle, separator);
    std::vector<TextColumn> columns;
    for (const ChartLine &line : lines) {
        text += separator;
        appendField(text, line.run.name.isEmpty() ? line.run.key : line.run.name, separator);
        const Steps &steps = line.series->steps();
        const std::size_t end = steps.lowerBound(std::nextafter(x1, std::numeric_limits<double>::max()));
        columns.push_back({line.series.get(), steps.lowerBound(x0), end});
    }
    text += '\n';
    while (true) {
        double step = std::numeric_limits<double>::infinity();
        for (const TextColumn &column : columns) {
            if (column.next < column.end)
                step = std::min(step, column.step());
        }
        if (std::isinf(step))
            return text;
        appendNumber(text, step);
        for (TextColumn &column : columns) {
            text += separator;
            if (column.next < column.end && column.step() == step)
                appendNumber(text, column.series->values()[column.next++]);
        }
        text += '\n';
    }
}
