// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/arrangement.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

Arrangement ArrangementQuestion::answer() const
{
    const std::size_t rows = experiments->size();
    Arrangement result;
    result.haystacks = haystacks;
    result.order = order;
    if (!result.order)
        result.order = std::make_shared<const std::vector<quint32>>(sortedRows(rows, sort));
    const bool filters = !filter.isEmpty() && filter.error().isEmpty();
    if (!filters && !found) {
        result.shown = *result.order;
        return result;
    }
    std::vector<quint8> matches;
    if (!filters) {
        matches.assign(rows, 1);
    } else if (filter.mode == RowFilter::Mode::Pattern) {
        matches = matchPattern(filter, experiments->keys, experiments->names);
    } else {
        for (std::size_t i = 0; i < result.haystacks.size(); ++i) {
            if (result.haystacks[i])
                continue;
            result.haystacks[i] = i == 0
                ? foldedRows({&experiments->names, &experiments->keys, &experiments->users})
                : std::make_shared<const Haystack>(haystackSources[i - 1].haystack());
        }
        matches = matchText(rows, filter, result.haystacks, among.get());
    }
    result.shown.reserve(static_cast<std::size_t>(std::count(matches.begin(), matches.end(), 1)));
    for (quint32 row : *result.order) {
        if (matches[row] && (!found || found->contains(experiments->keys.view(row))))
            result.shown.push_back(row);
    }
    if (filters)
        result.matches = std::make_shared<const std::vector<quint8>>(std::move(matches));
    return result;
}

std::vector<int> oldRowsOf(const TextColumn &newKeys, const TextColumn &oldKeys)
{
    std::vector<int> result(newKeys.size(), -1);
    const bool same = newKeys.size() == oldKeys.size() && newKeys.bytes() == oldKeys.bytes();
    if (same) {
        std::iota(result.begin(), result.end(), 0);
        return result;
    }
    std::unordered_map<std::string_view, int> rows;
    rows.reserve(oldKeys.size());
    for (std::size_t row = 0; row < oldKeys.size(); ++row)
        rows.emplace(oldKeys.view(row), static_cast<int>(row));
    for (std::size_t row = 0; row < newKeys.size(); ++row) {
        if (const auto old = rows.find(newKeys.view(row)); old != rows.end())
            result[row] = old->second;
    }
    return result;
}
