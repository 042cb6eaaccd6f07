// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/panelcontent.h"
#include "models/charts/rasteriser.h"

#include <QStringList>

// A line of a panel with the name, colour and dashes that a person knows it by.
struct NamedLine
{
    const PanelLine *line;
    ChartedRun run; // a group is one too, without a key
    Qt::PenStyle style = Qt::SolidLine;
    bool isFaint = false; // behind others, and never read
};

// Of all that is drawn, in its order. series are the names of the question's. Points into content.
std::vector<NamedLine> namedLines(const PanelQuestion &question, const PanelContent &content, const QStringList &series);

// How it is drawn. The points behind a smoothed line are what it was made from: as an envelope they are seen better.
DrawnLine drawnLine(const NamedLine &named, const QColor &colour, bool showsEnvelope);
