// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStyledItemDelegate>

#include <functional>

// A stage of a version as a chip: the word on a tint. Stages that everybody knows have a colour of their own.
namespace stagechip {
inline constexpr int height = 22;
inline constexpr int padding = 8;
inline constexpr int widest = 260; // longer words are elided

// What the chip needs for the word alone, without a button.
int width(const QString &stage, const QFontMetrics &metrics);
// The ground over all of rect, the word in it up to textRight.
void paint(QPainter &painter, const QRect &rect, const QString &stage, const QPalette &palette, int textRight);
} // namespace stagechip

// A cell of chips, with as many as find room and the number of the others.
class StagesDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using Stages = std::function<QStringList(const QModelIndex &index)>; // of the view's model

    StagesDelegate(Stages stages, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Stages m_stages;
};
