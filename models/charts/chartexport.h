// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/exportedchart.h"

#include <QByteArray>
#include <QColor>
#include <QSize>

#include <optional>

// How a chart becomes a file. Everything here is for another thread; pictures need a QGuiApplication for fonts.

struct ExportOptions
{
    enum class Format : quint8 { Png, Svg, Pdf, Csv, Script };
    enum class Points : quint8 {
        AsShown, // smoothed and grouped, what is in view
        Raw, // everything that the server sent of these runs and metrics
    };
    enum class Shape : quint8 {
        Long, // a row for each point
        Wide, // a row for each x, a column for each line
    };
    Format format = Format::Png;
    QSize size{1600, 1000}; // of the picture in logical pixels, 96 of them an inch
    int dpi = 96; // of a PNG: 192 gives twice as many pixels
    Points points = Points::AsShown;
    Shape shape = Shape::Long;

    bool operator==(const ExportOptions &) const = default;

    QSize pixels() const; // of the PNG
    static QString ending(Format format); // "png", without a dot
    // By the ending of a file's name, in any case; none where it is another.
    static std::optional<Format> formatOf(const QString &path);
};

// The whole file. Empty only where a picture of that size can't be made.
QByteArray exported(const ExportedChart &chart, const ExportOptions &options);

// Writes it through a QSaveFile: a file that was there before stays whole where writing fails. Returns
// a sentence why it failed; empty where all is well.
QString writeExport(const ExportedChart &chart, const ExportOptions &options, const QString &path);
