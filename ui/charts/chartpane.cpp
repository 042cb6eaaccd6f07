// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/chartpane.h"

ChartPane::ChartPane(QWidget *parent)
    : QWidget(parent)
{
}
ChartPane::~ChartPane() = default;
void ChartPane::setRuns(Session *, const std::vector<ChartedRun> &) { }
void ChartPane::setAvailableMetrics(const QStringList &) { }
void ChartPane::setMetrics(const QStringList &names) { m_metrics = names; }
void ChartPane::refresh() { }
ChartPanel *ChartPane::panel(const QString &) const { return nullptr; }
void ChartPane::resizeEvent(QResizeEvent *event) { QWidget::resizeEvent(event); }
