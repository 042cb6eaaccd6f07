// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/rasteriser.h"

#include "models/charts/strokes.h"
#include "models/charts/vectorregisters.h"

#include <QtConcurrentMap>

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

namespace {

QColor faded(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(colour.alphaF() * opacity));
    return colour;
}

QImage emptyImage(QSize pixels, double pixelRatio)
{
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(Qt::transparent);
    return image;
}

// Writes colour to the rows of [span) that covered does not have yet. Returns how many those were.
int writeSpan(Span span, QRgb colour, std::vector<quint64> &covered, QRgb *column, qsizetype stride)
{
    int written = 0;
    const int firstWord = span.top >> 6;
    const int lastWord = (span.bottom - 1) >> 6;
    for (int word = firstWord; word <= lastWord; ++word) {
        quint64 mask = ~quint64{0};
        if (word == firstWord)
            mask &= ~quint64{0} << (span.top & 63);
        if (word == lastWord && span.bottom - word * 64 < 64)
            mask &= (quint64{1} << (span.bottom - word * 64)) - 1;
        quint64 &cover = covered[static_cast<std::size_t>(word)];
        quint64 fresh = mask & ~cover;
        cover |= mask;
        QRgb *const rows = column + word * 64 * stride;
        while (fresh != 0) {
            const int skip = std::countr_zero(fresh);
            const int run = std::countr_one(fresh >> skip);
            QRgb *row = rows + skip * stride;
            for (int i = 0; i < run; ++i, row += stride)
                *row = colour;
            written += run;
            fresh = skip + run >= 64 ? 0 : fresh & (~quint64{0} << (skip + run));
        }
    }
    return written;
}

// One column of a picture while faint layers are laid over each other: channels apart, so that the compiler
// can take many rows at once.
class FaintColumn
{
public:
    explicit FaintColumn(int height)
        : m_rows(static_cast<std::size_t>(height))
    {
        for (std::vector<quint16> &channel : m_channels)
            channel.assign(m_rows, 0);
    }

    void add(Span span, QRgb colour)
    {
        const int parts[] = {qBlue(colour), qGreen(colour), qRed(colour), qAlpha(colour)};
        const auto rest = static_cast<quint16>(256 - qAlpha(colour) - (qAlpha(colour) >> 7));
        for (std::size_t i = 0; i < m_channels.size(); ++i) {
            const auto part = static_cast<quint16>(parts[i]);
            quint16 *const channel = m_channels[i].data();
            for (int row = span.top; row < span.bottom; ++row)
                channel[row] = static_cast<quint16>(part + ((channel[row] * rest) >> 8));
        }
        m_touched.top = m_touched.isEmpty() ? span.top : std::min(m_touched.top, span.top);
        m_touched.bottom = std::max(m_touched.bottom, span.bottom);
    }

    // Into the picture, and empty again.
    void flush(QRgb *column, qsizetype stride)
    {
        if (m_touched.isEmpty())
            return;
        for (int row = m_touched.top; row < m_touched.bottom; ++row) {
            const auto i = static_cast<std::size_t>(row);
            column[row * stride] = qRgba(m_channels[2][i], m_channels[1][i], m_channels[0][i], m_channels[3][i]);
        }
        for (std::vector<quint16> &channel : m_channels)
            std::fill(channel.begin() + m_touched.top, channel.begin() + m_touched.bottom, quint16{0});
        m_touched = {};
    }

private:
    std::size_t m_rows;
    std::array<std::vector<quint16>, 4> m_channels;
    Span m_touched;
};

QRgb premultiplied(QColor colour, double opacity)
{
    return qPremultiply(faded(colour, opacity).rgba());
}

bool isOpaque(const DrawnLine &line)
{
    return qAlpha(premultiplied(line.colour, line.opacity)) == 255;
}

// Faint lines are drawn first: what is plain lies above all that is behind it.
std::vector<const DrawnLine *> inOrder(const std::vector<DrawnLine> &lines)
{
    std::vector<const DrawnLine *> order;
    for (const DrawnLine &line : lines)
        order.push_back(&line);
    std::stable_partition(order.begin(), order.end(), [](const DrawnLine *line) { return !isOpaque(*line); });
    return order;
}

// An envelope below its own plain line would not be seen.
bool isHidden(const DrawnBand &band, const std::vector<DrawnLine> &lines)
{
    return band.low == band.high && std::any_of(lines.cbegin(), lines.cend(), [&](const DrawnLine &line) {
        return line.series == band.low && isOpaque(line) && line.style == Qt::SolidLine;
    });
}

// The antialiased picture: one shape after the other is covered and laid over what is there.
class FinePicture
{
public:
    FinePicture(const View &view, QSize pixels, double pixelRatio)
        : m_view(view)
        , m_pixelRatio(pixelRatio)
        , m_image(emptyImage(pixels, pixelRatio))
        , m_coverage(pixels)
    {
    }

    void add(const DrawnLine &line)
    {
        const Strokes strokes = strokesOf(*line.series, m_view, m_image.width(), m_image.size());
        coverStrokes(m_coverage, strokes, line.style, line.width * m_pixelRatio);
        m_coverage.lay(premultiplied(line.colour, line.opacity), m_image);
    }

    void add(const DrawnBand &band)
    {
        if (const auto line = lineInPlaceOf(band, m_view, m_image.width())) {
            add(*line);
            return;
        }
        for (const QPolygonF &area : areasOf(*band.low, *band.high, m_view, m_image.width(), m_image.size()))
            m_coverage.addArea(area);
        m_coverage.lay(premultiplied(band.colour, band.opacity), m_image);
    }

    QImage take() { return std::move(m_image); }

private:
    View m_view;
    double m_pixelRatio;
    QImage m_image;
    Coverage m_coverage;
};

} // namespace

std::optional<DrawnLine> lineInPlaceOf(const DrawnBand &band, const View &view, int columns)
{
    if (band.low != band.high || isReduced(*band.low, view, columns))
        return {};
    return DrawnLine{band.low, band.colour, Qt::SolidLine, 1, band.opacity};
}

const Rasteriser::Starts *Rasteriser::startsOf(const Steps &steps)
{
    const auto same = std::find_if(m_starts.cbegin(), m_starts.cend(), [&](const Starts &starts) {
        return starts.steps == &steps || (steps.isUniform() && *starts.steps == steps);
    });
    if (same != m_starts.cend())
        return &*same;
    m_starts.push_back({&steps, {}});
    return &m_starts.back();
}

// First what is to be done, then all of it at once: by this thread and those of the pool that are idle.
void Rasteriser::reduceAll(const Drawing &drawing, const View &view, QSize pixels, double pixelRatio)
{
    const auto columns = static_cast<std::size_t>(pixels.width());
    m_starts.clear();
    m_layers.clear();
    m_spans.resize((drawing.bands.size() + drawing.lines.size()) * columns);
    std::vector<std::function<void()>> reductions;
    const auto next = [&](QRgb colour, bool isOpaque) {
        m_layers.push_back({colour, isOpaque});
        return std::span(m_spans).subspan((m_layers.size() - 1) * columns, columns);
    };
    for (const DrawnBand &band : drawing.bands) {
        if (isHidden(band, drawing.lines))
            continue;
        reductions.emplace_back([&, spans = next(premultiplied(band.colour, band.opacity), false),
                                    low = startsOf(band.low->steps()), high = startsOf(band.high->steps())] {
            reduceBand(*band.low, low->indexes, *band.high, high->indexes, view, pixels.height(), 1, spans);
        });
    }
    for (const DrawnLine *line : inOrder(drawing.lines)) {
        reductions.emplace_back([&, line, spans = next(premultiplied(line->colour, line->opacity), isOpaque(*line)),
                                    starts = startsOf(line->series->steps())] {
            reduce(*line->series, starts->indexes, view, pixels.height(), line->width * pixelRatio, spans);
        });
    }
    QtConcurrent::blockingMap(m_starts,
        [&](Starts &starts) { starts.indexes = columnStarts(*starts.steps, view.x0, view.x1, pixels.width()); });
    QtConcurrent::blockingMap(reductions, [](const std::function<void()> &work) { work(); });
}

QImage Rasteriser::quick(const Drawing &drawing, const View &view, QSize pixels, double pixelRatio)
{
    clearVectorRegisters();
    QImage image = emptyImage(pixels, pixelRatio);
    const auto columns = static_cast<std::size_t>(pixels.width());
    reduceAll(drawing, view, pixels, pixelRatio);
    // Blocks of columns that lie beside each other in memory: all threads paint, and none waits for another's line.
    constexpr std::size_t width = 64;
    std::vector<Block> blocks;
    for (std::size_t begin = 0; begin < columns; begin += width)
        blocks.push_back({begin, std::min(begin + width, columns)});
    const qsizetype stride = image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    auto *const bits = reinterpret_cast<QRgb *>(image.bits());
    QtConcurrent::blockingMap(blocks, [&](const Block &block) { paint(block, bits, stride, pixels); });
    return image;
}

void Rasteriser::paint(const Block &block, QRgb *bits, qsizetype stride, QSize pixels) const
{
    const auto columns = static_cast<std::size_t>(pixels.width());
    const auto firstOpaque = static_cast<std::size_t>(
        std::find_if(m_layers.cbegin(), m_layers.cend(), [](const Layer &layer) { return layer.isOpaque; })
        - m_layers.cbegin());
    std::vector<quint64> covered(static_cast<std::size_t>(pixels.height() + 63) / 64);
    FaintColumn faint(firstOpaque > 0 ? pixels.height() : 0);
    for (std::size_t column = block.begin; column < block.end; ++column) {
        for (std::size_t i = 0; i < firstOpaque; ++i) {
            if (const Span span = m_spans[i * columns + column]; !span.isEmpty())
                faint.add(span, m_layers[i].colour);
        }
        faint.flush(bits + column, stride);
        std::fill(covered.begin(), covered.end(), 0);
        int left = pixels.height();
        for (std::size_t i = m_layers.size(); i-- > firstOpaque && left > 0;) {
            if (const Span span = m_spans[i * columns + column]; !span.isEmpty())
                left -= writeSpan(span, m_layers[i].colour, covered, bits + column, stride);
        }
    }
}

std::size_t Rasteriser::fineCost(const Drawing &drawing, const View &view, int columns)
{
    std::size_t cost = 0;
    for (const DrawnBand &band : drawing.bands)
        cost += isHidden(band, drawing.lines) ? 0 : 2 * strokeCost(*band.low, view, columns);
    for (const DrawnLine &line : drawing.lines)
        cost += strokeCost(*line.series, view, columns);
    return cost;
}

QImage Rasteriser::fine(const Drawing &drawing, const View &view, QSize pixels, double pixelRatio,
    const std::atomic_bool *cancelled)
{
    FinePicture picture(view, pixels, pixelRatio);
    for (const DrawnBand &band : drawing.bands) {
        if (cancelled && *cancelled)
            return {};
        if (!isHidden(band, drawing.lines))
            picture.add(band);
    }
    for (const DrawnLine *line : inOrder(drawing.lines)) {
        if (cancelled && *cancelled)
            return {};
        picture.add(*line);
    }
    return picture.take();
}
