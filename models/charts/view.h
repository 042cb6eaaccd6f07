// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What part of the plane is looked at: steps from x0 to x1, values from y0 (bottom) to y1 (top). On a
// logarithmic axis the values are log10. A value; zooming and panning give another one.
struct View
{
    double x0 = 0;
    double x1 = 1;
    double y0 = 0;
    double y1 = 1;

    bool operator==(const View &) const = default;

    double xOf(double pixel, double width) const { return x0 + pixel * ((x1 - x0) / width); }
    double pixelOfX(double x, double width) const { return (x - x0) * (width / (x1 - x0)); }
    // Halves, because the difference of two values may be more than a double holds.
    double yOf(double pixel, double height) const
    {
        return (y1 / 2 + (y0 / 2 - y1 / 2) * (pixel / height)) * 2;
    }
    double pixelOfY(double y, double height) const
    {
        return height - (y / 2 - y0 / 2) * (height / (y1 / 2 - y0 / 2));
    }

    // About a place given as parts of width (from the left) and height (from the top). A factor below 1
    // shows less; 1 leaves the axis alone. Stops where doubles can't tell neighbours apart any more.
    View zoomed(double partX, double partY, double factorX, double factorY) const;
    View panned(double partX, double partY) const; // by parts of width and height; positive shows what is right, below
};
