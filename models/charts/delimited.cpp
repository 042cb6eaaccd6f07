// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/delimited.h"

#include "models/values/number.h"

void appendNumber(QByteArray &text, double value)
{
    number::Buffer buffer;
    const std::string_view written = number::written(value, buffer);
    text.append(written.data(), static_cast<qsizetype>(written.size()));
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
