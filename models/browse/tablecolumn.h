// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>
#include <vector>

// Which column of the experiment table is meant: one of the fixed ones, or a logged value by its name.
// A value; kept in the settings as id().
struct TableColumn
{
    enum class Source : quint8 {
        Name,
        State,
        Tags,
        Start,
        End,
        Duration,
        User,
        Key,
        Parameter,
        Other,
        MetricLast,
        MetricMinimum,
        MetricMaximum,
    };

    Source source = Source::Name;
    QString name; // of the parameter, other or metric; empty for the fixed ones

    bool operator==(const TableColumn &) const = default;

    bool isFixed() const { return source < Source::Parameter; }
    bool isMetric() const { return source >= Source::MetricLast; }
    QString title() const; // first line of the header
    QString kind() const; // second line: "parameter", "metric, last"; empty for the fixed ones

    QString id() const; // "start", "parameter/lr", "metric-last/val_loss"
    static std::optional<TableColumn> fromId(const QString &id);
    static std::vector<TableColumn> fixed(); // in the order they are shown at first
};
