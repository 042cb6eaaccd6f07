// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStyledItemDelegate>

// Paints the cells of the experiment table: state glyphs, tag chips, what is missing or not a number, the
// tint and bar of selected rows, the colour of charted ones. Text is always plain. Owned by the view.
class ExperimentDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr int padding = 10;

    using QStyledItemDelegate::QStyledItemDelegate;

    // Colour indexes by experiment key; those without are not in the chart. Those whose eye is open are on the charts page.
    void setCharted(const QHash<QString, int> &colours, const QSet<QString> &eyes)
    {
        m_charted = colours;
        m_eyes = eyes;
    }
    static int eyeEnd(const QRect &cell); // where the name begins: before it a click is on the eye

    // The column whose right edge divides what stays from what scrolls.
    void setLineAfter(int column) { m_lineAfter = column; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintName(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintText(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    QHash<QString, int> m_charted;
    QSet<QString> m_eyes;
    int m_lineAfter = -1;
};
