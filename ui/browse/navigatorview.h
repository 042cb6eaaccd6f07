// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTreeView>

#include <functional>

// A tree that marks its current row over the whole width, opens a row with one click or Enter and asks
// for a menu where the keyboard is. Part of NavigatorPanel.
class NavigatorView : public QTreeView
{
    Q_OBJECT
public:
    explicit NavigatorView(QWidget *parent = nullptr);

    // Rows that take dragged experiments.
    void setDropTest(std::function<bool(const QModelIndex &index)> takes) { m_takes = std::move(takes); }

signals:
    void opened(const QModelIndex &index);
    void dropped(const QModelIndex &index, const QPoint &globalPosition);
    void menuRequested(const QModelIndex &index, const QPoint &globalPosition);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    std::function<bool(const QModelIndex &index)> m_takes;
};
