// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/runnames.h"

#include "models/values/unicode.h"

#include <QHash>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype keyPart = 4; // of a key, and by how much it grows where that is not enough

// Names that people would take for one.
QString folded(const QString &name)
{
    const auto isSpace = [](QChar character) { return character.isSpace(); };
    if (std::none_of(name.cbegin(), name.cend(), isSpace))
        return unicode::folded(name);
    QString letters = name;
    letters.removeIf(isSpace);
    return unicode::folded(letters);
}

QString withKey(const QString &name, const QString &key, qsizetype length)
{
    return length == 0 ? name : name + u" · "_s + key.first(length);
}

} // namespace

QStringList distinctNames(const QStringList &names, const QStringList &keys)
{
    std::vector<qsizetype> lengths(static_cast<std::size_t>(names.size())); // of the keys beside them
    QStringList distinct;
    for (qsizetype i = 0; i < names.size(); ++i)
        distinct.append(names[i].isEmpty() ? keys[i] : names[i]);
    const QStringList bare = distinct;
    QStringList alike;
    QHash<QString, int> namesakes;
    namesakes.reserve(names.size());
    for (const QString &name : bare)
        ++namesakes[alike.emplaceBack(folded(name))];
    // A name with a key may be the name of yet another run.
    for (bool collides = true; std::exchange(collides, false);) {
        std::vector<qsizetype> grown;
        for (qsizetype i = 0; i < names.size(); ++i) {
            if (namesakes.value(alike[i]) > 1 && lengths[static_cast<std::size_t>(i)] < keys[i].size())
                grown.push_back(i);
        }
        for (const qsizetype i : grown) {
            qsizetype &length = lengths[static_cast<std::size_t>(i)];
            length = std::min(length + keyPart, keys[i].size());
            distinct[i] = withKey(bare[i], keys[i], length);
            --namesakes[alike[i]];
            alike[i] = folded(distinct[i]);
        }
        for (const qsizetype i : grown)
            collides = ++namesakes[alike[i]] > 1 || collides;
    }
    return distinct;
}
