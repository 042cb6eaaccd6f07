// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QStyledItemDelegate>

// Paints the rows of the navigator: icon, name, small print, and at the right edge what runs, the count
// and how loading goes. Background and selection are the view's.
class NavigatorDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintMessage(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    int paintRight(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
};
