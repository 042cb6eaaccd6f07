// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/grouping.h"

#include <QObject>
#include <QTimer>

class ChartsPage;
class ExperimentsPage;
struct TableColumn;

// Keeps the charts page of a project in step with its table: runs and eyes, metrics, values to group by. Owned by the
// ProjectPage whose pages these are.
class ProjectCharts : public QObject
{
    Q_OBJECT
public:
    ProjectCharts(ExperimentsPage &experiments, ChartsPage &charts, QObject *parent);

    void setActive(bool active); // the charts are seen; otherwise nothing is done

private:
    void connectRuns();
    void changedSoon();
    void takeRuns();
    void takeMetrics();
    QString groupOf(const Grouping &grouping, const QString &key) const;
    void showValuesOf(const Grouping &grouping);

    ExperimentsPage &m_experiments;
    ChartsPage &m_charts;
    QTimer m_update; // several changes in a moment are one
    bool m_isActive = false;
    bool m_isStale = true;
};
