// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/workspacetree.h"

#include <QDialog>

class QButtonGroup;
class QLabel;
class QPushButton;
class QTreeView;
class SearchField;

// Chooses the project that experiments go to: a tree of the server's workspaces and projects with a
// filter, and whether they move there or are linked. Owned by the window.
class MoveDialog : public QDialog
{
    Q_OBJECT
public:
    // here: the project they are in now, on whose server the targets are.
    MoveDialog(WorkspaceTree &tree, const Place &here, const QStringList &names, QWidget *parent);

    Place target() const;
    bool asLinks() const;

private:
    class Targets;
    void loadWorkspaces();
    void chooseOnly();
    void showTarget();

    WorkspaceTree &m_tree;
    Place m_here;
    QStringList m_names;
    Targets *m_targets;
    SearchField *m_filter;
    QTreeView *m_view;
    QButtonGroup *m_way;
    QLabel *m_sentence;
    QPushButton *m_verb;
};
