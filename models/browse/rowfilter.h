// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/values/textcolumn.h"

#include <QString>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Which rows of the experiment table a filter lets through. Pure functions, for any thread.

// As typed: quick text (each word somewhere in the row, case does not count) or the API's pattern.
struct RowFilter
{
    enum class Mode : quint8 {
        Text,
        Pattern, // Python's re.match on key or name: anchored at the start, case sensitive
    };

    Mode mode = Mode::Text;
    QString text;

    bool operator==(const RowFilter &) const = default;
    bool isEmpty() const;
    QString error() const; // why a pattern can't be used, for people; empty where it can
};

// Folded texts, one a row, and how often each byte is among them: where one of a word never is, nothing
// needs to be searched.
class Haystack
{
public:
    explicit Haystack(TextColumn texts);

    std::string_view view(std::size_t row) const { return m_texts.view(row); }
    void mark(std::string_view word, std::vector<quint8> &hits) const; // all rows that have it
    void markAmong(std::string_view word, const std::vector<quint8> &among, std::vector<quint8> &hits) const;

private:
    bool canHave(std::string_view word) const;

    TextColumn m_texts;
    std::array<std::size_t, 256> m_counts{};
};

// A row matches where any of the parts does.
using Haystacks = std::vector<std::shared_ptr<const Haystack>>;

// 1 for each row that matches. Where among is given, only its rows can match: what matched before a
// letter was added.
std::vector<quint8> matchText(std::size_t rows, const RowFilter &filter, const Haystacks &haystacks,
    const std::vector<quint8> *among = nullptr);
std::vector<quint8> matchPattern(const RowFilter &filter, const TextColumn &keys, const TextColumn &names);

// All rows of the columns given, each folded and separated by a line break, as one haystack.
std::shared_ptr<const Haystack> foldedRows(const std::vector<const TextColumn *> &columns);
