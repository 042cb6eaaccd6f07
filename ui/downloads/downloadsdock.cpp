// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/downloads/downloadsdock.h"

#include "models/downloads/downloads.h"
#include "models/values/format.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;
using State = Download::State;

namespace {

constexpr int percentWidth = 56;

// A bar with its per cent beside it in the column of progress; what failed stands out.
class DownloadDelegate : public QStyledItemDelegate
{
public:
    DownloadDelegate(const Downloads &downloads, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_downloads(downloads)
    {
    }

    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const theme::Tokens &tokens = theme::tokens(option->palette);
        const bool isPath = index.column() == Downloads::Name || index.column() == Downloads::Folder;
        option->textElideMode = isPath ? Qt::ElideMiddle : Qt::ElideRight;
        if (index.column() == Downloads::State && m_downloads.row(index.row()).state == State::Failed)
            option->palette.setColor(QPalette::Text, tokens.bad);
        else if (index.column() != Downloads::Name)
            option->palette.setColor(QPalette::Text, tokens.secondary);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (index.column() != Downloads::Progress)
            return;
        const Download &row = m_downloads.row(index.row());
        QRect track = option.rect.adjusted(10, 0, -percentWidth, 0);
        track = QRect(track.left(), track.center().y() - 2, track.width(), 5);
        if (track.width() < 8)
            return;
        const theme::Tokens &tokens = theme::tokens(option.palette);
        const bool isAlive = !row.isFinished() || row.state == State::Done;
        const qint64 total = row.state == State::Done ? 1 : row.total;
        const qint64 done = row.state == State::Done ? 1 : std::min(row.done, row.total);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.line);
        painter->drawRoundedRect(track, 2.5, 2.5);
        if (total > 0 && done > 0) {
            QRectF part(track);
            part.setWidth(std::max(5.0, double(track.width()) * double(done) / double(total)));
            painter->setBrush(!isAlive ? tokens.faint : row.state == State::Done ? tokens.good : tokens.accent);
            painter->drawRoundedRect(part, 2.5, 2.5);
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(28);
        return size;
    }

private:
    const Downloads &m_downloads;
};

} // namespace

DownloadsDock::DownloadsDock(Downloads &downloads, QWidget *parent)
    : QDockWidget(tr("Downloads"), parent)
    , m_downloads(downloads)
    , m_body(new QStackedWidget)
    , m_view(new QTreeView)
    , m_empty(new EmptyState)
    , m_count(new QLabel)
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_retry(new QPushButton(tr("Retry")))
    , m_open(new QPushButton(tr("Open Folder")))
    , m_clear(new QPushButton(tr("Clear Finished")))
{
    setObjectName(u"downloads"_s); // its place is part of the window's state
    m_view->setModel(&downloads);
    m_view->setAccessibleName(tr("Downloads"));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setItemDelegate(new DownloadDelegate(downloads, m_view));
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(Downloads::State, QHeaderView::Stretch);
    const int widths[] = {200, 240, 160, 176, 96, 160};
    for (int column = 0; column < Downloads::ColumnCount; ++column)
        m_view->setColumnWidth(column, widths[column]);
    m_empty->setContent(u"download"_s, tr("No downloads"),
        tr("Files of models and experiments that you download appear here."));

    m_body->addWidget(m_empty);
    m_body->addWidget(m_view);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTop());
    layout->addWidget(m_body, 1);
    setWidget(content);

    m_view->addAction(tr("Open Folder"), this, &DownloadsDock::openFolder);
    m_remove = m_view->addAction(tr("Remove from List"), this, [this] { forChosen(&Downloads::remove); });
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetShortcut);
    connect(m_view, &QTreeView::activated, this, &DownloadsDock::activate);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DownloadsDock::showState);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&downloads, signal, this, &DownloadsDock::showState);
    connect(&downloads, &QAbstractItemModel::dataChanged, this, &DownloadsDock::showState);
    showState();
}

QWidget *DownloadsDock::makeTop()
{
    connect(m_cancel, &QPushButton::clicked, this, [this] { forChosen(&Downloads::cancel); });
    connect(m_retry, &QPushButton::clicked, this, [this] { forChosen(&Downloads::retry); });
    connect(m_open, &QPushButton::clicked, this, &DownloadsDock::openFolder);
    connect(m_clear, &QPushButton::clicked, &m_downloads, &Downloads::removeDone);
    auto *top = new QWidget;
    auto *layout = new QHBoxLayout(top);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(m_count, 1);
    for (QPushButton *button : {m_cancel, m_retry, m_open, m_clear})
        layout->addWidget(button);
    return top;
}

void DownloadsDock::showDownload(int id)
{
    for (int row = 0; row < m_downloads.rowCount(); ++row) {
        if (m_downloads.row(row).id == id)
            m_view->setCurrentIndex(m_downloads.index(row, 0));
    }
}

QList<int> DownloadsDock::chosen() const
{
    QList<int> ids;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        ids << m_downloads.row(index.row()).id;
    return ids;
}

void DownloadsDock::forChosen(void (Downloads::*slot)(int id))
{
    for (const int id : chosen()) // by id: rows move and go while this goes on
        (m_downloads.*slot)(id);
}

void DownloadsDock::openFolder()
{
    QStringList folders;
    for (const int id : chosen())
        folders << m_downloads.find(id)->folder;
    folders.removeDuplicates();
    for (const QString &folder : std::as_const(folders))
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

// Return and double click: what waits is answered, what is done is opened.
void DownloadsDock::activate()
{
    for (const int id : chosen()) {
        const Download &download = *m_downloads.find(id);
        if (download.state == State::Asking)
            emit questionRequested(id);
        else if (download.state == State::Done)
            QDesktopServices::openUrl(QUrl::fromLocalFile(download.target));
    }
}

void DownloadsDock::showState()
{
    const auto any = [this](auto is) {
        return std::ranges::any_of(m_view->selectionModel()->selectedRows(),
            [&](const QModelIndex &index) { return is(m_downloads.row(index.row())); });
    };
    m_cancel->setEnabled(any([](const Download &download) { return !download.isFinished(); }));
    m_retry->setEnabled(any([](const Download &download) { return download.canRetry(); }));
    m_open->setEnabled(any([](const Download &) { return true; }));
    m_remove->setEnabled(m_open->isEnabled());
    const auto &rows = m_downloads.rows();
    m_clear->setEnabled(std::ranges::any_of(rows, &Download::isFinished));
    const auto unfinished = std::ranges::count_if(rows, [](const Download &row) { return !row.isFinished(); });
    const QString all = format::count(static_cast<qint64>(rows.size()));
    m_count->setText(unfinished > 0 ? tr("%1 of %2 to go").arg(format::count(unfinished), all)
            : rows.empty()          ? QString()
            : rows.size() == 1      ? tr("1 download")
                                    : tr("%1 downloads").arg(all));
    m_body->setCurrentIndex(rows.empty() ? 0 : 1);
}
