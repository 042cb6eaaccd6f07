// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimentref.h"
#include "models/browse/experimenttable.h"
#include "models/browse/printing.h"
#include "models/browse/projectloader.h"
#include "models/charts/visibleruns.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class ChartPane;
class ColumnChooser;
class EmptyProject;
class EmptyState;
class ExperimentView;
class FilterBar;
class MessageBar;
class QueryPane;
class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class Session;
class Settings;
class Task;
class Tasks;

// A project: its experiments in a table, the metrics of the selected ones in a chart below. Owned by the
// window; lives on the main thread.
class ExperimentsPage : public QWidget
{
    Q_OBJECT
public:
    ExperimentsPage(Tasks &tasks, Settings &settings, QWidget *parent = nullptr);
    ~ExperimentsPage() override;

    // Another subject; session may be null.
    void setProject(Session *session, const QString &workspace, const QString &project);
    ExperimentTable *table() { return &m_table; }
    ProjectLoader *loader() { return &m_loader; }
    ExperimentView *view() { return m_view; }
    ChartPane *charts() { return m_charts; }
    VisibleRuns &visibleRuns() { return m_visible; }
    QString subject() const; // what the layout is remembered by
    QueryPane *query() { return m_query; }
    QStringList selectedKeys() const;
    std::vector<ExperimentRef> selection() const;
    // What can be done with the selection beside copying: in the strip below the table and in its menu.
    void setSelectionActions(const QList<QAction *> &inStrip, const QList<QAction *> &inMenu);
    QStringList knownTags() const; // of the experiments whose tags are here
    QStringList knownOthers() const;
    bool listsArchived() const { return m_loader.archived() == api::Archived::Yes; }
    void listArchived(bool archived);

public slots:
    void refresh();
    void focusFilter();
    void copy();
    void copyWithHeaders();
    void copyKeys();
    void copyWebLinks();
    void copyAsPython();
    void openSelected();
    void chooseColumns();
    void exportShown();
    void exportEverything();
    void selectAll();
    void selectFirst(int rows); // those on top
    void selectKeys(const QStringList &keys); // those of the rows shown

signals:
    void experimentActivated(const QString &key);
    void message(const QString &text);
    void selectionChanged(int selected, int shown);
    void archivedListed(bool archived); // only those, or others too

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeWidgets();
    QWidget *makeStrip();
    void connectView();
    void connectLoader();
    void showState();
    void showFailure(const api::Error &error);
    void showNotice(const QString &text, const QString &action, void (ValueLoader::*slot)());
    void showArchived(api::Archived archived);
    void showCounts();
    void showCharts();
    void showColours();
    void showTask();
    void showMenu(const QPoint &at);
    void showHeaderMenu(int column, const QPoint &global);
    void addColumnActions(QMenu &menu, int column);
    void setColumnShown(const TableColumn &column, bool shown);
    void setPinned(const TableColumn &column, bool pinned);
    void setColumns(const std::vector<TableColumn> &columns, int pinned);
    void copyRows(bool withHeader);
    void copyForEach(const std::function<QString(const QString &)> &text);
    void exportCsv(printing::Extent extent);
    void restoreLayout();
    void saveLayout();

    ExperimentTable m_table;
    ProjectLoader m_loader;
    VisibleRuns m_visible;
    Tasks &m_tasks;
    Settings &m_settings;
    QPointer<Session> m_session;
    QString m_server;
    QString m_workspace;
    QString m_project;
    QPointer<Task> m_task;
    QTimer m_patience; // nothing is said about a wait shorter than this
    QTimer m_saving; // several changes in a moment are one
    QTimer m_charting;
    bool m_isRestoring = false;

    QueryPane *m_query = nullptr;
    FilterBar *m_filterBar = nullptr;
    MessageBar *m_notice = nullptr;
    QStackedWidget *m_places = nullptr;
    QWidget *m_blank = nullptr;
    EmptyState *m_empty = nullptr;
    EmptyProject *m_emptyProject = nullptr;
    ExperimentView *m_view = nullptr;
    QLabel *m_selected = nullptr;
    QWidget *m_strip = nullptr;
    QList<QAction *> m_menuActions;
    QSplitter *m_splitter = nullptr;
    ChartPane *m_charts = nullptr;
    ColumnChooser *m_chooser = nullptr;
};
