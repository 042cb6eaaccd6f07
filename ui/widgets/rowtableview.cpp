// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/rowtableview.h"

#include "models/values/rowtable.h"
#include "ui/widgets/textfilter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>

RowTableView::RowTableView(const QString &accessibleName, QWidget *parent)
    : QTableView(parent)
    , m_proxy(new TextFilter(this))
{
    m_proxy->setSortRole(rowtable::SortRole);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    setModel(m_proxy);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setSortingEnabled(true);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(20);
    verticalHeader()->setDefaultSectionSize(28);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setAccessibleName(tr("Columns"));
    setAccessibleName(accessibleName);
}

void RowTableView::setRows(QAbstractItemModel *rows)
{
    m_proxy->setSourceModel(rows);
    sortByColumn(0, Qt::AscendingOrder);
}

int RowTableView::currentRow() const
{
    return m_proxy->mapToSource(currentIndex()).row();
}

void RowTableView::setCurrentRow(int row)
{
    setCurrentIndex(m_proxy->mapFromSource(m_proxy->sourceModel()->index(row, 0)));
}

void RowTableView::fitColumns()
{
    resizeColumnsToContents();
    for (int column = 0; column + 1 < m_proxy->columnCount(); ++column) {
        if (!isColumnHidden(column))
            setColumnWidth(column, qBound(96, columnWidth(column) + 24, 420));
    }
}

void RowTableView::copy() const
{
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return;
    QStringList cells;
    for (int column = 0; column < m_proxy->columnCount(); ++column) {
        if (!isColumnHidden(column))
            cells += current.siblingAtColumn(column).data(rowtable::ExactRole).toString().simplified();
    }
    QGuiApplication::clipboard()->setText(cells.join(QChar(u'\t')));
}
