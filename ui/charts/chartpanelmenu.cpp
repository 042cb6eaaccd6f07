// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person does with a panel: its menu, its title and its corner.

#include "models/api/background.h"
#include "models/charts/seriestext.h"
#include "ui/charts/chartpanel.h"

#include "ui/charts/settingstext.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>

#include <algorithm>
#include <cmath>

void ChartPanel::makeMenu()
{
    m_logarithmicYAction = m_menu->addAction(tr("Logarithmic Values"));
    m_logarithmicXAction = m_menu->addAction(tr("Logarithmic X Axis"));
    for (QAction *action : {m_logarithmicYAction, m_logarithmicXAction})
        action->setCheckable(true);
    connect(m_logarithmicYAction, &QAction::triggered, this,
        [this](bool now) { toggle(&PanelSettings::logarithmicY, now); });
    connect(m_logarithmicXAction, &QAction::triggered, this,
        [this](bool now) { toggle(&PanelSettings::logarithmicX, now); });
    QMenu *best = m_menu->addMenu(tr("Mark the Best Value"));
    for (const auto &[text, kind] : {std::pair(tr("None"), BestValue::None), {tr("Smallest"), BestValue::Smallest},
             {tr("Largest"), BestValue::Largest}}) {
        QAction *action = best->addAction(text);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, kind = kind] {
            PanelSettings changed = panel();
            changed.best = kind;
            emit changeRequested(changed);
        });
        connect(best, &QMenu::aboutToShow, action,
            [this, action, kind = kind] { action->setChecked(panel().best == kind); });
    }
    m_menu->addAction(tr("Reset Zoom"), m_view, &ChartView::resetZoom);
    m_menu->addSeparator();
    m_menu->addAction(tr("Copy Image"), this, [this] { QGuiApplication::clipboard()->setImage(picture()); });
    m_menu->addAction(tr("Copy Data in View"), this, &ChartPanel::copyText);
    m_menu->addAction(tr("Show as Table…"), this, &ChartPanel::tableRequested);
    m_menu->addAction(tr("Export…"), this, &ChartPanel::exportRequested);
    m_menu->addSeparator();
    if (m_place == Place::Page)
        addPageActions();
    if (m_place == Place::Window)
        return;
    m_menu->addAction(tr("Move Forward"), this, [this] { emit moveRequested(-1); });
    m_menu->addAction(tr("Move Back"), this, [this] { emit moveRequested(1); });
    m_menu->addAction(tr("Remove Panel"), this, &ChartPanel::removeRequested);
}

void ChartPanel::addPageActions()
{
    m_menu->addAction(tr("Panel Settings…"), this, &ChartPanel::settingsRequested);
    m_menu->addAction(tr("Add Metrics…"), this, &ChartPanel::metricsRequested);
    m_menu->addAction(tr("Full Size"), this, &ChartPanel::fullSizeRequested);
    m_menu->addAction(tr("Show in Own Window"), this, &ChartPanel::windowRequested);
    QMenu *size = m_menu->addMenu(tr("Size"));
    const auto resized = [this, size](const QString &text, int columns, int height) {
        size->addAction(text, this, [this, columns, height] {
            PanelSettings changed = panel();
            changed.columns = std::clamp(changed.columns + columns, 1, 6);
            if (height != 0)
                changed.height = std::clamp(this->height() + height, 140, 2000);
            emit changeRequested(changed);
        });
    };
    resized(tr("Wider"), 1, 0);
    resized(tr("Narrower"), -1, 0);
    resized(tr("Taller"), 0, 80);
    resized(tr("Lower"), 0, -80);
    m_menu->addSeparator();
}

// The panel's own from now on, whatever the page says.
void ChartPanel::toggle(std::optional<bool> PanelSettings::*setting, bool now)
{
    PanelSettings changed = panel();
    changed.*setting = now;
    emit changeRequested(changed);
}

void ChartPanel::copyText()
{
    const auto from = [this](double x) { return m_view->content().question().logarithmicX ? std::pow(10.0, x) : x; };
    const XAxis &axis = m_view->content().question().xAxis;
    const QString name = axisName(axis, m_view->content().shown->content);
    const QString title = axis.kind == XAxis::Kind::Metric ? name : name.toLower();
    const auto make = [lines = m_view->lines(), title, x0 = from(m_view->view().x0), x1 = from(m_view->view().x1)] {
        return QString::fromUtf8(seriesText(lines, title, x0, x1, '\t'));
    };
    runInBackground(this, make, [](const QString &text) { QGuiApplication::clipboard()->setText(text); });
}

void ChartPanel::contextMenuEvent(QContextMenuEvent *event)
{
    m_menu->popup(event->globalPos());
}

void ChartPanel::keyPressEvent(QKeyEvent *event)
{
    const bool moves = event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    if (moves && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        emit moveRequested(event->key() == Qt::Key_Left ? -1 : 1);
    else if (m_place == Place::Page && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        emit fullSizeRequested();
    else if (event->key() == Qt::Key_Menu)
        m_menu->popup(m_menuButton->mapToGlobal(QPoint(0, m_menuButton->height())));
    else
        QFrame::keyPressEvent(event);
}

bool ChartPanel::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_header && filterHeader(event))
        return true;
    if (object == m_grip && filterGrip(event))
        return true;
    return QFrame::eventFilter(object, event);
}

bool ChartPanel::filterHeader(QEvent *event)
{
    const auto *mouse = dynamic_cast<QMouseEvent *>(event);
    if (!mouse)
        return false;
    switch (event->type()) {
    case QEvent::MouseButtonDblClick:
        m_press.reset();
        emit fullSizeRequested();
        return true;
    case QEvent::MouseButtonPress:
        if (mouse->button() != Qt::LeftButton)
            return false;
        m_press = mouse->globalPosition().toPoint();
        m_isDragged = false;
        return true;
    case QEvent::MouseMove: {
        if (!m_press)
            return false;
        constexpr int least = 8; // further than a hand trembles
        const QPoint now = mouse->globalPosition().toPoint();
        m_isDragged = m_isDragged || (now - *m_press).manhattanLength() >= least;
        if (m_isDragged)
            emit dragged(now);
        return true;
    }
    case QEvent::MouseButtonRelease:
        if (!m_press)
            return false;
        m_press.reset();
        if (std::exchange(m_isDragged, false))
            emit dropped(mouse->globalPosition().toPoint());
        return true;
    default:
        return false;
    }
}

bool ChartPanel::filterGrip(QEvent *event)
{
    const auto *mouse = dynamic_cast<QMouseEvent *>(event);
    if (!mouse)
        return false;
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_press = mouse->globalPosition().toPoint() - QPoint(width(), height());
        return true;
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
        if (!m_press)
            return false;
        if (event->type() == QEvent::MouseButtonRelease) {
            const QPoint size = mouse->globalPosition().toPoint() - *std::exchange(m_press, std::nullopt);
            emit resizeRequested({size.x(), size.y()});
        }
        return true;
    default:
        return false;
    }
}
