// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartexport.h"

#include <QDialog>

class Settings;

// Asks as what a chart is written and where to, shows how it will look, and writes it; remembers what was
// chosen last. Stays open with the reason where writing failed. Owned by whoever opens it.
class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    // The chart as it is on screen, at that size in logical pixels.
    ExportDialog(ExportedChart chart, QSize shownSize, Settings &settings, QWidget *parent);

signals:
    void exported(const QString &path);
};
