// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/roworder.h"
#include "models/values/textcolumn.h"

#include <QHash>
#include <QList>
#include <QSharedData>
#include <QString>

#include <algorithm>
#include <bit>
#include <string_view>
#include <vector>

// The values of one column of the experiment table, 8 bytes a row: a number where the text that was
// logged is exactly how that number is written, else a code into a dictionary of texts, so that what is
// shown and copied is always exactly what was logged. Implicitly shared: a copy for another thread is cheap.
class ValueColumn
{
public:
    enum class Kind : quint8 {
        Number, // a text that reads as a number included
        NaN, // logged as such
        Text,
        Missing, // the experiment has no such value
        NotLoaded, // nobody has asked yet, or the answer failed
    };

    explicit ValueColumn(std::size_t rows = 0);

    std::size_t size() const { return static_cast<std::size_t>(m_cells.size()); }
    Kind kind(std::size_t row) const;
    bool isLoaded(std::size_t row) const;
    double number(std::size_t row) const; // NaN where kind() is not Number
    QString text(std::size_t row) const; // exact; null where there is no value
    bool isApproximate(std::size_t row) const;
    // Of the numbers, for display; from at most some thousand rows.
    int decimals() const;
    int widestDecimals(int decimals) const;
    bool isMostlyNumbers() const;

    void setNumber(std::size_t row, double value, bool approximate = false);
    void setText(std::size_t row, const QString &text); // null means missing
    void setMissing(std::size_t row);
    // Row i of the result is row oldRows[i] of this, not loaded where that is negative.
    ValueColumn rearranged(const std::vector<int> &oldRows) const;

    // Numbers, then NaN, then texts, then missing, then not loaded.
    SortKeys sortKeys() const;
    // Lower-cased texts as shown, one a row, for the quick filter.
    TextColumn haystack() const;

    struct OtherMarks
    {
        quint8 ofNaN;
        quint8 ofMissing;
        quint8 ofNotLoaded;
    };
    // One mark a row, what is asked of its value: ofNumber(double) of a cell that is a number exactly as it
    // is written, also called in vain with NaN; ofText(std::string_view) once of each text that is not.
    template<class OfNumber, class OfText>
    std::vector<quint8> marks(OfNumber ofNumber, OfText ofText, OtherMarks others) const;

private:
    struct Dictionary : QSharedData
    {
        TextColumn texts;
        QList<double> numbers; // what each text reads as; NaN where it is none
        QList<Kind> kinds; // Number, NaN or Text
        QHash<QByteArray, quint32> codes;
    };

    static constexpr quint64 notLoadedBits = 0x7ff8'0001'0000'0000;
    static constexpr quint64 missingBits = 0x7ff8'0002'0000'0000;
    static constexpr quint64 textBits = 0x7ff8'0003'0000'0000; // the low 32 bits are the code
    static constexpr quint64 tagMask = 0xffff'ffff'0000'0000;

    quint64 bits(std::size_t row) const;
    void setBits(std::size_t row, quint64 bits);
    std::vector<double> sampled() const;
    std::vector<quint64> numberKeys() const;

    QList<double> m_cells; // other bit patterns of NaN say what else a cell is
    QList<bool> m_approximate; // empty where nothing is
    QSharedDataPointer<Dictionary> m_dictionary;
};

template<class OfNumber, class OfText>
std::vector<quint8> ValueColumn::marks(OfNumber ofNumber, OfText ofText, OtherMarks others) const
{
    std::vector<quint8> byCode(m_dictionary->texts.size());
    for (std::size_t code = 0; code < byCode.size(); ++code)
        byCode[code] = ofText(m_dictionary->texts.view(code));
    const auto markOf = [&](double cell) {
        const auto bits = std::bit_cast<quint64>(cell);
        switch (bits & tagMask) {
        case notLoadedBits:
            return others.ofNotLoaded;
        case missingBits:
            return others.ofMissing;
        case textBits:
            return byCode[static_cast<quint32>(bits)];
        default:
            return others.ofNaN;
        }
    };
    // Numbers first, in a loop that compilers turn into a few vector instructions.
    std::vector<quint8> result(size());
    const double *cells = m_cells.constData();
    constexpr std::size_t block = 2048;
    for (std::size_t from = 0; from < result.size(); from += block) {
        const std::size_t end = std::min(from + block, result.size());
        std::size_t others = 0;
        for (std::size_t row = from; row < end; ++row) {
            result[row] = ofNumber(cells[row]);
            others += cells[row] != cells[row];
        }
        for (std::size_t row = from; others > 0 && row < end; ++row) {
            if (cells[row] != cells[row])
                result[row] = markOf(cells[row]);
        }
    }
    return result;
}
