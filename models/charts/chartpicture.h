// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/exportedchart.h"

#include <QByteArray>
#include <QImage>

// A chart as a picture on white paper; size in logical pixels, 96 an inch. The vectors of SVG and PDF have as
// many columns as the picture has pixels, each with its smallest and largest value, so that no point is
// lost and 100 lines of 15,000 points stay below 2 MB.

QImage paintedChart(const ExportedChart &chart, QSizeF size, double pixelRatio);
QByteArray svgChart(const ExportedChart &chart, QSizeF size);
QByteArray pdfChart(const ExportedChart &chart, QSizeF size);
