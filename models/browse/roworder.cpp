// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/roworder.h"

#include "models/browse/rowfilter.h"

#include <algorithm>
#include <bit>
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
    appendFolded(utf8, folded);
    for (std::size_t i = 0; i < folded.size();) {
        if (!isDigit(folded[i])) {
            out += folded[i++];
            continue;
        }
        while (folded[i] == '0' && i + 1 < folded.size() && isDigit(folded[i + 1]))
            ++i;
        std::size_t end = i;
        while (end < folded.size() && isDigit(folded[end]))
            ++end;
        out += static_cast<char>('0' + std::min<std::size_t>(end - i, 9));
        out.append(folded, i, end - i);
        i = end;
    }
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
    quint64 value = 0;
    for (std::size_t i = 0; i < 8; ++i)
        value = (value << 8) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    return value;
}

void sortRange(std::span<quint32> rows, std::span<const SortColumn> by, std::vector<SortKeys> &keys)
{
    const SortColumn &column = by.front();
    const std::size_t depth = keys.size() - by.size();
    if (keys[depth].values.empty())
        keys[depth] = column.keys();
    const SortKeys &key = keys[depth];
    const quint64 flip = column.descending ? ~quint64(0) : 0;
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
    if (by.size() == 1)
        return;
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin + 1;
        while (end < rows.size() && entries[end].tier == entries[begin].tier
               && entries[end].value == entries[begin].value)
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

std::vector<quint64> ranks(const TextColumn &texts)
{
    const TextColumn keys = collated(texts);
    const std::size_t skip = commonPrefix(keys);
    std::vector<Entry> entries(keys.size());
    for (std::size_t row = 0; row < keys.size(); ++row)
        entries[row] = {eightBytes(keys.view(row).substr(skip)), static_cast<quint32>(row), 0};
    const auto rest = [&](const Entry &entry) {
        const std::string_view text = keys.view(entry.row);
        return text.substr(std::min(text.size(), skip + 8));
    };
    std::sort(entries.begin(), entries.end(), [&](const Entry &a, const Entry &b) {
        return a.value != b.value ? a.value < b.value : rest(a) < rest(b);
    });
    std::vector<quint64> result(keys.size());
    quint64 rank = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i > 0 && (entries[i].value != entries[i - 1].value || rest(entries[i]) != rest(entries[i - 1])))
            ++rank;
        result[entries[i].row] = rank;
    }
    return result;
}
