// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

namespace taborder {

// Tab, or Shift+Tab, among these stops of a widget, in their order, and past the ends out of the widget. By itself
// a window puts new parts last. For focusNextPrevChild(); false where there is nowhere to go.
bool advance(const QWidget *around, const QWidgetList &stops, bool next);

} // namespace taborder
