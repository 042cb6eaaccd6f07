// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDockWidget>

class Downloads;
class EmptyState;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

// What is being downloaded and what was, newest first, and what can be done about it. Owned by the window.
class DownloadsDock : public QDockWidget
{
    Q_OBJECT
public:
    explicit DownloadsDock(Downloads &downloads, QWidget *parent = nullptr);

    void showDownload(int id); // chosen and in sight

signals:
    void questionRequested(int id); // of what waits for an answer

private:
    QWidget *makeTop();
    QList<int> chosen() const; // ids
    void forChosen(void (Downloads::*slot)(int id));
    void openFolder();
    void activate();
    void showState();

    Downloads &m_downloads;
    QStackedWidget *m_body;
    QTreeView *m_view;
    EmptyState *m_empty;
    QLabel *m_count;
    QPushButton *m_cancel;
    QPushButton *m_retry;
    QPushButton *m_open;
    QPushButton *m_clear;
    QAction *m_remove = nullptr;
};
