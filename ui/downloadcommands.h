// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/reply.h"
#include "models/api/values.h"
#include "ui/downloads/downloaddialog.h"

#include <QObject>
#include <QPointer>

class Actions;
class Downloads;
class DownloadsDock;
class MessageBar;
class Navigator;
class PageStack;
class Session;
class Sessions;
class QMainWindow;
struct ExperimentRef;

// What the window does about downloads: asks what and where to, keeps the list and its dock, asks before
// existing files are touched, says how it ended, and asks before the program ends in the middle of one. Owned
// by the window.
class DownloadCommands : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const Actions &actions;
        const Navigator &navigator;
        PageStack &pages;
        Sessions &sessions;
        Settings &settings;
        MessageBar &messages;
    };

    DownloadCommands(const Parts &parts, QMainWindow *window);

    // Each asks by a dialog first. version is the one to begin with; empty for the latest (PROTOCOL 3.3).
    void downloadModel(Session *session, const QString &workspace, const api::RegistryModel &model,
        const QString &version = {});
    void downloadExperimentModel(Session *session, const QString &experimentKey, const QString &experimentName);
    void downloadAssets(Session *session, const QString &experimentKey, const std::vector<api::Asset> &assets);

    Downloads &downloads() const { return *m_downloads; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void ask(Session *session, const DownloadDialog::Content &content);
    void askAboutExisting(int id);
    void askNext();
    void report(int id);
    Session *session() const; // of the place shown
    bool mayClose();

    Parts m_parts;
    QMainWindow *m_window;
    Downloads *m_downloads;
    DownloadsDock *m_dock;
    QPointer<QDialog> m_question; // about existing files: one at a time
    api::Latest m_models; // of the experiment that is asked about
    bool m_isClosing = false; // the person has said so
};
