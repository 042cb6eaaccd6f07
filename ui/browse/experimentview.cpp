// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/experimentview.h"

#include "models/values/format.h"
#include "ui/browse/experimentdelegate.h"
#include "ui/browse/tableheader.h"
#include "ui/widgets/theme.h"

#include <QDrag>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

namespace {

constexpr int heightOfRow = 28;
constexpr int restMilliseconds = 120;

int usualWidth(const TableColumn &column)
{
    switch (column.source) {
    case Source::Name:
        return 220;
    case Source::State:
        return 64;
    case Source::Tags:
        return 150;
    case Source::Key:
        return 260;
    case Source::Start:
    case Source::End:
        return 128;
    default:
        return 0; // by its head
    }
}

// The pinned columns: what is dragged from them is dragged from the whole.
class PinnedColumns : public QTableView
{
public:
    explicit PinnedColumns(ExperimentView *whole)
        : QTableView(whole)
        , m_whole(whole)
    {
    }

protected:
    void startDrag(Qt::DropActions actions) override { m_whole->startDrag(actions); }

private:
    ExperimentView *m_whole;
};

} // namespace

ExperimentView::ExperimentView(ExperimentTable &table, QWidget *parent)
    : QTableView(parent)
    , m_table(table)
    , m_delegate(new ExperimentDelegate(this))
    , m_frozen(new PinnedColumns(this))
{
    setUp(this);
    setUp(m_frozen);
    setUpFrozen();
    m_delegate->setLineAfter(m_pinned - 1);
    setAccessibleName(tr("Experiments"));
    setAccessibleDescription(tr("Space shows or hides the selected experiments on the charts page."));
    for (QTableView *view : {static_cast<QTableView *>(this), m_frozen})
        view->viewport()->installEventFilter(this);
    m_visibleRows.setSingleShot(true);
    m_visibleRows.setInterval(restMilliseconds);
    connect(&m_visibleRows, &QTimer::timeout, this, &ExperimentView::tellVisibleRows);
    const auto later = [this] { m_visibleRows.start(); };
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, later);
    connect(&m_table, &QAbstractItemModel::layoutChanged, this, later);
    connect(&m_table, &QAbstractItemModel::modelReset, this, later);
    connect(&m_table, &ExperimentTable::experimentsChanged, this, [this] { m_keepPlace = true; });
    connect(&m_table, &ExperimentTable::arranged, this, &ExperimentView::keepPlace);
    connect(&m_table, &ExperimentTable::columnsChanged, this, &ExperimentView::applyWidths);
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, [this] {
        if (m_applying)
            return;
        keepPinnedFirst();
        emit layoutEdited();
    });
    applyWidths();
}

void ExperimentView::setUp(QTableView *view)
{
    auto *header = new TableHeader(m_table, view);
    view->setHorizontalHeader(header);
    view->setModel(&m_table);
    view->setItemDelegate(m_delegate);
    view->setSelectionBehavior(SelectRows);
    view->setSelectionMode(ExtendedSelection);
    view->setShowGrid(false);
    view->setDragEnabled(true);
    view->setWordWrap(false);
    view->setVerticalScrollMode(ScrollPerPixel);
    view->setHorizontalScrollMode(ScrollPerPixel);
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    view->setFrameShape(QFrame::NoFrame);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setMinimumSectionSize(heightOfRow);
    view->verticalHeader()->setDefaultSectionSize(heightOfRow);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(header, &QHeaderView::customContextMenuRequested, this, [this, header](const QPoint &at) {
        emit headerMenuRequested(header->logicalIndexAt(at), header->mapToGlobal(at));
    });
}

void ExperimentView::setUpFrozen()
{
    m_frozen->setSelectionModel(selectionModel());
    m_frozen->setFocusPolicy(Qt::ClickFocus);
    m_frozen->setFocusProxy(this);
    m_frozen->setAccessibleName(tr("Pinned columns"));
    m_frozen->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frozen->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frozen->horizontalHeader()->setSectionsMovable(false);
    m_frozen->horizontalHeader()->setStretchLastSection(false);
    connect(m_frozen->verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(), &QScrollBar::setValue);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_frozen->verticalScrollBar(), &QScrollBar::setValue);
    connect(m_frozen, &QTableView::activated, this, &QTableView::activated);
    connect(m_frozen, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        const QPoint here = viewport()->mapFromGlobal(m_frozen->viewport()->mapToGlobal(at));
        emit customContextMenuRequested(here);
    });
    const auto follow = [this](QHeaderView *from, QHeaderView *to) {
        connect(from, &QHeaderView::sectionResized, this, [this, to](int section, int, int width) {
            if (width == 0 || section < 0 || section >= m_table.columnCount())
                return; // hidden: only from the one view
            if (to->sectionSize(section) != width && !to->isSectionHidden(section))
                to->resizeSection(section, width);
            placeFrozen();
            if (!m_applying) {
                m_widths[m_table.columns()[static_cast<std::size_t>(section)].id()] = width;
                emit layoutEdited();
            }
        });
    };
    follow(horizontalHeader(), m_frozen->horizontalHeader());
    follow(m_frozen->horizontalHeader(), horizontalHeader());
}

void ExperimentView::startDrag(Qt::DropActions)
{
    QStringList keys;
    for (const int row : selectedRows(static_cast<std::size_t>(m_table.rowCount())))
        keys += m_table.experiments().keys.at(*m_table.experimentAt(row));
    if (keys.isEmpty())
        return;
    const QString text = keys.size() == 1 ? m_table.displayName(*m_table.experimentOf(keys.front()))
                                          : tr("%1 experiments").arg(format::count(keys.size()));
    auto *content = new QMimeData;
    content->setData(ExperimentTable::mimeType, keys.join(u'\n').toUtf8());
    content->setText(keys.join(u'\n'));
    auto *drag = new QDrag(this);
    drag->setMimeData(content);
    const QString shown = fontMetrics().elidedText(text, Qt::ElideMiddle, 240);
    QPixmap picture(QSize(fontMetrics().horizontalAdvance(shown) + 20, fontMetrics().height() + 10) * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(theme::tokens(palette()).selection);
    QPainter painter(&picture);
    painter.setFont(font());
    painter.setPen(theme::tokens(palette()).text);
    painter.drawText(QRectF(QPointF(), picture.deviceIndependentSize()), Qt::AlignCenter, shown);
    painter.end();
    drag->setPixmap(picture);
    drag->exec(Qt::MoveAction | Qt::CopyAction, Qt::MoveAction);
}

std::vector<TableColumn> ExperimentView::visualColumns() const
{
    std::vector<TableColumn> columns;
    for (int visual = 0; visual < m_table.columnCount(); ++visual) {
        const int logical = horizontalHeader()->logicalIndex(visual);
        columns.push_back(m_table.columns()[static_cast<std::size_t>(logical)]);
    }
    return columns;
}

void ExperimentView::setPinned(int count)
{
    m_pinned = count;
    m_delegate->setLineAfter(count - 1);
    applyWidths();
}

QHash<QString, int> ExperimentView::widths() const
{
    return m_widths;
}

void ExperimentView::setWidths(const QHash<QString, int> &widths)
{
    m_widths = widths;
    applyWidths();
}

// The model's order is the order on screen again; each column as wide as it was.
void ExperimentView::applyWidths()
{
    QScopedValueRollback applying(m_applying, true);
    QHeaderView *header = horizontalHeader();
    for (int column = 0; column < m_table.columnCount(); ++column) {
        header->moveSection(header->visualIndex(column), column);
        const TableColumn &what = m_table.columns()[static_cast<std::size_t>(column)];
        int width = m_widths.value(what.id(), usualWidth(what));
        if (width == 0)
            width = qMax(84, header->sectionSizeHint(column));
        header->resizeSection(column, width);
        m_frozen->setColumnHidden(column, column >= m_pinned);
        if (column < m_pinned)
            m_frozen->horizontalHeader()->resizeSection(column, width);
    }
    placeFrozen();
}

void ExperimentView::fitColumns()
{
    QScopedValueRollback applying(m_applying, true);
    constexpr int widest = 200;
    for (int column = 0; column < m_table.columnCount(); ++column) {
        const TableColumn &what = m_table.columns()[static_cast<std::size_t>(column)];
        if (usualWidth(what) > 0 || m_widths.contains(what.id()))
            continue;
        const int wanted = qMin(widest, sizeHintForColumn(column));
        if (wanted > columnWidth(column))
            horizontalHeader()->resizeSection(column, wanted);
    }
}

void ExperimentView::placeFrozen()
{
    int width = 0;
    for (int column = 0; column < qMin(m_pinned, m_table.columnCount()); ++column)
        width += m_frozen->columnWidth(column);
    const int head = horizontalHeader()->height();
    m_frozen->horizontalHeader()->setFixedHeight(head);
    m_frozen->setGeometry(frameWidth(), frameWidth(), qMin(width, this->width()), viewport()->height() + head);
    m_frozen->setVisible(width > 0);
    m_frozen->raise(); // over the head as well
}

void ExperimentView::keepPinnedFirst()
{
    QScopedValueRollback applying(m_applying, true);
    QHeaderView *header = horizontalHeader();
    for (int column = 0; column < m_pinned; ++column)
        header->moveSection(header->visualIndex(column), column);
}

void ExperimentView::setCharted(const QHash<QString, int> &colours, const QSet<QString> &eyes)
{
    m_delegate->setCharted(colours, eyes);
    viewport()->update();
    m_frozen->viewport()->update();
}

std::vector<int> ExperimentView::selectedRows(std::size_t most) const
{
    std::vector<std::pair<int, int>> ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        ranges.emplace_back(range.top(), range.bottom());
    std::sort(ranges.begin(), ranges.end());
    std::vector<int> rows;
    for (const auto &[top, bottom] : ranges) {
        for (int row = top; row <= bottom && rows.size() < most; ++row) {
            if (rows.empty() || rows.back() < row)
                rows.push_back(row);
        }
    }
    return rows;
}

int ExperimentView::selectedCount() const
{
    return static_cast<int>(selectedRows(static_cast<std::size_t>(m_table.rowCount())).size());
}

void ExperimentView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    const int before = horizontalScrollBar()->value();
    QTableView::scrollTo(index, hint);
    if (index.column() < m_pinned) {
        horizontalScrollBar()->setValue(before); // it is on screen wherever the others are
        return;
    }
    const int hidden = m_frozen->width() - visualRect(index).left();
    if (m_frozen->isVisible() && hidden > 0)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - hidden);
}

void ExperimentView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    placeFrozen();
    m_visibleRows.start();
}

void ExperimentView::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentIndex().isValid() && event->modifiers() == Qt::NoModifier) {
        emit activated(currentIndex());
        return;
    }
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        QStringList keys;
        for (const int row : selectedRows(static_cast<std::size_t>(m_table.rowCount())))
            keys.append(m_table.index(row, 0).data(ExperimentTable::KeyRole).toString());
        if (!keys.isEmpty())
            emit eyesToggled(keys);
        return;
    }
    if (event->matches(QKeySequence::Copy)) { // the page's, with its own idea of what is copied
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

// A press on the swatch before a name is on its eye.
bool ExperimentView::eventFilter(QObject *object, QEvent *event)
{
    const bool isPress = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    const QTableView *view = object == m_frozen->viewport() ? m_frozen : static_cast<QTableView *>(this);
    if (!isPress || object != view->viewport())
        return QTableView::eventFilter(object, event);
    const auto *mouse = static_cast<QMouseEvent *>(event);
    const QModelIndex index = view->indexAt(mouse->position().toPoint());
    if (mouse->button() != Qt::LeftButton || mouse->modifiers() != Qt::NoModifier || !index.isValid()
        || m_table.columns()[static_cast<std::size_t>(index.column())].source != Source::Name
        || mouse->position().x() > ExperimentDelegate::eyeEnd(view->visualRect(index)))
        return QTableView::eventFilter(object, event);
    emit eyeClicked(index.data(ExperimentTable::KeyRole).toString());
    return true;
}

void ExperimentView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        placeFrozen();
}

void ExperimentView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    emit selectionEdited();
}

void ExperimentView::tellVisibleRows()
{
    const int first = qMax(0, rowAt(0));
    int last = rowAt(viewport()->height() - 1);
    if (last < 0)
        last = m_table.rowCount() - 1;
    const auto experiment = m_table.experimentAt(first);
    m_topKey = experiment && verticalScrollBar()->value() > 0 ? m_table.experiments().keys.at(*experiment) : QString();
    m_topOffset = -rowViewportPosition(first);
    emit visibleRowsChanged(first, last);
}

void ExperimentView::keepPlace()
{
    if (!std::exchange(m_keepPlace, false) || m_topKey.isEmpty())
        return;
    const auto experiment = m_table.experimentOf(m_topKey);
    const int row = experiment ? m_table.rowOf(*experiment) : -1;
    if (row >= 0)
        verticalScrollBar()->setValue(row * heightOfRow + m_topOffset);
}
