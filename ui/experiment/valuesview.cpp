// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/experiment/valuesview.h"

#include "models/values/format.h"
#include "models/values/rowtable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textfilter.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

// What is not a number is said in red, what is missing in grey.
class ValueDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const theme::Tokens &tokens = theme::tokens(option->palette);
        const QVariant raw = index.data(rowtable::SortRole);
        if (raw.typeId() == QMetaType::Double && !std::isfinite(raw.toDouble()))
            option->palette.setColor(QPalette::Text, tokens.bad);
        else if (option->text == format::missing())
            option->palette.setColor(QPalette::Text, tokens.faint);
        else if (index.column() == 0)
            option->font.setWeight(QFont::Medium);
    }
};

} // namespace

ValuesView::ValuesView(
    QAbstractItemModel *model, const QString &title, const QString &filterHint, QWidget *parent)
    : QWidget(parent)
    , m_proxy(new TextFilter(this))
    , m_filter(new SearchField(filterHint, this))
    , m_count(new QLabel(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_table(new QTableView(this))
    , m_state(new EmptyState(this))
    , m_stack(new QStackedWidget(this))
{
    m_proxy->setSourceModel(model);
    m_proxy->setSortRole(rowtable::SortRole);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);

    m_table->setModel(m_proxy);
    m_table->setItemDelegate(new ValueDelegate(m_table));
    m_table->setAccessibleName(title);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(20);
    m_table->verticalHeader()->setDefaultSectionSize(28);
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setAccessibleName(tr("Columns"));
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); // the server's order at first
    m_table->setSortingEnabled(true);

    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_copy->setIcon(theme::icon(u"edit-copy"_s));
    m_copy->setAutoDefault(false);
    m_copy->setToolTip(tr("Copy the selected rows, or all that are shown, with exact values"));

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy->setText(text);
        showCount();
    });
    connect(m_filter, &SearchField::left, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_copy, &QPushButton::clicked, this, &ValuesView::copy);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &ValuesView::selectionChanged);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ValuesView::showMenu);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_proxy, signal, this, &ValuesView::showCount);
    connect(m_proxy, &QAbstractItemModel::modelReset, this, &ValuesView::showCount);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 6, 12, 6);
    head->setSpacing(12);
    head->addWidget(m_filter, 1);
    head->addWidget(m_count);
    head->addWidget(m_copy);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_state);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_stack, 1);
    showState({}, tr("Loading"), {});
}

void ValuesView::setRowCommand(const QString &icon, const QString &text, const QString &toolTip,
    std::function<void(const QModelIndexList &rows)> run)
{
    m_runCommand = std::move(run);
    m_command = new QPushButton(theme::icon(icon), text, this);
    m_command->setAutoDefault(false);
    m_command->setToolTip(toolTip);
    static_cast<QHBoxLayout *>(layout()->itemAt(0)->layout())->addWidget(m_command);
    connect(m_command, &QPushButton::clicked, this, &ValuesView::runCommand);
    connect(m_table, &QAbstractItemView::activated, this, &ValuesView::runCommand);
    connect(this, &ValuesView::selectionChanged, this, &ValuesView::showCommand);
    showCommand();
}

void ValuesView::showCommand()
{
    if (m_command)
        m_command->setEnabled(m_stack->currentWidget() == m_table && m_table->selectionModel()->hasSelection());
}

void ValuesView::runCommand()
{
    QModelIndexList rows;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        rows.append(m_proxy->mapToSource(row));
    std::sort(rows.begin(), rows.end());
    if (!rows.isEmpty())
        m_runCommand(rows);
}

void ValuesView::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_command)
        menu->addAction(m_command->icon(), m_command->text(), this, &ValuesView::runCommand)
            ->setEnabled(m_command->isEnabled());
    menu->addAction(m_copy->icon(), tr("Copy"), this, &ValuesView::copy)->setEnabled(m_copy->isEnabled());
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void ValuesView::showTable()
{
    const bool first = m_stack->currentWidget() != m_table;
    m_stack->setCurrentWidget(m_table);
    m_filter->setEnabled(true);
    m_copy->setEnabled(true);
    showCount();
    showCommand();
    if (!first)
        return; // widths that a person has chosen stay
    m_table->resizeColumnsToContents();
    for (int column = 0; column + 1 < m_proxy->columnCount(); ++column)
        m_table->setColumnWidth(column, qBound(56, m_table->columnWidth(column), 420));
}

EmptyState *ValuesView::showState(const QString &icon, const QString &title, const QString &sentence)
{
    m_state->setContent(icon, title, sentence);
    m_stack->setCurrentWidget(m_state);
    m_filter->setEnabled(false);
    m_copy->setEnabled(false);
    m_count->clear();
    showCommand();
    return m_state;
}

void ValuesView::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void ValuesView::showCount()
{
    if (m_stack->currentWidget() != m_table)
        return;
    const int all = m_proxy->sourceModel()->rowCount();
    const int shown = m_proxy->rowCount();
    m_count->setText(shown == all ? format::count(all)
                                  : tr("%1 of %2").arg(format::count(shown), format::count(all)));
}

void ValuesView::copy()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        for (int row = 0; row < m_proxy->rowCount(); ++row)
            rows.append(m_proxy->index(row, 0));
    }
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty())
        return;
    QApplication::clipboard()->setText(text(rows));
    emit message(rows.size() == 1 ? tr("Copied 1 row") : tr("Copied %1 rows").arg(format::count(rows.size())));
}

QString ValuesView::text(const QModelIndexList &rows) const
{
    QString lines;
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int column = 0; column < m_proxy->columnCount(); ++column)
            cells.append(row.siblingAtColumn(column).data(rowtable::ExactRole).toString());
        lines += cells.join(u'\t') + u'\n';
    }
    return lines;
}

void ValuesView::selectFirst(const QString &name)
{
    const QModelIndex start = m_proxy->index(0, 0);
    const QModelIndexList same = start.isValid() && !name.isEmpty()
        ? m_proxy->match(start, Qt::DisplayRole, name, 1, Qt::MatchExactly)
        : QModelIndexList();
    m_table->setCurrentIndex(same.isEmpty() ? start : same.front());
}

QStringList ValuesView::selectedNames() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList names;
    for (const QModelIndex &row : rows)
        names.append(row.data().toString());
    names.removeDuplicates(); // one metric may have several contexts
    return names;
}
