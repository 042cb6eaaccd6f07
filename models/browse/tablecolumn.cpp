// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/tablecolumn.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    const char *id;
    const char *title; // nullptr: the name of the value
    const char *kind;
};

// In the order of TableColumn::Source.
constexpr std::array<Words, 13> words{{
    {"name", QT_TRANSLATE_NOOP("TableColumn", "Name"), ""},
    {"state", QT_TRANSLATE_NOOP("TableColumn", "State"), ""},
    {"tags", QT_TRANSLATE_NOOP("TableColumn", "Tags"), ""},
    {"start", QT_TRANSLATE_NOOP("TableColumn", "Started"), ""},
    {"end", QT_TRANSLATE_NOOP("TableColumn", "Ended"), ""},
    {"duration", QT_TRANSLATE_NOOP("TableColumn", "Duration"), ""},
    {"user", QT_TRANSLATE_NOOP("TableColumn", "User"), ""},
    {"key", QT_TRANSLATE_NOOP("TableColumn", "Key"), ""},
    {"parameter", nullptr, QT_TRANSLATE_NOOP("TableColumn", "parameter")},
    {"other", nullptr, QT_TRANSLATE_NOOP("TableColumn", "other")},
    {"metric-last", nullptr, QT_TRANSLATE_NOOP("TableColumn", "metric, last")},
    {"metric-min", nullptr, QT_TRANSLATE_NOOP("TableColumn", "metric, min")},
    {"metric-max", nullptr, QT_TRANSLATE_NOOP("TableColumn", "metric, max")},
}};

const Words &wordsOf(TableColumn::Source source)
{
    return words[static_cast<std::size_t>(source)];
}

} // namespace

QString TableColumn::title() const
{
    const char *title = wordsOf(source).title;
    return title ? QCoreApplication::translate("TableColumn", title) : name;
}

QString TableColumn::kind() const
{
    return isFixed() ? QString() : QCoreApplication::translate("TableColumn", wordsOf(source).kind);
}

QString TableColumn::id() const
{
    const QString first = QString::fromLatin1(wordsOf(source).id);
    return isFixed() ? first : first + u'/' + name;
}

std::optional<TableColumn> TableColumn::fromId(const QString &id)
{
    const qsizetype slash = id.indexOf(u'/'); // names may hold slashes, the first word never does
    const QString first = slash < 0 ? id : id.left(slash);
    for (std::size_t i = 0; i < words.size(); ++i) {
        TableColumn column{static_cast<Source>(i), slash < 0 ? QString() : id.mid(slash + 1)};
        if (first == QLatin1StringView(words[i].id) && column.isFixed() == (slash < 0))
            return column;
    }
    return std::nullopt;
}

std::vector<TableColumn> TableColumn::fixed()
{
    std::vector<TableColumn> all;
    for (Source source : {Source::Name, Source::State, Source::Tags, Source::Duration, Source::Start})
        all.push_back({source, {}});
    return all;
}
