// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/fuzzymatch.h"

#include <algorithm>

namespace {

bool beginsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

int letterScore(QStringView text, qsizetype at, qsizetype neighbour)
{
    return (at == neighbour ? 8 : 0) + (beginsWord(text, at) ? 12 : 0);
}

// The letters as far left as they go, and as far right: of "cif17" in "cifar10/run-17" the second finds
// the 17 side by side. The better of the two is close enough to the best of all.
std::optional<int> scatteredScore(QStringView needle, QStringView text)
{
    int fromLeft = 0;
    qsizetype last = -2;
    for (const QChar letter : needle) {
        const qsizetype at = text.indexOf(letter, last < 0 ? 0 : last + 1);
        if (at < 0)
            return std::nullopt;
        fromLeft += letterScore(text, at, last + 1);
        last = at;
    }
    int fromRight = 0;
    qsizetype next = text.size();
    for (qsizetype i = needle.size(); i-- > 0;) {
        const qsizetype at = text.left(next).lastIndexOf(needle[i]);
        fromRight += letterScore(text, at, next == text.size() ? -1 : next - 1);
        next = at;
    }
    return std::max(fromLeft, fromRight);
}

} // namespace

std::optional<int> fuzzyScore(QStringView needle, QStringView text)
{
    if (needle.isEmpty())
        return 0;
    const int shortness = 20 - static_cast<int>(std::min<qsizetype>(text.size(), 100)) / 5;
    if (const qsizetype whole = text.lastIndexOf(needle); whole >= 0) {
        int score = inOnePiece + (beginsWord(text, whole) ? 200 : 0);
        // The last name of the path is what people mean.
        if (text.indexOf(u'/', whole) < 0)
            score += 100;
        if (whole + needle.size() == text.size())
            score += 50;
        return score + shortness;
    }
    const std::optional<int> scattered = scatteredScore(needle, text);
    return scattered ? std::optional(*scattered + shortness) : std::nullopt;
}
