// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/rangetable.h"

#include "ui/widgets/rowtableview.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

constexpr int rowHeight = 22;

RangeTable::RangeTable(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_query(new QPushButton(tr("Query Experiments in This Range…"), this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_view(new RowTableView(tr("Values in the range"), this))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMinimumWidth(40);
    m_copy->setFlat(true);
    m_copy->setAccessibleName(m_copy->text());
    m_copy->setToolTip(tr("Copy the table with exact values"));
    m_query->setFlat(true);
    m_query->setAccessibleName(m_query->text());
    m_query->setToolTip(tr("Find the experiments whose last value is within what the lines have here"));
    auto *close = new QToolButton(this);
    close->setIcon(theme::icon(u"window-close"_s));
    close->setAutoRaise(true);
    close->setToolTip(tr("Select no range"));
    close->setAccessibleName(tr("Select no range"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 2, 6, 2);
    row->addWidget(m_title, 1);
    row->addWidget(m_query);
    row->addWidget(m_copy);
    row->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_view);
    m_view->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_view->setRows(&m_rows);
    m_view->sortByColumn(2, Qt::DescendingOrder);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(close, &QToolButton::clicked, this, &RangeTable::closed);
    connect(m_query, &QPushButton::clicked, this, &RangeTable::ask);
}

void RangeTable::setRange(const QString &title, const QString &metric, std::vector<RangeRow> rows)
{
    const bool isFirst = m_rows.rows().empty();
    m_title->setText(title);
    m_metric = metric;
    m_query->setVisible(!metric.isEmpty());
    m_rows.setRows(std::move(rows));
    if (isFirst) {
        m_view->fitColumns();
        m_view->setColumnWidth(0, std::min(m_view->columnWidth(0), std::max(width(), parentWidget()->width()) * 2 / 5));
    }
    fit();
}

void RangeTable::setRoom(int height)
{
    m_room = height;
    fit();
}

// The lines above are what is read: they keep most of the panel.
void RangeTable::fit()
{
    constexpr int mostRows = 5;
    constexpr int leastRows = 2;
    const int header = m_view->horizontalHeader()->sizeHint().height();
    const int fitting = (m_room - m_copy->sizeHint().height() - header) / rowHeight;
    const int shown = std::min(std::clamp(fitting, leastRows, mostRows), std::max(1, m_rows.rowCount()));
    m_view->setFixedHeight(header + shown * rowHeight + 4);
}

// Where it is narrow, the range itself needs the room of the words.
void RangeTable::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    constexpr int roomy = 460;
    constexpr int iconic = 30;
    const bool isNarrow = width() < roomy;
    m_query->setText(isNarrow ? QString() : m_query->accessibleName());
    m_query->setIcon(isNarrow ? theme::icon(u"view-filter"_s) : QIcon());
    m_copy->setText(isNarrow ? QString() : m_copy->accessibleName());
    m_copy->setIcon(isNarrow ? theme::icon(u"edit-copy"_s) : QIcon());
    for (QPushButton *button : {m_query, m_copy})
        button->setMaximumWidth(isNarrow ? iconic : QWIDGETSIZE_MAX);
}

QString RangeTable::text() const
{
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < m_rows.columnCount(); ++column)
        cells << m_rows.headerData(column, Qt::Horizontal).toString();
    lines << cells.join(u'\t');
    const QAbstractItemModel *shown = m_view->model();
    for (int row = 0; row < shown->rowCount(); ++row) {
        cells.clear();
        for (int column = 0; column < shown->columnCount(); ++column)
            cells << shown->index(row, column).data(rowtable::ExactRole).toString().simplified();
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

void RangeTable::ask()
{
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = low;
    for (const RangeRow &row : m_rows.rows()) {
        low = std::fmin(low, row.smallest);
        high = std::fmax(high, row.largest);
    }
    if (std::isfinite(low) && std::isfinite(high))
        emit queryRequested(m_metric, low, high);
}
