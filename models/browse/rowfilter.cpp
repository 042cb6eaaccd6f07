// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/rowfilter.h"

#include "models/values/unicode.h"

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

} // namespace

Haystack::Haystack(TextColumn texts)
    : m_texts(std::move(texts))
{
    for (char byte : m_texts.bytes())
        ++m_counts[static_cast<unsigned char>(byte)];
}

bool Haystack::canHave(std::string_view word) const
{
    return std::all_of(
        word.begin(), word.end(), [this](char byte) { return m_counts[static_cast<unsigned char>(byte)] > 0; });
}

// One pass over the bytes of all rows: from one occurrence of the word's rarest byte to the next, or with
// memmem where that would stop too often. Rows without an occurrence are not looked at.
void Haystack::mark(std::string_view word, std::vector<quint8> &hits) const
{
    if (word.empty() || !canHave(word))
        return;
    const std::string_view bytes = m_texts.bytes();
    const auto count = [&](char byte) { return m_counts[static_cast<unsigned char>(byte)]; };
    const auto rarest = std::min_element(word.begin(), word.end(), [&](char a, char b) { return count(a) < count(b); });
    const auto offset = static_cast<std::size_t>(rarest - word.begin());
    constexpr std::size_t often = 24;
    const bool isRare = count(*rarest) < bytes.size() / often || word.size() == 1;
    std::size_t from = 0;
    std::size_t row = 0;
    while (from + word.size() <= bytes.size()) {
        std::size_t at = 0;
        if (isRare) {
            const void *found = std::memchr(bytes.data() + from + offset, *rarest, bytes.size() - from - offset);
            if (!found)
                return;
            at = static_cast<std::size_t>(static_cast<const char *>(found) - bytes.data()) - offset;
            if (bytes.compare(at, word.size(), word) != 0) {
                from = at + 1;
                continue;
            }
        } else {
            const void *found = memmem(bytes.data() + from, bytes.size() - from, word.data(), word.size());
            if (!found)
                return;
            at = static_cast<std::size_t>(static_cast<const char *>(found) - bytes.data());
        }
        while (m_texts.end(row) <= at)
            ++row;
        const bool isWithin = at + word.size() <= m_texts.end(row); // else half in one row, half in the next
        if (isWithin)
            hits[row] = 1;
        from = isWithin ? m_texts.end(row) : at + 1;
    }
}

void Haystack::markAmong(std::string_view word, const std::vector<quint8> &among, std::vector<quint8> &hits) const
{
    if (!canHave(word))
        return;
    for (std::size_t row = 0; row < among.size(); ++row) {
        if (among[row] && !hits[row] && m_texts.view(row).find(word) != std::string_view::npos)
            hits[row] = 1;
    }
}

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
        unicode::appendFolded({utf8.constData(), static_cast<std::size_t>(utf8.size())}, folded);
        const auto left = static_cast<std::size_t>(std::count(result.begin(), result.end(), 1));
        std::vector<quint8> hits(rows, 0);
        for (const auto &haystack : haystacks) {
            if (hits == result)
                break; // all that can match do
            if (left < rows / 3)
                haystack->markAmong(folded, result, hits);
            else
                haystack->mark(folded, hits);
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

std::shared_ptr<const Haystack> foldedRows(const std::vector<const TextColumn *> &columns)
{
    TextColumn result;
    const std::size_t rows = columns.empty() ? 0 : columns.front()->size();
    std::size_t bytes = 0;
    for (const TextColumn *column : columns)
        bytes += column->bytes().size() + rows;
    result.reserve(rows, bytes);
    std::string text;
    for (std::size_t row = 0; row < rows; ++row) {
        text.clear();
        for (const TextColumn *column : columns) {
            unicode::appendFolded(column->view(row), text);
            text += '\n';
        }
        result.append(text);
    }
    return std::make_shared<const Haystack>(std::move(result));
}
