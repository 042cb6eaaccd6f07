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

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

RangeTable::RangeTable(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_query(new QPushButton(tr("Query Experiments in This Range…"), this))
    , m_view(new RowTableView(tr("Values in the range"), this))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMinimumWidth(40);
    auto *copy = new QPushButton(tr("Copy"), this);
    copy->setFlat(true);
    copy->setToolTip(tr("Copy the table with exact values"));
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
    row->addWidget(copy);
    row->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_view);
    m_view->verticalHeader()->setDefaultSectionSize(22);
    m_view->setRows(&m_rows);
    m_view->sortByColumn(2, Qt::DescendingOrder);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
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
    if (isFirst)
        m_view->fitColumns();
    constexpr int mostRows = 5;
    const int shown = std::min(mostRows, std::max(1, m_rows.rowCount()));
    m_view->setFixedHeight(m_view->horizontalHeader()->sizeHint().height() + shown * 22 + 4);
}

void RangeTable::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    constexpr int roomy = 460;
    m_query->setText(width() < roomy ? tr("Query…") : tr("Query Experiments in This Range…"));
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
