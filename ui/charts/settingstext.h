// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/panelsettings.h"

// How a chart is drawn, in a few words: "log, TWEMA 0.60, mean ± std by optimizer". Empty where all is as usual.
QString settingsText(const ChartSettings &settings, const PanelSettings &panel);

// The names of the choices, as they stand in menus and lists.
QString axisName(const XAxis &axis);
bool countsPoints(Smoothing::Kind kind); // its amount is a number of points
QString smoothingName(Smoothing::Kind kind);
QString bandName(Grouping::Band band);
QString groupingName(const Grouping &grouping); // what is grouped by
