// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/downloads/download.h"
#include "models/values/rowtable.h"

#include <QTimer>

#include <memory>
#include <vector>

namespace api {
class Client;
}
class DownloadJob;

// The downloads of this run, newest first: at most two are under way, the others wait. Owned by the
// window's DownloadCommands; lives on the main thread, where nothing waits for network or disk. Goes with the
// ".part" files of what is unfinished.
class Downloads : public RowTable<Download>
{
    Q_OBJECT
public:
    enum Column { Name, State, Progress, Size, Speed, Folder, ColumnCount };

    explicit Downloads(QObject *parent = nullptr);
    ~Downloads() override;

    // Returns the id of its row. client may die meanwhile; the download then fails with a sentence.
    int add(api::Client &client, const DownloadRequest &request);

    const Download *find(int id) const; // nullptr where there is none; valid until the next change
    int unfinished() const; // waiting, asking or under way
    void setSpace(const DownloadSpace &space) { m_space = space; } // of downloads added from now on

    void cancel(int id); // its ".part" stays, for retry()
    void retry(int id); // of Failed and Cancelled: goes on where it stopped, where the server allows
    void answer(int id, DownloadQuestion::Answer answer); // of Asking
    void remove(int id); // cancels first; deletes the ".part", never what is done
    void removeDone();

signals:
    void asked(int id); // its state is Asking, for answer()
    void ended(int id); // Done, Failed or Cancelled

private:
    DownloadJob *job(int id) const;
    void startWaiting();
    void publish();

    std::vector<std::unique_ptr<DownloadJob>> m_jobs; // oldest first
    DownloadSpace m_space;
    QTimer m_progress; // rows change at most ten times a second while bytes come in
    int m_lastId = 0;
};
