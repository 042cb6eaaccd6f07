// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QImage>
#include <QLineF>
#include <QPolygonF>

#include <limits>
#include <vector>

// How much of every pixel shapes of one colour cover, by area: antialiased, and no darker where they overlap.
// The time grows with the length of the edges alone. QPainter's grows with the square of how often a line
// goes up and down: a noisy one of 3,000 points takes it 400 ms.
class Coverage
{
public:
    explicit Coverage(QSize pixels);

    // In pixels from the top left corner. What is outside is cut off.
    void addArea(const QPolygonF &area);
    void addLine(const QLineF &line, double width);
    void addLine(const QPolygonF &line, double width); // its corners cut straight
    void addCircle(QPointF middle, double radius);

    // Lays the colour over the image, which has the same size, and begins anew.
    void lay(QRgb premultiplied, QImage &image);

private:
    void addConvex(const QPointF *corners, int count);
    void addJoint(QPointF before, QPointF at, QPointF after, double width);
    void addEdge(QPointF from, QPointF to, double sign);
    void addInside(double x0, double y0, double x1, double y1, double sign);

    int m_width;
    int m_height;
    struct Row
    {
        std::vector<float> changes; // what is covered more than in the pixel to the left; empty where nothing ever was
        int begin = std::numeric_limits<int>::max(); // of what was touched
        int end = 0;
    };
    float *touch(int row, int begin, int end);
    std::vector<Row> m_rows;
};
