// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimenttable.h"
#include "models/browse/projectloader.h"

#include <QPointer>
#include <QWidget>

class ChartPane;
class EmptyState;
class ExperimentView;
class FilterBar;
class QLabel;
class QSplitter;
class QStackedWidget;
class RunColours;
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
    QStringList selectedKeys() const;

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

signals:
    void experimentActivated(const QString &key);
    void message(const QString &text);
    void selectionChanged(int selected, int shown);

private:
    void saveLayout();
    ExperimentTable m_table;
    ProjectLoader m_loader;
    Tasks &m_tasks;
    Settings &m_settings;
    QPointer<Session> m_session;
};
