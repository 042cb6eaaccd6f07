// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/roworder.h"
#include "models/values/textcolumn.h"

#include <QHash>
#include <QList>
#include <QSharedData>
#include <QString>

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

private:
    struct Dictionary : QSharedData
    {
        TextColumn texts;
        QList<double> numbers; // what each text reads as; NaN where it is none
        QHash<QByteArray, quint32> codes;
    };

    static constexpr quint64 notLoadedBits = 0x7ff8'0001'0000'0000;
    static constexpr quint64 missingBits = 0x7ff8'0002'0000'0000;
    static constexpr quint64 textBits = 0x7ff8'0003'0000'0000; // the low 32 bits are the code
    static constexpr quint64 tagMask = 0xffff'ffff'0000'0000;

    quint64 bits(std::size_t row) const;
    void setBits(std::size_t row, quint64 bits);

    QList<double> m_cells; // other bit patterns of NaN say what else a cell is
    QList<bool> m_approximate; // empty where nothing is
    QSharedDataPointer<Dictionary> m_dictionary;
};
