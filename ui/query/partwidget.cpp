// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/partwidget.h"

#include "ui/query/countgauge.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;
using query::Expression;
using query::Path;

PartWidget::PartWidget(const QueryParts &parts, const Path &path, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_count(new CountGauge(this))
    , m_path(path)
{
}

const Expression &PartWidget::part() const
{
    static const Expression nothing;
    const Expression *part = m_parts.draft.expression().at(m_path);
    return part ? *part : nothing;
}

void PartWidget::replace(const Expression &by, const QString &name)
{
    m_parts.draft.edit(m_parts.draft.expression().replaced(m_path, by), name);
}

QToolButton *PartWidget::makeButton(const QString &icon, const QString &text, std::function<void()> run)
{
    auto *button = new QToolButton(this);
    button->setIcon(theme::icon(icon));
    button->setAutoRaise(true);
    button->setToolTip(text);
    button->setAccessibleName(text);
    connect(button, &QToolButton::clicked, this, std::move(run));
    return button;
}

QToolButton *PartWidget::makeMenuButton()
{
    auto *button = new QToolButton(this);
    button->setIcon(theme::icon(u"overflow-menu"_s));
    button->setAutoRaise(true);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolTip(tr("More"));
    button->setAccessibleName(tr("More"));
    auto *menu = new QMenu(button);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fill(menu);
    });
    button->setMenu(menu);
    return button;
}

void PartWidget::fill(QMenu *menu)
{
    const bool isRoot = m_path.isEmpty();
    menu->addAction(tr("&Negate"), this, [this] { replace(part().negated()); });
    menu->addAction(tr("&Wrap in Group"), this, &PartWidget::wrap);
    if (isRoot)
        return;
    menu->addAction(part().isOn() ? tr("Switch &Off") : tr("Switch &On"), this, &PartWidget::toggleOn);
    menu->addAction(tr("&Duplicate"), this, &PartWidget::duplicate)->setShortcut(Qt::CTRL | Qt::Key_D);
    menu->addSeparator();
    menu->addAction(tr("Move &Up"), this, [this] { move(-1); })->setShortcut(Qt::ALT | Qt::Key_Up);
    menu->addAction(tr("Move Do&wn"), this, [this] { move(1); })->setShortcut(Qt::ALT | Qt::Key_Down);
    menu->addSeparator();
    menu->addAction(tr("&Remove"), this, &PartWidget::remove)->setShortcut(Qt::CTRL | Qt::Key_Backspace);
}

void PartWidget::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fill(menu);
    menu->popup(event->globalPos());
    event->accept();
}

void PartWidget::keyPressEvent(QKeyEvent *event)
{
    const auto is = [event](Qt::KeyboardModifiers modifiers, int key) {
        return event->modifiers() == modifiers && event->key() == key;
    };
    if (m_path.isEmpty())
        QWidget::keyPressEvent(event);
    else if (is(Qt::AltModifier, Qt::Key_Up))
        move(-1);
    else if (is(Qt::AltModifier, Qt::Key_Down))
        move(1);
    else if (is(Qt::ControlModifier, Qt::Key_D))
        duplicate();
    else if (is(Qt::ControlModifier, Qt::Key_Backspace))
        remove();
    else
        QWidget::keyPressEvent(event);
}

void PartWidget::duplicate()
{
    m_parts.draft.edit(m_parts.draft.expression().inserted(m_path, part()));
}

void PartWidget::remove()
{
    m_parts.draft.edit(m_parts.draft.expression().removed(m_path));
}

// Among its neighbours; past the first or last of them out of the group.
void PartWidget::move(int by)
{
    const Expression whole = m_parts.draft.expression();
    const Path around = m_path.mid(0, m_path.size() - 1);
    const int to = m_path.back() + by;
    const auto count = static_cast<int>(whole.at(around)->children().size());
    Path target = around;
    if (to >= 0 && to < count) {
        target += to;
    } else {
        if (around.isEmpty())
            return;
        target.back() += by > 0 ? 1 : 0;
    }
    const Expression moved = part();
    m_parts.draft.edit(whole.removed(m_path).inserted(target, moved));
}

void PartWidget::wrap()
{
    replace(Expression::all({part()}));
}

void PartWidget::toggleOn()
{
    replace(part().switchedOn(!part().isOn()));
}
