// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/panelsettings.h"

#include <QByteArray>

#include <optional>
#include <vector>

// The charts page of a project as a person left it: panels in their order, sections that are folded, and how
// all are drawn. A value: undoing is going back to the one before. Kept per project, and written to files.
struct ChartLayout
{
    struct Section
    {
        QString name; // empty: panels whose metrics have no prefix
        std::vector<std::size_t> panels; // indexes, in order
        bool operator==(const Section &) const = default;
    };

    ChartSettings settings;
    std::vector<PanelSettings> panels;
    QStringList removed; // metrics that have no panel, because the person took it away
    QStringList folded; // names of sections

    bool operator==(const ChartLayout &) const = default;

    // With a panel more for each metric that is in none and was not removed.
    ChartLayout completed(const QStringList &metrics) const;
    // Those without a name first, the system's last, between them in the order of their first panels.
    std::vector<Section> sections() const;
    std::optional<std::size_t> indexOf(int panelId) const;

    // Each gives a changed layout; an index must be below panels.size().
    // In front of its section, with a new id; its metrics are removed no more.
    ChartLayout withPanel(const PanelSettings &panel) const;
    ChartLayout without(std::size_t index) const;
    ChartLayout with(std::size_t index, const PanelSettings &panel) const;
    // Before the panel that is now at before, in the section of that; at the end of section where before is panels.size().
    ChartLayout moved(std::size_t index, std::size_t before, const QString &section) const;
    // One place forward (-1) or back (1) among the panels of its section.
    ChartLayout shifted(std::size_t index, int by) const;
    ChartLayout withFolded(const QString &section, bool isFolded) const;

    QByteArray toJson() const;
    // A sentence why it can't be one where text is no layout; one of a later version is read as far as it is known.
    static std::optional<ChartLayout> fromJson(const QByteArray &text, QString *problem = nullptr);
};
