// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/delimited.h"

#include <charconv>
#include <cmath>

void appendNumber(QByteArray &text, double value)
{
    if (std::isnan(value)) {
        text += "NaN";
        return;
    }
    if (std::isinf(value)) {
        text += value > 0 ? "Infinity" : "-Infinity";
        return;
    }
    char digits[32];
    const auto result = std::to_chars(digits, digits + sizeof digits, value);
    text.append(digits, result.ptr - digits);
}

void appendField(QByteArray &text, const QString &field, char separator)
{
    const QByteArray bytes = field.toUtf8();
    const bool isPlain = !bytes.contains(separator) && !bytes.contains('"') && !bytes.contains('\n')
        && !bytes.contains('\r');
    if (isPlain)
        text += bytes;
    else
        text += '"' + QByteArray(bytes).replace("\"", "\"\"") + '"';
}
