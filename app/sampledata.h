// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/profile.h"

#include <QObject>

#include <memory>

// The embedded server on a private copy of the sample data. Unpacking and opening happen on another
// thread. The server runs, and the copy exists, until this dies. Owned by main; lives on the main thread.
class SampleData : public QObject
{
    Q_OBJECT
public:
    // What to look at first, as for --open.
    static constexpr char showcase[] = "vision-lab/digits-sweep";

    explicit SampleData(QObject *parent = nullptr);
    ~SampleData() override;

    // ready() or failed(), each time it is called.
    void start();

signals:
    void ready(const Profile &profile, const QString &apiKey);
    void failed(const QString &sentence);

private:
    struct Running;

    std::shared_ptr<Running> m_running;
    bool m_starting = false;
};
