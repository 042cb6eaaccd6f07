// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/browse/experimenttable.h"
#include "models/browse/valueloader.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <optional>

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
    std::vector<TableColumn> choices() const; // the same as columns of the table
    QStringList metricNames() const; // of available(), without the system's

    void showColumns(const std::vector<TableColumn> &columns);
    ValueLoader &values() { return m_values; }
    void loadEverything(); // see ValueLoader; loaded() follows
    bool isLoaded() const { return m_loaded; }

signals:
    void stateChanged();
    void availableChanged();
    void columnsChosen(); // by the loader, at the first opening
    void partFailed(const api::Error &error); // the listing is there, something beside it is not
    void loaded(); // listing, columns and all values that are asked for by themselves

private:
    void ask();
    void setState(State state);
    void swapped();
    void columnsListed(const api::Columns &columns);
    void start();
    void chooseColumns();
    void sampleMetrics();
    void choose();
    void settle();

    ExperimentTable &m_table;
    ValueLoader m_values;
    QPointer<api::Client> m_client;
    QString m_workspace;
    QString m_project;
    api::Archived m_archived = api::Archived::No;
    State m_state = State::Idle;
    api::Error m_error;
    std::optional<api::Error> m_columnsError; // told once the listing is there
    api::Columns m_available;
    std::vector<TableColumn> m_wanted; // remembered, or chosen
    bool m_awaitsSwap = false; // the listing is on its way into the table
    bool m_hasColumns = false;
    bool m_isRefresh = false;
    bool m_loaded = false;
    api::Latest m_listing;
    api::Latest m_columnNames;
    api::Latest m_parameterSample;
    std::vector<QPointer<api::ReplyBase>> m_metricSamples;
    QHash<QString, int> m_metricCounts; // of how many sampled experiments each metric is
};
