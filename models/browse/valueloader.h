// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/browse/experimenttable.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include <vector>

// Asks the server for the values that an ExperimentTable shows and does not have: many experiments a call
// where the API allows it, the rows on screen first, the rest behind them and never more calls an hour
// than leave the person room to work. Owned by ProjectLoader; lives on the main thread.
class ValueLoader : public QObject
{
    Q_OBJECT
public:
    explicit ValueLoader(ExperimentTable &table, QObject *parent = nullptr);
    ~ValueLoader() override;

    void setProject(
        api::Client *client, const QString &workspace, const QString &project, api::Archived archived);
    void setTagNames(const QStringList &names); // of the project; empty where the server does not say
    void setVisibleRows(int first, int last);

    void start(); // asks for what is missing, in the order of need
    void stop(); // what is under way is given up; the cells stay "not loaded"
    void retry(); // asks again for what failed or was stopped
    // Also what has no bulk call and what was left out to spare the server: before export and print.
    void loadEverything();

    bool isRunning() const { return m_running > 0; }
    bool isIncomplete() const { return m_incomplete; } // some values are loaded for rows on screen only
    qint64 done() const { return m_done; }
    qint64 total() const { return m_total; }

signals:
    void progressChanged();
    void settled(); // nothing more is under way, whatever the reason
    void failed(const api::Error &error); // and stopped, until retry()
    void budgetReached(int calls); // and stopped, until loadEverything()

private:
    enum class Kind : quint8 { Parameters, Metrics, Summaries, Others, Tags, RunningStates, CrashedStates, TagsOfOne };
    enum class Asked : quint8 { No, Waiting, Yes, Failed };
    // The same question about every experiment.
    struct Pass
    {
        Kind kind;
        QStringList names;
        std::vector<Asked> asked; // by experiment
        std::size_t cursor = 0;
        std::size_t batch = 1;
        bool background = true; // not only for the rows on screen
    };

    void plan();
    void next();
    bool askVisible();
    bool askBackground();
    std::vector<std::size_t> takeBatch(Pass &pass, bool visibleOnly);
    void ask(std::size_t pass, const std::vector<std::size_t> &experiments, api::Priority priority);

    ExperimentTable &m_table;
    QPointer<api::Client> m_client;
    QString m_workspace;
    QString m_project;
    api::Archived m_archived = api::Archived::No;
    std::vector<Pass> m_passes;
    int m_running = 0;
    bool m_incomplete = false;
    qint64 m_done = 0;
    qint64 m_total = 0;
};
