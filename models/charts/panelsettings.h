// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/grouping.h"
#include "models/charts/smoothing.h"
#include "models/charts/xaxis.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>

// Which values are seen before anybody zooms. It never drops a point: what lies outside is outside of the view.
struct ValueRange
{
    enum class Kind : quint8 {
        All,
        Central, // from the 5th to the 95th percentile of what is drawn
        Manual, // from low to high
    };
    Kind kind = Kind::All;
    double low = 0; // of Manual, in the units of the metric also on a logarithmic axis
    double high = 1;

    bool operator==(const ValueRange &) const = default;
};

// Which value of each line is marked.
enum class BestValue : quint8 { None, Smallest, Largest };

// How lines are drawn: what a page sets for all of its panels at once.
struct ChartSettings
{
    XAxis xAxis;
    bool logarithmicX = false;
    bool logarithmicY = false;
    Smoothing smoothing;
    bool showsRaw = true; // faint, behind smoothed lines and behind groups
    bool showsEnvelope = true; // from the smallest to the largest value where a pixel stands for many
    Grouping grouping;

    bool operator==(const ChartSettings &) const = default;

    QJsonObject toJson() const;
    // Fields that are missing or can't be read are as in a new one; those of later versions are ignored.
    static ChartSettings fromJson(const QJsonObject &json);
};

// One panel: what it shows, how it differs from its page, and how large it is.
struct PanelSettings
{
    int id = 0; // in its layout, which gives it: the same panel before and after it changed
    QStringList metrics; // in the order they are drawn
    QStringList expressions; // after them: texts that Derivation reads
    QString title; // empty: what it shows names it
    std::optional<QString> section; // where it was put; otherwise that of its first metric

    // What is set differs from the page.
    std::optional<XAxis> xAxis;
    std::optional<bool> logarithmicX;
    std::optional<bool> logarithmicY;
    std::optional<Smoothing> smoothing;
    std::optional<bool> showsRaw;
    std::optional<bool> showsEnvelope;
    std::optional<Grouping> grouping;

    ValueRange range;
    BestValue best = BestValue::None;
    int columns = 1; // how many cells of the grid it is wide
    int height = 0; // pixels; 0: as high as the page makes its rows

    bool operator==(const PanelSettings &) const = default;

    bool isEmpty() const { return metrics.isEmpty() && expressions.isEmpty(); }
    QString displayTitle() const;
    QString sectionName() const; // see sectionOf()
    // The page's settings with those of the panel in their place.
    ChartSettings resolved(const ChartSettings &page) const;

    QJsonObject toJson() const; // only what differs from a new one
    static PanelSettings fromJson(const QJsonObject &json);
};

// What comes before the name of a metric: "train" of "train/loss", "sys" of "sys.cpu.percent"; empty where nothing does.
QString sectionOf(const QString &metric);
