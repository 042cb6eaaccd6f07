// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/changes.h"
#include "models/registry/registeredmodel.h"
#include "models/session/place.h"

#include <QWidget>

class EmptyState;
class ModelHead;
class NotesEditor;
class RowTableView;
class SearchField;
class Settings;
class VersionPane;
class QAction;
class QLabel;
class QSplitter;
class QStackedWidget;
class QTabWidget;

// One model of the registry: its head, its versions above and the chosen version below, or its notes. What
// is changed goes through Changes; what fails is said where it was asked for. Owned by PageStack.
class ModelPage : public QWidget
{
    Q_OBJECT
public:
    ModelPage(Changes &changes, const Settings &settings, QWidget *parent);
    ~ModelPage() override;

    void setModel(Session *session, const QString &workspace, const QString &model);
    void refresh();
    void focusFilter();
    void copy(); // the chosen version or file, tab-separated
    // Buttons of the head, and the menu of a version.
    void setActions(const QList<QAction *> &head, const QList<QAction *> &ofVersion);

    const RegisteredModel &model() const { return m_model; }
    const api::ModelVersion *version() const; // the chosen one; nullptr where there is none

    // The actions of the menus, for the model or version shown.
    void editModel();
    void deleteModel();
    void deleteVersion();
    void addStage();
    void editComment();

signals:
    void placeActivated(const Place &place);
    void situationChanged(); // of what the actions depend on: the version, the state of the notes
    void refreshFailed(const QString &sentence);
    void assetsChosen(const QString &experimentKey, const std::vector<api::Asset> &assets); // to be downloaded

private:
    void showModel();
    void showState();
    void showVersion();
    void showNotes();
    void showCount();
    steps::Version target(const api::ModelVersion &version) const;
    void change(const Step &step);
    void saveComment(const QString &before, const QString &comment);
    void openSource();
    void chooseFile(const QString &assetId);
    QWidget *makeVersions();
    void connectPane();

    Changes &m_changes;
    RegisteredModel m_model;
    QString m_chosen; // version id
    ModelHead *m_head;
    SearchField *m_filter;
    QLabel *m_count;
    RowTableView *m_table;
    VersionPane *m_pane;
    EmptyState *m_noVersions;
    NotesEditor *m_notes;
    EmptyState *m_state;
    QSplitter *m_rows;
    QStackedWidget *m_content; // versions, or that there are none
    QTabWidget *m_tabs;
    QStackedWidget *m_body; // the tabs, or why there are none
};
