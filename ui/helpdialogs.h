// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QMenuBar;
class QWidget;

// The sheet of all keys, made from the menus, and About. Each is one window at a time, and deletes
// itself when it is closed.
void showShortcuts(const QMenuBar *menus, QWidget *parent);
void showAbout(QWidget *parent);
