// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/variablespanel.h"

#include "models/query/clausetext.h"
#include "models/values/format.h"
#include "models/values/unicode.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tint.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace query;

namespace {

constexpr std::array order{Source::Metric, Source::Parameter, Source::Other, Source::Metadata, Source::Environment,
    Source::Tag};
const QString mimeType = u"application/x-perihelion-variable"_s;
constexpr qsizetype mostSeen = 5; // example values
constexpr std::size_t fewFound = 60; // of which all are in sight at once
constexpr int typeWidth = 78;

} // namespace

void VariableTree::setColumns(const api::Columns &columns)
{
    beginResetModel();
    m_groups.clear();
    for (const Source source : order) {
        Group group{source, {}, {}};
        for (const api::Column &column : columns) {
            if (column.source == source && !column.name.isEmpty())
                group.entries.push_back({column.name, unicode::folded(column.name), column.type});
        }
        std::ranges::stable_sort(group.entries, {}, &Entry::folded);
        // One name with two types is one variable: the first counts (PROTOCOL 5.2).
        const auto rest = std::ranges::unique(group.entries, {}, &Entry::name);
        group.entries.erase(rest.begin(), rest.end());
        if (!group.entries.empty())
            m_groups.push_back(std::move(group));
    }
    find();
    endResetModel();
}

void VariableTree::setSearch(const QString &words)
{
    beginResetModel();
    m_words = unicode::folded(words).split(u' ', Qt::SkipEmptyParts);
    find();
    endResetModel();
}

void VariableTree::find()
{
    for (Group &group : m_groups) {
        group.found.clear();
        for (std::size_t i = 0; i < group.entries.size(); ++i) {
            const QString &name = group.entries[i].folded;
            if (std::ranges::all_of(m_words, [&name](const QString &word) { return name.contains(word); }))
                group.found.push_back(i);
        }
    }
}

std::size_t VariableTree::found() const
{
    std::size_t all = 0;
    for (const Group &group : m_groups)
        all += group.found.size();
    return all;
}

const VariableTree::Entry &VariableTree::entry(const QModelIndex &child) const
{
    const Group &group = groupOf(child);
    return group.entries[group.found[static_cast<std::size_t>(child.row())]];
}

std::optional<Variable> VariableTree::variable(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return std::nullopt;
    return Variable{groupOf(index).source, entry(index).name};
}

QString VariableTree::typeText(const QModelIndex &index) const
{
    const QString &type = entry(index).type;
    return type == "double"_L1     ? tr("number")
        : type == "boolean"_L1     ? tr("yes/no")
        : type == "datetime"_L1    ? tr("time")
        : type == "timenumber"_L1  ? tr("duration")
                                   : tr("text");
}

QModelIndex VariableTree::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr{0});
}

QModelIndex VariableTree::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr{0});
}

int VariableTree::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    const bool isGroup = parent.internalId() == 0 && parent.column() == 0;
    return isGroup ? static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].found.size()) : 0;
}

QVariant VariableTree::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::SizeHintRole)
        return QSize(0, 24);
    if (role == Qt::TextAlignmentRole && index.column() == 1)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (index.internalId() == 0) {
        const Group &group = m_groups[static_cast<std::size_t>(index.row())];
        if (role != Qt::DisplayRole)
            return {};
        return index.column() == 0 ? sourceText(group.source) : format::count(static_cast<qint64>(group.found.size()));
    }
    if (role == Qt::DisplayRole)
        return index.column() == 0 ? entry(index).name.simplified() : typeText(index);
    if (role == Qt::ToolTipRole)
        return entry(index).name.toHtmlEscaped();
    return {};
}

Qt::ItemFlags VariableTree::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    return variable(index) ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList VariableTree::mimeTypes() const
{
    return {mimeType};
}

QMimeData *VariableTree::mimeData(const QModelIndexList &indexes) const
{
    const std::optional<Variable> dragged = indexes.isEmpty() ? std::nullopt : variable(indexes.front());
    if (!dragged)
        return nullptr;
    auto *content = new QMimeData;
    content->setData(mimeType, pythonName(dragged->source) + '\n' + dragged->name.toUtf8());
    return content;
}

std::optional<Variable> VariableTree::dragged(const QMimeData &content)
{
    const QByteArray data = content.data(mimeType);
    const qsizetype end = data.indexOf('\n');
    const std::optional<Source> source = sourceNamed(QString::fromLatin1(data.left(end)));
    if (end < 0 || !source)
        return std::nullopt;
    return Variable{*source, QString::fromUtf8(data.mid(end + 1))};
}

VariablesPanel::VariablesPanel(Values values, QWidget *parent)
    : QWidget(parent)
    , m_values(std::move(values))
    , m_tree(new QTreeView(this))
    , m_count(new QLabel(this))
    , m_seen(new QLabel(this))
{
    auto *search = new SearchField(tr("Find a variable"), this);
    m_tree->setModel(&m_variables);
    m_tree->setHeaderHidden(true);
    m_tree->setDragEnabled(true);
    m_tree->setDragDropMode(QAbstractItemView::DragOnly);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(14);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setMinimumHeight(72);
    m_tree->setAccessibleName(tr("Variables"));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setMinimumSectionSize(40);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_tree->header()->resizeSection(1, typeWidth);
    for (QLabel *label : {m_count, m_seen}) {
        label->setTextFormat(Qt::PlainText);
        theme::tint(label, &theme::Tokens::secondary);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    m_tree->setToolTip(tr("Return or a double click begins a condition; drag it to a group"));
    m_seen->setAccessibleName(tr("Values seen of the variable"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(search);
    column->addWidget(m_tree, 1);
    column->addWidget(m_seen);
    column->addWidget(m_count);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);

    connect(search, &QLineEdit::textChanged, &m_variables, &VariableTree::setSearch);
    connect(search, &SearchField::left, this, [this] {
        QModelIndex first;
        for (int row = 0; row < m_variables.rowCount() && !first.isValid(); ++row)
            first = m_variables.index(0, 0, m_variables.index(row, 0));
        m_tree->setCurrentIndex(first);
        m_tree->setFocus();
    });
    connect(&m_variables, &VariableTree::modelReset, this, &VariablesPanel::showFound);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const std::optional<Variable> variable = m_variables.variable(index))
            emit chosen(*variable);
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &VariablesPanel::showSeen);
    showFound();
}

void VariablesPanel::setColumns(const api::Columns &columns)
{
    m_variables.setColumns(columns);
}

void VariablesPanel::showFound()
{
    const std::size_t found = m_variables.found();
    m_count->setText(found == 0 ? tr("No variable is called so.")
                                : tr("%1 variables").arg(format::count(static_cast<qint64>(found))));
    for (int row = 0; row < m_variables.rowCount(); ++row) {
        const QModelIndex group = m_variables.index(row, 0);
        m_tree->setRowHidden(row, {}, m_variables.rowCount(group) == 0);
        m_tree->setExpanded(group, found <= fewFound);
    }
    showSeen({});
}

void VariablesPanel::showSeen(const QModelIndex &index)
{
    const std::optional<Variable> variable = m_variables.variable(index.siblingAtColumn(0));
    const QStringList seen = variable ? m_values(variable->source, variable->name) : QStringList();
    QStringList few;
    for (const QString &value : seen.mid(0, mostSeen))
        few += value.simplified().left(40);
    if (seen.size() > mostSeen)
        few += u"…"_s;
    m_seen->setText(tr("Seen: %1").arg(few.join(u", "_s)));
    m_seen->setToolTip(m_seen->text().toHtmlEscaped());
    m_seen->setVisible(!few.isEmpty());
}
