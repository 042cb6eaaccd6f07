// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/roworder.h"

#include "models/values/unicode.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
#include <span>

namespace {

struct Entry
{
    quint64 value;
    quint32 row;
    quint32 tier;
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Bytes that compare as people sort: folded, and each run of digits led by how many there are.
void appendCollated(std::string_view utf8, std::string &folded, std::string &out)
{
    folded.clear();
    unicode::appendFolded(utf8, folded);
    const std::size_t before = out.size();
    out.resize(before + 2 * folded.size());
    char *end = out.data() + before;
    for (std::size_t i = 0; i < folded.size();) {
        if (!isDigit(folded[i])) {
            *end++ = folded[i++];
            continue;
        }
        while (folded[i] == '0' && i + 1 < folded.size() && isDigit(folded[i + 1]))
            ++i;
        char *const length = end++;
        std::size_t digits = 0;
        while (i < folded.size() && isDigit(folded[i])) {
            *end++ = folded[i++];
            ++digits;
        }
        *length = static_cast<char>('0' + std::min<std::size_t>(digits, 9));
    }
    out.resize(static_cast<std::size_t>(end - out.data()));
}

TextColumn collated(const TextColumn &texts)
{
    TextColumn result;
    result.reserve(texts.size(), texts.bytes().size() + texts.size() * 2);
    std::string folded;
    std::string key;
    for (std::size_t row = 0; row < texts.size(); ++row) {
        key.clear();
        appendCollated(texts.view(row), folded, key);
        result.append(key);
    }
    return result;
}

// How many first bytes all texts have in common: names of one sweep share theirs, and comparing them
// again and again is most of what a sort costs.
std::size_t commonPrefix(const TextColumn &texts)
{
    if (texts.isEmpty())
        return 0;
    std::string_view common = texts.view(0);
    for (std::size_t row = 1; row < texts.size() && !common.empty(); ++row) {
        const std::string_view text = texts.view(row);
        const auto end = std::mismatch(common.begin(), common.end(), text.begin(), text.end()).first;
        common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
    }
    return common.size();
}

quint64 eightBytes(std::string_view text)
{
    unsigned char bytes[8] = {};
    std::memcpy(bytes, text.data(), std::min<std::size_t>(8, text.size()));
    return qFromBigEndian<quint64>(bytes);
}

// Values that are places among few: one pass counts them, one puts the rows in order.
void countingSort(std::span<quint32> rows, const SortKeys &key, bool descending)
{
    constexpr std::size_t tiers = 8;
    std::vector<quint32> starts(tiers * key.bound + 1, 0);
    const auto bucket = [&](quint32 row) {
        const quint64 tier = key.tiers.empty() ? 0 : key.tiers[row];
        return tier * key.bound + (descending ? key.bound - 1 - key.values[row] : key.values[row]);
    };
    for (quint32 row : rows)
        ++starts[bucket(row) + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<quint32> sorted(rows.size());
    for (quint32 row : rows)
        sorted[starts[bucket(row)]++] = row;
    std::copy(sorted.begin(), sorted.end(), rows.begin());
}

void compareSort(std::span<quint32> rows, const SortKeys &key, bool descending)
{
    const quint64 flip = descending ? ~quint64(0) : 0;
    std::vector<Entry> entries(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const quint32 row = rows[i];
        entries[i] = {key.values[row] ^ flip, row, key.tiers.empty() ? 0u : key.tiers[row]};
    }
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        if (a.tier != b.tier)
            return a.tier < b.tier;
        return a.value != b.value ? a.value < b.value : a.row < b.row;
    });
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] = entries[i].row;
}

void sortRange(std::span<quint32> rows, std::span<const SortColumn> by, std::vector<SortKeys> &keys)
{
    const SortColumn &column = by.front();
    const std::size_t depth = keys.size() - by.size();
    if (keys[depth].values.empty())
        keys[depth] = column.keys();
    const SortKeys &key = keys[depth];
    if (key.bound > 0 && rows.size() > key.bound / 2)
        countingSort(rows, key, column.descending);
    else
        compareSort(rows, key, column.descending);
    if (by.size() == 1)
        return;
    const auto same = [&](quint32 a, quint32 b) {
        return key.values[a] == key.values[b] && (key.tiers.empty() || key.tiers[a] == key.tiers[b]);
    };
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin + 1;
        while (end < rows.size() && same(rows[begin], rows[end]))
            ++end;
        if (end - begin > 1)
            sortRange(rows.subspan(begin, end - begin), by.subspan(1), keys);
        begin = end;
    }
}

} // namespace

std::vector<quint32> sortedRows(std::size_t rows, const std::vector<SortColumn> &by)
{
    std::vector<quint32> order(rows);
    std::iota(order.begin(), order.end(), 0u);
    if (by.empty() || rows < 2)
        return order;
    std::vector<SortKeys> keys(by.size());
    sortRange(order, by, keys);
    return order;
}

quint64 orderedBits(double value)
{
    const auto bits = std::bit_cast<quint64>(value == 0 ? 0.0 : value); // -0 is 0
    return bits >> 63 ? ~bits : bits | (quint64(1) << 63);
}

// Eight bytes are compared as one number; only texts that agree in them look at their next eight.
std::vector<quint64> ranks(const TextColumn &texts)
{
    struct Part
    {
        quint64 value;
        quint32 row;
    };
    struct Range
    {
        std::size_t begin;
        std::size_t end;
        std::size_t depth; // bytes that all of the range have in common
    };
    const TextColumn keys = collated(texts);
    std::vector<Part> parts(keys.size());
    for (std::size_t row = 0; row < keys.size(); ++row)
        parts[row] = {0, static_cast<quint32>(row)};
    std::vector<quint8> isNew(keys.size(), 0); // by place: differs from the one before
    std::vector<Range> open{{0, keys.size(), commonPrefix(keys)}};
    while (!open.empty()) {
        const Range range = open.back();
        open.pop_back();
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const std::string_view text = keys.view(parts[i].row);
            parts[i].value = eightBytes(text.substr(std::min(text.size(), range.depth)));
        }
        const auto first = parts.begin();
        std::sort(first + static_cast<std::ptrdiff_t>(range.begin), first + static_cast<std::ptrdiff_t>(range.end),
            [](const Part &a, const Part &b) { return a.value < b.value; });
        for (std::size_t begin = range.begin; begin < range.end;) {
            std::size_t end = begin;
            bool goesOn = false;
            for (; end < range.end && parts[end].value == parts[begin].value; ++end)
                goesOn = goesOn || keys.view(parts[end].row).size() > range.depth + 8;
            if (goesOn && end - begin > 1)
                open.push_back({begin, end, range.depth + 8});
            if (end < range.end)
                isNew[end] = 1;
            begin = end;
        }
    }
    std::vector<quint64> result(keys.size());
    quint64 rank = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        rank += isNew[i];
        result[parts[i].row] = rank;
    }
    return result;
}
