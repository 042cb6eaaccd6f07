// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/runnames.h"

#include <QHash>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype keyPart = 4; // of a key, and by how much it grows where that is not enough

QString folded(QString name)
{
    name.removeIf([](QChar character) { return character.isSpace(); });
    return name.normalized(QString::NormalizationForm_KC).toCaseFolded();
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
    // A name with a key may be the name of yet another run.
    for (bool hasChanged = true; std::exchange(hasChanged, false);) {
        QHash<QString, qsizetype> namesakes;
        QStringList all;
        for (const QString &name : std::as_const(distinct))
            ++namesakes[all.emplaceBack(folded(name))];
        for (qsizetype i = 0; i < names.size(); ++i) {
            qsizetype &length = lengths[static_cast<std::size_t>(i)];
            if (namesakes.value(all[i]) == 1 || length == keys[i].size())
                continue;
            length = std::min(length + keyPart, keys[i].size());
            distinct[i] = withKey(bare[i], keys[i], length);
            hasChanged = true;
        }
    }
    return distinct;
}
