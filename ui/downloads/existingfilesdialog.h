// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/downloads/download.h"

#include <QDialog>

// The question before existing files are touched: replace them, keep both, add only what is new, or stop.
// Keeping both is the default. Owned by whoever opens it.
class ExistingFilesDialog : public QDialog
{
    Q_OBJECT
public:
    ExistingFilesDialog(const QString &title, const DownloadQuestion &question, QWidget *parent);

    DownloadQuestion::Answer answer() const { return m_answer; } // Cancel where the dialog was closed

private:
    DownloadQuestion::Answer m_answer = DownloadQuestion::Answer::Cancel;
};
