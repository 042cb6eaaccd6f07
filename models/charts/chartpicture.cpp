// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartpicture.h"

#include "models/charts/chartsheet.h"
#include "models/charts/strokes.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr double inch = 96; // logical pixels
constexpr double points = 72; // of paper, an inch
constexpr int mostPixels = 32'767; // of a side: what QPainter can fill

void paintRules(QPainter &painter, const std::vector<ChartSheet::Rule> &rules)
{
    for (const ChartSheet::Rule &rule : rules) {
        painter.setPen(QPen(rule.colour, rule.width, rule.style, Qt::FlatCap));
        painter.drawLine(rule.line);
    }
}

void paintSurroundings(QPainter &painter, const ChartSheet &sheet)
{
    painter.setPen(Qt::NoPen);
    for (const ChartSheet::Mark &mark : sheet.marks) {
        painter.setBrush(mark.colour);
        painter.drawConvexPolygon(mark.corners);
    }
    painter.setBrush(Qt::NoBrush);
    paintRules(painter, sheet.swatches);
    for (const ChartSheet::Text &text : sheet.texts) {
        const QFont font = ChartSheet::font(sheet.family, text);
        painter.setFont(font);
        painter.setPen(text.colour);
        const double width = QFontMetricsF(font).horizontalAdvance(text.text);
        const double part = text.anchor == ChartSheet::Text::Anchor::Start ? 0
            : text.anchor == ChartSheet::Text::Anchor::Middle              ? 0.5
                                                                          : 1;
        painter.drawText(text.at - QPointF(width * part, 0), text.text);
    }
}

QColor faded(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(colour.alphaF() * opacity));
    return colour;
}

// Tenths of a pixel are enough for the eye, and a third of the bytes.
QPointF rounded(QPointF point)
{
    return {std::round(point.x() * 10) / 10, std::round(point.y() * 10) / 10};
}

// What lies in the plot, as paths: band(polygons, colour), then line(strokes, line).
template<class FillBand, class StrokeLine>
void eachShape(const ExportedChart &chart, const ChartSheet &sheet, FillBand fillBand, StrokeLine strokeLine)
{
    const int columns = std::max(1, static_cast<int>(std::lround(sheet.plot.width())));
    const Drawing drawing = chart.drawing();
    for (const DrawnBand &band : drawing.bands) {
        if (const auto line = lineInPlaceOf(band, chart.view, columns))
            strokeLine(strokesOf(*line->series, chart.view, columns, sheet.plot.size()), *line);
        else
            fillBand(areasOf(*band.low, *band.high, chart.view, columns, sheet.plot.size()), band);
    }
    for (const bool isFaint : {true, false}) {
        for (const DrawnLine &line : drawing.lines) {
            if ((line.opacity < 1) == isFaint)
                strokeLine(strokesOf(*line.series, chart.view, columns, sheet.plot.size()), line);
        }
    }
}

class Svg
{
public:
    explicit Svg(const ChartSheet &sheet)
    {
        const QString size = u"%1\" height=\"%2"_s.arg(sheet.size.width()).arg(sheet.size.height());
        m_text = u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" viewBox=\"0 0 %2 %3\" font-family=\"%4, sans-serif\">\n"
                 "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"_s
                     .arg(size)
                     .arg(sheet.size.width())
                     .arg(sheet.size.height())
                     .arg(escaped(sheet.family))
                     .toUtf8();
    }

    void rules(const std::vector<ChartSheet::Rule> &rules)
    {
        for (const ChartSheet::Rule &rule : rules) {
            m_text += u"<path d=\"M%1 %2L%3 %4\" stroke=\"%5\" stroke-width=\"%6\"%7/>\n"_s
                          .arg(decimal(rule.line.x1()), decimal(rule.line.y1()), decimal(rule.line.x2()),
                              decimal(rule.line.y2()), rule.colour.name(), decimal(rule.width), dashes(rule.style, rule.width))
                          .toUtf8();
        }
    }
    // What follows is in tenths of a pixel from the top left corner of the plot.
    void beginPlot(const QRectF &plot)
    {
        m_text += u"<clipPath id=\"plot\"><rect width=\"%1\" height=\"%2\"/></clipPath>\n"
                  "<g transform=\"translate(%3 %4)\"><g clip-path=\"url(#plot)\"><g transform=\"scale(.1)\" fill=\"none\" "
                  "stroke-linejoin=\"bevel\">\n"_s
                      .arg(decimal(plot.width()), decimal(plot.height()), decimal(plot.left()), decimal(plot.top()))
                      .toUtf8();
    }
    void endPlot() { m_text += "</g></g></g>\n"; }
    void band(const QList<QPolygonF> &areas, const DrawnBand &band)
    {
        if (areas.isEmpty())
            return;
        beginPath();
        for (const QPolygonF &area : areas) {
            move(area);
            m_text += 'z';
            m_last = QPoint(tenths(area.front().x()), tenths(area.front().y()));
        }
        m_text += u"\" fill=\"%1\" fill-opacity=\"%2\"/>\n"_s.arg(band.colour.name()).arg(band.opacity).toUtf8();
    }
    void line(const Strokes &strokes, const DrawnLine &line)
    {
        QByteArray dots;
        beginPath();
        for (const QPolygonF &piece : strokes.pieces) {
            if (piece.size() > 1)
                move(piece);
            else
                dots += u"<circle cx=\"%1\" cy=\"%2\" r=\"%3\" fill=\"%4\"/>\n"_s.arg(tenths(piece.front().x()))
                            .arg(tenths(piece.front().y())).arg(line.width * 15).arg(line.colour.name()).toUtf8();
        }
        if (line.style != Qt::SolidLine && !strokes.bars.isEmpty()) {
            endPath(line, line.style);
            beginPath();
        }
        for (const QLineF &bar : strokes.bars)
            move(QPolygonF({bar.p1(), bar.p2()}));
        endPath(line, strokes.bars.isEmpty() ? line.style : Qt::SolidLine);
        m_text += dots;
    }
    void marks(const std::vector<ChartSheet::Mark> &marks)
    {
        for (const ChartSheet::Mark &mark : marks) {
            QString corners;
            for (const QPointF &corner : mark.corners)
                corners += decimal(corner.x()) + u',' + decimal(corner.y()) + u' ';
            m_text += u"<polygon points=\"%1\" fill=\"%2\"/>\n"_s.arg(corners.trimmed(), mark.colour.name()).toUtf8();
        }
    }
    void texts(const std::vector<ChartSheet::Text> &texts)
    {
        static constexpr const char *anchors[] = {"start", "middle", "end"};
        for (const ChartSheet::Text &text : texts) {
            m_text += u"<text x=\"%1\" y=\"%2\" font-size=\"%3\" fill=\"%4\" text-anchor=\"%5\"%6>%7</text>\n"_s
                          .arg(decimal(text.at.x()), decimal(text.at.y()), decimal(text.size), text.colour.name(),
                              QLatin1StringView(anchors[static_cast<int>(text.anchor)]),
                              text.isBold ? u" font-weight=\"600\""_s : QString(), escaped(text.text))
                          .toUtf8();
        }
    }
    QByteArray end() { return m_text + "</svg>\n"; }

private:
    static QString decimal(double value) { return QString::number(std::round(value * 100) / 100); }
    static int tenths(double value) { return static_cast<int>(std::lround(value * 10)); }
    static QString dashes(Qt::PenStyle style, double width)
    {
        QStringList lengths; // as QPen has them, in widths of the pen
        for (const double length : QPen(Qt::black, 1, style).dashPattern())
            lengths.append(decimal(length * width));
        return lengths.isEmpty() ? QString() : u" stroke-dasharray=\"%1\""_s.arg(lengths.join(u' '));
    }
    // XML has no way to write most control characters.
    static QString escaped(QString text)
    {
        for (QChar &character : text) {
            if (character < u' ' || character == QChar(0xFFFE) || character == QChar(0xFFFF))
                character = u' ';
        }
        return text.toHtmlEscaped();
    }
    void beginPath()
    {
        m_text += "<path d=\"";
        m_last = {};
    }
    void endPath(const DrawnLine &line, Qt::PenStyle style)
    {
        m_text += u"\" stroke=\"%1\" stroke-width=\"%2\"%3%4/>\n"_s
                      .arg(line.colour.name(), decimal(line.width * 10),
                          line.opacity < 1 ? u" stroke-opacity=\"%1\""_s.arg(line.opacity) : QString(),
                          dashes(style, line.width * 10))
                      .toUtf8();
    }
    void append(int value)
    {
        // A sign separates numbers as well as a space.
        if (value >= 0)
            m_text += ' ';
        m_text += QByteArray::number(value);
    }
    // Relative, and h and v where one of both stays: short, because a chart has a hundred thousand of them.
    void move(const QPolygonF &piece)
    {
        for (qsizetype i = 0; i < piece.size(); ++i) {
            const QPoint point(tenths(piece[i].x()), tenths(piece[i].y()));
            const QPoint way = point - m_last;
            if (i == 0) {
                m_text += 'm' + QByteArray::number(way.x());
                append(way.y());
            } else if (way.isNull()) {
                continue;
            } else if (way.x() == 0) {
                m_text += 'v' + QByteArray::number(way.y());
            } else if (way.y() == 0) {
                m_text += 'h' + QByteArray::number(way.x());
            } else {
                m_text += 'l' + QByteArray::number(way.x());
                append(way.y());
            }
            m_last = point;
        }
    }

    QByteArray m_text;
    QPoint m_last;
};

} // namespace

QImage paintedChart(const ExportedChart &chart, QSizeF size, double pixelRatio)
{
    const QSize pixels = (size * pixelRatio).toSize();
    if (pixels.width() > mostPixels || pixels.height() > mostPixels) // before the memory is asked for
        return {};
    const ChartSheet sheet = ChartSheet::layOut(chart, size);
    QImage image(pixels, QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(pixelRatio);
    image.fill(Qt::white);
    const double dotsPerMeter = inch * pixelRatio / 0.0254;
    image.setDotsPerMeterX(static_cast<int>(std::lround(dotsPerMeter)));
    image.setDotsPerMeterY(static_cast<int>(std::lround(dotsPerMeter)));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintRules(painter, sheet.rules);
    const QSize plot = (sheet.plot.size() * pixelRatio).toSize();
    painter.drawImage(sheet.plot.topLeft(), Rasteriser::fine(chart.drawing(), chart.view, plot, pixelRatio));
    paintSurroundings(painter, sheet);
    painter.end();
    return image;
}

QByteArray svgChart(const ExportedChart &chart, QSizeF size)
{
    const ChartSheet sheet = ChartSheet::layOut(chart, size);
    Svg svg(sheet);
    svg.rules(sheet.rules);
    svg.beginPlot(sheet.plot);
    eachShape(chart, sheet, [&](const QList<QPolygonF> &areas, const DrawnBand &band) { svg.band(areas, band); },
        [&](const Strokes &strokes, const DrawnLine &line) { svg.line(strokes, line); });
    svg.endPlot();
    svg.marks(sheet.marks);
    svg.rules(sheet.swatches);
    svg.texts(sheet.texts);
    return svg.end();
}

QByteArray pdfChart(const ExportedChart &chart, QSizeF size)
{
    constexpr double unitsPerPixel = 10; // what is rounded to tenths is written as whole numbers
    const ChartSheet sheet = ChartSheet::layOut(chart, size);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setCreator(u"Perihelion"_s);
    writer.setTitle(chart.title);
    writer.setResolution(static_cast<int>(inch * unitsPerPixel));
    writer.setPageSize(QPageSize(size * (points / inch), QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins({});
    QPainter painter(&writer);
    painter.scale(unitsPerPixel, unitsPerPixel);
    paintRules(painter, sheet.rules);
    painter.save();
    painter.setClipRect(sheet.plot);
    painter.translate(sheet.plot.topLeft());
    eachShape(chart, sheet,
        [&](const QList<QPolygonF> &areas, const DrawnBand &band) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(faded(band.colour, band.opacity));
            for (const QPolygonF &area : areas)
                painter.drawPolygon(area, Qt::WindingFill);
        },
        [&](const Strokes &strokes, const DrawnLine &line) {
            Strokes tenths = strokes;
            for (QPolygonF &piece : tenths.pieces)
                std::transform(piece.cbegin(), piece.cend(), piece.begin(), rounded);
            for (QLineF &bar : tenths.bars)
                bar = QLineF(rounded(bar.p1()), rounded(bar.p2()));
            drawStrokes(painter, tenths, faded(line.colour, line.opacity), line.style, line.width);
        });
    painter.restore();
    paintSurroundings(painter, sheet);
    painter.end();
    return buffer.data();
}
