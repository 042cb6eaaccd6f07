// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/openpath.h"

#include <QObject>

#include <memory>

class ExperimentTable;
class ExperimentValues;
class ProjectLoader;
class QAbstractItemModel;

// --print: a place as tab-separated lines with a header, from the models that the window shows: the
// workspaces of a server, the projects of a workspace, the experiments of a project, what one experiment
// logged. Owned by main; lives on the main thread.
class Printing : public QObject
{
    Q_OBJECT
public:
    Printing(Session &session, const QString &path, QObject *parent = nullptr);
    ~Printing() override;

signals: // one of them, once
    void printed(const QString &text);
    void failed(const QString &sentence);

private:
    void print(const Place &place);
    void printWorkspaces();
    void printProjects(const QString &workspace);
    void printExperiments(const Place &place);
    void printExperiment(const QString &key);
    void experimentPartChanged();

    Session &m_session;
    std::unique_ptr<ExperimentTable> m_table;
    std::unique_ptr<ProjectLoader> m_loader;
    std::unique_ptr<ExperimentValues> m_values;
    bool m_done = false;
    bool m_askedAll = false; // also values that are usually loaded for rows on screen only
};
