// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/series.h"
#include "models/charts/view.h"

#include <QList>
#include <QPolygonF>

// What can't be drawn is marked where it happened: a triangle for NaN and minus infinity at the foot of a plot of that
// size, for infinity at its head. Marks closer together than a mark is wide are one.
QList<QPolygonF> gapMarks(const Series &series, const View &view, QSizeF size);
