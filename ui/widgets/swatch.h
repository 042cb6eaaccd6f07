// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>

// A small square of a colour, for lists to choose from; an empty frame where the colour is not valid.
QIcon swatch(const QColor &colour, const QPalette &palette);
