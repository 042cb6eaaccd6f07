// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sampledata.h"

#include "app/demo.h"
#include "app/localserver/server.h"
#include "models/api/background.h"

#include <QFile>

#include <stdexcept>

using namespace Qt::StringLiterals;

struct SampleData::Running
{
    demo::Copy copy;
    std::unique_ptr<localserver::Server> server; // goes before the file it has open
    QString error;
};

SampleData::SampleData(QObject *parent)
    : QObject(parent)
{
}

SampleData::~SampleData() = default;

void SampleData::start()
{
    const auto announce = [this] {
        Profile profile;
        profile.id = u"demo"_s;
        profile.name = tr("Sample data");
        profile.root = QUrl(QString::fromStdString(m_running->server->url()));
        profile.keySource = Profile::KeySource::Demo;
        emit ready(profile, QString::fromStdString(m_running->server->apiKey()));
    };
    if (m_running) {
        announce();
        return;
    }
    if (m_starting)
        return;
    m_starting = true;
    runInBackground(
        this,
        [] {
            auto running = std::make_shared<Running>();
            running->copy = demo::privateCopy();
            running->error = running->copy.error;
            if (!running->error.isEmpty())
                return running;
            try {
                localserver::Options options;
                options.data = QFile::encodeName(running->copy.path).toStdString();
                running->server = std::make_unique<localserver::Server>(options);
            } catch (const std::exception &problem) {
                running->error = QString::fromStdString(problem.what());
            }
            return running;
        },
        [this, announce](const std::shared_ptr<Running> &running) {
            m_starting = false;
            if (!running->server) {
                emit failed(running->error);
                return;
            }
            m_running = running;
            announce();
        });
}
