// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/reduction.h"

#include <QColor>
#include <QImage>

#include <atomic>
#include <list>
#include <optional>
#include <vector>

// How much of its colour is seen of what lies behind a line.
inline constexpr double rawOpacity = 0.20; // the points as logged, behind their smoothed line
inline constexpr double bandOpacity = 0.14; // what a group's runs spread over
inline constexpr double envelopeOpacity = 0.24; // smallest to largest value in every pixel column

// One line of a chart as it is drawn.
struct DrawnLine
{
    SeriesPointer series;
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine;
    double width = 1.5; // logical pixels
    double opacity = 1;
};

// The area between two lines. With the same series as low and high it is the envelope of that series:
// in every pixel column what its points spread over.
struct DrawnBand
{
    SeriesPointer low;
    SeriesPointer high;
    QColor colour;
    double opacity = bandOpacity;
};

// All that one panel draws, in this order: bands, faint lines (opacity below 1), lines. Of the same kind, later
// ones lie above earlier ones.
struct Drawing
{
    std::vector<DrawnBand> bands;
    std::vector<DrawnLine> lines;
};

// An envelope of few points has no area: it is drawn as their line. Nothing for other bands.
std::optional<DrawnLine> lineInPlaceOf(const DrawnBand &band, const View &view, int columns);

// Draws the contents of one panel into a transparent image. quick() is made for frames while a person zooms
// and pans: spans of pixel columns, front to back, each pixel written once, so that its time hardly
// depends on the number of points or on noise. fine() is antialiased: for few points, and for
// the picture at rest, off the main thread. Holds only scratch memory that is used again from frame to frame.
class Rasteriser
{
public:
    QImage quick(const Drawing &drawing, const View &view, QSize pixels, double pixelRatio);

    // A null image where cancelled became true meanwhile.
    static QImage fine(const Drawing &drawing, const View &view, QSize pixels,
        double pixelRatio, const std::atomic_bool *cancelled = nullptr);

    // How many vertices fine() would draw: what it costs.
    static std::size_t fineCost(const Drawing &drawing, const View &view, int columns);

private:
    // What covers pixels in one colour: a band or a line. Its spans are m_spans from index on.
    struct Layer
    {
        QRgb colour; // premultiplied
        bool isOpaque;
    };
    struct Block
    {
        std::size_t begin; // columns
        std::size_t end;
    };
    void paint(const Block &block, QRgb *bits, qsizetype stride, QSize pixels) const;
    void reduceAll(const Drawing &drawing, const View &view, QSize pixels, double pixelRatio);

    struct Starts
    {
        const Steps *steps;
        std::vector<std::uint32_t> indexes;
    };
    const Starts *startsOf(const Steps &steps);
    std::list<Starts> m_starts; // one for each different steps column
    std::vector<Layer> m_layers; // from the lowest up, opaque ones last
    std::vector<Span> m_spans; // of each layer, column by column
};
