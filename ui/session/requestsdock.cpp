// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/requestsdock.h"

#include "models/session/requestlogmodel.h"
#include "models/values/format.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textfilter.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// A failed request stands out by the colour of its status and remark.
class RequestDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = index.column() == RequestLogModel::Path ? Qt::ElideMiddle : Qt::ElideRight;
        const theme::Tokens &tokens = theme::tokens(option->palette);
        const bool says = index.column() == RequestLogModel::Status || index.column() == RequestLogModel::Remark;
        if (says && index.data(RequestLogModel::FailedRole).toBool())
            option->palette.setColor(QPalette::Text, tokens.bad);
        else if (index.column() != RequestLogModel::Path)
            option->palette.setColor(QPalette::Text, tokens.secondary);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(24);
        return size;
    }
};

} // namespace

RequestsDock::RequestsDock(Sessions &sessions, QWidget *parent)
    : QDockWidget(tr("Requests"), parent)
    , m_model(new RequestLogModel(sessions, this))
    , m_shown(new TextFilter(this))
    , m_view(new QTreeView)
    , m_count(new QLabel)
    , m_copy(new QPushButton(tr("Copy as curl")))
{
    setObjectName(u"requests"_s); // its place is part of the window's state
    m_shown->setSourceModel(m_model);
    m_shown->setSortRole(RequestLogModel::SortRole);
    m_view->setModel(m_shown);
    m_view->setAccessibleName(tr("Requests"));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setItemDelegate(new RequestDelegate(m_view));
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder); // as they come
    const int widths[] = {96, 120, 88, 420, 80, 96, 96, 240};
    for (int column = 0; column < RequestLogModel::ColumnCount; ++column)
        m_view->setColumnWidth(column, widths[column]);

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTop());
    layout->addWidget(m_view, 1);
    setWidget(content);

    QAction *copy = m_view->addAction(tr("Copy as curl"), this, &RequestsDock::copyCurl);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(m_copy, &QPushButton::clicked, this, &RequestsDock::copyCurl);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RequestsDock::showState);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_shown, signal, this, &RequestsDock::showState);
    showState();
}

QWidget *RequestsDock::makeTop()
{
    auto *filter = new SearchField(tr("Filter requests"));
    filter->setMaximumWidth(320);
    connect(filter, &QLineEdit::textChanged, m_shown, &TextFilter::setText);
    connect(filter, &QLineEdit::textChanged, this, &RequestsDock::showState);
    connect(filter, &SearchField::left, m_view, qOverload<>(&QWidget::setFocus));
    auto *clear = new QPushButton(tr("Clear"));
    connect(clear, &QPushButton::clicked, m_model, &RequestLogModel::clear);

    auto *top = new QWidget;
    auto *layout = new QHBoxLayout(top);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(filter, 1);
    layout->addWidget(m_count);
    layout->addStretch(1);
    layout->addWidget(m_copy);
    layout->addWidget(clear);
    return top;
}

// The chosen requests in the order they were sent, or the newest.
void RequestsDock::copyCurl()
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    if (rows.isEmpty() && m_shown->rowCount() > 0)
        rows << m_shown->index(0, 0);
    std::ranges::sort(rows, [](const QModelIndex &a, const QModelIndex &b) { return a.row() > b.row(); });
    QStringList commands;
    for (const QModelIndex &row : rows)
        commands << m_model->curl(m_shown->mapToSource(row));
    if (!commands.isEmpty())
        QGuiApplication::clipboard()->setText(commands.join(u'\n'));
}

void RequestsDock::showState()
{
    const int all = m_model->rowCount();
    const int shown = m_shown->rowCount();
    m_count->setText(shown < all ? tr("%1 of %2").arg(format::count(shown), format::count(all))
            : all == 1           ? tr("1 request")
                                 : tr("%1 requests").arg(format::count(all)));
    m_copy->setEnabled(shown > 0);
}
