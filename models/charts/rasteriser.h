// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/reduction.h"

#include <QColor>
#include <QImage>

#include <atomic>
#include <vector>

// One line of a chart as it is drawn. Later lines lie above earlier ones.
struct DrawnLine
{
    SeriesPointer series;
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine;
    double width = 1.5; // logical pixels
};

// Draws the lines of one panel into a transparent image. quick() is made for frames while a person zooms
// and pans: spans of pixel columns, front to back, each pixel written once, so that its time hardly
// depends on the number of points or on noise. fine() is antialiased by QPainter: for few points, and for
// the picture at rest, off the main thread. Holds only scratch memory that is used again from frame to frame.
class Rasteriser
{
public:
    QImage quick(const std::vector<DrawnLine> &lines, const View &view, QSize pixels, double pixelRatio);

    // A null image where cancelled became true meanwhile.
    static QImage fine(const std::vector<DrawnLine> &lines, const View &view, QSize pixels,
        double pixelRatio, const std::atomic_bool *cancelled = nullptr);

    // How many vertices fine() would draw: what it costs.
    static std::size_t fineCost(const std::vector<DrawnLine> &lines, const View &view, int columns);

private:
    void startColumns(const std::vector<DrawnLine> &lines, const View &view, int columns);

    struct Starts
    {
        const Steps *steps;
        std::vector<std::uint32_t> indexes;
    };
    std::vector<Starts> m_starts; // one for each different steps column
    std::vector<std::size_t> m_startsOf; // of each line
    std::vector<Span> m_spans;
};
