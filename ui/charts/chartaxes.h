// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/ticks.h"
#include "models/charts/view.h"

#include <QPalette>
#include <QRectF>

class QCategoryAxis;
class QChart;
class QGraphicsSimpleTextItem;

// The two axes of a chart: QtCharts draws them, the ticks are ours (round numbers, "10k", decades on the
// logarithm, times). Keeps the plot area, and widens its left margin only where the labels need it, so that
// nothing jumps while a person pans. Owned by a ChartView.
class ChartAxes
{
public:
    struct Horizontal
    {
        enum class Scale : quint8 { Linear, Logarithmic, WallTime, Elapsed };
        Scale scale = Scale::Linear;
        QString unit; // "step"
        double leastInterval = 0; // of linear ticks: 1 where only whole numbers are meant

        bool operator==(const Horizontal &) const = default;
    };

    explicit ChartAxes(QChart *chart);

    void setPalette(const QPalette &palette);
    // Lays the plot area into size and puts the ticks of view. Returns the plot area.
    QRectF show(const View &view, const Horizontal &x, bool logarithmicY, QSizeF size);
    void forgetMargin() { m_left = 0; } // the labels may need less room from now on

private:
    void placeUnit(const QRectF &area, const View &view, const std::vector<Tick> &ticks);

    QChart *m_chart;
    QCategoryAxis *m_x;
    QCategoryAxis *m_y;
    QGraphicsSimpleTextItem *m_unit;
    double m_left = 0;
};
