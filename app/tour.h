// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSize>
#include <QString>
#include <QTemporaryDir>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>

class Program;
class Session;

// --tour: opens the window on the sample data, goes to each of its places and takes a picture once what
// it shows has loaded. Own settings, so that a person's are neither used nor changed. Owned by main.
class Tour : public QObject
{
    Q_OBJECT
public:
    explicit Tour(const QString &folder, QObject *parent = nullptr);
    ~Tour() override;

    void start();

signals:
    void pictureTaken(const QString &path);
    void finished(const QString &problem); // a sentence; empty where all went well

private:
    struct Step
    {
        QString name; // of the picture; none is taken where it is empty
        std::function<void()> prepare;
        std::function<bool()> isThere; // beside nothing being asked any more
        QSize size;
        bool dark = false;
    };

    void findPlaces(Session &session);
    void plan();
    void planMainPictures();
    void planCharts();
    void planComparison();
    void planManaged();
    void planStates();
    void next();
    void look();
    bool isQuiet() const;
    QString takePicture(const Step &step);
    void selectRuns(int count);
    Session *addServer(const QString &id, const QString &name, const QUrl &root, const QString &key);

    QString m_folder;
    QTemporaryDir m_home;
    std::unique_ptr<Program> m_program;
    QString m_apiKey;
    Place m_project; // with the most experiments
    Place m_experiment;
    Place m_emptyProject;
    Place m_model;
    std::deque<Step> m_steps;
    QTimer m_timer;
    QElapsedTimer m_stepTime;
    int m_quietTicks = 0;
};
