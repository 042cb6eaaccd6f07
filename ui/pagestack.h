// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimentref.h"
#include "models/session/place.h"

#include <QList>
#include <QMetaObject>
#include <QStackedWidget>

class Changes;
class ChartPanel;
class EmptyState;
class ExperimentPage;
class ExperimentsPage;
class ListingPage;
class ModelPage;
class RegistryPage;
class NotesEditor;
class ProjectPage;
class ServerPage;
class Session;
class Sessions;
class Settings;
class Tasks;
class WorkspacePage;

// The page of a place: start, server, workspace, project, experiment, registry or model. Pages are made when they are
// first needed and keep what they loaded. Owned by the window.
class PageStack : public QStackedWidget
{
    Q_OBJECT
public:
    PageStack(Sessions &sessions, Tasks &tasks, Settings &settings, Changes &changes, QWidget *parent);

    void showPlace(const Place &place);
    void refresh();
    void focusFilter();
    void copy();

    // The table of the project shown; nullptr on other pages.
    ExperimentsPage *experimentsShown() const;
    ExperimentPage *experimentShown() const;
    ModelPage *modelShown() const;
    ProjectPage *projectShown() const;
    NotesEditor *notesShown() const; // whatever they are of
    // Those selected in the table, or the one shown.
    std::vector<ExperimentRef> chosenExperiments() const;
    // The project shown, or whose experiment is, has another name; the place follows next.
    void renameProject(const QString &name);
    void setWorkspaceActions(const QList<QAction *> &actions); // beside its title
    void setSelectionActions(const QList<QAction *> &inStrip, const QList<QAction *> &inMenu);
    void setModelActions(const QList<QAction *> &head, const QList<QAction *> &ofVersion);

signals:
    void placeActivated(const Place &place);
    void message(const QString &sentence);
    void projectRenamed(const Place &before, const QString &name); // by somebody else
    void failed(const QString &sentence); // of a refresh: what was loaded is still shown
    void connectRequested();
    void sampleDataRequested();
    void editServerRequested(const QString &profileId);
    void experimentNamed(const QString &key, const QString &name);
    void selectionChanged();
    void assetsChosen(const QString &experimentKey, const std::vector<api::Asset> &assets); // to be downloaded

private:
    EmptyState *startPage();
    ServerPage *serverPage();
    WorkspacePage *workspacePage();
    ProjectPage *projectPage();
    ExperimentPage *experimentPage();
    RegistryPage *registryPage();
    ModelPage *modelPage();
    void connectListing(ListingPage *page);
    void exportPanel(ChartPanel *panel);

    Sessions &m_sessions;
    Tasks &m_tasks;
    Settings &m_settings;
    Changes &m_changes;
    Place m_place;
    QList<QAction *> m_stripActions;
    QList<QAction *> m_menuActions;
    QList<QAction *> m_modelActions;
    QList<QAction *> m_versionActions;
    QList<QAction *> m_workspaceActions;
    QMetaObject::Connection m_waiting; // for a server that is not connected yet
    EmptyState *m_start = nullptr;
    ServerPage *m_server = nullptr;
    WorkspacePage *m_workspace = nullptr;
    ProjectPage *m_project = nullptr;
    ExperimentPage *m_experiment = nullptr;
    RegistryPage *m_registry = nullptr;
    ModelPage *m_model = nullptr;
};
