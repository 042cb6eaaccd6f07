// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Many texts in one piece of memory: UTF-8 bytes end to end and where each one ends. A column of a
// million keys costs one allocation instead of a million; a QString is made only for what is shown.
class TextColumn
{
public:
    void reserve(std::size_t rows, std::size_t bytes)
    {
        m_ends.reserve(rows);
        m_bytes.reserve(bytes);
    }
    void append(std::string_view utf8)
    {
        m_bytes.append(utf8);
        m_ends.push_back(m_bytes.size());
    }
    std::size_t size() const { return m_ends.size(); }
    bool isEmpty() const { return m_ends.empty(); }
    std::string_view view(std::size_t row) const
    {
        const std::size_t begin = row == 0 ? 0 : m_ends[row - 1];
        return std::string_view(m_bytes).substr(begin, m_ends[row] - begin);
    }
    // Where the text of row ends in bytes(), which is all rows end to end: for scanning all of them at once.
    std::size_t end(std::size_t row) const { return m_ends[row]; }
    std::string_view bytes() const { return m_bytes; }
    QString at(std::size_t row) const
    {
        const std::string_view text = view(row);
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }

private:
    std::string m_bytes;
    std::vector<std::size_t> m_ends;
};
