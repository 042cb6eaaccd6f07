// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

#include <span>

// How values read everywhere in the program: tables, charts, tool tips. Digits are grouped as the
// person's locale does; the "full" forms are exact and the same in every locale, for copying and export.
namespace format {

// One number of decimals for a whole column, so that its digits line up: four significant ones at the
// typical (median) size of the values; 0 where all are whole numbers. Values that are not finite don't count.
int decimals(std::span<const double> values);
// The most decimals that metric() gives any of the values in such a column, as far as their points can be lined up.
int widestDecimals(std::span<const double> values, int decimals);

// "0.9579", "1,024", "3e-4" (below 0.001 and from 1e7 on), "NaN", "Infinity". Without decimals: four significant digits.
// More decimals where those given would make another number of it: 0.42 is never "0", 0.9996 never "1.00".
QString metric(double value, int decimals = -1);
// What a text of metric() lacks until it has so many decimals, ".00" or "0": room for it behind the text puts the point
// under those of the column. Nothing where it has an exponent or is no number.
QString missingDecimals(const QString &text, int decimals);
// number::text(): "0.1", "1e-07", "NaN".
QString metricFull(double value);

// A step or epoch with every digit: "25,000", "0.25", "9,223,372,036,854,775,808".
QString step(double step);
// The same of the text that a server keeps of it (from 2^64 on as it is), missing() where it is null.
QString step(const QString &text);

// "84 ms", "12.3 s", "3 min 08 s", "1 h 12 min", "2 d 04 h"; missing() where negative.
QString duration(qint64 milliseconds);
// "12 s ago", "Today 09:41", "Yesterday 22:05", "Thu 10:12", "12 Nov", "2025-11-12", in the zone of now;
// missing() for 0.
QString time(qint64 millisecondsUtc, const QDateTime &now);
// "2025-11-12T09:41:00+01:00", in the local zone; empty for 0.
QString timeFull(qint64 millisecondsUtc);
// "25,000".
QString count(qint64 number);
// "84 B", "1.23 KiB", "12.3 MiB", "123 GiB".
QString bytes(qint64 size);

// What stands where there is no value.
QString missing();

} // namespace format
