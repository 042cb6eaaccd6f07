// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartedrun.h"
#include "models/charts/chartloader.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

#include <vector>

class ChartPanel;
class MetricChooser;
class QGridLayout;
class QLabel;
class QScrollArea;
class QStackedWidget;
class QToolButton;
class Session;

// The charts of some runs: one panel a metric, in a grid that scrolls. Zoom along the steps and the
// cursor are shared by the panels. Given its runs by the page that owns it; loads their points by itself.
class ChartPane : public QWidget
{
    Q_OBJECT
public:
    explicit ChartPane(QWidget *parent = nullptr);
    ~ChartPane() override;

    // session may be nullptr: nothing to ask. Runs that stay keep what is loaded.
    void setRuns(Session *session, const std::vector<ChartedRun> &runs);
    void setAvailableMetrics(const QStringList &names); // what the chooser offers
    void setMetrics(const QStringList &names); // the panels, in order
    QStringList metrics() const { return m_metrics; }
    void refresh(); // asks again for runs that may have grown

    ChartLoader &loader() { return m_loader; }
    ChartPanel *panel(const QString &metric) const; // nullptr where there is none

signals:
    void metricsChanged(const QStringList &names); // by the person

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    ChartLoader m_loader;
    QStringList m_metrics;
};
