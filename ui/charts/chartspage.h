// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartlayout.h"
#include "models/charts/layouthistory.h"
#include "models/charts/panelfeed.h"
#include "models/charts/runlist.h"
#include "ui/charts/chartlinks.h"

#include <QPointer>
#include <QSet>
#include <QTimer>
#include <QWidget>

class ChartBar;
class ChartGrid;
class ChartPanel;
class EmptyState;
class MetricChooser;
class QLabel;
class QSplitter;
class QStackedWidget;
class RunListPane;
class SearchField;
class Session;
class Settings;

// The charts of a project: a panel for each metric in sections, how all are drawn above them, the runs as their
// legend beside. Keeps the layout of every project. Told its runs and metrics by whoever has the table; loads their
// points by itself, of the panels in view only. Owned by the project's page.
class ChartsPage : public QWidget
{
    Q_OBJECT
public:
    explicit ChartsPage(Settings &settings, QWidget *parent = nullptr);
    ~ChartsPage() override;

    // Another subject; session may be null. subject: what the layout is kept by.
    void setProject(Session *session, const QString &subject);
    // The same from elsewhere than a session.
    void setSource(const QString &id, const ChartLoader::Source &source, const QString &subject);
    void setRuns(const std::vector<RunList::Entry> &runs); // of the table, in its order
    void setMetrics(const QStringList &names); // of the project, without the system's
    // What can be grouped by, and each run's value of it.
    void setGroupings(const std::vector<Grouping> &choices, const PanelFeed::GroupOf &groupOf);
    void groupsChanged(); // other values arrived
    void refresh(); // asks again for runs that may have grown
    void focusFilter();
    bool undo(bool again); // of the layout; false where there is nothing

    ChartLoader &loader() { return m_loader; }
    ChartGrid *grid() const { return m_grid; }
    ChartBar *bar() const { return m_bar; }
    RunListPane *runList() const { return m_runList; }
    const ChartLayout &layoutShown() const { return m_layout; }
    void setLayoutShown(const ChartLayout &layout); // as a person would: can be undone

signals:
    void shownRequested(const QStringList &keys, bool isShown);
    void onlyRequested(const QStringList &keys);
    void selectionRequested();
    void runActivated(const QString &key);
    void groupingChosen(const Grouping &grouping); // its values are needed
    void queryRequested(const QString &metric, double low, double high);
    void exportRequested(ChartPanel *panel);
    void message(const QString &sentence);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeWidgets();
    void makeLayoutMenu();
    void connectBar();
    void connectRuns();
    void takePanel(ChartPanel *panel);
    void connectPanel(ChartPanel *panel, int id);
    std::vector<ChartPanel *> openPanels() const; // those that are looked at: in view and in windows
    std::vector<ChartPanel *> allPanels() const;
    void edit(const ChartLayout &layout);
    void showLayout(const ChartLayout &layout);
    void keepLayout();
    void restoreLayout(const QString &subject);
    void applySettings(const ChartSettings &settings);
    void want();
    void updateSoon(const QString &metric);
    void updatePanels();
    void updateValues();
    void showPlace();
    void emphasise(const QString &key);
    void choosePanels();
    void addMetrics(int panelId);
    void removePanel(int panelId);
    void openSettings(int panelId);
    void openWindow(int panelId);
    void exportLayout();
    void importLayout();
    ChartPanel *readPanel() const;

    Settings &m_settings;
    ChartLoader m_loader;
    ChartLinks m_links;
    QPointer<Session> m_session;
    QString m_sourceId;
    QString m_subject;
    std::vector<ChartedRun> m_runs; // that are drawn
    std::size_t m_shown = 0; // before the bound
    std::size_t m_listed = 0;
    QStringList m_metrics;
    PanelFeed::GroupOf m_groupOf;
    ChartLayout m_layout; // completed
    LayoutHistory m_history;
    QTimer m_saving; // several changes in a moment are one
    QTimer m_update; // so are several answers
    QTimer m_wanting; // and steps of scrolling
    QTimer m_refreshing; // while the page is in front
    QSet<QString> m_changed; // metrics
    bool m_allChanged = false;
    QPointer<ChartPanel> m_read; // whose values the legend shows
    std::optional<double> m_cursor; // in it
    QHash<int, QPointer<ChartPanel>> m_windows; // by id of the panel
    int m_chooserFor = 0; // the panel whose metrics are chosen; 0: which metrics have a panel
    QStringList m_chosen; // of those

    ChartBar *m_bar = nullptr;
    SearchField *m_search = nullptr;
    QLabel *m_summary = nullptr;
    ChartGrid *m_grid = nullptr;
    EmptyState *m_empty = nullptr;
    QStackedWidget *m_places = nullptr;
    RunListPane *m_runList = nullptr;
    QSplitter *m_splitter = nullptr;
    MetricChooser *m_chooser = nullptr;
};
