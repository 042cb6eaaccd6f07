// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/panelsettings.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace {

// How a choice is written, in the order of its enumeration.
constexpr QLatin1StringView axes[] = {QLatin1StringView{"step"}, QLatin1StringView{"epoch"}, QLatin1StringView{"wall"},
    QLatin1StringView{"elapsed"}, QLatin1StringView{"metric"}};
constexpr QLatin1StringView smoothings[] = {QLatin1StringView{"none"}, QLatin1StringView{"twema"},
    QLatin1StringView{"ema"}, QLatin1StringView{"gaussian"}, QLatin1StringView{"average"}};
constexpr QLatin1StringView sources[] = {QLatin1StringView{"none"}, QLatin1StringView{"parameter"},
    QLatin1StringView{"tag"}, QLatin1StringView{"other"}};
constexpr QLatin1StringView centres[] = {QLatin1StringView{"mean"}, QLatin1StringView{"median"}};
constexpr QLatin1StringView bands[] = {QLatin1StringView{"none"}, QLatin1StringView{"std"}, QLatin1StringView{"error"},
    QLatin1StringView{"minmax"}, QLatin1StringView{"quantile"}};
constexpr QLatin1StringView ranges[] = {QLatin1StringView{"all"}, QLatin1StringView{"central"},
    QLatin1StringView{"manual"}};
constexpr QLatin1StringView bests[] = {QLatin1StringView{"none"}, QLatin1StringView{"smallest"},
    QLatin1StringView{"largest"}};

template<class Choice, std::size_t count>
QString written(const QLatin1StringView (&words)[count], Choice choice)
{
    return words[static_cast<std::size_t>(choice)];
}

template<class Choice, std::size_t count>
void read(const QLatin1StringView (&words)[count], const QJsonValue &value, Choice &choice)
{
    const auto word = std::find(std::begin(words), std::end(words), value.toString());
    if (word != std::end(words))
        choice = static_cast<Choice>(word - std::begin(words));
}

// Numbers of files may be anything.
double number(const QJsonValue &value, double fallback)
{
    const double number = value.toDouble(fallback);
    return std::isfinite(number) ? number : fallback;
}

QJsonValue toJson(bool value)
{
    return value;
}
QJsonValue toJson(const XAxis &axis)
{
    QJsonObject json{{u"kind"_s, written(axes, axis.kind)}};
    if (axis.kind == XAxis::Kind::Metric)
        json[u"metric"_s] = axis.metric;
    return json;
}
QJsonValue toJson(const Smoothing &smoothing)
{
    return QJsonObject{{u"kind"_s, written(smoothings, smoothing.kind)}, {u"amount"_s, smoothing.amount}};
}
QJsonValue toJson(const Grouping &grouping)
{
    return QJsonObject{{u"source"_s, written(sources, grouping.source)}, {u"name"_s, grouping.name},
        {u"centre"_s, written(centres, grouping.centre)}, {u"band"_s, written(bands, grouping.band)},
        {u"quantile"_s, grouping.quantile}};
}

void fromJson(const QJsonValue &json, bool &value)
{
    value = json.toBool(value);
}
void fromJson(const QJsonValue &json, XAxis &axis)
{
    read(axes, json[u"kind"_s], axis.kind);
    if (axis.kind == XAxis::Kind::Metric)
        axis.metric = json[u"metric"_s].toString();
    if (axis.kind == XAxis::Kind::Metric && axis.metric.isEmpty())
        axis = {};
}
void fromJson(const QJsonValue &json, Smoothing &smoothing)
{
    read(smoothings, json[u"kind"_s], smoothing.kind);
    constexpr double most = 100'000;
    smoothing.amount = std::clamp(number(json[u"amount"_s], smoothing.amount), 0.0, most);
}
void fromJson(const QJsonValue &json, Grouping &grouping)
{
    read(sources, json[u"source"_s], grouping.source);
    grouping.name = json[u"name"_s].toString();
    read(centres, json[u"centre"_s], grouping.centre);
    read(bands, json[u"band"_s], grouping.band);
    grouping.quantile = std::clamp(number(json[u"quantile"_s], grouping.quantile), 0.0, 0.5);
}

// What page and panel have in common, each once. Works on the fields of both: those of a panel may be unset.
template<class Settings, class Act>
void eachOf(Settings &settings, Act act)
{
    act(u"x"_s, settings.xAxis);
    act(u"logX"_s, settings.logarithmicX);
    act(u"logY"_s, settings.logarithmicY);
    act(u"smoothing"_s, settings.smoothing);
    act(u"raw"_s, settings.showsRaw);
    act(u"envelope"_s, settings.showsEnvelope);
    act(u"grouping"_s, settings.grouping);
}

QStringList texts(const QJsonValue &array)
{
    QStringList texts;
    for (const QJsonValue &one : array.toArray()) {
        if (!one.toString().isEmpty())
            texts.append(one.toString());
    }
    return texts;
}

} // namespace

QJsonObject ChartSettings::toJson() const
{
    QJsonObject json;
    eachOf(*this, [&json](const QString &key, const auto &value) { json[key] = ::toJson(value); });
    return json;
}

ChartSettings ChartSettings::fromJson(const QJsonObject &json)
{
    ChartSettings settings;
    eachOf(settings, [&json](const QString &key, auto &value) { ::fromJson(json[key], value); });
    return settings;
}

QString PanelSettings::displayTitle() const
{
    return title.isEmpty() ? (metrics + expressions).join(u", "_s) : title;
}

QString PanelSettings::sectionName() const
{
    return section ? *section : metrics.isEmpty() ? QString() : sectionOf(metrics.constFirst());
}

ChartSettings PanelSettings::resolved(const ChartSettings &page) const
{
    return {xAxis.value_or(page.xAxis), logarithmicX.value_or(page.logarithmicX),
        logarithmicY.value_or(page.logarithmicY), smoothing.value_or(page.smoothing), showsRaw.value_or(page.showsRaw),
        showsEnvelope.value_or(page.showsEnvelope), grouping.value_or(page.grouping)};
}

QJsonObject PanelSettings::toJson() const
{
    QJsonObject json{{u"id"_s, id}, {u"metrics"_s, QJsonArray::fromStringList(metrics)}};
    const PanelSettings usual;
    if (!expressions.isEmpty())
        json[u"expressions"_s] = QJsonArray::fromStringList(expressions);
    if (!title.isEmpty())
        json[u"title"_s] = title;
    if (section)
        json[u"section"_s] = *section;
    eachOf(*this, [&json](const QString &key, const auto &value) {
        if (value)
            json[key] = ::toJson(*value);
    });
    if (range != usual.range)
        json[u"range"_s]
            = QJsonObject{{u"kind"_s, written(ranges, range.kind)}, {u"low"_s, range.low}, {u"high"_s, range.high}};
    if (best != usual.best)
        json[u"best"_s] = written(bests, best);
    if (columns != usual.columns)
        json[u"columns"_s] = columns;
    if (height != usual.height)
        json[u"height"_s] = height;
    return json;
}

PanelSettings PanelSettings::fromJson(const QJsonObject &json)
{
    PanelSettings panel;
    panel.id = json[u"id"_s].toInt();
    panel.metrics = texts(json[u"metrics"_s]);
    panel.metrics.removeDuplicates();
    panel.expressions = texts(json[u"expressions"_s]);
    panel.title = json[u"title"_s].toString();
    if (json[u"section"_s].isString())
        panel.section = json[u"section"_s].toString();
    eachOf(panel, [&json](const QString &key, auto &value) {
        if (!json.contains(key))
            return;
        typename std::remove_reference_t<decltype(value)>::value_type own{};
        ::fromJson(json[key], own);
        value = own;
    });
    read(ranges, json[u"range"_s][u"kind"_s], panel.range.kind);
    panel.range.low = number(json[u"range"_s][u"low"_s], panel.range.low);
    panel.range.high = number(json[u"range"_s][u"high"_s], panel.range.high);
    if (!(panel.range.low < panel.range.high))
        panel.range = {};
    read(bests, json[u"best"_s], panel.best);
    constexpr int mostColumns = 12;
    constexpr int mostHeight = 4000;
    panel.columns = std::clamp(json[u"columns"_s].toInt(panel.columns), 1, mostColumns);
    panel.height = std::clamp(json[u"height"_s].toInt(panel.height), 0, mostHeight);
    return panel;
}

QString sectionOf(const QString &metric)
{
    const qsizetype slash = metric.indexOf(u'/');
    if (slash > 0)
        return metric.left(slash);
    const auto system = u"sys"_s;
    return metric.startsWith(system + u'.') ? system : QString();
}
