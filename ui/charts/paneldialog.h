// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/panelsettings.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

// How one panel differs from its page: title, expressions, axes, smoothing, the values that are seen. Says what is
// wrong with an expression while it is typed. Owned by whoever opens it.
class PanelDialog : public QDialog
{
    Q_OBJECT
public:
    // metrics: all that expressions and axis can name.
    PanelDialog(const PanelSettings &panel, const ChartSettings &page, const QStringList &metrics, QWidget *parent);

    PanelSettings panel() const; // as the controls say

signals:
    void chosen(const PanelSettings &panel);

private:
    void makeContent(QFormLayout &form);
    void makeAxes(QFormLayout &form);
    void makeSmoothing(QFormLayout &form);
    void makeRange(QFormLayout &form);
    void check();

    PanelSettings m_panel; // as it was
    ChartSettings m_page;
    QStringList m_metrics;
    std::vector<XAxis> m_axes; // as listed, after "as the page"
    QLineEdit *m_title;
    QPlainTextEdit *m_expressions;
    QLabel *m_problem;
    QComboBox *m_axis;
    QComboBox *m_logarithmicX;
    QComboBox *m_logarithmicY;
    QComboBox *m_smoothing;
    QDoubleSpinBox *m_amount;
    QComboBox *m_raw;
    QComboBox *m_range;
    QLineEdit *m_low;
    QLineEdit *m_high;
    QComboBox *m_best;
    QDialogButtonBox *m_buttons;
};
