// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimenttable.h"

#include <QStringList>

#include <vector>

// What one column of the experiment table says of some experiments, as a plot needs it: a number each.
struct PlotColumn
{
    enum class Kind : quint8 {
        Number,
        Moment, // milliseconds since 1970 UTC
        Duration, // milliseconds
        Category, // an index into categories
    };

    TableColumn column = {};
    QString title = {}; // "val_loss (metric, last)"
    Kind kind = Kind::Number;
    std::vector<double> values = {}; // NaN where there is none that can be drawn
    QStringList categories = {}; // as people sort them
    std::size_t notLoaded = 0; // of the experiments, those of which nobody has asked yet

    std::size_t missing() const; // values that are NaN
    // Of the values that are finite; low above high where none is.
    struct Range
    {
        double low = 1;
        double high = 0;
        bool isEmpty() const { return high < low; }
    };
    Range range() const;
    bool isPositive() const; // all that is finite, and something is: a logarithmic axis shows it
    bool isWhole() const; // all that is finite are whole numbers
    QString shortTitle() const; // where there is little room: "val_loss", "val_loss, min"
    QString text(double value) const; // as people read it, every digit
};

// Numbers where most of what was logged are numbers, else categories. experiments are numbers of the table's.
PlotColumn plotColumn(const ExperimentTable &table, const TableColumn &column, const std::vector<std::size_t> &experiments);

// The columns of a table that can be drawn, in its order: not names, keys and tags.
std::vector<TableColumn> plotColumns(const ExperimentTable &table);

// The experiments that a table shows, row by row.
std::vector<std::size_t> shownExperiments(const ExperimentTable &table);
