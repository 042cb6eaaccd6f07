// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/navigatorview.h"

#include "models/browse/experimenttable.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>

NavigatorView::NavigatorView(QWidget *parent)
    : QTreeView(parent)
{
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(16);
    setMouseTracking(true); // rows answer the pointer
    setExpandsOnDoubleClick(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // names are elided instead
    setEditTriggers(NoEditTriggers);
    viewport()->setBackgroundRole(QPalette::Window);
    setAcceptDrops(true);
    setAutoExpandDelay(700); // a workspace opens under what is dragged
    connect(this, &QTreeView::clicked, this, &NavigatorView::opened);
}

void NavigatorView::drawRow(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Tokens &tokens = theme::tokens(palette());
    const bool selected = selectionModel()->isSelected(index);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (selected || hovered) {
        QColor hover = tokens.text;
        hover.setAlpha(10);
        const QRect row(0, option.rect.top(), viewport()->width(), option.rect.height());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(selected && hasFocus() && option.state.testFlag(QStyle::State_KeyboardFocusChange)
                ? QPen(tokens.accent)
                : QPen(Qt::NoPen));
        painter->setBrush(selected ? tokens.selection : hover);
        painter->drawRoundedRect(QRectF(row).adjusted(4.5, 0.5, -4.5, -0.5), 6, 6);
        painter->restore();
    }
    QTreeView::drawRow(painter, option, index);
}

void NavigatorView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        emit opened(currentIndex());
        event->accept();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void NavigatorView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKeyboard ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    emit menuRequested(index,
        byKeyboard ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
    event->accept();
}

void NavigatorView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        scheduleDelayedItemsLayout(); // sentences wrap at the new width
}

void NavigatorView::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasFormat(ExperimentTable::mimeType))
        event->acceptProposedAction();
}

void NavigatorView::dragMoveEvent(QDragMoveEvent *event)
{
    QTreeView::dragMoveEvent(event); // scrolls at the edges and opens what is rested on
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool takes = index.isValid() && m_takes && m_takes(index)
        && event->mimeData()->hasFormat(ExperimentTable::mimeType);
    event->setAccepted(takes);
}

void NavigatorView::dropEvent(QDropEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (!index.isValid() || !m_takes || !m_takes(index) || !event->mimeData()->hasFormat(ExperimentTable::mimeType))
        return;
    event->acceptProposedAction();
    emit dropped(index, viewport()->mapToGlobal(event->position().toPoint()));
}
