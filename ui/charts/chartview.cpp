// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/chartview.h"

#include "models/api/background.h"
#include "models/values/format.h"
#include "ui/charts/lineitem.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QChart>
#include <QEvent>
#include <QGraphicsLayout>
#include <QPainter>
#include <QRubberBand>

#include <algorithm>
#include <cmath>

ChartView::ChartView(QWidget *parent)
    : QChartView(new QChart, parent)
    , m_axes(chart())
    , m_lineItem(new LineItem(chart()))
    , m_cursor(new CursorItem(chart()))
    , m_band(new QRubberBand(QRubberBand::Rectangle, viewport()))
{
    chart()->setBackgroundVisible(false);
    chart()->legend()->hide();
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    m_lineItem->setZValue(5); // above the grid
    m_cursor->setZValue(10);
    setFrameShape(QFrame::NoFrame);
    setViewportUpdateMode(FullViewportUpdate);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(200, 80);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::CrossCursor);
    connect(m_lineItem, &LineItem::refined, viewport(), qOverload<>(&QWidget::update));
    applyPalette();
}

ChartView::~ChartView() = default;

QColor ChartView::colourOf(const ChartedRun &run) const
{
    return theme::seriesColour(run.colour, palette());
}

namespace {

// From the 7th line on colours are closer together: dashes tell them apart.
Qt::PenStyle styleOf(const ChartedRun &run)
{
    constexpr int plain = 6;
    constexpr Qt::PenStyle styles[] = {Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return run.colour < plain ? Qt::SolidLine : styles[(run.colour / plain - 1) % 3];
}

} // namespace

void ChartView::setLines(const QString &metric, std::vector<ChartLine> lines)
{
    m_metric = metric;
    m_wanted = std::move(lines);
    setAccessibleName(tr("Chart of %1").arg(m_metric));
    prepareDrawn();
}

void ChartView::setLogarithmic(bool logarithmic)
{
    if (logarithmic == m_logarithmic)
        return;
    m_logarithmic = logarithmic;
    m_isZoomed = false;
    prepareDrawn();
    emit logarithmicChanged(logarithmic);
}

// Logarithms of new lines are made on another thread; what is seen stays until then.
void ChartView::prepareDrawn()
{
    ++m_preparation;
    QHash<const Series *, SeriesPointer> kept;
    std::vector<SeriesPointer> missing;
    for (const ChartLine &line : m_wanted) {
        if (!m_logarithmic)
            break;
        if (const SeriesPointer known = m_logarithms.value(line.series.get()))
            kept.insert(line.series.get(), known);
        else
            missing.push_back(line.series);
    }
    m_logarithms = std::move(kept);
    if (missing.empty()) {
        showDrawn();
        return;
    }
    const auto work = [missing] {
        QHash<const Series *, SeriesPointer> logarithms;
        for (const SeriesPointer &series : missing)
            logarithms.insert(series.get(), std::make_shared<const Series>(series->logarithm()));
        return logarithms;
    };
    runInBackground(this, work,
        [this, missing, preparation = m_preparation](const QHash<const Series *, SeriesPointer> &made) {
            if (preparation != m_preparation)
                return;
            m_logarithms.insert(made);
            showDrawn();
        });
}

void ChartView::showDrawn()
{
    m_drawnLogarithmic = m_logarithmic;
    m_lines = m_wanted;
    if (m_cursorLine && *m_cursorLine >= m_lines.size())
        m_cursorLine.reset();
    m_drawn.clear();
    std::vector<DrawnLine> drawn;
    for (const ChartLine &line : m_lines) {
        const SeriesPointer series = m_logarithmic ? m_logarithms.value(line.series.get()) : line.series;
        m_drawn.push_back(series);
        drawn.push_back({series, colourOf(line.run), styleOf(line.run), 1.5});
    }
    m_lineItem->setDrawing({{}, std::move(drawn)});
    if (m_isZoomed)
        applyView();
    else
        showWhole();
    setAccessibleDescription(summary());
    emit drawnChanged();
}

void ChartView::showWhole()
{
    m_isZoomed = false;
    m_view = wholeView(m_drawn);
    m_axes.forgetMargin();
    applyView();
}

void ChartView::applyView()
{
    const QSizeF size = viewport()->size();
    chart()->resize(size);
    setSceneRect(QRectF({}, size));
    m_area = m_axes.show(m_view, m_drawnLogarithmic, size);
    m_lineItem->setArea(m_area);
    m_lineItem->setView(m_view);
    m_cursor->setArea(m_area);
    if (m_cursorStep)
        showCursor(*m_cursorStep, m_cursorLine, m_cursor->content() && m_cursor->content()->showCard, m_pointerY);
    viewport()->update();
}

void ChartView::setView(const View &view)
{
    m_view = view;
    m_isZoomed = true;
    applyView();
}

// A person moves: the other panels follow.
void ChartView::moveTo(const View &view)
{
    if (view == m_view)
        return;
    const bool stepsMoved = view.x0 != m_view.x0 || view.x1 != m_view.x1;
    setView(view);
    if (stepsMoved)
        emit stepsChanged(m_view.x0, m_view.x1);
}

void ChartView::resetZoom()
{
    showWhole();
    emit zoomReset();
}

void ChartView::followReset()
{
    showWhole();
}

void ChartView::followSteps(double x0, double x1)
{
    View view = m_view;
    view.x0 = x0;
    view.x1 = x1;
    setView(view);
}

void ChartView::followCursor(std::optional<double> step)
{
    m_cursorIsOwn = false;
    if (!step || *step < m_view.x0 || *step > m_view.x1) {
        m_cursorStep.reset();
        m_cursor->setContent({});
        m_lineItem->setRaised(-1);
        viewport()->update();
        return;
    }
    showCursor(*step, {}, false, 0);
}

void ChartView::zoomAround(QPointF position, double factorX, double factorY)
{
    moveTo(m_view.zoomed((position.x() - m_area.left()) / m_area.width(),
        (position.y() - m_area.top()) / m_area.height(), factorX, factorY));
}

void ChartView::zoomInto(const QRectF &rectangle)
{
    // A stroke along one axis means that axis.
    constexpr double least = 8;
    if (rectangle.width() < least && rectangle.height() < least)
        return;
    View view = m_view;
    if (rectangle.width() >= least) {
        view.x0 = m_view.xOf(rectangle.left() - m_area.left(), m_area.width());
        view.x1 = m_view.xOf(rectangle.right() - m_area.left(), m_area.width());
    }
    if (rectangle.height() >= least) {
        view.y0 = m_view.yOf(rectangle.bottom() - m_area.top(), m_area.height());
        view.y1 = m_view.yOf(rectangle.top() - m_area.top(), m_area.height());
    }
    if (view == view.zoomed(0.5, 0.5, 0.999, 0.999))
        return; // too small to be told apart
    moveTo(view);
}

void ChartView::pan(double partX, double partY)
{
    moveTo(m_view.panned(partX, partY));
}

void ChartView::hover(QPointF position)
{
    if (!m_area.contains(position)) {
        hideCursor();
        return;
    }
    const auto nearest = nearestPoint(m_drawn, m_view, position.x() - m_area.left(),
        position.y() - m_area.top(), m_area.width(), m_area.height());
    if (!nearest) {
        hideCursor();
        return;
    }
    m_cursorIsOwn = true;
    showCursor(nearest->step, nearest->line, true, position.y() - m_area.top());
    emit cursorMoved(nearest->step);
}

void ChartView::showCursor(double step, std::optional<std::size_t> line, bool card, double pointerY)
{
    m_cursorStep = step;
    m_cursorLine = line;
    m_pointerY = pointerY;
    const std::vector<Reading> readings = readingsAt(m_lines, step);
    CursorItem::Content content;
    content.step = format::metricFull(step);
    if (step == std::floor(step) && std::abs(step) < 1e15)
        content.step = format::count(static_cast<qint64>(step));
    content.count = tr("%1 of %2").arg(format::count(static_cast<qint64>(readings.size())),
        format::count(static_cast<qint64>(m_lines.size())));
    content.pixelX = m_view.pixelOfX(step, m_area.width());
    content.showCard = card;
    content.pointerY = pointerY;
    for (const Reading &reading : readings) {
        const ChartedRun &run = m_lines[reading.line].run;
        CursorItem::Row row;
        row.name = run.name.isEmpty() ? run.key : run.name;
        row.colour = colourOf(run);
        row.style = styleOf(run);
        row.value = format::metricFull(reading.value);
        if (reading.step != step)
            row.elsewhere = tr("at %1").arg(format::metricFull(reading.step));
        row.isFinite = std::isfinite(reading.value);
        const double drawn = m_drawn[reading.line] ? m_drawn[reading.line]->values()[reading.point] : reading.value;
        row.isFinite = row.isFinite && std::isfinite(drawn);
        row.pixelX = m_view.pixelOfX(reading.step, m_area.width());
        row.pixelY = row.isFinite ? m_view.pixelOfY(drawn, m_area.height()) : 0;
        if (line == reading.line)
            content.nearest = static_cast<int>(content.rows.size());
        content.rows.push_back(row);
    }
    m_cursor->setContent(std::move(content));
    m_lineItem->setRaised(line && m_lines.size() > 1 ? static_cast<int>(*line) : -1);
    viewport()->update();
}

void ChartView::hideCursor()
{
    if (!m_cursorStep)
        return;
    m_cursorStep.reset();
    m_cursor->setContent({});
    m_lineItem->setRaised(-1);
    viewport()->update();
    if (m_cursorIsOwn)
        emit cursorMoved({});
}

QString ChartView::summary() const
{
    if (m_lines.empty())
        return tr("%1: no points yet.").arg(m_metric);
    qsizetype points = 0;
    for (const ChartLine &line : m_lines)
        points += static_cast<qsizetype>(line.series->size());
    return tr("%1. Lines: %2. Points: %3. Steps in view: %4 to %5.")
        .arg(m_metric, format::count(static_cast<qint64>(m_lines.size())), format::count(points),
            format::metric(m_view.x0), format::metric(m_view.x1));
}

void ChartView::speakCursor()
{
    if (!m_cursor->content())
        return;
    const CursorItem::Content &content = *m_cursor->content();
    QString text = tr("Step %1.").arg(content.step);
    if (content.nearest >= 0) {
        const CursorItem::Row &row = content.rows[static_cast<std::size_t>(content.nearest)];
        text += u' ' + tr("%1: %2.").arg(row.name, row.value);
    }
    setAccessibleDescription(text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void ChartView::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    applyView();
}

void ChartView::applyPalette()
{
    setBackgroundBrush(palette().base());
    m_axes.setPalette(palette());
    m_cursor->setPalette(palette());
}

void ChartView::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange)
        return;
    applyPalette();
    showDrawn();
}

void ChartView::paintEvent(QPaintEvent *event)
{
    QChartView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(theme::tokens(palette()).accent, 2));
    painter.drawRect(m_area.adjusted(0, 0, 0, 0));
}
