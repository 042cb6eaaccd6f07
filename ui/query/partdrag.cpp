// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/partdrag.h"

#include "ui/query/groupcard.h"
#include "ui/query/variablespanel.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDropEvent>
#include <QGraphicsOpacityEffect>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>

using query::Path;

namespace {

constexpr int edge = 28; // of the area, where it scrolls
constexpr int stride = 10;
constexpr int beat = 30; // milliseconds

class Mark : public QWidget
{
public:
    explicit Mark(QWidget *parent)
        : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::tokens(palette()).accent);
        painter.drawEllipse(QRectF(0, 0, height(), height()));
        painter.drawRect(QRectF(height(), height() / 2.0 - 1, width() - height(), 2));
    }
};

} // namespace

void PartDrag::watch(GroupCard *root, QScrollArea *area)
{
    m_root = root;
    m_area = area;
    m_mark = new Mark(root);
    m_scrolling.setInterval(beat);
    connect(&m_scrolling, &QTimer::timeout, this, &PartDrag::scroll);
    root->setAcceptDrops(true);
    root->installEventFilter(this);
}

void PartDrag::begin(PartWidget *part)
{
    m_part = part;
    m_isActive = true;
    m_scrolling.start();
    if (part) {
        auto *faint = new QGraphicsOpacityEffect(part);
        faint->setOpacity(0.4);
        part->setGraphicsEffect(faint);
    }
}

void PartDrag::follow(const QPoint &global)
{
    if (!m_isActive)
        return;
    m_at = global;
    showMark();
}

void PartDrag::showMark()
{
    const QPoint at = m_root->mapFromGlobal(m_at);
    m_place.reset();
    m_mark->hide();
    if (!m_area->viewport()->rect().contains(m_area->viewport()->mapFromGlobal(m_at)))
        return;
    const GroupCard::Gap gap = m_root->gapAt(at);
    const bool isWithin = m_part && gap.place.mid(0, m_part->path().size()) == m_part->path()
        && gap.place.size() > m_part->path().size();
    if (isWithin)
        return;
    m_place = gap.place;
    m_mark->setGeometry(gap.line.adjusted(-6, -3, 0, 3));
    m_mark->raise(); // the cards may be newer
    m_mark->show();
}

void PartDrag::scroll()
{
    if (!m_part && !m_mark->isVisible())
        return;
    const QWidget *view = m_area->viewport();
    const int y = view->mapFromGlobal(m_at).y();
    QScrollBar *bar = m_area->verticalScrollBar();
    const int by = y < edge ? -stride : y > view->height() - edge ? stride : 0;
    if (by == 0 || bar->value() + by < bar->minimum() - stride)
        return;
    bar->setValue(bar->value() + by);
    showMark();
}

void PartDrag::drop()
{
    const std::optional<Path> place = m_place;
    const bool isPart = m_isActive && m_part;
    const Path from = isPart ? m_part->path() : Path();
    cancel();
    if (isPart && place)
        emit moved(from, *place);
}

void PartDrag::cancel()
{
    if (m_part)
        m_part->setGraphicsEffect(nullptr);
    m_scrolling.stop();
    m_mark->hide();
    m_place.reset();
    m_part.clear();
    m_isActive = false;
}

// Of a variable from the panel: the root hears of it wherever the pointer is on the cards.
bool PartDrag::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::Drop: {
        auto *drag = static_cast<QDropEvent *>(event); // the others are of this kind
        const std::optional<query::Variable> variable = VariableTree::dragged(*drag->mimeData());
        if (!variable)
            return false;
        if (!m_isActive)
            begin(nullptr);
        follow(m_root->mapToGlobal(drag->position().toPoint()));
        drag->setDropAction(Qt::CopyAction);
        drag->setAccepted(m_place.has_value());
        if (event->type() == QEvent::Drop) {
            const std::optional<Path> place = m_place;
            cancel();
            if (place)
                emit variableDropped(*variable, *place);
        }
        return true;
    }
    case QEvent::DragLeave:
        cancel();
        return true;
    default:
        return QObject::eventFilter(watched, event);
    }
}

PartGrip::PartGrip(PartDrag &drag, PartWidget *part, QWidget *parent)
    : QWidget(parent)
    , m_drag(drag)
    , m_part(part)
{
    setCursor(Qt::OpenHandCursor);
    setToolTip(tr("Drag to move (Ctrl+Shift+Up, Ctrl+Shift+Down)"));
    setAccessibleName(tr("Drag to move"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void PartGrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::tokens(palette()).secondary);
    for (const qreal x : {-2.5, 2.5}) {
        for (const qreal y : {-5.0, 0.0, 5.0})
            painter.drawEllipse(QPointF(width() / 2.0 + x, height() / 2.0 + y), 1.2, 1.2);
    }
}

void PartGrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_pressed = event->globalPosition().toPoint();
}

void PartGrip::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_pressed)
        return;
    const QPoint at = event->globalPosition().toPoint();
    if (!m_drag.isActive() && (at - *m_pressed).manhattanLength() >= QApplication::startDragDistance())
        m_drag.begin(m_part);
    m_drag.follow(at);
    setCursor(m_drag.hasPlace() ? Qt::ClosedHandCursor : Qt::ForbiddenCursor);
}

void PartGrip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    m_pressed.reset();
    setCursor(Qt::OpenHandCursor);
    if (m_drag.isActive())
        m_drag.drop();
}
