// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QApplication;
class QFont;
class QPalette;

// The look of the program: colours with a meaning, colours of series, icons, and what the application is
// given at the start. Delegates and painted widgets take their colours from here, by their own palette,
// so that light and dark are the same code.
namespace theme {

enum class Scheme { System, Light, Dark };

struct Tokens
{
    QColor window;
    QColor base;
    QColor text;
    QColor secondary; // captions, units
    QColor faint; // placeholders only
    QColor line; // between rows and panes
    QColor border; // around controls
    QColor accent;
    QColor selection; // tint behind selected rows; their text keeps its colour
    QColor good;
    QColor bad;
    QColor warn;
};

// The tokens that go with a palette: its own ground, text and accent, our values for the rest. The
// reference stays valid.
const Tokens &tokens(const QPalette &palette);

bool isDark(const QPalette &palette);

inline constexpr int seriesColourCount = 12;

// The colour of the index-th run, from 0; starts again after seriesColourCount.
QColor seriesColour(int index, const QPalette &palette);

QFont headingFont(QFont font); // of the same family, larger and bolder

// A Breeze icon by its name; where the theme is missing, the style's own picture for the common ones,
// else none (buttons then show their text). A name that starts with ':' is one of our own.
QIcon icon(const QString &breezeName);

// Style, palette, icon theme. At the start, and again when the person chooses another scheme.
void apply(QApplication &application, Scheme scheme);

} // namespace theme
