// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/browse/experimenttable.h"

#include <QObject>
#include <QPointer>

#include <deque>
#include <functional>
#include <optional>
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
    // All of the project. Nothing: the server does not say, so that rows are asked one by one.
    void setTagNames(const std::optional<QStringList> &names);
    void setVisibleRows(int first, int last);

    // Asks for what is missing; again also for what may have changed: rows on screen, running experiments.
    void start(bool again = false);
    void stop(); // what is under way is given up; the cells stay "not loaded" until start() or retry()
    void retry() { start(); }
    // Also what has no bulk call and what was left out to spare the server: before export and print.
    void loadEverything();

    bool isRunning() const { return m_running > 0; }
    bool isIncomplete() const { return m_incomplete; } // some values are loaded for rows on screen only
    qint64 done() const { return m_done; }
    qint64 total() const { return m_total; }

signals:
    void started();
    void progressChanged();
    void settled(); // nothing more is under way, whatever the reason
    void failed(const api::Error &error); // retry() asks again; isRunning() says whether the rest goes on
    void budgetReached(int calls); // and stopped for all but the rows on screen, until loadEverything()

private:
    enum class Kind : quint8 { Parameters, Metrics, Summaries, Others, States, Tags };
    enum class Asked : quint8 { No, Waiting, Yes };
    // One kind of question that every experiment is asked, in batches.
    struct Pass
    {
        Kind kind;
        QStringList names; // of the values
        std::size_t batch = 1; // experiments a call
        bool background = true; // not only for the rows on screen
        std::vector<Asked> asked; // by experiment
        std::size_t cursor = 0; // before it nothing is left to ask in the background
    };
    using Batch = std::vector<std::size_t>;

    void plan(bool again);
    void planValues(Kind kind, const std::vector<TableColumn> &columns, bool again);
    void planStates();
    void planTags(bool again);
    static bool counts(const Pass &pass);
    bool isWanted(const Pass &pass, std::size_t experiment) const;
    void next();
    bool askVisible();
    bool askBackground();
    void ask(std::size_t pass, Batch batch, api::Priority priority);
    template<class R>
    R *begin(R *reply);
    template<class R, class F>
    void handle(R *reply, std::size_t pass, const Batch &batch, F onValue);
    void settleBatch(std::size_t pass, const Batch &batch);
    void fail(const api::Error &error);
    static bool isOfAll(const api::Error &error);
    void settleIfDone();

    void takeParameters(const Pass &pass, const Batch &batch, const api::ChartAnswer &answer);
    void takeMetrics(std::size_t pass, const Batch &batch, const api::ChartAnswer &answer);
    void takeSummary(std::size_t experiment, const api::Summaries &summaries);
    void takeOthers(const Pass &pass, std::size_t experiment, const api::Summaries &summaries);
    void queryKeys(const api::Rule &rule, std::function<void(const QStringList &)> onKeys);
    bool isBudgetLeft() const;

    ExperimentTable &m_table;
    QPointer<api::Client> m_client;
    QString m_workspace;
    QString m_project;
    api::Archived m_archived = api::Archived::No;
    std::optional<QStringList> m_tagNames;
    int m_firstRow = 0;
    int m_lastRow = 40; // until the view says what is on screen
    bool m_everything = false;
    bool m_stopped = true;

    std::vector<Pass> m_passes;
    std::deque<std::function<void()>> m_queries; // of the whole project: tags, running ones
    std::vector<QStringList> m_tags; // by experiment, while they are asked for tag by tag
    std::vector<quint8> m_guessed; // by experiment: finished, as far as the query for running ones says
    std::vector<QPointer<api::ReplyBase>> m_replies;
    int m_running = 0;
    bool m_incomplete = false;
    qint64 m_done = 0;
    qint64 m_total = 0;
    quint64 m_points = 0; // of metric series that came in the background
};
