// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTreeView>

// A tree that marks its current row over the whole width, opens a row with one click or Enter and asks
// for a menu where the keyboard is. Part of NavigatorPanel.
class NavigatorView : public QTreeView
{
    Q_OBJECT
public:
    explicit NavigatorView(QWidget *parent = nullptr);

signals:
    void opened(const QModelIndex &index);
    void menuRequested(const QModelIndex &index, const QPoint &globalPosition);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
};
