// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"

#include <QList>
#include <QObject>

#include <map>

class QAction;
class QMenu;
class QMenuBar;

// Every action of the window, from one table: text, icon, shortcut, help, menu, and what place it needs.
// Owned by the window, which connects them.
class Actions : public QObject
{
    Q_OBJECT
public:
    enum Id {
        Connect,
        SampleData,
        EditServer,
        RemoveServer,
        NewProject,
        SaveNotes,
        ExportShown,
        ExportEverything,
        Quit,
        Undo,
        Redo,
        Copy,
        CopyWithHeaders,
        SelectAll,
        CopyPath,
        CopyPython,
        CopyLink,
        Filter,
        Query,
        Preferences,
        ShowExperiments,
        ShowCharts,
        ShowComparison,
        ShowNotes,
        ShowSettings,
        ShowNavigator,
        ShowRequests,
        ShowDownloads,
        ChooseColumns,
        Refresh,
        ClearCache,
        SchemeSystem,
        SchemeLight,
        SchemeDark,
        FullScreen,
        Back,
        Forward,
        Up,
        StartPage,
        GoTo,
        OpenRegistry,
        OpenInBrowser,
        OpenExperiment,
        RenameExperiment,
        AddTags,
        RemoveTags,
        LogOther,
        MoveExperiments,
        StopExperiments,
        DownloadModel,
        ShowArchived,
        Archive,
        Restore,
        DeleteExperiments,
        CopyKey,
        RegisterModel,
        EditModel,
        DownloadVersion,
        AddStage,
        EditComment,
        DeleteVersion,
        DeleteModel,
        Shortcuts,
        About,
    };
    enum class Menu { File, Edit, View, Go, Experiment, Registry, Help };
    enum class Needs {
        Nothing,
        SetElsewhere, // enabled by what it belongs to, whatever the place
        Server,
        Workspace,
        Project, // with its tabs
        EditedNotes,
        Table, // the experiments of a project are shown
        Rows, // some of them are selected
        Experiment, // one is shown, or some are selected
        OneExperiment, // exactly one is shown or selected
        ActiveExperiment, // one of them at least is not archived
        ArchivedExperiment, // one of them at least is archived
        OnlyArchived, // all of them are archived
        RunningExperiment, // one of them at least may be running
        Model, // one of the registry is shown
        ModelVersion, // and one of its versions chosen
        Cells, // there is something to copy
        WebPage,
        Back,
        Forward,
    };

    // What there is at the moment, to enable by.
    struct Situation
    {
        Place place;
        bool showsProject = false;
        bool hasEditedNotes = false;
        bool showsTable = false;
        int selected = 0; // experiments in the table
        int experiments = 0; // selected in the table, or the one shown
        int archived = 0; // of those
        int running = 0; // of those, or not known
        bool showsModel = false;
        bool showsVersion = false; // of it
        bool isReadOnly = false; // the server, by the person's wish
        QString tagRemovalObstacle; // a sentence where the server is too old for it
        bool hasWebPage = false; // of the place, on the server
        bool canGoBack = false;
        bool canGoForward = false;
    };

    explicit Actions(QWidget *window);

    QAction *operator[](Id id) const { return m_actions.at(id); }
    void fill(QMenuBar *bar);
    void update(const Situation &situation);
    void reloadIcons(); // after light and dark have changed

private:
    void setReason(Id id, const QString &reason);

    std::map<Id, QAction *> m_actions;
    std::map<Id, QString> m_toolTips; // without a reason
    QList<QMenu *> m_menus;
};
