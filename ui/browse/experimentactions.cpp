// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person can do on an ExperimentsPage: copy, export, open, and arrange columns.

#include "ui/browse/experimentspage.h"

#include "models/session/session.h"
#include "models/session/settings.h"
#include "ui/browse/columnchooser.h"
#include "ui/browse/experimentview.h"
#include "ui/browse/filterbar.h"
#include "ui/browse/querypane.h"
#include "ui/charts/chartpane.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

QStringList ExperimentsPage::selectedKeys() const
{
    QStringList keys;
    for (int row : m_view->selectedRows(static_cast<std::size_t>(m_table.rowCount())))
        keys << m_table.experiments().keys.at(*m_table.experimentAt(row));
    return keys;
}

std::vector<ExperimentRef> ExperimentsPage::selection() const
{
    std::vector<ExperimentRef> chosen;
    for (int row : m_view->selectedRows(static_cast<std::size_t>(m_table.rowCount()))) {
        const std::size_t experiment = *m_table.experimentAt(row);
        chosen.push_back({m_table.experiments().keys.at(experiment), m_table.displayName(experiment),
            m_table.experiments().archived[experiment] != 0, m_table.state(experiment)});
    }
    return chosen;
}

void ExperimentsPage::setSelectionActions(const QList<QAction *> &inStrip, const QList<QAction *> &inMenu)
{
    m_menuActions = inMenu;
    auto *row = static_cast<QHBoxLayout *>(m_strip->layout());
    for (QAction *action : inStrip) {
        auto *button = new QToolButton(m_strip);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        row->insertWidget(row->count() - 1, button); // before the stretch
    }
}

QStringList ExperimentsPage::knownTags() const
{
    QSet<QString> tags;
    for (std::size_t experiment = 0; experiment < m_table.experimentCount(); ++experiment) {
        for (const QString &tag : m_table.tags(experiment))
            tags.insert(tag);
    }
    QStringList sorted(tags.begin(), tags.end());
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}

QStringList ExperimentsPage::knownOthers() const
{
    QStringList names;
    for (const api::Column &column : m_loader.available()) {
        if (column.source == api::Column::Source::Other)
            names += column.name;
    }
    return names;
}

void ExperimentsPage::listArchived(bool archived)
{
    const api::Archived wanted = archived ? api::Archived::Yes : api::Archived::No;
    m_filterBar->setArchived(wanted);
    showArchived(wanted);
}

void ExperimentsPage::showArchived(api::Archived archived)
{
    m_loader.setArchived(archived);
    m_saving.start();
    emit archivedListed(listsArchived());
}

void ExperimentsPage::refresh()
{
    m_loader.refresh();
    m_charts->refresh();
}

void ExperimentsPage::focusFilter()
{
    m_filterBar->focusFilter();
}

void ExperimentsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->key() == Qt::Key_C && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier))
        copyWithHeaders();
    else if (event->matches(QKeySequence::Find))
        focusFilter();
    else if (event->key() == Qt::Key_Escape && !m_table.filter().isEmpty())
        m_filterBar->clearFilter();
    else
        QWidget::keyPressEvent(event);
}

void ExperimentsPage::copy()
{
    copyRows(false);
}

void ExperimentsPage::copyWithHeaders()
{
    copyRows(true);
}

void ExperimentsPage::copyRows(bool withHeader)
{
    const std::vector<int> rows = m_view->selectedRows(static_cast<std::size_t>(m_table.rowCount()));
    if (!rows.empty())
        QGuiApplication::clipboard()->setText(printing::cells(m_table, rows, m_view->visualColumns(), withHeader));
}

void ExperimentsPage::copyForEach(const std::function<QString(const QString &)> &text)
{
    QStringList lines;
    for (const QString &key : selectedKeys())
        lines << text(key);
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void ExperimentsPage::copyKeys()
{
    copyForEach([](const QString &key) { return key; });
}

void ExperimentsPage::copyWebLinks()
{
    if (!m_session)
        return;
    const QString root = m_session->client().root().toString(QUrl::StripTrailingSlash);
    copyForEach([&](const QString &key) {
        const auto experiment = m_table.experimentOf(key);
        const bool archived = experiment && m_table.experiments().archived[*experiment];
        const auto part = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
        return root + u'/' + part(m_workspace) + u'/' + part(m_project) + (archived ? u"/archive/"_s : u"/"_s) + part(key);
    });
}

void ExperimentsPage::copyAsPython()
{
    copyForEach([&](const QString &key) {
        QString path = m_workspace + u'/' + m_project + u'/' + key;
        return u"api.get(\"%1\")"_s.arg(path.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s));
    });
}

void ExperimentsPage::openSelected()
{
    const std::vector<int> rows = m_view->selectedRows(1);
    const QModelIndex current = m_view->currentIndex();
    const bool isSelected = current.isValid() && m_view->selectionModel()->isRowSelected(current.row());
    if (rows.empty() && !isSelected)
        return;
    const QModelIndex index = isSelected ? current : m_table.index(rows.front(), 0);
    emit experimentActivated(index.data(ExperimentTable::KeyRole).toString());
}

void ExperimentsPage::selectAll()
{
    m_view->selectAll();
}

void ExperimentsPage::selectFirst(int rows)
{
    const int last = qMin(rows, m_table.rowCount()) - 1;
    if (last < 0)
        return;
    m_view->setCurrentIndex(m_table.index(0, 0));
    m_view->selectionModel()->select(
        QItemSelection(m_table.index(0, 0), m_table.index(last, m_table.columnCount() - 1)),
        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ExperimentsPage::selectKeys(const QStringList &keys)
{
    QItemSelection selection;
    for (const QString &key : keys) {
        const auto experiment = m_table.experimentOf(key);
        const int row = experiment ? m_table.rowOf(*experiment) : -1;
        if (row >= 0)
            selection.append(QItemSelectionRange(m_table.index(row, 0), m_table.index(row, m_table.columnCount() - 1)));
    }
    if (selection.isEmpty())
        return;
    m_view->setCurrentIndex(selection.front().topLeft());
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void ExperimentsPage::chooseColumns()
{
    if (!m_chooser) {
        m_chooser = new ColumnChooser(this);
        connect(m_chooser, &ColumnChooser::toggled, this, &ExperimentsPage::setColumnShown);
        connect(&m_loader, &ProjectLoader::availableChanged, m_chooser, &QDialog::reject);
    }
    m_chooser->setChoices(m_loader.choices(), m_table.columns());
    m_chooser->show();
    m_chooser->raise();
    m_chooser->activateWindow();
}

void ExperimentsPage::setColumnShown(const TableColumn &column, bool shown)
{
    std::vector<TableColumn> columns = m_view->visualColumns();
    int pinned = m_view->pinned();
    if (shown) {
        columns.push_back(column);
    } else {
        const auto at = std::find(columns.begin(), columns.end(), column);
        if (at == columns.end())
            return;
        pinned -= at - columns.begin() < pinned;
        columns.erase(at);
    }
    setColumns(columns, pinned);
    if (shown)
        m_view->scrollTo(m_table.index(m_view->currentIndex().isValid() ? m_view->currentIndex().row() : 0,
            m_table.indexOf(column)));
}

void ExperimentsPage::setPinned(const TableColumn &column, bool pinned)
{
    std::vector<TableColumn> columns = m_view->visualColumns();
    columns.erase(std::find(columns.begin(), columns.end(), column));
    const int before = m_view->pinned() - (pinned ? 0 : 1);
    columns.insert(columns.begin() + before, column);
    setColumns(columns, pinned ? before + 1 : before);
}

void ExperimentsPage::setColumns(const std::vector<TableColumn> &columns, int pinned)
{
    m_loader.showColumns(columns);
    m_view->setPinned(pinned);
    m_saving.start();
}

void ExperimentsPage::showHeaderMenu(int column, const QPoint &global)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addColumnActions(*menu, column);
    menu->popup(global);
}

void ExperimentsPage::showMenu(const QPoint &at)
{
    const QModelIndex index = m_view->indexAt(at);
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Open"), this, &ExperimentsPage::openSelected);
    menu->addSeparator();
    menu->addAction(tr("&Copy"), this, &ExperimentsPage::copy);
    menu->addAction(tr("Copy with &Headers"), this, &ExperimentsPage::copyWithHeaders);
    menu->addAction(tr("Copy &Value"), this, [index = QPersistentModelIndex(index)] {
        QGuiApplication::clipboard()->setText(index.data(ExperimentTable::ExactRole).toString());
    });
    menu->addAction(tr("Copy &Key"), this, &ExperimentsPage::copyKeys);
    menu->addAction(tr("Copy Web &Link"), this, &ExperimentsPage::copyWebLinks);
    menu->addAction(tr("Copy as &Python"), this, &ExperimentsPage::copyAsPython);
    if (!m_menuActions.isEmpty()) {
        menu->addSeparator();
        menu->addActions(m_menuActions);
    }
    menu->addSeparator();
    m_query->addCellActions(*menu, m_table.columns()[static_cast<std::size_t>(index.column())],
        *m_table.experimentAt(index.row()));
    menu->addSeparator();
    addColumnActions(*menu, index.column());
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void ExperimentsPage::addColumnActions(QMenu &menu, int section)
{
    if (section >= 0 && section < m_table.columnCount()) {
        const TableColumn column = m_table.columns()[static_cast<std::size_t>(section)];
        QString title = m_table.headerData(section, Qt::Horizontal).toString().simplified().left(40);
        title.replace(u'&', u"&&"_s);
        const bool isPinned = section < m_view->pinned();
        menu.addAction(tr("Sort “%1” &Ascending").arg(title), this, [this, column] { m_table.setSort({{column, false}}); });
        menu.addAction(tr("Sort “%1” &Descending").arg(title), this, [this, column] { m_table.setSort({{column, true}}); });
        menu.addSeparator();
        if (column.source != Source::Name) { // the name always stays
            constexpr int mostPinned = 4;
            QAction *pin = menu.addAction(isPinned ? tr("&Unpin “%1”").arg(title) : tr("&Pin “%1”").arg(title), this,
                [this, column, isPinned] { setPinned(column, !isPinned); });
            pin->setEnabled(isPinned || m_view->pinned() < mostPinned);
            menu.addAction(tr("H&ide “%1”").arg(title), this, [this, column] { setColumnShown(column, false); });
        }
        m_query->addColumnActions(menu, column);
        if (column.isMetric()) {
            menu.addAction(tr("Show in C&harts"), this, [this, name = column.name] {
                QStringList metrics = m_charts->metrics();
                if (!metrics.contains(name))
                    m_charts->setMetrics(metrics << name);
                m_saving.start();
            })->setEnabled(!m_charts->metrics().contains(column.name));
        }
    }
    menu.addAction(tr("C&olumns…"), this, &ExperimentsPage::chooseColumns);
}

void ExperimentsPage::exportShown()
{
    exportCsv(printing::Extent::Shown);
}

void ExperimentsPage::exportEverything()
{
    exportCsv(printing::Extent::Everything);
}

void ExperimentsPage::exportCsv(printing::Extent extent)
{
    const QString folder = m_settings.exportFolder.value();
    QString name = m_project;
    name.replace(u'/', u'-');
    auto *dialog = new QFileDialog(this, extent == printing::Extent::Shown ? tr("Export What Is Shown") : tr("Export Everything"),
        folder.isEmpty() ? QDir::homePath() : folder, tr("Comma-separated values, UTF-8 (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(name + u".csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, extent](const QString &path) {
        m_settings.exportFolder.set(QFileInfo(path).absolutePath());
        const QString problem = printing::writeCsv(m_table, m_view->visualColumns(), extent, path);
        emit message(problem.isEmpty() ? tr("Exported to %1.").arg(QDir::toNativeSeparators(path))
                                       : tr("%1 could not be written: %2").arg(QDir::toNativeSeparators(path), problem));
    });
    dialog->open();
}
