// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QString;
class QWidget;

// Tells assistive tools where the keyboard is now in a widget that paints its content itself.
void speak(QWidget *widget, const QString &text);
