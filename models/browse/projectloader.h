// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/browse/experimenttable.h"
#include "models/browse/valueloader.h"

#include <QObject>
#include <QPointer>

// Fills an ExperimentTable from a server: first the listing and the names of what was logged, then the
// columns that are worth seeing, then the values, those of the rows on screen first (ValueLoader). Owned
// by the page, or by --print; lives on the main thread.
class ProjectLoader : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Loading, Listed, Failed };

    explicit ProjectLoader(ExperimentTable &table, QObject *parent = nullptr);

    // columns as remembered; empty: those that vary and those most experiments have are chosen.
    void open(api::Client *client, const QString &workspace, const QString &project,
        const std::vector<TableColumn> &columns = {});
    void close();
    void refresh();
    void setArchived(api::Archived archived); // asks again where it changes
    api::Archived archived() const { return m_archived; }

    State state() const { return m_state; } // of the listing
    const api::Error &error() const { return m_error; } // of Failed
    const api::Columns &available() const { return m_available; } // what can be shown
    QStringList metricNames() const; // of available(), without the system's

    void showColumns(const std::vector<TableColumn> &columns);
    ValueLoader &values() { return m_values; }
    bool isLoaded() const { return m_loaded; }

signals:
    void stateChanged();
    void availableChanged();
    void loaded(); // listing, columns and all values that are asked for by themselves

private:
    void ask();
    void setState(State state);
    void listed(const api::Experiments &experiments);
    void columnsListed(const api::Columns &columns);
    void start();
    void chooseColumns();
    void sampleMetrics(const std::vector<TableColumn> &parameters);
    void chosen(const std::vector<TableColumn> &parameters, const std::vector<TableColumn> &metrics);
    void finish();

    ExperimentTable &m_table;
    ValueLoader m_values;
    QPointer<api::Client> m_client;
    QString m_workspace;
    QString m_project;
    api::Archived m_archived = api::Archived::No;
    State m_state = State::Idle;
    api::Error m_error;
    api::Columns m_available;
    std::vector<TableColumn> m_remembered;
    bool m_hasListing = false;
    bool m_hasColumns = false;
    bool m_chosen = false;
    bool m_loaded = false;
    api::Latest m_listing;
    api::Latest m_columnNames;
    api::Latest m_parameterSample;
    std::vector<api::Summaries> m_summaries;
    int m_awaitedSummaries = 0;
    quint64 m_generation = 0;
};
