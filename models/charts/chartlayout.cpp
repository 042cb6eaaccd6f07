// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartlayout.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr auto kind = "perihelion-charts";
constexpr int version = 1;
constexpr int mostId = 1'000'000; // a file may say anything

QStringList texts(const QJsonValue &array)
{
    QStringList texts;
    for (const QJsonValue &one : array.toArray()) {
        if (one.isString())
            texts.append(one.toString());
    }
    return texts;
}

// Above all that are taken.
int freeId(const std::vector<PanelSettings> &panels)
{
    int last = 0;
    for (const PanelSettings &panel : panels)
        last = std::max(last, panel.id);
    return last + 1;
}

} // namespace

ChartLayout ChartLayout::completed(const QStringList &metrics) const
{
    QSet<QString> shown(removed.cbegin(), removed.cend());
    for (const PanelSettings &panel : panels)
        shown.unite(QSet<QString>(panel.metrics.cbegin(), panel.metrics.cend()));
    ChartLayout layout = *this;
    int next = freeId(panels);
    for (const QString &metric : metrics) {
        if (shown.contains(metric))
            continue;
        shown.insert(metric);
        PanelSettings panel;
        panel.id = next++;
        panel.metrics = {metric};
        layout.panels.push_back(panel);
    }
    return layout;
}

std::vector<ChartLayout::Section> ChartLayout::sections() const
{
    std::vector<Section> sections;
    for (std::size_t i = 0; i < panels.size(); ++i) {
        const QString name = panels[i].sectionName();
        auto section = std::find_if(sections.begin(), sections.end(),
            [&](const Section &one) { return one.name == name; });
        if (section == sections.end())
            section = sections.insert(sections.end(), Section{name, {}});
        section->panels.push_back(i);
    }
    const auto place = [](const Section &section) {
        return section.name.isEmpty() ? 0 : section.name == u"sys"_s ? 2 : 1;
    };
    std::stable_sort(sections.begin(), sections.end(),
        [&](const Section &a, const Section &b) { return place(a) < place(b); });
    return sections;
}

std::optional<std::size_t> ChartLayout::indexOf(int panelId) const
{
    for (std::size_t i = 0; i < panels.size(); ++i) {
        if (panels[i].id == panelId)
            return i;
    }
    return {};
}

ChartLayout ChartLayout::withPanel(const PanelSettings &panel) const
{
    ChartLayout layout = *this;
    for (const QString &metric : panel.metrics)
        layout.removed.removeAll(metric);
    const auto first = std::find_if(layout.panels.begin(), layout.panels.end(),
        [&](const PanelSettings &one) { return one.sectionName() == panel.sectionName(); });
    PanelSettings added = panel;
    added.id = freeId(panels);
    layout.panels.insert(first, added);
    return layout;
}

ChartLayout ChartLayout::without(std::size_t index) const
{
    ChartLayout layout = *this;
    const QStringList gone = panels[index].metrics;
    layout.panels.erase(layout.panels.begin() + static_cast<std::ptrdiff_t>(index));
    for (const QString &metric : gone) {
        const bool isShown = std::any_of(layout.panels.cbegin(), layout.panels.cend(),
            [&](const PanelSettings &panel) { return panel.metrics.contains(metric); });
        if (!isShown && !layout.removed.contains(metric))
            layout.removed.append(metric);
    }
    return layout;
}

ChartLayout ChartLayout::with(std::size_t index, const PanelSettings &panel) const
{
    ChartLayout layout = *this;
    layout.panels[index] = panel;
    return layout;
}

ChartLayout ChartLayout::moved(std::size_t index, std::size_t before, const QString &section) const
{
    if (before == index)
        return *this;
    ChartLayout layout = *this;
    PanelSettings panel = panels[index];
    const QString target = before < panels.size() ? panels[before].sectionName() : section;
    panel.section.reset();
    if (panel.sectionName() != target)
        panel.section = target;
    layout.panels.erase(layout.panels.begin() + static_cast<std::ptrdiff_t>(index));
    std::size_t place = layout.panels.size();
    if (before < panels.size())
        place = before > index ? before - 1 : before;
    layout.panels.insert(layout.panels.begin() + static_cast<std::ptrdiff_t>(place), panel);
    return layout;
}

ChartLayout ChartLayout::shifted(std::size_t index, int by) const
{
    for (const Section &section : sections()) {
        if (section.name != panels[index].sectionName())
            continue;
        const auto at = std::find(section.panels.cbegin(), section.panels.cend(), index);
        const std::ptrdiff_t place = at - section.panels.cbegin() + by;
        if (place < 0 || place >= std::ssize(section.panels))
            return *this;
        const std::size_t other = section.panels[static_cast<std::size_t>(place)];
        ChartLayout layout = *this;
        std::swap(layout.panels[index], layout.panels[other]);
        return layout;
    }
    return *this;
}

ChartLayout ChartLayout::withFolded(const QString &section, bool isFolded) const
{
    ChartLayout layout = *this;
    layout.folded.removeAll(section);
    if (isFolded)
        layout.folded.append(section);
    return layout;
}

QByteArray ChartLayout::toJson() const
{
    QJsonArray shown;
    for (const PanelSettings &panel : panels)
        shown.append(panel.toJson());
    const QJsonObject all{{u"kind"_s, QString::fromLatin1(kind)}, {u"version"_s, version},
        {u"settings"_s, settings.toJson()}, {u"panels"_s, shown},
        {u"removed"_s, QJsonArray::fromStringList(removed)}, {u"folded"_s, QJsonArray::fromStringList(folded)}};
    return QJsonDocument(all).toJson();
}

std::optional<ChartLayout> ChartLayout::fromJson(const QByteArray &text, QString *problem)
{
    const auto fail = [problem](const QString &sentence) -> std::optional<ChartLayout> {
        if (problem)
            *problem = sentence;
        return {};
    };
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (!document.isObject())
        return fail(QCoreApplication::translate("ChartLayout", "This is not JSON: %1, at byte %2.")
                        .arg(error.errorString()).arg(error.offset));
    const QJsonObject all = document.object();
    if (all[u"kind"_s].toString() != QLatin1StringView(kind))
        return fail(QCoreApplication::translate("ChartLayout", "This file holds no layout of charts."));
    ChartLayout layout;
    layout.settings = ChartSettings::fromJson(all[u"settings"_s].toObject());
    for (const QJsonValue &one : all[u"panels"_s].toArray()) {
        PanelSettings panel = PanelSettings::fromJson(one.toObject());
        if (panel.isEmpty())
            continue;
        if (panel.id < 1 || panel.id > mostId || layout.indexOf(panel.id))
            panel.id = freeId(layout.panels);
        layout.panels.push_back(std::move(panel));
    }
    layout.removed = texts(all[u"removed"_s]);
    layout.folded = texts(all[u"folded"_s]);
    return layout;
}
