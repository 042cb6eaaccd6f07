// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/seriestext.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace {

void appendNumber(QByteArray &text, double value)
{
    if (std::isnan(value)) {
        text += "NaN";
        return;
    }
    if (std::isinf(value)) {
        text += value > 0 ? "Infinity" : "-Infinity";
        return;
    }
    char digits[32];
    const auto result = std::to_chars(digits, digits + sizeof digits, value);
    text.append(digits, result.ptr - digits);
}

void appendName(QByteArray &text, const QString &name, char separator)
{
    QByteArray field = name.toUtf8();
    if (field.contains(separator) || field.contains('"') || field.contains('\n') || field.contains('\r'))
        field = '"' + field.replace("\"", "\"\"") + '"';
    text += separator;
    text += field;
}

struct Column
{
    const Series *series;
    std::size_t next;
    std::size_t end;
    double step() const { return series->steps()[next]; }
};

} // namespace

QByteArray seriesText(const std::vector<ChartLine> &lines, double x0, double x1, char separator)
{
    QByteArray text = "step";
    std::vector<Column> columns;
    for (const ChartLine &line : lines) {
        appendName(text, line.run.name.isEmpty() ? line.run.key : line.run.name, separator);
        const Steps &steps = line.series->steps();
        const std::size_t end = steps.lowerBound(std::nextafter(x1, std::numeric_limits<double>::max()));
        columns.push_back({line.series.get(), steps.lowerBound(x0), end});
    }
    text += '\n';
    while (true) {
        double step = std::numeric_limits<double>::infinity();
        for (const Column &column : columns) {
            if (column.next < column.end)
                step = std::min(step, column.step());
        }
        if (std::isinf(step))
            return text;
        appendNumber(text, step);
        for (Column &column : columns) {
            text += separator;
            if (column.next < column.end && column.step() == step)
                appendNumber(text, column.series->values()[column.next++]);
        }
        text += '\n';
    }
}
