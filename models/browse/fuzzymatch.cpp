// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/fuzzymatch.h"

#include <algorithm>

namespace {

bool beginsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

} // namespace

std::optional<int> fuzzyScore(QStringView needle, QStringView text)
{
    if (needle.isEmpty())
        return 0;
    int score = 0;
    const int shortness = 20 - static_cast<int>(std::min<qsizetype>(text.size(), 100)) / 5;
    if (const qsizetype whole = text.lastIndexOf(needle); whole >= 0) {
        score = 1000 + (beginsWord(text, whole) ? 200 : 0);
        // The last name of the path is what people mean.
        if (text.indexOf(u'/', whole) < 0)
            score += 100;
        if (whole + needle.size() == text.size())
            score += 50;
        return score + shortness;
    }
    qsizetype at = 0;
    qsizetype last = -2;
    for (const QChar letter : needle) {
        at = text.indexOf(letter, at);
        if (at < 0)
            return std::nullopt;
        if (at == last + 1)
            score += 8;
        if (beginsWord(text, at))
            score += 12;
        last = at++;
    }
    return score + shortness;
}
