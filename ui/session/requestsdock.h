// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDockWidget>

class RequestLogModel;
class Sessions;
class QLabel;
class QPushButton;
class TextFilter;
class QTreeView;

// What the servers were asked, for people who want to know what is going on. Owned by the window.
class RequestsDock : public QDockWidget
{
    Q_OBJECT
public:
    explicit RequestsDock(Sessions &sessions, QWidget *parent = nullptr);

    RequestLogModel *model() const { return m_model; }

private:
    QWidget *makeTop();
    void copyCurl();
    void showState();

    RequestLogModel *m_model;
    TextFilter *m_shown;
    QTreeView *m_view;
    QLabel *m_count;
    QPushButton *m_copy;
};
