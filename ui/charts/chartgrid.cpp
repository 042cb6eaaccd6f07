// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/chartgrid.h"

#include "models/values/format.h"
#include "ui/charts/chartpanel.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int gap = 8;
constexpr int leastCellWidth = 290;
constexpr int usualHeight = 260; // at least, where rows fill what is seen
constexpr int leastHeight = 140;
constexpr int headerHeight = 28;
constexpr std::size_t mostPanels = 40; // that are kept when they are out of view

} // namespace

ChartGrid::ChartGrid(const ChartLoader &loader, QWidget *parent)
    : QScrollArea(parent)
    , m_loader(loader)
    , m_canvas(new QWidget)
    , m_mark(new QWidget(m_canvas))
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // or its coming would change the widths it came for
    setAccessibleName(tr("Panels"));
    setWidget(m_canvas);
    verticalScrollBar()->setSingleStep(40);
    m_mark->setAutoFillBackground(true);
    m_mark->hide();
}

ChartGrid::~ChartGrid()
{
    for (const Slot &slot : std::as_const(m_slots))
        delete slot.panel; // while there still is a grid to hear of it
    m_slots.clear();
}

bool ChartGrid::matches(const PanelSettings &panel) const
{
    if (m_search.isEmpty() || panel.displayTitle().contains(m_search, Qt::CaseInsensitive))
        return true;
    const QStringList all = panel.metrics + panel.expressions;
    return std::any_of(all.cbegin(), all.cend(),
        [this](const QString &one) { return one.contains(m_search, Qt::CaseInsensitive); });
}

void ChartGrid::setCharts(const ChartLayout &layout)
{
    m_layout = layout;
    QHash<int, Slot> kept;
    for (std::size_t i = 0; i < layout.panels.size(); ++i) {
        Slot slot = m_slots.take(layout.panels[i].id);
        slot.index = i;
        kept.insert(layout.panels[i].id, slot);
    }
    for (const Slot &gone : std::as_const(m_slots)) {
        if (gone.panel)
            gone.panel->deleteLater();
    }
    m_slots = std::move(kept);
    if (m_fullSize != 0 && !m_slots.contains(m_fullSize)) {
        m_fullSize = 0;
        emit fullSizeChanged();
    }
    arrange();
}

void ChartGrid::setSearch(const QString &text)
{
    if (text == m_search)
        return;
    m_search = text;
    verticalScrollBar()->setValue(0);
    arrange();
}

void ChartGrid::showFullSize(int panelId)
{
    if (panelId == m_fullSize)
        return;
    if (ChartPanel *before = panel(m_fullSize))
        before->setFullSize(false);
    m_fullSize = panelId;
    arrange();
    if (ChartPanel *now = panel(panelId)) {
        now->setFullSize(true);
        now->setFocus();
    }
    emit fullSizeChanged();
}

int ChartGrid::columnsFitting() const
{
    return std::max(1, (viewport()->width() - gap) / (leastCellWidth + gap));
}

int ChartGrid::cellWidth() const
{
    return std::max(1, (viewport()->width() - gap) / columnsFitting() - gap);
}

void ChartGrid::placeHeader(const ChartLayout::Section &section, int top)
{
    QToolButton *&header = m_headers[section.name];
    if (!header) {
        header = new QToolButton(m_canvas);
        header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        header->setAutoRaise(true);
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        header->setFont(bold);
        connect(header, &QToolButton::clicked, this,
            [this, name = section.name] { emit foldRequested(name, !m_layout.folded.contains(name)); });
    }
    const bool isFolded = m_layout.folded.contains(section.name);
    header->setArrowType(isFolded ? Qt::RightArrow : Qt::DownArrow);
    header->setText(tr("%1  %2").arg(section.name.isEmpty() ? tr("Metrics") : section.name,
        format::count(static_cast<qint64>(section.panels.size()))));
    header->setToolTip(isFolded ? tr("Show the panels of this section") : tr("Fold this section"));
    header->setAccessibleDescription(isFolded ? tr("folded") : tr("unfolded"));
    header->setGeometry(gap, top, header->sizeHint().width() + 12, headerHeight);
    header->show();
}

// Returns where it ends.
int ChartGrid::arrangeSection(const ChartLayout::Section &section, int top)
{
    const int columns = columnsFitting();
    const int cell = cellWidth();
    // As many rows as fit fill what is seen, never a part of one: a panel without its axis says nothing.
    const int seen = viewport()->height() - headerHeight - 2 * gap;
    const int rows = std::max(1, seen / (usualHeight + gap));
    const int usual = std::max(leastHeight, seen / rows - gap);
    std::vector<int> row;
    int column = 0;
    int height = 0;
    const auto endRow = [&] {
        for (const int id : row)
            m_slots[id].place.setHeight(height);
        if (!row.empty())
            top += height + gap;
        row.clear();
        column = height = 0;
    };
    for (const std::size_t index : section.panels) {
        const PanelSettings &panel = m_layout.panels[index];
        const int span = std::clamp(panel.columns, 1, columns);
        if (column + span > columns)
            endRow();
        Slot &slot = m_slots[panel.id];
        slot.place = QRect(gap + column * (cell + gap), top, span * (cell + gap) - gap, 1);
        row.push_back(panel.id);
        m_order.push_back(panel.id);
        column += span;
        height = std::max(height, panel.height > 0 ? std::max(leastHeight, panel.height) : usual);
    }
    endRow();
    return top;
}

void ChartGrid::arrange()
{
    QScopedValueRollback arranging(m_isArranging, true);
    m_order.clear();
    for (Slot &slot : m_slots)
        slot.place = {};
    const int scrolled = verticalScrollBar()->value();
    QStringList headers;
    int top = gap;
    if (m_fullSize != 0) {
        m_slots[m_fullSize].place = QRect(gap, gap, viewport()->width() - 2 * gap, viewport()->height() - 2 * gap);
        m_order = {m_fullSize};
        top = viewport()->height();
    } else {
        const std::vector<ChartLayout::Section> sections = m_layout.sections();
        for (ChartLayout::Section section : sections) {
            std::erase_if(section.panels, [this](std::size_t index) { return !matches(m_layout.panels[index]); });
            if (section.panels.empty())
                continue;
            if (sections.size() > 1) {
                headers.append(section.name);
                placeHeader(section, top);
                top += headerHeight + 2;
            }
            if (!m_layout.folded.contains(section.name) || !m_search.isEmpty() || sections.size() == 1)
                top = arrangeSection(section, top);
        }
    }
    for (auto header = m_headers.begin(); header != m_headers.end(); ++header) {
        if (!headers.contains(header.key()))
            header.value()->hide();
    }
    m_canvas->resize(viewport()->width(), std::max(top, viewport()->height()));
    verticalScrollBar()->setValue(scrolled);
    showPanels();
}

ChartPanel *ChartGrid::makePanel(int id)
{
    auto *panel = new ChartPanel(m_loader, ChartPanel::Place::Page, m_canvas);
    connect(panel, &ChartPanel::fullSizeRequested, this, [this, id] { showFullSize(m_fullSize == id ? 0 : id); });
    connect(panel, &ChartPanel::resizeRequested, this, [this, id](QSize size) { resizePanel(id, size); });
    connect(panel, &ChartPanel::dragged, this, &ChartGrid::dragTo);
    connect(panel, &ChartPanel::dropped, this, [this, id](QPoint global) { drop(id, global); });
    panel->setFullSize(m_fullSize == id);
    return panel;
}

void ChartGrid::showPanels()
{
    const QRect seen(0, verticalScrollBar()->value(), viewport()->width(), viewport()->height());
    const QRect near = seen.adjusted(0, -seen.height() / 2, 0, seen.height() / 2);
    std::vector<ChartPanel *> made;
    QWidget *before = nullptr;
    for (const int id : m_order) {
        Slot &slot = m_slots[id];
        if (!slot.panel && isVisible() && slot.place.intersects(near)) {
            slot.panel = makePanel(id);
            made.push_back(slot.panel);
        }
        if (!slot.panel)
            continue;
        slot.panel->setGeometry(slot.place);
        slot.panel->show();
        if (before)
            setTabOrder(before, slot.panel->view());
        before = slot.panel->view();
    }
    for (const Slot &slot : std::as_const(m_slots)) {
        if (slot.panel && slot.place.isNull())
            slot.panel->hide();
    }
    dropFarPanels(seen);
    for (ChartPanel *panel : made)
        emit panelMade(panel);
    emit visibleChanged();
}

void ChartGrid::dropFarPanels(const QRect &seen)
{
    std::vector<std::pair<int, int>> far; // distance, id
    for (auto slot = m_slots.cbegin(); slot != m_slots.cend(); ++slot) {
        if (slot->panel && !slot->place.intersects(seen) && !slot->panel->view()->isZoomed())
            far.emplace_back(std::abs(slot->place.center().y() - seen.center().y()), slot.key());
    }
    if (far.size() <= mostPanels)
        return;
    std::sort(far.begin(), far.end());
    for (std::size_t i = mostPanels; i < far.size(); ++i)
        std::exchange(m_slots[far[i].second].panel, nullptr)->deleteLater();
}

ChartPanel *ChartGrid::panel(int id) const
{
    return m_slots.value(id).panel;
}

std::vector<ChartPanel *> ChartGrid::panels() const
{
    std::vector<ChartPanel *> panels;
    for (const PanelSettings &settings : m_layout.panels) {
        if (ChartPanel *one = panel(settings.id))
            panels.push_back(one);
    }
    return panels;
}

std::vector<ChartPanel *> ChartGrid::visiblePanels() const
{
    const QRect seen(0, verticalScrollBar()->value(), viewport()->width(), viewport()->height());
    const QRect near = seen.adjusted(0, -seen.height() / 2, 0, seen.height() / 2);
    std::vector<ChartPanel *> visible;
    std::vector<ChartPanel *> beside;
    for (const int id : m_order) {
        const Slot slot = m_slots.value(id);
        if (slot.panel && slot.place.intersects(seen))
            visible.push_back(slot.panel);
        else if (slot.panel && slot.place.intersects(near))
            beside.push_back(slot.panel);
    }
    visible.insert(visible.end(), beside.begin(), beside.end());
    return visible;
}

void ChartGrid::scrollContentsBy(int dx, int dy)
{
    QScrollArea::scrollContentsBy(dx, dy);
    if (!m_isArranging)
        showPanels();
}

void ChartGrid::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void ChartGrid::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    arrange(); // panels are made for eyes only
}

void ChartGrid::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_fullSize != 0) {
        showFullSize(0);
        return;
    }
    QScrollArea::keyPressEvent(event);
}

void ChartGrid::resizePanel(int id, QSize size)
{
    const int columns = std::clamp((size.width() + gap + cellWidth() / 2) / (cellWidth() + gap), 1, columnsFitting());
    emit sizeRequested(id, columns, std::max(leastHeight, size.height()));
}

// In front of the panel whose left half the point is in, else behind it.
std::optional<ChartGrid::Target> ChartGrid::targetAt(QPoint canvasPoint) const
{
    for (auto header = m_headers.cbegin(); header != m_headers.cend(); ++header) {
        if (header.value()->isVisible() && canvasPoint.y() >= header.value()->y()
            && canvasPoint.y() < header.value()->y() + headerHeight)
            return Target{m_layout.panels.size(), header.key(), header.value()->geometry()};
    }
    for (const int id : m_order) {
        const Slot slot = m_slots.value(id);
        if (!slot.place.adjusted(-gap / 2, -gap / 2, gap / 2, gap / 2).contains(canvasPoint))
            continue;
        const QString section = m_layout.panels[slot.index].sectionName();
        QRect mark(slot.place.left() - gap / 2 - 1, slot.place.top(), 3, slot.place.height());
        if (canvasPoint.x() < slot.place.center().x())
            return Target{slot.index, section, mark};
        mark.moveLeft(slot.place.right() + gap / 2 - 1);
        for (std::size_t next = slot.index + 1; next < m_layout.panels.size(); ++next) {
            if (m_layout.panels[next].sectionName() == section)
                return Target{next, section, mark};
        }
        return Target{m_layout.panels.size(), section, mark};
    }
    return {};
}

void ChartGrid::dragTo(QPoint global)
{
    const QPoint inViewport = viewport()->mapFromGlobal(global);
    constexpr int edge = 40;
    if (inViewport.y() < edge)
        verticalScrollBar()->setValue(verticalScrollBar()->value() - edge / 2);
    else if (inViewport.y() > viewport()->height() - edge)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + edge / 2);
    const std::optional<Target> target = targetAt(m_canvas->mapFromGlobal(global));
    m_mark->setVisible(target.has_value() && m_fullSize == 0);
    if (!target)
        return;
    QPalette accent = palette();
    accent.setColor(QPalette::Window, theme::tokens(palette()).accent);
    m_mark->setPalette(accent);
    m_mark->setGeometry(target->mark);
    m_mark->raise();
}

void ChartGrid::drop(int id, QPoint global)
{
    m_mark->hide();
    const std::optional<Target> target = targetAt(m_canvas->mapFromGlobal(global));
    if (target && m_fullSize == 0)
        emit moveRequested(id, target->before, target->section);
}
