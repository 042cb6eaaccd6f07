// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"

#include <QFrame>

#include <vector>

class GoTo;
class QLabel;
class QLineEdit;
class QListView;
class Sessions;
class WorkspaceTree;

// "Go to anything" (Ctrl+K): a field and a list over the top of the window. Up and Down choose, Enter
// opens, Esc closes. Owned by the window.
class GoToPopup : public QFrame
{
    Q_OBJECT
public:
    GoToPopup(Sessions &sessions, WorkspaceTree &tree, QWidget *parent);

    void open(); // empties the field and shows the popup over the parent's top
    void setRecent(const std::vector<Place> &places); // newest first

signals:
    void placeActivated(const Place &place);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose();
    void showState();

    GoTo *m_model;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_note;
};
