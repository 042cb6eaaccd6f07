// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/comparison/plotcolumn.h"
#include "models/comparison/plotscale.h"

#include <QColor>
#include <QPalette>

#include <optional>

class QPainter;
class QRectF;

// The colours of experiments in a plot: by the value of a column, or all alike. Numbers are coloured along a
// scale that reads the same without colour vision, categories as runs are. A value.
class PlotColours
{
public:
    PlotColours() = default;
    PlotColours(const std::optional<PlotColumn> &column, const QPalette &palette);

    // Few: an index into colours() for each experiment.
    std::size_t indexOf(std::size_t experiment) const;
    const std::vector<QColor> &colours() const { return m_colours; }
    QColor of(std::size_t experiment) const { return m_colours[indexOf(experiment)]; }
    bool isByColumn() const { return m_column.has_value(); }

    // What the colours mean, in the given width; height() is what it takes.
    void paintLegend(QPainter &painter, const QRectF &area, const QPalette &palette) const;

private:
    std::optional<PlotColumn> m_column;
    PlotScale m_scale;
    std::vector<QColor> m_colours{QColor(Qt::gray)};
};
