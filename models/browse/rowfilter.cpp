// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/rowfilter.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

QRegularExpression compiled(const RowFilter &filter)
{
    // As Python reads patterns of str: \w, \d and so on know Unicode.
    return QRegularExpression(filter.text, QRegularExpression::UseUnicodePropertiesOption);
}

// All rows in one pass over the bytes: rows are not looked at where the word does not occur.
void markAll(const TextColumn &haystack, std::string_view word, std::vector<quint8> &hits)
{
    const std::string_view bytes = haystack.bytes();
    const char *const begin = bytes.data();
    const char *const end = begin + bytes.size();
    const char *from = begin;
    std::size_t row = 0;
    while (from < end) {
        const void *found = memmem(from, static_cast<std::size_t>(end - from), word.data(), word.size());
        if (!found)
            return;
        const auto at = static_cast<std::size_t>(static_cast<const char *>(found) - begin);
        while (haystack.end(row) <= at)
            ++row;
        if (at + word.size() <= haystack.end(row)) {
            hits[row] = 1;
            from = begin + haystack.end(row);
        } else {
            from = begin + at + 1; // half in one row, half in the next
        }
    }
}

void markAmong(const TextColumn &haystack, std::string_view word, const std::vector<quint8> &among,
    std::vector<quint8> &hits)
{
    for (std::size_t row = 0; row < among.size(); ++row) {
        if (among[row] && !hits[row] && haystack.view(row).find(word) != std::string_view::npos)
            hits[row] = 1;
    }
}

} // namespace

bool RowFilter::isEmpty() const
{
    return mode == Mode::Text ? text.trimmed().isEmpty() : text.isEmpty();
}

QString RowFilter::error() const
{
    if (mode == Mode::Text)
        return {};
    const QRegularExpression expression = compiled(*this);
    if (expression.isValid())
        return {};
    return QCoreApplication::translate("RowFilter", "This is no valid pattern: %1, at character %2.")
        .arg(expression.errorString())
        .arg(expression.patternErrorOffset() + 1);
}

std::vector<quint8> matchText(std::size_t rows, const RowFilter &filter, const Haystacks &haystacks,
    const std::vector<quint8> *among)
{
    std::vector<quint8> result = among ? *among : std::vector<quint8>(rows, 1);
    for (const QString &word : filter.text.split(u' ', Qt::SkipEmptyParts)) {
        std::string folded;
        const QByteArray utf8 = word.toUtf8();
        appendFolded({utf8.constData(), static_cast<std::size_t>(utf8.size())}, folded);
        const auto left = static_cast<std::size_t>(std::count(result.begin(), result.end(), 1));
        std::vector<quint8> hits(rows, 0);
        for (const auto &haystack : haystacks) {
            if (left < rows / 8)
                markAmong(*haystack, folded, result, hits);
            else
                markAll(*haystack, folded, hits);
        }
        for (std::size_t row = 0; row < rows; ++row)
            result[row] &= hits[row];
    }
    return result;
}

std::vector<quint8> matchPattern(const RowFilter &filter, const TextColumn &keys, const TextColumn &names)
{
    const QRegularExpression expression = compiled(filter);
    const auto matches = [&](const QString &text) {
        return expression
            .match(text, 0, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption)
            .hasMatch();
    };
    std::vector<quint8> result(keys.size(), 0);
    for (std::size_t row = 0; row < keys.size(); ++row) {
        const bool named = !names.view(row).empty();
        result[row] = matches(keys.at(row)) || (named && matches(names.at(row)));
    }
    return result;
}

void appendFolded(std::string_view utf8, std::string &out)
{
    const bool plain = std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
    if (!plain) {
        const QByteArray folded
            = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toCaseFolded().toUtf8();
        out.append(folded.constData(), static_cast<std::size_t>(folded.size()));
        return;
    }
    for (char c : utf8)
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::shared_ptr<const TextColumn> foldedRows(const std::vector<const TextColumn *> &columns)
{
    auto result = std::make_shared<TextColumn>();
    const std::size_t rows = columns.empty() ? 0 : columns.front()->size();
    std::size_t bytes = 0;
    for (const TextColumn *column : columns)
        bytes += column->bytes().size() + rows;
    result->reserve(rows, bytes);
    std::string text;
    for (std::size_t row = 0; row < rows; ++row) {
        text.clear();
        for (const TextColumn *column : columns) {
            appendFolded(column->view(row), text);
            text += '\n';
        }
        result->append(text);
    }
    return result;
}
