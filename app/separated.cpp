// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/separated.h"

#include <optional>

namespace {

struct Name
{
    QString text;
    qsizetype end; // of the separator behind it, or of all
};

// Nothing where the quotes do not enclose all of the name that begins there.
std::optional<Name> quotedName(const QString &text, qsizetype begin, QChar separator)
{
    if (text[begin] != u'"')
        return {};
    QString name;
    for (qsizetype at = begin + 1; at < text.size(); ++at) {
        if (text[at] != u'"') {
            name += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == u'"') {
            name += text[++at];
        } else {
            const bool isLast = at + 1 == text.size();
            return isLast || text[at + 1] == separator ? std::optional(Name{name, at + 2}) : std::nullopt;
        }
    }
    return {};
}

Name plainName(const QString &text, qsizetype begin, QChar separator)
{
    QString name;
    qsizetype at = begin;
    for (; at < text.size() && text[at] != separator; ++at) {
        const QChar next = at + 1 < text.size() ? text[at + 1] : QChar();
        if (text[at] == u'\\' && (next == separator || next == u'\\'))
            ++at;
        name += text[at];
    }
    return {name, at + 1};
}

} // namespace

QStringList separated(const QString &text, QChar separator)
{
    QStringList names;
    for (qsizetype at = 0; at < text.size();) {
        Name name = quotedName(text, at, separator).value_or(Name{{}, -1});
        if (name.end < 0)
            name = plainName(text, at, separator);
        if (!name.text.isEmpty())
            names.append(name.text);
        at = name.end;
    }
    return names;
}
