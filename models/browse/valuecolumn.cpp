// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/valuecolumn.h"

#include "models/values/format.h"
#include "models/values/number.h"
#include "models/values/unicode.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

// Every digit of a whole number, without an exponent; empty where it is none.
std::string wholeDigits(double value)
{
    if (!std::isfinite(value) || value != std::trunc(value))
        return {};
    std::array<char, 320> buffer; // the largest double has 309 digits
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    return {buffer.data(), result.ptr};
}

} // namespace

ValueColumn::ValueColumn(std::size_t rows)
    : m_cells(static_cast<qsizetype>(rows), std::bit_cast<double>(notLoadedBits))
    , m_dictionary(new Dictionary)
{
}

quint64 ValueColumn::bits(std::size_t row) const
{
    return std::bit_cast<quint64>(m_cells.at(static_cast<qsizetype>(row)));
}

void ValueColumn::setBits(std::size_t row, quint64 bits)
{
    m_cells[static_cast<qsizetype>(row)] = std::bit_cast<double>(bits);
    if (!m_approximate.isEmpty())
        m_approximate[static_cast<qsizetype>(row)] = false;
}

ValueColumn::Kind ValueColumn::kind(std::size_t row) const
{
    const quint64 cell = bits(row);
    if (!std::isnan(std::bit_cast<double>(cell)))
        return Kind::Number;
    switch (cell & tagMask) {
    case notLoadedBits:
        return Kind::NotLoaded;
    case missingBits:
        return Kind::Missing;
    case textBits:
        return m_dictionary->kinds.at(static_cast<quint32>(cell));
    default:
        return Kind::NaN;
    }
}

bool ValueColumn::isLoaded(std::size_t row) const
{
    return (bits(row) & tagMask) != notLoadedBits;
}

double ValueColumn::number(std::size_t row) const
{
    const quint64 cell = bits(row);
    if ((cell & tagMask) == textBits)
        return m_dictionary->numbers.at(static_cast<quint32>(cell));
    return std::isnan(std::bit_cast<double>(cell)) ? notANumber : std::bit_cast<double>(cell);
}

QString ValueColumn::text(std::size_t row) const
{
    const quint64 cell = bits(row);
    switch (cell & tagMask) {
    case notLoadedBits:
    case missingBits:
        return {};
    case textBits:
        return m_dictionary->texts.at(static_cast<quint32>(cell));
    default:
        return number::text(std::bit_cast<double>(cell));
    }
}

bool ValueColumn::isApproximate(std::size_t row) const
{
    return !m_approximate.isEmpty() && m_approximate.at(static_cast<qsizetype>(row));
}

std::vector<double> ValueColumn::sampled() const
{
    constexpr std::size_t enough = 2'000;
    std::vector<double> sample;
    const std::size_t step = std::max<std::size_t>(1, size() / enough);
    for (std::size_t row = 0; row < size(); row += step)
        sample.push_back(number(row));
    return sample;
}

int ValueColumn::decimals() const
{
    return format::decimals(sampled());
}

int ValueColumn::widestDecimals(int decimals) const
{
    return format::widestDecimals(sampled(), decimals);
}

bool ValueColumn::isMostlyNumbers() const
{
    constexpr std::size_t enough = 500;
    const std::size_t step = std::max<std::size_t>(1, size() / enough);
    std::size_t numbers = 0;
    std::size_t texts = 0;
    for (std::size_t row = 0; row < size(); row += step) {
        const Kind kind = this->kind(row);
        numbers += kind == Kind::Number || kind == Kind::NaN;
        texts += kind == Kind::Text;
    }
    return numbers > texts;
}

void ValueColumn::setNumber(std::size_t row, double value, bool approximate)
{
    setBits(row, std::bit_cast<quint64>(std::isnan(value) ? notANumber : value));
    if (approximate && m_approximate.isEmpty())
        m_approximate.resize(m_cells.size());
    if (!m_approximate.isEmpty())
        m_approximate[static_cast<qsizetype>(row)] = approximate;
}

void ValueColumn::setText(std::size_t row, const QString &text)
{
    if (text.isNull()) {
        setMissing(row);
        return;
    }
    const QByteArray utf8 = text.toUtf8();
    const std::string_view view(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    const std::optional<double> value = number::read(view);
    number::Buffer buffer;
    if (value && std::isfinite(*value) && number::written(*value, buffer) == view) {
        setBits(row, std::bit_cast<quint64>(*value));
        return;
    }
    const auto known = std::as_const(*m_dictionary).codes.constFind(utf8);
    quint32 code = 0;
    if (known != std::as_const(*m_dictionary).codes.constEnd()) {
        code = *known;
    } else {
        code = static_cast<quint32>(std::as_const(*m_dictionary).texts.size());
        m_dictionary->texts.append(view);
        m_dictionary->numbers.append(value.value_or(notANumber));
        m_dictionary->kinds.append(!value ? Kind::Text : std::isnan(*value) ? Kind::NaN : Kind::Number);
        m_dictionary->codes.insert(utf8, code);
    }
    setBits(row, textBits | code);
}

void ValueColumn::setMissing(std::size_t row)
{
    setBits(row, missingBits);
}

ValueColumn ValueColumn::rearranged(const std::vector<int> &oldRows) const
{
    ValueColumn result(oldRows.size());
    result.m_dictionary = m_dictionary;
    if (!m_approximate.isEmpty())
        result.m_approximate.resize(result.m_cells.size());
    for (std::size_t row = 0; row < oldRows.size(); ++row) {
        if (oldRows[row] < 0)
            continue;
        result.m_cells[static_cast<qsizetype>(row)] = m_cells.at(oldRows[row]);
        if (!m_approximate.isEmpty())
            result.m_approximate[static_cast<qsizetype>(row)] = m_approximate.at(oldRows[row]);
    }
    return result;
}

// Bits that compare as the numbers do; where texts have more digits of a whole number than a double, places among all.
std::vector<quint64> ValueColumn::numberKeys() const
{
    std::vector<quint64> keys(size());
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < size(); ++row) {
        if (kind(row) != Kind::Number)
            continue;
        keys[row] = orderedBits(number(row));
        rows.push_back(row);
    }
    const TextColumn &texts = m_dictionary->texts;
    std::vector<std::string> digits(texts.size()); // of whole numbers
    bool isAnyLonger = false;
    for (std::size_t code = 0; code < texts.size(); ++code) {
        digits[code] = wholeDigits(m_dictionary->numbers.at(static_cast<qsizetype>(code)));
        const int order = number::compareWhole(texts.view(code), digits[code]).value_or(0);
        if (order != 0)
            digits[code] = texts.view(code);
        isAnyLonger = isAnyLonger || order != 0;
    }
    if (!isAnyLonger)
        return keys;
    const auto order = [&](std::size_t a, std::size_t b) {
        if (keys[a] != keys[b])
            return keys[a] < keys[b] ? -1 : 1;
        const auto digitsOf = [&](std::size_t row) {
            const quint64 cell = bits(row);
            return (cell & tagMask) == textBits ? digits[static_cast<quint32>(cell)] : wholeDigits(number(row));
        };
        return number::compareWhole(digitsOf(a), digitsOf(b)).value_or(0);
    };
    std::ranges::sort(rows, [&](std::size_t a, std::size_t b) { return order(a, b) < 0; });
    std::vector<quint64> places(size());
    for (std::size_t i = 1; i < rows.size(); ++i)
        places[rows[i]] = places[rows[i - 1]] + (order(rows[i - 1], rows[i]) != 0);
    return places;
}

SortKeys ValueColumn::sortKeys() const
{
    const std::vector<quint64> textRanks = ranks(m_dictionary->texts);
    const std::vector<quint64> numbers = numberKeys();
    SortKeys keys;
    keys.values.resize(size());
    keys.tiers.resize(size());
    for (std::size_t row = 0; row < size(); ++row) {
        const Kind kind = this->kind(row);
        keys.tiers[row] = static_cast<quint8>(kind);
        if (kind == Kind::Number)
            keys.values[row] = numbers[row];
        else if (kind == Kind::Text)
            keys.values[row] = textRanks[static_cast<quint32>(bits(row))];
    }
    return keys;
}

TextColumn ValueColumn::haystack() const
{
    TextColumn lower;
    lower.reserve(size(), size() * 6);
    std::vector<std::string> folded(m_dictionary->texts.size());
    for (std::size_t code = 0; code < folded.size(); ++code)
        unicode::appendFolded(m_dictionary->texts.view(code), folded[code]);
    number::Buffer buffer;
    std::string name; // of what is not finite
    for (std::size_t row = 0; row < size(); ++row) {
        const quint64 cell = bits(row);
        const double value = m_cells.at(static_cast<qsizetype>(row));
        if ((cell & tagMask) == textBits) {
            lower.append(folded[static_cast<quint32>(cell)]);
        } else if ((cell & tagMask) == missingBits || (cell & tagMask) == notLoadedBits) {
            lower.append({});
        } else if (std::isfinite(value)) {
            lower.append(number::written(value, buffer));
        } else {
            name.clear();
            unicode::appendFolded(number::written(value, buffer), name);
            lower.append(name);
        }
    }
    return lower;
}
