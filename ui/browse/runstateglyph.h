// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"

class QPainter;
class QPalette;
class QRectF;

// The state of a run as shape and colour (never colour alone): a ring for running, a tick for finished,
// a disc with a cross for crashed, nothing where unknown. Drawn in the middle of rect, 14 px wide.
void paintRunState(QPainter &painter, const QRectF &rect, api::State state, const QPalette &palette);

// A still ring with a gap: something is being fetched.
void paintLoading(QPainter &painter, const QRectF &rect, const QPalette &palette);
// The same disc with a cross, for a place that failed.
void paintFailed(QPainter &painter, const QRectF &rect, const QPalette &palette);
