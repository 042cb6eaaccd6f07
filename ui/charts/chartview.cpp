// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is drawn in a ChartView and which part of it is seen.

#include "ui/charts/chartview.h"

#include "models/charts/linereading.h"
#include "models/values/format.h"
#include "ui/charts/lineitem.h"
#include "ui/charts/marksitem.h"
#include "ui/charts/namedlines.h"
#include "ui/charts/settingstext.h"
#include "ui/widgets/theme.h"

#include <QChart>
#include <QDateTime>
#include <QEvent>
#include <QGraphicsLayout>
#include <QPainter>
#include <QRubberBand>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

ChartView::ChartView(QWidget *parent)
    : QChartView(new QChart, parent)
    , m_axes(chart())
    , m_lineItem(new LineItem(chart()))
    , m_marks(new MarksItem(chart()))
    , m_cursor(new CursorItem(chart()))
    , m_band(new QRubberBand(QRubberBand::Rectangle, viewport()))
{
    m_content.shown = std::make_shared<const PanelFeed::Shown>();
    chart()->setBackgroundVisible(false);
    chart()->legend()->hide();
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    m_lineItem->setZValue(5); // above the grid
    m_marks->setZValue(8);
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

double ChartView::toDrawn(double x) const
{
    return m_content.question().logarithmicX ? std::log10(x) : x;
}

double ChartView::fromDrawn(double x) const
{
    return m_content.question().logarithmicX ? std::pow(10.0, x) : x;
}

void ChartView::setContent(const ChartContent &content)
{
    const PanelQuestion &before = m_content.question();
    const PanelQuestion &question = content.question();
    if (before.xAxis != question.xAxis || before.logarithmicX != question.logarithmicX) {
        m_isZoomed = false;
        selectRange({});
        hideCursor();
    }
    if (before.logarithmicY != question.logarithmicY || m_content.range != content.range)
        m_isZoomed = false;
    const std::optional<QString> pointedAt
        = m_cursorLine ? std::optional(m_lines[*m_cursorLine].run.key + m_lines[*m_cursorLine].run.name) : std::nullopt;
    m_content = content;
    setAccessibleName(tr("Chart of %1").arg(m_content.title));
    takeLines();
    m_cursorLine.reset();
    for (std::size_t i = 0; pointedAt && i < m_lines.size(); ++i) {
        if (m_lines[i].run.key + m_lines[i].run.name == *pointedAt)
            m_cursorLine = i;
    }
    draw();
    if (m_isZoomed)
        applyView();
    else
        showWhole();
    setAccessibleDescription(summary());
    emit drawnChanged();
}

// What can be read: names, colours and columns of the lines that are not faint; and what is drawn.
void ChartView::takeLines()
{
    m_lines.clear();
    m_drawn.clear();
    m_sources.clear();
    m_styles.clear();
    for (const NamedLine &named : namedLines(m_content.question(), m_content.shown->content, m_content.series)) {
        const PanelLine &line = *named.line;
        if (named.isFaint || !line.drawn)
            continue;
        m_styles.push_back(named.style);
        m_lines.push_back({named.run, line.exact ? line.exact : line.drawn});
        m_drawn.push_back(line.drawn);
        m_sources.push_back(&line);
    }
}

void ChartView::draw()
{
    Drawing drawing;
    m_faintLines = 0;
    for (const NamedLine &named : namedLines(m_content.question(), m_content.shown->content, m_content.series)) {
        const PanelLine &line = *named.line;
        if (!line.drawn)
            continue;
        const QColor colour = colourOf(named.run);
        if (line.low && line.high)
            drawing.bands.push_back({line.low, line.high, colour, bandOpacity});
        m_faintLines += named.isFaint ? 1 : 0;
        drawing.lines.push_back(drawnLine(named, colour, m_content.showsEnvelope));
    }
    m_lineItem->setDrawing(std::move(drawing));
    setEmphasised(m_emphasised);
}

void ChartView::showWhole()
{
    m_isZoomed = false;
    std::vector<SeriesPointer> all;
    for (const PanelLine &line : m_content.shown->content.lines) {
        for (const SeriesPointer &series : {line.drawn, line.low, line.high})
            all.push_back(series);
    }
    m_view = wholeView(all);
    const bool logarithmic = m_content.question().logarithmicY;
    if (m_content.range.kind == ValueRange::Kind::Central && m_content.shown->central) {
        const Pyramid::Range central = *m_content.shown->central;
        const double air = std::max((central.high / 2 - central.low / 2) * 0.2, std::abs(central.high) * 1e-6 + 1e-290);
        m_view.y0 = central.low - air;
        m_view.y1 = central.high + air;
    } else if (m_content.range.kind == ValueRange::Kind::Manual) {
        const double low = logarithmic ? std::log10(m_content.range.low) : m_content.range.low;
        const double high = logarithmic ? std::log10(m_content.range.high) : m_content.range.high;
        if (std::isfinite(high) && high > m_view.y0)
            m_view.y1 = high;
        if (std::isfinite(low) && low < m_view.y1)
            m_view.y0 = low;
    }
    m_axes.forgetMargin();
    applyView();
}

namespace {

ChartAxes::Horizontal horizontal(const ChartContent &content)
{
    const PanelQuestion &question = content.question();
    using Scale = ChartAxes::Horizontal::Scale;
    ChartAxes::Horizontal x;
    const double leastInterval = content.shown->content.isWholeX ? 1 : 0;
    switch (question.xAxis.kind) {
    case XAxis::Kind::Step:
        x = {Scale::Linear, axisName(question.xAxis, content.shown->content).toLower(), leastInterval};
        break;
    case XAxis::Kind::Epoch:
        x = {Scale::Linear, ChartView::tr("epoch"), leastInterval};
        break;
    case XAxis::Kind::WallTime:
        x = {Scale::WallTime, ChartView::tr("time"), 0};
        break;
    case XAxis::Kind::ElapsedTime:
        x = {Scale::Elapsed, question.logarithmicX ? ChartView::tr("elapsed, s") : ChartView::tr("elapsed"), 0};
        break;
    case XAxis::Kind::Metric:
        x = {Scale::Linear, question.xAxis.metric, 0};
        break;
    }
    if (question.logarithmicX)
        x.scale = Scale::Logarithmic;
    return x;
}

} // namespace

void ChartView::applyView()
{
    const QSizeF size = viewport()->size();
    chart()->resize(size);
    setSceneRect(QRectF({}, size));
    m_area = m_axes.show(m_view, horizontal(m_content), m_content.question().logarithmicY, size);
    m_lineItem->setArea(m_area);
    m_lineItem->setView(m_view);
    m_marks->setArea(m_area);
    m_cursor->setArea(m_area);
    showMarks();
    if (m_cursorX)
        showCursor(*m_cursorX, m_cursorLine, m_cursor->content() && m_cursor->content()->showCard, m_pointerY);
    viewport()->update();
}

void ChartView::showMarks()
{
    if (m_range)
        m_marks->setRange(std::pair(m_view.pixelOfX(toDrawn(m_range->x1), m_area.width()),
            m_view.pixelOfX(toDrawn(m_range->x2), m_area.width())));
    else
        m_marks->setRange({});
    std::vector<MarksItem::Best> best;
    for (std::size_t i = 0; m_content.best != BestValue::None && i < m_lines.size(); ++i) {
        const Series &drawn = *m_drawn[i];
        const auto point = bestPoint(drawn, m_content.best == BestValue::Smallest ? Best::Smallest : Best::Largest);
        if (!point)
            continue;
        const double x = drawn.steps()[*point];
        const double value = drawn.values()[*point];
        best.push_back({{m_view.pixelOfX(x, m_area.width()), m_view.pixelOfY(value, m_area.height())},
            colourOf(m_lines[i].run)});
    }
    m_marks->setBest(std::move(best));
}

void ChartView::selectRange(std::optional<Range> range)
{
    if (range == m_range)
        return;
    m_range = range;
    if (!range)
        m_rangeStart.reset();
    showMarks();
    viewport()->update();
    emit rangeSelected();
}

QStringList ChartView::runsOf(std::size_t line) const
{
    const PanelLine &source = *m_sources[line];
    if (source.run)
        return {m_lines[line].run.key};
    QStringList keys;
    for (const std::size_t run : m_content.shown->content.groups[*source.group].members)
        keys.append(m_content.question().runs[run].run.key);
    return keys;
}

void ChartView::setEmphasised(const QString &runKey)
{
    m_emphasised = runKey;
    std::optional<std::size_t> raised;
    for (std::size_t i = 0; !runKey.isEmpty() && !raised && i < m_lines.size(); ++i) {
        if (runsOf(i).contains(runKey))
            raised = i;
    }
    if (!raised && runKey.isEmpty())
        raised = m_cursorLine;
    m_lineItem->setRaised(raised && m_lines.size() > 1 ? static_cast<int>(m_faintLines + *raised) : -1);
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
    const bool hasMoved = view.x0 != m_view.x0 || view.x1 != m_view.x1;
    setView(view);
    if (hasMoved)
        emit xChanged(m_view.x0, m_view.x1);
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

bool ChartView::hasAxisOf(const ChartView &other) const
{
    const PanelQuestion &its = other.m_content.question();
    const PanelQuestion &mine = m_content.question();
    return its.xAxis == mine.xAxis && its.logarithmicX == mine.logarithmicX;
}

void ChartView::followX(double x0, double x1)
{
    View view = m_view;
    view.x0 = x0;
    view.x1 = x1;
    setView(view);
}

QString ChartView::summary() const
{
    if (m_lines.empty())
        return tr("%1: no points yet.").arg(m_content.title);
    return tr("%1. Lines: %2. Points: %3. %4 in view: %5 to %6.")
        .arg(m_content.title, format::count(static_cast<qint64>(m_lines.size())),
            format::count(static_cast<qint64>(m_content.shown->content.points)),
            horizontal(m_content).unit, placeText(fromDrawn(m_view.x0)), placeText(fromDrawn(m_view.x1)));
}

QString ChartView::xText(double x) const
{
    switch (m_content.question().xAxis.kind) {
    case XAxis::Kind::WallTime:
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(x)), u"yyyy-MM-dd hh:mm:ss"_s);
    case XAxis::Kind::ElapsedTime:
        return (x < 0 ? u"−"_s : QString()) + format::duration(static_cast<qint64>(std::llround(std::min(std::abs(x), 1e12) * 1000)));
    default:
        break;
    }
    return format::step(x);
}

QString ChartView::placeText(double x) const
{
    const XAxis::Kind kind = m_content.question().xAxis.kind;
    constexpr int digits = 8; // where the pointer is no digit more means anything
    return kind == XAxis::Kind::WallTime || kind == XAxis::Kind::ElapsedTime || x == std::floor(x)
        ? xText(x)
        : QString::number(x, 'g', digits);
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
    m_marks->setPalette(palette());
    m_cursor->setPalette(palette());
}

void ChartView::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange)
        return;
    applyPalette();
    draw();
    applyView();
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
