// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

// As number::written().
void appendNumber(QByteArray &text, double value);

// A field in UTF-8, in quotes where it has to be (RFC 4180).
void appendField(QByteArray &text, const QString &field, char separator);
