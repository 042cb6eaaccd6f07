// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartloader.h"
#include "models/charts/panelcontent.h"
#include "models/charts/panelsettings.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

// Makes what a panel shows from what the loader has, on another thread: smoothing, groups, axes. At most one
// computation runs; what is asked for meanwhile is begun when it ends, so that a slider that moves on shows a picture
// for what was passed. Owned by a page; lives on the main thread.
class PanelFeed : public QObject
{
    Q_OBJECT
public:
    // How far loading is. A line is one series of one run.
    struct Progress
    {
        int runs = 0;
        int waiting = 0; // lines
        int sampled = 0;
        int leftOut = 0; // of the sampled ones those that stay that (ChartLoader::Line::isLeftOut)
        int complete = 0;
        QStringList absent; // names of the runs that have none of the series
        std::optional<api::Error> error; // of the last request that failed, until Retry
        std::size_t longest = 0; // logged points of the longest line that is loaded
        std::size_t points = 0; // of all of them
    };
    // What is ready to be drawn, and what it was made from.
    struct Shown
    {
        PanelQuestion question;
        PanelContent content;
        Progress progress; // of what it was made from
        std::optional<Pyramid::Range> central; // ValueRange::Kind::Central, in units of the drawing
    };
    // The value of what the grouping names, for a run; null where it has none.
    using GroupOf = std::function<QString(const Grouping &, const QString &key)>;

    explicit PanelFeed(const ChartLoader &loader, QObject *parent = nullptr);
    ~PanelFeed() override;

    void setPanel(const PanelSettings &panel, const ChartSettings &page);
    const PanelSettings &panel() const { return m_panel; }
    const ChartSettings &settings() const { return m_settings; } // the page's and the panel's
    void setRuns(std::vector<ChartedRun> runs);
    void setGroupOf(GroupOf groupOf);
    QStringList metrics() const; // all that the loader must bring, also for x and for expressions
    QStringList seriesNames() const; // as in Shown::question.series
    QString problem() const { return m_problem; } // an expression that can't be read; a sentence

    // Takes what the loader has now.
    void update();
    bool isComputing() const { return m_cancelled != nullptr; }
    const Progress &progress() const { return m_progress; } // of what is loaded, which may not be drawn yet
    const std::shared_ptr<const Shown> &shown() const { return m_shown; } // null until something is

signals:
    void progressChanged();
    void shownChanged();

private:
    PanelQuestion question();
    void compute();

    const ChartLoader &m_loader;
    PanelSettings m_panel;
    ChartSettings m_settings;
    std::vector<Derivation> m_series;
    QString m_problem;
    std::vector<ChartedRun> m_runs;
    GroupOf m_groupOf;
    Progress m_progress;
    std::shared_ptr<const Shown> m_shown;
    std::shared_ptr<std::atomic_bool> m_cancelled; // of what is computed now
    bool m_isStale = false; // something changed since that was begun
};
