// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

#include <optional>

// How well the letters of the needle, in their order but not necessarily side by side, are found in the
// text; nothing where they are not. Both in lower case. More is better: beginnings of words and runs of
// letters count, and so does being short. From inOnePiece on, the text has the needle as it is.
inline constexpr int inOnePiece = 1'000;
std::optional<int> fuzzyScore(QStringView needle, QStringView text);
