// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/panelcontent.h"
#include "models/charts/panelsettings.h"

// How a chart is drawn, in a few words: "log, TWEMA 0.60, mean ± std by optimizer". Empty where all is as usual.
QString settingsText(const ChartSettings &settings, const PanelSettings &panel);

// The names of the choices, as they stand in menus and lists.
QString axisName(const XAxis &axis);
// What the x of the lines really is: "Point" instead of "Step" where no line has steps, and so its points are counted.
QString axisName(const XAxis &axis, const PanelContent &content);
bool countsPoints(Smoothing::Kind kind); // its amount is a number of points
QString smoothingName(Smoothing::Kind kind);
QString bandName(Grouping::Band band);
QString groupingName(const Grouping &grouping); // what is grouped by

// What has no place on the x axis or only a counted one, each as a sentence without its full stop: "1 of 6 points has no
// step". Empty where every point is where it was logged.
QStringList leftOutTexts(const PanelQuestion &question, const PanelContent &content);
