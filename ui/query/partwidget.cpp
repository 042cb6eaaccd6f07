// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/partwidget.h"

#include "ui/query/countgauge.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
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
    menu->addAction(tr("Move &Up"), this, [this] { move(-1); })->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_Up);
    menu->addAction(tr("Move Do&wn"), this, [this] { move(1); })->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_Down);
    menu->addSeparator();
    menu->addAction(tr("&Remove"), this, &PartWidget::remove)->setShortcut(Qt::ALT | Qt::Key_Delete);
}

void PartWidget::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fill(menu);
    menu->popup(event->globalPos());
    event->accept();
}

void PartWidget::duplicate()
{
    if (m_path.isEmpty())
        return;
    Path copy = m_path;
    ++copy.back();
    m_parts.draft.edit(m_parts.draft.expression().inserted(copy, part()));
    m_parts.focus(copy);
}

void PartWidget::remove()
{
    if (m_path.isEmpty())
        return;
    const QueryParts parts = m_parts; // this part goes
    Path next = m_path;
    parts.draft.edit(parts.draft.expression().removed(next));
    if (!parts.draft.expression().at(next))
        next.back() = qMax(0, next.back() - 1);
    parts.focus(parts.draft.expression().at(next) ? next : next.mid(0, next.size() - 1));
}

// Among its neighbours; past the first or last of them out of the group.
void PartWidget::move(int by)
{
    if (m_path.isEmpty())
        return;
    const QueryParts parts = m_parts; // this part goes
    const Expression whole = parts.draft.expression();
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
    parts.draft.edit(whole.removed(m_path).inserted(target, moved));
    parts.focus(target);
}

void PartWidget::wrap()
{
    replace(Expression::all({part()}));
}

void PartWidget::toggleOn()
{
    replace(part().switchedOn(!part().isOn()));
}

void PartWidget::showCount(bool counts)
{
    const query::Matching &matching = m_parts.matching;
    std::optional<std::size_t> count;
    if (counts)
        count = matching.count(m_path) ? matching.count(m_path) : matching.countHere(m_path);
    m_count->setCount(count, matching.listed(), counts && matching.isRunning());
}
