// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/browse/rowfilter.h"
#include "models/browse/roworder.h"
#include "models/browse/valuecolumn.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

// Keys of experiments, found by views of them.
struct KeyHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>()(key); }
};
using KeySet = std::unordered_set<std::string, KeyHash, std::equal_to<>>;

// What of the experiments is shown, and in which order. Made from a question that owns or shares all it
// needs, so that it can be made on another thread.
struct Arrangement
{
    std::shared_ptr<const std::vector<quint32>> order; // all experiments, sorted
    std::shared_ptr<const std::vector<quint8>> matches; // by experiment; null where nothing is filtered
    std::vector<quint32> shown; // experiments, row by row
    Haystacks haystacks; // as in the question, those that were null made
};

struct ArrangementQuestion
{
    std::shared_ptr<const api::Experiments> experiments;
    std::vector<SortColumn> sort;
    std::shared_ptr<const std::vector<quint32>> order; // where it is known already
    RowFilter filter;
    std::shared_ptr<const KeySet> found; // by a query: only these are shown; null where none was asked
    Haystacks haystacks; // of names, keys and users, of the tags, of each value column
    std::vector<ValueColumn> haystackSources; // from haystacks[1] on
    std::shared_ptr<const std::vector<quint8>> among; // what matched before the text grew longer

    Arrangement answer() const;
};

// For each of the new keys its row among the old ones, -1 where it is new.
std::vector<int> oldRowsOf(const TextColumn &newKeys, const TextColumn &oldKeys);
