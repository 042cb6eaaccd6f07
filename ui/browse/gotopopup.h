// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"

#include <QFrame>

#include <memory>
#include <vector>

namespace api {
struct Experiments;
}

class GoTo;
class Sessions;
class WorkspaceTree;
class QLabel;
class QLineEdit;
class QListView;

// "Go to anything" (Ctrl+K): a field and a list over the top of the window. Up and Down choose, Enter
// opens, Esc closes. Owned by the window.
class GoToPopup : public QFrame
{
    Q_OBJECT
public:
    GoToPopup(Sessions &sessions, WorkspaceTree &tree, QWidget *parent);

    void open(); // with an empty field, below the parent's bars
    void setHere(const Place &here, std::shared_ptr<const api::Experiments> listing);
    void setRecent(const std::vector<Place> &places); // newest first

signals:
    void placeActivated(const Place &place);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();
    void choose();
    void step(int rows);
    void showSuggestions();
    void leave();

    GoTo *m_model;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_note;
    Place m_current; // of the list, before it is filled again
    QString m_shownText;
};
