// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

struct Outcome;

// What of a change failed, and why, with a button that tries those again. Owned by the window.
class OutcomeDialog : public QDialog
{
    Q_OBJECT
public:
    OutcomeDialog(const Outcome &outcome, QWidget *parent);

signals:
    void retryRequested();
};
