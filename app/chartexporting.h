// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/chartrequest.h"
#include "app/openpath.h"

#include <QObject>

#include <memory>

class ChartLoader;
class ExperimentTable;
class PanelFeed;
class ProjectLoader;

// --export-chart: loads the runs of a project and all of their points, by the models that the window uses, and
// writes the chart. Owned by main; lives on the main thread.
class ChartExporting : public QObject
{
    Q_OBJECT
public:
    ChartExporting(Session &session, const ChartRequest &request, QObject *parent = nullptr);
    ~ChartExporting() override;

signals:
    void remarked(const QString &sentence); // before it is exported: what of the points could not be drawn
    // One of these, once.
    void exported(const QString &path);
    void failed(const QString &sentence);

private:
    void open(const Place &place);
    void experimentsLoaded();
    void loadCharts();
    QString groupOf(const Grouping &grouping, const QString &key) const;
    void linesChanged();
    void write();
    void fail(const QString &sentence);

    Session &m_session;
    ChartRequest m_request;
    Place m_place;
    std::unique_ptr<ExperimentTable> m_table;
    std::unique_ptr<ProjectLoader> m_project;
    std::unique_ptr<ChartLoader> m_charts;
    std::unique_ptr<PanelFeed> m_feed;
    QStringList m_keys;
    bool m_askedAll = false; // values that are usually loaded for rows on screen only
    bool m_isComplete = false; // every point is there
    bool m_done = false;
};
