// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/reply.h"
#include "models/downloads/expansion.h"

#include <QElapsedTimer>
#include <QPointer>

#include <deque>

namespace api {
class Client;
}

// One download from its turn to its end: claims a ".part" in the folder, has it filled, and moves it or what
// is in it into place. Owned by Downloads; lives on the main thread, its disk work on the disk threads.
class DownloadJob : public QObject
{
    Q_OBJECT
public:
    DownloadJob(int id, api::Client &client, const DownloadRequest &request, DownloadSpace space);
    ~DownloadJob() override;

    const Download &row() const { return m_row; }
    bool isUnderWay() const { return m_row.state == Download::State::Running || m_row.state == Download::State::Expanding; }
    void measure(); // takes a sample of the speed, and of what is expanded

    void start(); // of Waiting
    void wait(); // of Failed and Cancelled
    void cancel();
    void answer(DownloadQuestion::Answer answer);
    void discard(); // cancels, and deletes the ".part"

signals:
    void progressed();
    void stateChanged();

private:
    void setState(Download::State state);
    void fail(const QString &sentence);
    void claim();
    void request();
    void arrive();
    void look();
    void expand(std::optional<DownloadQuestion::Answer> answer);
    void place(std::optional<DownloadQuestion::Answer> answer);
    void ask(const DownloadQuestion &question);
    void finish(const QString &target);
    void dropFile();

    const DownloadRequest m_request;
    const DownloadSpace m_space;
    QPointer<api::Client> m_client;
    Download m_row;
    std::shared_ptr<api::DownloadFile> m_file; // from claim() on
    QString m_madeFolder; // by us, so it goes where it stays empty
    Expansion m_expansion;
    api::Latest m_reply;
    int m_turn = 0; // what earlier turns have still under way is ignored
    bool m_isWhole = false; // the file holds all there is
    bool m_wasExpanded = false; // tried with this file already
    QElapsedTimer m_clock;
    struct Sample
    {
        qint64 time; // milliseconds
        qint64 done;
    };
    std::deque<Sample> m_samples;
};
