// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/tableheader.h"

#include "models/browse/experimenttable.h"
#include "ui/browse/experimentdelegate.h"
#include "ui/widgets/theme.h"

#include <QGuiApplication>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int arrowWidth = 12;

} // namespace

TableHeader::TableHeader(ExperimentTable &table, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_table(table)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setMinimumSectionSize(36);
    setDefaultSectionSize(110);
    setTextElideMode(Qt::ElideRight);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setAccessibleName(tr("Columns"));
    connect(&table, &ExperimentTable::sortChanged, this, [this] { viewport()->update(); });
    connect(this, &QHeaderView::sectionClicked, this, [this](int section) {
        sortBy(m_table, section, QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier));
    });
}

void TableHeader::sortBy(ExperimentTable &table, int section, bool add)
{
    const TableColumn column = table.columns()[static_cast<std::size_t>(section)];
    std::vector<ExperimentTable::SortBy> sort = table.sortedBy();
    const auto found = std::find_if(
        sort.begin(), sort.end(), [&](const ExperimentTable::SortBy &by) { return by.column == column; });
    // Of metrics and times the largest are asked for first, of names the first.
    const bool largestFirst = column.isMetric() || column.source == TableColumn::Source::Start
        || column.source == TableColumn::Source::End || column.source == TableColumn::Source::Duration;
    const ExperimentTable::SortBy by{column, found == sort.end() ? largestFirst : !found->descending};
    if (!add)
        sort = {by};
    else if (found != sort.end())
        *found = by;
    else
        sort.push_back(by);
    table.setSort(sort);
}

QFont TableHeader::titleFont() const
{
    QFont title = font();
    title.setWeight(QFont::Medium);
    return title;
}

QFont TableHeader::kindFont() const
{
    QFont kind = font();
    if (kind.pixelSize() > 0)
        kind.setPixelSize(kind.pixelSize() - 2);
    else
        kind.setPointSizeF(kind.pointSizeF() * 0.85);
    return kind;
}

QSize TableHeader::sizeHint() const
{
    const int lines = QFontMetrics(titleFont()).height() + QFontMetrics(kindFont()).height();
    return {QHeaderView::sizeHint().width(), qMax(40, lines + 8)};
}

QSize TableHeader::sectionSizeFromContents(int section) const
{
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    const QString kind = model()->headerData(section, Qt::Horizontal, ExperimentTable::ColumnRole).toString();
    const int text = qMax(QFontMetrics(titleFont()).horizontalAdvance(title) + arrowWidth + 6,
        QFontMetrics(kindFont()).horizontalAdvance(kind));
    constexpr int widest = 240;
    return {qMin(widest, text + 2 * ExperimentDelegate::padding), sizeHint().height()};
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const theme::Tokens &tokens = theme::tokens(palette());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(rect, tokens.window);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.line);
    painter->fillRect(QRect(rect.right(), rect.top() + 10, 1, rect.height() - 20), tokens.line);
    const auto alignment = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>();
    const bool right = alignment.testFlag(Qt::AlignRight);
    const int side = (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::TextSingleLine;
    QRect text = rect.adjusted(ExperimentDelegate::padding, 0, -ExperimentDelegate::padding, 0);

    const auto &sort = m_table.sortedBy();
    const TableColumn &column = m_table.columns()[static_cast<std::size_t>(section)];
    const auto by = std::find_if(
        sort.begin(), sort.end(), [&](const ExperimentTable::SortBy &one) { return one.column == column; });
    const QString kind = model()->headerData(section, Qt::Horizontal, ExperimentTable::ColumnRole).toString();
    const QFontMetrics titleMetrics(titleFont());
    const QFontMetrics kindMetrics(kindFont());
    const int height = titleMetrics.height() + (kind.isEmpty() ? 0 : kindMetrics.height());
    QRect titleRect(text.left(), rect.center().y() - height / 2, text.width(), titleMetrics.height());

    painter->setPen(by != sort.end() ? tokens.accent : tokens.text);
    if (by != sort.end()) {
        const QString number = sort.size() > 1 ? QString::number(by - sort.begin() + 1) : QString();
        painter->setFont(kindFont());
        const int numberWidth = kindMetrics.horizontalAdvance(number);
        const QRect mark(titleRect.right() - arrowWidth - numberWidth + 1, titleRect.top(), arrowWidth + numberWidth,
            titleRect.height());
        painter->drawText(mark, Qt::AlignRight | Qt::AlignVCenter, number);
        const QPointF middle(mark.left() + 5, mark.center().y() + 0.5);
        const double tip = by->descending ? 2.5 : -2.5;
        painter->drawPolyline(QPolygonF({middle + QPointF(-4, -tip), middle + QPointF(0, tip), middle + QPointF(4, -tip)}));
        titleRect.setRight(mark.left() - 2);
    }
    painter->setFont(titleFont());
    painter->drawText(titleRect, side | Qt::AlignVCenter,
        titleMetrics.elidedText(model()->headerData(section, Qt::Horizontal).toString().simplified(), Qt::ElideRight, titleRect.width()));
    painter->setFont(kindFont());
    painter->setPen(tokens.secondary);
    painter->drawText(QRect(text.left(), titleRect.bottom() + 1, text.width(), kindMetrics.height()),
        side | Qt::AlignVCenter, kindMetrics.elidedText(kind, Qt::ElideRight, text.width()));
    painter->restore();
}
