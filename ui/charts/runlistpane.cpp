// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/runlistpane.h"

#include "models/values/format.h"
#include "ui/charts/rundelegate.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tint.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

RunListPane::RunListPane(QWidget *parent)
    : QWidget(parent)
    , m_count(new QLabel(this))
    , m_all(new QToolButton(this))
    , m_search(new SearchField(tr("Filter runs"), this))
    , m_caption(new QLabel(this))
    , m_view(new QListView(this))
    , m_delegate(new RunDelegate(m_view))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    makeHead();
    makeList();
    for (QLabel *label : {m_count, m_caption})
        theme::tint(label, &theme::Tokens::secondary);
    column->addWidget(m_caption);
    column->addWidget(m_view, 1);
    setMinimumWidth(180);
    showCounts();
}

void RunListPane::makeHead()
{
    auto *title = new QLabel(tr("Runs"), this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    m_count->setAccessibleName(tr("Runs that are shown"));
    m_all->setIcon(theme::icon(u"view-visible"_s));
    m_all->setAutoRaise(true);
    m_all->setPopupMode(QToolButton::InstantPopup);
    m_all->setToolTip(tr("Show or hide many runs at once"));
    m_all->setAccessibleName(m_all->toolTip());
    auto *menu = new QMenu(this);
    menu->addAction(tr("Show All That Are Listed"), this, [this] { emit shownRequested(m_runs.listedKeys(), true); });
    menu->addAction(tr("Hide All That Are Listed"), this, [this] { emit shownRequested(m_runs.listedKeys(), false); });
    menu->addAction(tr("Show the Selection of the Table"), this, &RunListPane::selectionRequested);
    m_all->setMenu(menu);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 6, 0);
    row->addWidget(title);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(m_all);
    auto *fieldRow = new QHBoxLayout;
    fieldRow->setContentsMargins(8, 0, 8, 0);
    fieldRow->addWidget(m_search);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    static_cast<QVBoxLayout *>(layout())->addLayout(fieldRow);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) { m_runs.setFilter(text.trimmed()); });
    connect(m_search, &SearchField::left, this, [this] { m_view->setFocus(); });
}

void RunListPane::makeList()
{
    m_caption->setContentsMargins(12, 0, 12, 0);
    m_caption->setTextFormat(Qt::PlainText);
    QFont smaller = font();
    smaller.setPointSizeF(smaller.pointSizeF() * 12 / 13);
    m_caption->setFont(smaller);
    m_view->setModel(&m_runs);
    m_view->setItemDelegate(m_delegate);
    m_view->setUniformItemSizes(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setAccessibleName(tr("Runs"));
    m_view->setAccessibleDescription(tr("Space shows or hides a run, Return opens it."));
    m_view->viewport()->installEventFilter(this);
    m_view->installEventFilter(this);
    connect(m_view, &QListView::entered, this,
        [this](const QModelIndex &index) { emit pointedAt(index.data(RunList::KeyRole).toString()); });
    connect(m_view, &QListView::viewportEntered, this, [this] { emit pointedAt({}); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &index, const QModelIndex &before) {
        if (m_view->hasFocus() && before.isValid()) // the list begins somewhere when it is entered: nobody chose that
            emit pointedAt(index.data(RunList::KeyRole).toString());
    });
    connect(m_view, &QListView::doubleClicked, this,
        [this](const QModelIndex &index) { emit activated(index.data(RunList::KeyRole).toString()); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &RunListPane::showMenu);
}

bool RunListPane::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_view->viewport()) {
        if (event->type() == QEvent::Leave)
            emit pointedAt({});
        const bool isPress = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
        if (!isPress)
            return false;
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_view->indexAt(mouse->position().toPoint());
        if (mouse->button() != Qt::LeftButton || !index.isValid())
            return false;
        const QRect row = m_view->visualRect(index);
        // The line before the eye belongs to it.
        if (mouse->position().x() > RunDelegate::eye(row).right() + 3)
            return false;
        emit shownRequested({index.data(RunList::KeyRole).toString()},
            index.data(Qt::CheckStateRole).toInt() != Qt::Checked);
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Space) {
        toggleSelected();
        return true;
    }
    if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && m_view->currentIndex().isValid()) {
        emit activated(m_view->currentIndex().data(RunList::KeyRole).toString());
        return true;
    }
    return false;
}

QStringList RunListPane::selectedKeys() const
{
    QStringList keys;
    for (const QModelIndex &index : m_view->selectionModel()->selectedIndexes())
        keys.append(index.data(RunList::KeyRole).toString());
    if (keys.isEmpty() && m_view->currentIndex().isValid())
        keys.append(m_view->currentIndex().data(RunList::KeyRole).toString());
    return keys;
}

// All as the current one is not.
void RunListPane::toggleSelected()
{
    const QStringList keys = selectedKeys();
    if (!keys.isEmpty())
        emit shownRequested(keys, m_view->currentIndex().data(Qt::CheckStateRole).toInt() != Qt::Checked);
}

void RunListPane::showMenu(const QPoint &at)
{
    const QStringList keys = selectedKeys();
    if (keys.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show"), this, [this, keys] { emit shownRequested(keys, true); });
    menu->addAction(tr("Hide"), this, [this, keys] { emit shownRequested(keys, false); });
    menu->addAction(keys.size() == 1 ? tr("Show Only This") : tr("Show Only These"), this,
        [this, keys] { emit onlyRequested(keys); });
    if (keys.size() == 1)
        menu->addAction(tr("Open"), this, [this, keys] { emit activated(keys.constFirst()); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void RunListPane::setRuns(std::vector<RunList::Entry> runs)
{
    m_runs.setRuns(std::move(runs));
    showCounts();
}

void RunListPane::showCounts()
{
    m_count->setText(tr("%1 of %2").arg(format::count(m_runs.shownCount()), format::count(m_runs.count())));
    m_count->setToolTip(tr("%1 of the %2 runs in the table are shown")
                            .arg(format::count(m_runs.shownCount()), format::count(m_runs.count())));
}

void RunListPane::setValues(const QString &caption, const QHash<QString, double> &values)
{
    m_caption->setText(m_caption->fontMetrics().elidedText(caption, Qt::ElideMiddle, std::max(60, width() - 24)));
    m_caption->setToolTip(caption);
    m_runs.setValues(values);
}

void RunListPane::setEmphasised(const QString &key)
{
    m_delegate->setEmphasised(key);
    m_view->viewport()->update();
}
