// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/columnchooser.h"

#include "models/values/format.h"
#include "models/values/unicode.h"
#include "ui/widgets/searchfield.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QSize>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

void ColumnChoices::setChoices(std::vector<TableColumn> choices, const std::vector<TableColumn> &shown)
{
    beginResetModel();
    m_all = std::move(choices);
    m_shown.clear();
    for (const TableColumn &column : shown)
        m_shown.insert(column.id());
    // By group, and in the server's order within: fixed ones, metrics, parameters, others.
    const auto group = [](const TableColumn &column) {
        if (column.isFixed())
            return 0;
        return column.isMetric() ? 1 : column.source == TableColumn::Source::Parameter ? 2 : 3;
    };
    std::stable_sort(m_all.begin(), m_all.end(),
        [&](const TableColumn &a, const TableColumn &b) { return group(a) < group(b); });
    m_folded.clear();
    for (const TableColumn &column : m_all)
        m_folded << unicode::folded(column.title() + u' ' + column.kind());
    find();
    endResetModel();
}

void ColumnChoices::setSearch(const QString &words)
{
    beginResetModel();
    m_search = words;
    find();
    endResetModel();
}

void ColumnChoices::find()
{
    const QStringList words = unicode::folded(m_search).split(u' ', Qt::SkipEmptyParts);
    m_found.clear();
    for (int i = 0; i < m_folded.size(); ++i) {
        const bool all = std::all_of(
            words.begin(), words.end(), [&](const QString &word) { return m_folded.at(i).contains(word); });
        if (all)
            m_found.push_back(i);
    }
}

int ColumnChoices::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_found.size());
}

int ColumnChoices::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 2;
}

Qt::ItemFlags ColumnChoices::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    return index.column() == 0 ? flags | Qt::ItemIsUserCheckable : flags;
}

QVariant ColumnChoices::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto place = static_cast<std::size_t>(m_found[static_cast<std::size_t>(index.row())]);
    const TableColumn &column = m_all[place];
    if (role == Qt::DisplayRole)
        return index.column() == 0 ? column.title().simplified() : column.kind();
    if (role == Qt::CheckStateRole && index.column() == 0)
        return m_shown.contains(column.id()) ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::ToolTipRole)
        return column.title().toHtmlEscaped();
    if (role == Qt::SizeHintRole)
        return QSize(0, 26);
    return {};
}

bool ColumnChoices::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != 0)
        return false;
    const TableColumn column = m_all[static_cast<std::size_t>(m_found[static_cast<std::size_t>(index.row())])];
    const bool shown = value.toInt() == Qt::Checked;
    if (column.source == TableColumn::Source::Name || shown == m_shown.contains(column.id()))
        return false; // a row without its name would be nobody
    if (shown)
        m_shown.insert(column.id());
    else
        m_shown.remove(column.id());
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit toggled(column, shown);
    return true;
}

ColumnChooser::ColumnChooser(QWidget *parent)
    : QDialog(parent)
    , m_choices(new ColumnChoices(this))
    , m_search(new SearchField(tr("Search columns"), this))
    , m_list(new QTreeView(this))
    , m_count(new QLabel(this))
{
    setWindowTitle(tr("Columns"));
    m_list->setModel(m_choices);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderHidden(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->resizeSection(1, 110);
    m_list->setAccessibleName(tr("Columns that can be shown"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_count, 1);
    bottom->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(10);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addLayout(bottom);
    resize(460, 560);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_search, &QLineEdit::textChanged, m_choices, &ColumnChoices::setSearch);
    connect(m_search, &SearchField::left, this, [this] {
        m_list->setFocus();
        if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_choices->index(0, 0));
    });
    connect(m_list, &QTreeView::activated, this, [this](const QModelIndex &index) {
        const QModelIndex first = index.siblingAtColumn(0);
        const bool shown = first.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        m_choices->setData(first, shown ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    });
    connect(m_choices, &ColumnChoices::modelReset, this, &ColumnChooser::showCount);
    connect(m_choices, &ColumnChoices::toggled, this, &ColumnChooser::showCount);
    connect(m_choices, &ColumnChoices::toggled, this, &ColumnChooser::toggled);
}

void ColumnChooser::setChoices(std::vector<TableColumn> choices, const std::vector<TableColumn> &shown)
{
    m_choices->setChoices(std::move(choices), shown);
    m_search->setFocus();
}

void ColumnChooser::showCount()
{
    const auto count = [](std::size_t number) { return format::count(static_cast<qint64>(number)); };
    const auto found = static_cast<std::size_t>(m_choices->rowCount());
    m_count->setText(found == m_choices->count()
            ? tr("%1 of %2 shown").arg(count(m_choices->shownCount()), count(m_choices->count()))
            : tr("%1 of %2 found").arg(count(found), count(m_choices->count())));
}
