// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/series.h"
#include "models/charts/view.h"

#include <QList>
#include <QPolygonF>

// What can't be drawn is marked where it happened: infinity by a triangle that points up at the head of a plot of that
// size, minus infinity by one that points down at its foot, NaN by a diamond at the foot, above that triangle where both
// are there. Marks of a kind that are closer together than a mark is wide are one.
QList<QPolygonF> gapMarks(const Series &series, const View &view, QSizeF size);
