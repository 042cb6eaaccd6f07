// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartline.h"

#include <QByteArray>

// The points of the lines with x from x0 to x1 as a table in UTF-8: a column of x, of that title, and one for each
// line, every digit, missing entries empty, NaN and infinities by name. A step that a run logged twice
// makes two rows. Comma-separated as RFC 4180 says, or tab-separated for the clipboard.
QByteArray seriesText(const std::vector<ChartLine> &lines, const QString &xTitle, double x0, double x1, char separator);
