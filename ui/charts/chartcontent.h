// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/panelfeed.h"

// What a ChartView shows, and how.
struct ChartContent
{
    QString title; // spoken and written, not drawn
    QStringList series; // names, as in the question
    std::shared_ptr<const PanelFeed::Shown> shown; // never null
    bool showsEnvelope = true;
    ValueRange range;
    BestValue best = BestValue::None;

    const PanelQuestion &question() const { return shown->question; }
};
