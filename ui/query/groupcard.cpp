// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/groupcard.h"

#include "ui/query/clauserow.h"
#include "ui/query/countgauge.h"
#include "ui/query/partdrag.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;
using query::Expression;
using query::Path;
using Kind = Expression::Kind;

namespace {

struct Way
{
    Kind kind;
    bool negated;
    const char *text;
    const char *sentence;
};

constexpr std::array<Way, 4> ways{{
    {Kind::All, false, QT_TRANSLATE_NOOP("GroupCard", "All of"), QT_TRANSLATE_NOOP("GroupCard", "every condition holds")},
    {Kind::Any, false, QT_TRANSLATE_NOOP("GroupCard", "Any of"), QT_TRANSLATE_NOOP("GroupCard", "at least one holds")},
    {Kind::Any, true, QT_TRANSLATE_NOOP("GroupCard", "None of"), QT_TRANSLATE_NOOP("GroupCard", "no condition holds")},
    {Kind::All, true, QT_TRANSLATE_NOOP("GroupCard", "Not all of"), QT_TRANSLATE_NOOP("GroupCard", "at least one does not hold")},
}};

int wayOf(const Expression &part)
{
    for (std::size_t way = 0; way < ways.size(); ++way) {
        if (ways[way].kind == part.kind() && ways[way].negated == part.isNegated())
            return static_cast<int>(way);
    }
    return 0;
}

} // namespace

GroupCard::GroupCard(const QueryParts &parts, const Path &path, QWidget *parent)
    : PartWidget(parts, path, parent)
    , m_ways(new QButtonGroup(this))
    , m_sentence(new QLabel(this))
    , m_rows(new QVBoxLayout)
{
    m_count->setStrong(true);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(2);
    auto *more = new QHBoxLayout;
    more->setContentsMargins(indent, 0, 0, 0);
    const auto button = [this, more](const QString &icon, const QString &text, auto slot) {
        auto *tool = new QToolButton(this);
        tool->setIcon(theme::icon(icon));
        tool->setText(text);
        tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        tool->setAutoRaise(true);
        connect(tool, &QToolButton::clicked, this, slot);
        more->addWidget(tool);
    };
    button(u"list-add"_s, tr("Condition"), [this] { addClause(); });
    button(u"view-group"_s, tr("Group"), [this] { addGroup(); });
    more->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(4);
    m_head = makeHead();
    column->addWidget(m_head);
    column->addLayout(m_rows);
    column->addLayout(more);
}

QWidget *GroupCard::makeHead()
{
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    if (!path().isEmpty()) {
        row->addWidget(new PartGrip(m_parts.drag, this, head));
        row->addSpacing(4);
    }
    for (std::size_t way = 0; way < ways.size(); ++way) {
        auto *tool = new QToolButton(head);
        tool->setText(tr(ways[way].text));
        tool->setToolTip(tr(ways[way].sentence));
        tool->setCheckable(true);
        tool->setAutoRaise(true);
        m_ways->addButton(tool, static_cast<int>(way));
        row->addWidget(tool);
    }
    connect(m_ways, &QButtonGroup::idClicked, this, &GroupCard::setWay);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    row->addSpacing(8);
    row->addWidget(m_sentence);
    row->addStretch(1);
    row->addWidget(m_count);
    row->addWidget(makeMenuButton());
    if (!path().isEmpty())
        row->addWidget(makeButton(u"list-remove"_s, tr("Remove group"), [this] { remove(); }));
    return head;
}

void GroupCard::setWay(int way)
{
    const Way &wanted = ways[static_cast<std::size_t>(way)];
    const QList<Expression> children = part().children();
    const bool isOn = part().isOn();
    replace((wanted.kind == Kind::All ? Expression::all(children, wanted.negated)
                                      : Expression::any(children, wanted.negated)).switchedOn(isOn));
}

void GroupCard::addClause(const query::Clause &clause)
{
    QList<Expression> children = part().children();
    children += Expression(clause);
    replace(part().withChildren(children));
    m_children.back()->focusFirst();
}

void GroupCard::addGroup()
{
    QList<Expression> children = part().children();
    children += Expression::any({Expression(query::Clause{})});
    replace(part().withChildren(children));
    m_children.back()->focusFirst();
}

bool GroupCard::fits(const Expression &part) const
{
    const QList<Expression> &children = part.children();
    if (static_cast<std::size_t>(children.size()) != m_children.size())
        return false;
    for (qsizetype i = 0; i < children.size(); ++i) {
        const bool isGroup = qobject_cast<const GroupCard *>(m_children[static_cast<std::size_t>(i)]) != nullptr;
        if (isGroup != children[i].isGroup())
            return false;
    }
    return true;
}

void GroupCard::build(const Expression &part)
{
    for (PartWidget *child : m_children) {
        child->hide(); // it may be the one whose button was pressed
        child->deleteLater();
    }
    for (QLabel *word : m_words)
        word->deleteLater();
    m_children.clear();
    m_words.clear();
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        while (item->layout() && item->layout()->count() > 0)
            delete item->layout()->takeAt(0);
        delete item;
    }
    for (int i = 0; i < static_cast<int>(part.children().size()); ++i) {
        const Path path = this->path() + Path{i};
        PartWidget *child = part.children()[i].isGroup()
            ? static_cast<PartWidget *>(new GroupCard(m_parts, path, this))
            : new ClauseRow(m_parts, path, this);
        auto *word = new QLabel(this);
        word->setForegroundRole(QPalette::PlaceholderText);
        word->setFixedWidth(indent);
        word->setAlignment(Qt::AlignRight | Qt::AlignTop);
        word->setContentsMargins(0, child->inherits("GroupCard") ? 14 : 8, 4, 0);
        auto *row = new QHBoxLayout;
        row->setSpacing(2);
        row->addWidget(word);
        row->addWidget(child, 1);
        m_rows->addLayout(row);
        m_children.push_back(child);
        m_words.push_back(word);
    }
}

void GroupCard::show(const Expression &part)
{
    if (!fits(part))
        build(part);
    const int way = wayOf(part);
    m_ways->button(way)->setChecked(true);
    m_sentence->setText(part.isOn() ? tr(ways[static_cast<std::size_t>(way)].sentence) : tr("switched off"));
    for (std::size_t i = 0; i < m_children.size(); ++i) {
        m_words[i]->setText(i == 0 ? QString() : part.kind() == Kind::All ? tr("and") : tr("or"));
        m_children[i]->show(part.children()[static_cast<qsizetype>(i)]);
    }
    showCounts();
}

void GroupCard::showCounts()
{
    const bool counts = part().isOn();
    showCount(counts);
    for (PartWidget *child : m_children)
        child->showCounts();
}

void GroupCard::showNames()
{
    for (PartWidget *child : m_children)
        child->showNames();
}

void GroupCard::focusFirst()
{
    if (m_children.empty())
        m_ways->checkedButton()->setFocus();
    else
        m_children.front()->focusFirst();
}

QWidgetList GroupCard::tabStops() const
{
    QWidgetList stops = stopsIn(m_head);
    for (const PartWidget *child : m_children)
        stops += child->tabStops();
    return stops + stopsIn(this); // what adds to it
}

PartWidget *GroupCard::partAt(const Path &path)
{
    if (path.isEmpty())
        return this;
    const auto child = static_cast<std::size_t>(path.front());
    if (child >= m_children.size())
        return nullptr;
    auto *group = qobject_cast<GroupCard *>(m_children[child]);
    return path.size() == 1 ? m_children[child] : group ? group->partAt(path.mid(1)) : nullptr;
}

GroupCard::Gap GroupCard::gapAt(const QPoint &point) const
{
    constexpr int rim = 10; // of a card, which belongs to the gaps around it
    QRect last(indent, m_rows->geometry().top(), width() - 2 * indent, 0);
    int i = 0;
    for (const PartWidget *child : m_children) {
        const QRect area = child->geometry();
        const auto *group = qobject_cast<const GroupCard *>(child);
        if (group && point.y() >= area.top() + rim && point.y() <= area.bottom() - rim) {
            Gap inside = group->gapAt(point - area.topLeft());
            inside.line.translate(area.topLeft());
            return inside;
        }
        if (point.y() < area.center().y())
            return {path() + Path{i}, QRect(area.left(), area.top() - 2, area.width(), 2)};
        last = area;
        ++i;
    }
    return {path() + Path{i}, QRect(last.left(), last.bottom() + 1, last.width(), 2)};
}

void GroupCard::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.border);
    painter.setBrush(path().size() % 2 == 0 ? tokens.base : tokens.window);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}
