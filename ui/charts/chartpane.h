// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartedrun.h"
#include "models/charts/chartloader.h"
#include "models/charts/panelsettings.h"
#include "ui/charts/chartlinks.h"

#include <QHash>
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <QWidget>

#include <vector>

class ChartPanel;
class EmptyState;
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
    // More runs than this are not charted at once; the pane says so.
    static constexpr std::size_t mostRuns = 200;

    explicit ChartPane(QWidget *parent = nullptr);
    ~ChartPane() override;

    // session may be nullptr: nothing to ask. Runs that stay keep what is loaded.
    void setRuns(Session *session, const std::vector<ChartedRun> &runs);
    // The same from elsewhere than a session; id tells sources apart.
    void setRuns(const QString &id, const ChartLoader::Source &source, const std::vector<ChartedRun> &runs);
    void setAvailableMetrics(const QStringList &names); // what the chooser offers
    void setMetrics(const QStringList &names); // the panels, in order
    const QStringList &metrics() const { return m_metrics; }
    void refresh(); // asks again for runs that may have grown

    ChartLoader &loader() { return m_loader; }
    ChartPanel *panel(const QString &metric) const { return m_panels.value(metric); } // or nullptr

signals:
    void exportRequested(ChartPanel *panel);
    void queryRequested(const QString &metric, double low, double high);
    void metricsChanged(const QStringList &names); // by the person
    void message(const QString &sentence); // something failed that has no other place

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeBar();
    void makePages();
    ChartPanel *makePanel(const QString &metric);
    void choose(const QStringList &names);
    void arrangePanels();
    void showPage();
    void want();
    void updatePanels(); // those in m_changed
    void showSummary();

    ChartLoader m_loader;
    ChartLinks m_links;
    QPointer<Session> m_session;
    QString m_sourceId;
    std::vector<ChartedRun> m_runs;
    std::size_t m_selected = 0; // before the bound
    QStringList m_metrics;
    QHash<QString, ChartPanel *> m_panels;
    QSet<QString> m_changed;
    QTimer m_update; // several answers in a moment are one change

    QToolButton *m_chooserButton;
    QToolButton *m_resetButton;
    QLabel *m_summary;
    MetricChooser *m_chooser;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QScrollArea *m_scroll;
    QGridLayout *m_grid;
};
