// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/downloads/ziplisting.h"

#include <functional>

class QFile;

// Reads an entry of an open zip piece by piece, with little memory, and checks its size and check sum. take()
// returns false to stop early; the result is then false. Throws ZipProblem where the entry is damaged, which is
// known for certain only at its end.
bool readZipEntry(QFile &zip, const ZipEntry &entry, const std::function<bool(const char *data, qint64 size)> &take);
