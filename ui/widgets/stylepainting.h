// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionTab;
class QStyleOptionViewItem;

// How HouseStyle draws the parts of widgets, in the colours of theme.h.
namespace stylepainting {

// The row's tint, and the bar at the left edge of the view's first column.
void paintSelection(const QStyleOptionViewItem &option, QPainter *painter, bool withBar);
void paintButton(const QStyleOptionButton &button, QPainter *painter);
void paintToolButton(const QStyleOption &option, QPainter *painter);
void paintField(const QStyleOption &option, QPainter *painter);
void paintArrow(const QStyleOption &option, QPainter *painter); // downwards, in the middle
// A box or ring: full with a tick or dot where it is on, with a bar where it is partly so.
void paintMark(const QStyleOption &option, QPainter *painter, bool isRound);
void paintHeaderSection(const QStyleOptionHeader &header, QPainter *painter);
void paintMenuBarItem(const QStyleOptionMenuItem &item, QPainter *painter);
void paintTab(const QStyleOptionTab &tab, QPainter *painter);
void paintProgress(const QStyleOptionProgressBar &bar, QPainter *painter);

} // namespace stylepainting
