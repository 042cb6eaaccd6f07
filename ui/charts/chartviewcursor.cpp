// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the cursor of a ChartView says.

#include "models/values/format.h"
#include "ui/charts/chartview.h"
#include "ui/charts/lineitem.h"
#include "ui/charts/settingstext.h"
#include "ui/widgets/speech.h"


#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

void ChartView::followCursor(std::optional<double> x)
{
    m_cursorIsOwn = false;
    if (!x || !std::isfinite(toDrawn(*x)) || toDrawn(*x) < m_view.x0 || toDrawn(*x) > m_view.x1) {
        m_cursorX.reset();
        m_cursorLine.reset();
        m_cursor->setContent({});
        setEmphasised(m_emphasised);
        return;
    }
    showCursor(*x, {}, false, 0);
}

void ChartView::hover(QPointF position)
{
    const auto nearest = !m_area.contains(position)
        ? std::nullopt
        : nearestPoint(m_drawn, m_view, position.x() - m_area.left(), position.y() - m_area.top(), m_area.width(),
              m_area.height());
    if (!nearest) {
        hideCursor();
        return;
    }
    m_cursorIsOwn = true;
    const double x = m_lines[nearest->line].series->steps()[nearest->point + m_sources[nearest->line]->skipped];
    showCursor(x, nearest->line, true, position.y() - m_area.top());
    emit cursorMoved(x);
    pointAt(nearest->line);
}

// The run of the line is told to whoever shows it elsewhere.
void ChartView::pointAt(std::optional<std::size_t> line)
{
    emit pointedAt(line && m_lines.size() > 1 ? m_lines[*line].run.key : QString());
}

// Every digit where the pointer is; of the others as many as tell them apart, or their names would have no room.
static QString valueText(double value, bool isPointedAt)
{
    constexpr int digits = 6;
    const bool isShort = value == std::trunc(value) && std::abs(value) < 1e9; // no exponent
    return isPointedAt || isShort || !std::isfinite(value) ? format::metricFull(value) : QString::number(value, 'g', digits);
}

// Of one run alone there is none.
QString ChartView::bandText(const PanelLine &line, std::size_t point)
{
    if (!line.exactLow || !line.exactHigh || point >= line.exactLow->size() || point >= line.exactHigh->size())
        return {};
    const double low = line.exactLow->values()[point];
    const double high = line.exactHigh->values()[point];
    return std::isnan(low) || std::isnan(high) ? QString() : tr("%1 to %2").arg(format::metric(low), format::metric(high));
}

CursorItem::Row ChartView::cursorRow(const Reading &reading, double x) const
{
    const ChartedRun &run = m_lines[reading.line].run;
    const PanelLine &source = *m_sources[reading.line];
    CursorItem::Row row;
    row.name = run.name.isEmpty() ? run.key : run.name;
    row.colour = colourOf(run);
    row.style = m_styles[reading.line];
    row.value = valueText(reading.value, m_cursorLine == reading.line);
    if (reading.step != x)
        row.elsewhere = tr("at %1").arg(xText(reading.step));
    row.band = bandText(source, reading.point);
    const bool isDrawn = reading.point >= source.skipped && reading.point - source.skipped < m_drawn[reading.line]->size();
    const double drawn = isDrawn ? m_drawn[reading.line]->values()[reading.point - source.skipped] : std::nan("");
    row.isFinite = std::isfinite(reading.value) && std::isfinite(drawn);
    row.pixelX = m_view.pixelOfX(toDrawn(reading.step), m_area.width());
    row.pixelY = row.isFinite ? m_view.pixelOfY(drawn, m_area.height()) : 0;
    return row;
}

// The step, epoch and time of a point, as far as the axis does not say them.
QString ChartView::whereLogged(const Reading &reading) const
{
    const PanelLine &source = *m_sources[reading.line];
    if (source.group && !source.run) {
        const PanelGroup &group = m_content.shown->content.groups[*source.group];
        QStringList parts;
        if (reading.point < group.counts.size())
            parts << (group.counts[reading.point] == 1 ? tr("1 run here") : tr("%1 runs here").arg(group.counts[reading.point]));
        parts << bandText(source, reading.point);
        parts.removeAll(QString());
        return parts.join(u" · "_s);
    }
    if (!source.points)
        return {};
    const std::size_t point = source.pointOf(reading.point);
    if (point >= source.points->size())
        return {};
    const XAxis::Kind kind = m_content.question().xAxis.kind;
    QStringList parts;
    if (kind != XAxis::Kind::Step && source.points->hasStep(point))
        parts << tr("step %1").arg(format::step(source.points->steps()[point]));
    if (kind != XAxis::Kind::Epoch && source.points->epochs() && std::isfinite((*source.points->epochs())[point]))
        parts << tr("epoch %1").arg(format::step((*source.points->epochs())[point]));
    if (kind != XAxis::Kind::WallTime && source.points->times() && std::isfinite((*source.points->times())[point]))
        parts << QLocale().toString(QDateTime::fromMSecsSinceEpoch(
                                        static_cast<qint64>((*source.points->times())[point])), u"yyyy-MM-dd hh:mm:ss"_s);
    return parts.join(u" · "_s);
}

void ChartView::showCursor(double x, std::optional<std::size_t> line, bool card, double pointerY)
{
    m_cursorX = x;
    m_cursorLine = line;
    m_pointerY = pointerY;
    const std::vector<Reading> readings = readingsAt(m_lines, x);
    CursorItem::Content content;
    content.step = xText(x);
    const XAxis &axis = m_content.question().xAxis;
    content.title = axis.kind == XAxis::Kind::Step
        ? tr("%1 %2", "step 12").arg(axisName(axis, m_content.shown->content).toLower(), content.step)
        : content.step;
    content.count = tr("%1 of %2").arg(format::count(static_cast<qint64>(readings.size())),
        format::count(static_cast<qint64>(m_lines.size())));
    content.pixelX = m_view.pixelOfX(toDrawn(x), m_area.width());
    content.showCard = card;
    content.pointerY = pointerY;
    for (const Reading &reading : readings) {
        if (line == reading.line) {
            content.nearest = static_cast<int>(content.rows.size());
            content.detail = whereLogged(reading);
        }
        content.rows.push_back(cursorRow(reading, x));
    }
    m_cursor->setContent(std::move(content));
    setEmphasised(m_emphasised);
}

void ChartView::hideCursor()
{
    if (!m_cursorX)
        return;
    m_cursorX.reset();
    m_cursorLine.reset();
    m_cursor->setContent({});
    setEmphasised(m_emphasised);
    if (!m_cursorIsOwn)
        return;
    emit cursorMoved({});
    pointAt({});
}

void ChartView::speakCursor()
{
    if (!m_cursor->content())
        return;
    const CursorItem::Content &content = *m_cursor->content();
    QString text = tr("%1.").arg(content.title);
    text[0] = text[0].toUpper();
    if (content.nearest >= 0) {
        const CursorItem::Row &row = content.rows[static_cast<std::size_t>(content.nearest)];
        text += u' ' + tr("%1: %2.").arg(row.name, row.value);
        if (!content.detail.isEmpty())
            text += u' ' + content.detail;
    }
    speak(this, text);
}

// Along the line the cursor is on, by its points; the first press puts it on the first line.
void ChartView::moveCursor(int points)
{
    if (m_lines.empty())
        return;
    const std::size_t line = m_cursorLine.value_or(0);
    const Series &series = *m_lines[line].series;
    if (series.size() == 0)
        return;
    const double from = m_cursorX.value_or(std::max(fromDrawn(m_view.x0), series.steps().first()));
    std::size_t point = series.steps().nearest(from);
    if (m_cursorX) {
        const auto last = static_cast<qint64>(series.size()) - 1;
        point = static_cast<std::size_t>(std::clamp(static_cast<qint64>(point) + points, qint64{0}, last));
    }
    const double x = series.steps()[point];
    const double drawn = toDrawn(x);
    if (!std::isfinite(drawn))
        return;
    if (drawn < m_view.x0 || drawn > m_view.x1) { // the view goes along
        const double width = m_view.x1 - m_view.x0;
        pan((drawn < m_view.x0 ? drawn - m_view.x0 - width / 10 : drawn - m_view.x1 + width / 10) / width, 0);
    }
    m_cursorIsOwn = true;
    showCursor(x, line, true, m_pointerY);
    emit cursorMoved(x);
    pointAt(line);
    speakCursor();
}

// To the line above or below at the cursor, as the card lists them.
void ChartView::changeLine(int by)
{
    if (!m_cursorX) {
        moveCursor(0);
        return;
    }
    const std::vector<Reading> readings = readingsAt(m_lines, *m_cursorX);
    if (readings.empty())
        return;
    const auto current = std::find_if(readings.cbegin(), readings.cend(),
        [this](const Reading &reading) { return m_cursorLine == reading.line; });
    const auto last = static_cast<qint64>(readings.size()) - 1;
    const qint64 index = current == readings.cend() ? 0 : current - readings.cbegin() + by;
    const Reading &next = readings[static_cast<std::size_t>(std::clamp(index, qint64{0}, last))];
    m_cursorIsOwn = true;
    showCursor(*m_cursorX, next.line, true, m_pointerY);
    pointAt(next.line);
    speakCursor();
}
