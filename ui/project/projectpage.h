// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/project/projectdetails.h"
#include "models/session/place.h"

#include <QTabWidget>

class Changes;
class ChartsPage;
class ComparisonPage;
class ExperimentsPage;
class NotesEditor;
class ProjectCharts;
class ProjectSettings;
class Settings;
class Tasks;

// A project: its experiments, their charts, how they compare, its notes, its settings and share keys, one tab each. What is not seen is
// asked for when it is. Owned by PageStack.
class ProjectPage : public QTabWidget
{
    Q_OBJECT
public:
    enum Tab { Experiments, Charts, Compare, Notes, SettingsAndSharing };

    ProjectPage(Tasks &tasks, Settings &settings, Changes &changes, QWidget *parent);
    ~ProjectPage() override;

    // Another subject begins with its experiments; session may be null.
    void setProject(Session *session, const QString &workspace, const QString &project);
    void refresh();
    void focusFilter();
    void showTab(Tab tab);
    // If this is the project shown: it has another name now, and setProject() with it follows.
    void rename(const Place &place, const QString &name);

    ExperimentsPage *experiments() const { return m_experiments; }
    ChartsPage *charts() const { return m_charts; }
    ComparisonPage *comparison() const { return m_comparison; }
    NotesEditor *notes() const { return m_notes; }

signals:
    void message(const QString &sentence);
    void failed(const QString &sentence); // of a refresh
    void renamed(const QString &name); // by somebody else, as was seen just now
    void situationChanged(); // of what the actions depend on: the tab, the state of the notes

private:
    void connectComparison();
    void askForDetails();
    void showNotes();

    ProjectDetails *m_details;
    ExperimentsPage *m_experiments;
    ChartsPage *m_charts;
    ProjectCharts *m_wiring;
    ComparisonPage *m_comparison;
    NotesEditor *m_notes;
    ProjectSettings *m_settings;
    QPointer<Session> m_session;
    QString m_workspace;
    QString m_project;
    bool m_hasAsked = false; // for the details of this project
};
