// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartexport.h"

#include <QDialog>
#include <QTimer>

#include <memory>

class InlineNote;
class Settings;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

// Asks as what a chart is written and where to, shows how it will look, and writes it; remembers what was
// chosen last. Stays open with the reason where writing failed. Owned by whoever opens it.
class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    // The chart as it is on screen, at that size in logical pixels; colours for white paper.
    ExportDialog(ExportedChart chart, QSize shownSize, Settings &settings, QWidget *parent);

    ExportOptions options() const;
    QString path() const; // as typed, absolute; empty where it is not

signals:
    void exported(const QString &path);

private:
    QWidget *sizeRow();
    QWidget *pathRow();
    void buildForm(QFormLayout *form);
    void recall();
    void remember() const;
    void follow(); // the options: which fields matter, what the file is called
    void takeFormatOf(const QString &path); // by its ending
    void showPreview();
    void check();
    void choosePath();
    void write();

    std::shared_ptr<const ExportedChart> m_chart;
    QSize m_shownSize;
    Settings &m_settings;
    QFormLayout *m_form = nullptr;
    QComboBox *m_format;
    QComboBox *m_points;
    QComboBox *m_shape;
    QWidget *m_size = nullptr;
    QSpinBox *m_width;
    QSpinBox *m_height;
    QComboBox *m_dpi;
    QLineEdit *m_path;
    QLabel *m_preview;
    QLabel *m_facts; // below the preview: pixels, bytes, rows
    InlineNote *m_note;
    QPushButton *m_export;
    QTimer m_delay; // not every digit of a size draws a preview
    int m_previews = 0; // asked for
    bool m_isWriting = false;
};
