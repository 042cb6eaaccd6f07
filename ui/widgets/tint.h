// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/theme.h"

class QWidget;

namespace theme {

// The text of a label in a colour with a meaning, also after the scheme has changed. A later call changes the meaning.
void tint(QWidget *label, QColor Tokens::*token);

} // namespace theme
