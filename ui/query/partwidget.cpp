// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/partwidget.h"

#include "ui/query/countgauge.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QShortcut>
#include <QToolButton>

using namespace Qt::StringLiterals;
using query::Expression;
using query::Path;

namespace {
constexpr QKeyCombination keyUp = Qt::CTRL | Qt::SHIFT | Qt::Key_Up;
constexpr QKeyCombination keyDown = Qt::CTRL | Qt::SHIFT | Qt::Key_Down;
constexpr QKeyCombination keyIn = Qt::CTRL | Qt::Key_BracketRight;
constexpr QKeyCombination keyOut = Qt::CTRL | Qt::Key_BracketLeft;
constexpr QKeyCombination keyDuplicate = Qt::CTRL | Qt::Key_D;
constexpr QKeyCombination keyRemove = Qt::ALT | Qt::Key_Delete;
} // namespace

PartWidget::PartWidget(const QueryParts &parts, const Path &path, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_count(new CountGauge(this))
    , m_path(path)
{
}

QWidgetList PartWidget::stopsIn(const QWidget *widget)
{
    QWidgetList stops;
    for (QObject *child : widget->children()) {
        if (auto *stop = qobject_cast<QWidget *>(child); stop && stop->focusPolicy() & Qt::TabFocus)
            stops += stop;
    }
    return stops;
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
    menu->addAction(part().isOn() ? tr("Switch O&ff") : tr("Switch O&n"), this, &PartWidget::toggleOn);
    menu->addAction(tr("&Duplicate"), this, &PartWidget::duplicate)->setShortcut(keyDuplicate);
    menu->addSeparator();
    menu->addAction(tr("Move &Up"), this, &PartWidget::moveUp)->setShortcut(keyUp);
    menu->addAction(tr("Move Do&wn"), this, &PartWidget::moveDown)->setShortcut(keyDown);
    QAction *in = menu->addAction(tr("Move &into Group"), this, &PartWidget::moveIn);
    in->setShortcut(keyIn);
    in->setEnabled(placeInside().has_value());
    QAction *out = menu->addAction(tr("Move &out of Group"), this, &PartWidget::moveOut);
    out->setShortcut(keyOut);
    out->setEnabled(m_path.size() > 1);
    menu->addSeparator();
    menu->addAction(tr("&Remove"), this, &PartWidget::remove)->setShortcut(keyRemove);
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
    const Path around = m_path.mid(0, m_path.size() - 1);
    const int to = m_path.back() + by;
    const auto count = static_cast<int>(m_parts.draft.expression().at(around)->children().size());
    Path place = around;
    if (to >= 0 && to < count)
        place += by > 0 ? to + 1 : to;
    else if (!around.isEmpty())
        place.back() += by > 0 ? 1 : 0;
    else
        return;
    moveTo(place);
}

void PartWidget::moveTo(const Path &place)
{
    const QueryParts parts = m_parts; // this part goes
    const Path target = query::afterRemoval(place, m_path);
    parts.draft.edit(parts.draft.expression().moved(m_path, place));
    parts.focus(target);
}

// First in the next one, or last in the one before.
std::optional<Path> PartWidget::placeInside() const
{
    if (m_path.isEmpty())
        return std::nullopt;
    for (const int by : {1, -1}) {
        Path beside = m_path;
        beside.back() += by;
        const Expression *group = m_parts.draft.expression().at(beside);
        if (group && group->isGroup())
            return beside + Path{by > 0 ? 0 : static_cast<int>(group->children().size())};
    }
    return std::nullopt;
}

void PartWidget::moveIn()
{
    if (const std::optional<Path> place = placeInside())
        moveTo(*place);
}

void PartWidget::moveOut()
{
    if (m_path.size() < 2)
        return;
    Path place = m_path.mid(0, m_path.size() - 1);
    ++place.back();
    moveTo(place);
}

void PartWidget::addShortcuts(QWidget *builder)
{
    const std::pair<QKeyCombination, void (PartWidget::*)()> keys[]{{keyUp, &PartWidget::moveUp},
        {keyDown, &PartWidget::moveDown}, {keyIn, &PartWidget::moveIn}, {keyOut, &PartWidget::moveOut},
        {keyDuplicate, &PartWidget::duplicate}, {keyRemove, &PartWidget::remove}};
    for (const auto &[key, slot] : keys) {
        auto *shortcut = new QShortcut(QKeySequence(key), builder);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, builder, [builder, slot = slot] {
            QWidget *widget = QApplication::focusWidget();
            while (widget && widget != builder && !qobject_cast<PartWidget *>(widget))
                widget = widget->parentWidget();
            if (auto *part = qobject_cast<PartWidget *>(widget))
                (part->*slot)();
        });
    }
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
