// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/panelsettings.h"

#include <QSize>
#include <QStringList>

// What --export-chart is to write.
struct ChartRequest
{
    QString file; // its ending is the format
    QString path; // WORKSPACE/PROJECT[/EXPERIMENT]
    QStringList metrics;
    XAxis xAxis;
    Smoothing smoothing{Smoothing::Kind::None, 0};
    Grouping grouping;
    QSize size{1600, 1000}; // logical pixels

    static QString commaHelp(); // how a comma in the name of a metric is written

    // Each reads the value of one option; a sentence where it can't be.
    QString readFile(const QString &text);
    QString readMetrics(const QStringList &texts); // "train/loss,val/loss", see separated()
    QString readXAxis(const QString &text); // step, epoch, time, elapsed, or a metric; "metric:step" is always one
    QString readSmoothing(const QString &text); // "twema:0.9"
    QString readGrouping(const QString &text); // a parameter; "tag:NAME", "other:NAME", "tags"
    QString readSize(const QString &text); // "1600x1000"
};
