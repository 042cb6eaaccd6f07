// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/coverage.h"
#include "models/charts/reduction.h"

#include <QColor>
#include <QLineF>
#include <QList>
#include <QPolygonF>

class QPainter;

// A line as the strokes of a pen, for pictures that are antialiased or made of vectors. A line with more
// points than the columns can show is given as its columns: upright strokes from the smallest to the
// largest value, joined by what is flat between them. So no point is lost, and a stroke more or less
// doesn't depend on how many points there are.
struct Strokes
{
    // In logical pixels from the top left corner.
    QList<QPolygonF> pieces; // one vertex is a lonely point
    QList<QLineF> bars; // columns that the line does not simply pass: never dashed, because that would hide points
};

// size is that of the plot in logical pixels, columns how many of them are told apart. What is far outside is
// cut off.
Strokes strokesOf(const Series &series, const View &view, int columns, QSizeF size);

// The area between two lines as closed polygons, one for each stretch without a gap.
QList<QPolygonF> areasOf(const Series &low, const Series &high, const View &view, int columns, QSizeF size);

// Whether there are more points than the columns can show.
bool isReduced(const Series &series, const View &view, int columns);

// How many vertices strokesOf() gives at most: what drawing them costs.
std::size_t strokeCost(const Series &series, const View &view, int columns);

// Draws them with the painter's transformation. One stroke of the pen where it is not dashed, so that a faint line
// is not darker where it crosses itself.
void drawStrokes(QPainter &painter, const Strokes &strokes, const QColor &colour, Qt::PenStyle style, double width);

// What they cover of pixels. Strokes and width are those of a size in pixels.
void coverStrokes(Coverage &coverage, const Strokes &strokes, Qt::PenStyle style, double width);
