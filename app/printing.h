// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/commandline.h"
#include "app/openpath.h"
#include "models/browse/arrangement.h"

#include <QObject>

#include <memory>

class ExperimentTable;
class ExperimentValues;
class ProjectLoader;
class QAbstractItemModel;

// --print: a place as tab-separated lines with a header, from the models that the window shows: the
// workspaces of a server, the projects of a workspace, the experiments of a project (with --query those that
// it finds, with --explain what it would send), what one experiment logged. Owned by main; lives on the main
// thread.
class Printing : public QObject
{
    Q_OBJECT
public:
    Printing(Session &session, const CommandLine &line, QObject *parent = nullptr);
    ~Printing() override;

signals: // one of them, once
    void printed(const QString &text);
    void failed(const QString &sentence);

private:
    void print(const Place &place);
    void printWorkspaces();
    void printProjects(const QString &workspace);
    void query(const Place &place);
    void printExperiments(const Place &place, const std::shared_ptr<const KeySet> &keys);
    void printExperiment(const QString &key);
    void experimentPartChanged();

    Session &m_session;
    CommandLine m_line;
    std::unique_ptr<ExperimentTable> m_table;
    std::unique_ptr<ProjectLoader> m_loader;
    std::unique_ptr<ExperimentValues> m_values;
    bool m_done = false;
    bool m_askedAll = false; // also values that are usually loaded for rows on screen only
};
