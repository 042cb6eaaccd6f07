// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/exportedchart.h"

#include <QLineF>
#include <QRectF>

// What surrounds the plot of a chart on paper, laid out: title, axes with ticks and labels, legend, marks of what is
// not finite. Positions are logical pixels from the top left corner, colours are those of white paper. The
// same for every kind of picture.
struct ChartSheet
{
    struct Text
    {
        enum class Anchor : quint8 { Start, Middle, End };
        QString text;
        QPointF at; // on the base line
        Anchor anchor = Anchor::Start;
        double size = 12; // pixels
        bool isBold = false;
        QColor colour;
    };
    struct Rule
    {
        QLineF line;
        QColor colour;
        Qt::PenStyle style = Qt::SolidLine;
        double width = 1;
    };
    struct Mark
    {
        QPolygonF corners;
        QColor colour;
    };

    QSizeF size;
    QRectF plot;
    QString family; // of the font that texts were measured in
    std::vector<Rule> rules; // below the lines
    std::vector<Mark> marks; // above them
    std::vector<Rule> swatches; // of the legend
    std::vector<Text> texts;

    static QFont font(const QString &family, const Text &text);
    static ChartSheet layOut(const ExportedChart &chart, QSizeF size);
};
