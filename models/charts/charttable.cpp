// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/charttable.h"

#include "models/charts/delimited.h"

#include <QDateTime>
#include <QIODevice>
#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

constexpr char separator = ',';

// Text on its way to a device, a megabyte at a time.
class Rows
{
public:
    explicit Rows(QIODevice &device)
        : m_device(device)
    {
    }
    ~Rows() { m_device.write(m_text); }
    Rows(const Rows &) = delete;
    Rows &operator=(const Rows &) = delete;

    void field(const QString &text)
    {
        next();
        appendField(m_text, text, separator);
    }
    void number(double value)
    {
        next();
        appendNumber(m_text, value);
    }
    void time(double milliseconds)
    {
        next();
        m_text += QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(std::llround(milliseconds)), QTimeZone::utc())
                      .toString(u"yyyy-MM-dd'T'HH:mm:ss.zzz'Z'"_s)
                      .toLatin1();
    }
    void empty() { next(); }
    // False where the device takes no more.
    bool end()
    {
        m_text += '\n';
        m_isFirst = true;
        if (m_text.size() < 1 << 20)
            return true;
        const bool isWritten = m_device.write(m_text) == m_text.size();
        m_text.clear();
        return isWritten;
    }

private:
    void next()
    {
        if (!m_isFirst)
            m_text += separator;
        m_isFirst = false;
    }

    QIODevice &m_device;
    QByteArray m_text;
    bool m_isFirst = true;
};

QString headerOfX(const ExportedChart &chart)
{
    return chart.x.title.isEmpty() ? u"x"_s : chart.x.title;
}

// "val/loss" and where several parts go by one name, "val/loss (smoothed)".
QString columnName(const ExportedLine &line)
{
    return line.part.isEmpty() ? line.name : u"%1 (%2)"_s.arg(line.name, line.part);
}

// The points of a line that are in view, as indexes of what is exact: what has no place on a logarithmic axis was
// left out in front of what is drawn.
struct InView
{
    std::size_t begin;
    std::size_t end;
};
InView inView(const ExportedLine &line, const View &view)
{
    const Steps &drawn = line.drawn.series->steps();
    const std::size_t skipped = line.exact->size() - drawn.size();
    const std::size_t begin = drawn.lowerBound(view.x0);
    const std::size_t end = drawn.lowerBound(std::nextafter(view.x1, std::numeric_limits<double>::infinity()), begin);
    return {begin + skipped, end + skipped};
}

// Columns of a wide table that go along one x of their own.
struct Block
{
    const Steps *x;
    std::size_t next;
    std::size_t end;
    std::size_t width;
};

// Every x that is in any block, in order; write(block, index) writes its columns, or width empty ones.
template<class WriteX, class Write>
void join(Rows &rows, std::vector<Block> blocks, WriteX writeX, Write write)
{
    while (true) {
        double x = std::numeric_limits<double>::infinity();
        for (const Block &block : blocks) {
            if (block.next < block.end)
                x = std::min(x, (*block.x)[block.next]);
        }
        if (std::isinf(x))
            return;
        writeX(x);
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            Block &block = blocks[i];
            if (block.next < block.end && (*block.x)[block.next] == x)
                write(i, block.next++);
            else
                for (std::size_t column = 0; column < block.width; ++column)
                    rows.empty();
        }
        if (!rows.end())
            return;
    }
}

// The rows of what has no x: in each the next value of every block that has one left; write(block, index) writes it.
template<class Write>
void joinWithoutX(Rows &rows, const std::vector<Block> &blocks, const std::vector<std::size_t> &sizes, Write write)
{
    const std::size_t most = sizes.empty() ? 0 : *std::max_element(sizes.cbegin(), sizes.cend());
    for (std::size_t row = 0; row < most; ++row) {
        rows.empty();
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            if (row < sizes[i])
                write(i, row);
            else
                for (std::size_t column = 0; column < blocks[i].width; ++column)
                    rows.empty();
        }
        if (!rows.end())
            return;
    }
}

void writeX(Rows &rows, const ExportedChart &chart, double x)
{
    if (chart.x.scale == ExportedAxis::Scale::WallTime)
        rows.time(x);
    else
        rows.number(x);
}

// A column that not all points have.
struct OptionalColumn
{
    const char *title;
    const std::shared_ptr<const Steps> &(Points::*numbers)() const;
};
constexpr OptionalColumn optionalColumns[] = {
    {"epoch", &Points::epochs}, {"time_ms", &Points::times}, {"duration", &Points::durations}};

// Which points of a metric have a step, and which have none.
struct Places
{
    std::vector<std::size_t> withStep;
    std::vector<std::size_t> withoutStep;
    Steps steps; // of the first
};
Places placesOf(const Points &points)
{
    std::vector<std::size_t> withStep;
    std::vector<std::size_t> withoutStep;
    std::vector<double> steps;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points.hasStep(i)) {
            withoutStep.push_back(i);
            continue;
        }
        withStep.push_back(i);
        steps.push_back(points.steps()[i]);
    }
    return {std::move(withStep), std::move(withoutStep), Steps(std::move(steps))};
}

void writeOptional(Rows &rows, const std::shared_ptr<const Steps> &column, std::size_t index)
{
    if (!column || std::isnan((*column)[index]))
        rows.empty();
    else
        rows.number((*column)[index]);
}

} // namespace

void writeShownLong(const ExportedChart &chart, QIODevice &device)
{
    const bool hasBands = std::any_of(
        chart.lines.cbegin(), chart.lines.cend(), [](const ExportedLine &line) { return line.exactLow && line.exactHigh; });
    Rows rows(device);
    for (const QString &title : {u"line"_s, u"part"_s, headerOfX(chart), chart.y.title.isEmpty() ? u"y"_s : chart.y.title})
        rows.field(title);
    if (hasBands) {
        rows.field(u"low"_s);
        rows.field(u"high"_s);
    }
    rows.field(u"key"_s);
    rows.end();
    for (const ExportedLine &line : chart.lines) {
        const InView points = inView(line, chart.view);
        for (std::size_t i = points.begin; i < points.end; ++i) {
            rows.field(line.name);
            rows.field(line.part);
            writeX(rows, chart, line.exact->steps()[i]);
            rows.number(line.exact->values()[i]);
            if (hasBands) {
                for (const SeriesPointer &edge : {line.exactLow, line.exactHigh}) {
                    if (edge)
                        rows.number(edge->values()[i]);
                    else
                        rows.empty();
                }
            }
            rows.field(line.key);
            if (!rows.end())
                return;
        }
        for (const double value : line.withoutX) {
            rows.field(line.name);
            rows.field(line.part);
            rows.empty();
            rows.number(value);
            for (int edge = 0; hasBands && edge < 2; ++edge)
                rows.empty();
            rows.field(line.key);
            if (!rows.end())
                return;
        }
    }
}

void writeShownWide(const ExportedChart &chart, QIODevice &device)
{
    Rows rows(device);
    rows.field(headerOfX(chart));
    std::vector<Block> blocks;
    for (const ExportedLine &line : chart.lines) {
        const bool hasBand = line.exactLow && line.exactHigh;
        rows.field(columnName(line));
        if (hasBand) {
            rows.field(columnName(line) + u" low"_s);
            rows.field(columnName(line) + u" high"_s);
        }
        const InView points = inView(line, chart.view);
        blocks.push_back({&line.exact->steps(), points.begin, points.end, hasBand ? std::size_t{3} : std::size_t{1}});
    }
    rows.end();
    join(rows, blocks, [&](double x) { writeX(rows, chart, x); },
        [&](std::size_t block, std::size_t index) {
            const ExportedLine &line = chart.lines[block];
            rows.number(line.exact->values()[index]);
            if (line.exactLow && line.exactHigh) {
                rows.number(line.exactLow->values()[index]);
                rows.number(line.exactHigh->values()[index]);
            }
        });
    std::vector<std::size_t> withoutX;
    for (const ExportedLine &line : chart.lines)
        withoutX.push_back(line.withoutX.size());
    joinWithoutX(rows, blocks, withoutX, [&](std::size_t block, std::size_t index) {
        rows.number(chart.lines[block].withoutX[index]);
        for (std::size_t column = 1; column < blocks[block].width; ++column)
            rows.empty();
    });
}

void writeRawLong(const ExportedChart &chart, QIODevice &device)
{
    Rows rows(device);
    for (const QString &title : {u"run"_s, u"key"_s, u"metric"_s, u"step"_s})
        rows.field(title);
    for (const OptionalColumn &column : optionalColumns)
        rows.field(QString::fromLatin1(column.title));
    rows.field(u"value"_s);
    rows.end();
    for (const ExportedPoints &one : chart.points) {
        const Points &points = *one.points;
        for (std::size_t i = 0; i < points.size(); ++i) {
            rows.field(one.name);
            rows.field(one.key);
            rows.field(one.metric);
            if (points.hasStep(i))
                rows.number(points.steps()[i]);
            else
                rows.empty();
            for (const OptionalColumn &column : optionalColumns)
                writeOptional(rows, (points.*column.numbers)(), i);
            rows.number(points.values()[i]);
            if (!rows.end())
                return;
        }
    }
}

void writeRawWide(const ExportedChart &chart, QIODevice &device)
{
    const bool hasSeveral = std::any_of(chart.points.cbegin(), chart.points.cend(),
        [&](const ExportedPoints &one) { return one.metric != chart.points.front().metric; });
    Rows rows(device);
    rows.field(u"step"_s);
    std::vector<Places> places;
    std::vector<std::size_t> widths;
    for (const ExportedPoints &one : chart.points) {
        const QString name = hasSeveral ? u"%1 %2"_s.arg(one.name, one.metric) : one.name;
        std::size_t width = 1;
        for (const OptionalColumn &column : optionalColumns) {
            if (!((*one.points).*column.numbers)())
                continue;
            rows.field(u"%1 %2"_s.arg(name, QLatin1StringView(column.title)));
            ++width;
        }
        rows.field(name);
        places.push_back(placesOf(*one.points));
        widths.push_back(width);
    }
    rows.end();
    std::vector<Block> blocks;
    std::vector<std::size_t> withoutStep;
    for (std::size_t i = 0; i < places.size(); ++i) {
        blocks.push_back({&places[i].steps, 0, places[i].steps.size(), widths[i]});
        withoutStep.push_back(places[i].withoutStep.size());
    }
    const auto write = [&](std::size_t block, std::size_t index) {
        const Points &points = *chart.points[block].points;
        for (const OptionalColumn &column : optionalColumns) {
            if (const auto &numbers = (points.*column.numbers)())
                writeOptional(rows, numbers, index);
        }
        rows.number(points.values()[index]);
    };
    join(rows, blocks, [&](double x) { rows.number(x); },
        [&](std::size_t block, std::size_t index) { write(block, places[block].withStep[index]); });
    joinWithoutX(rows, blocks, withoutStep,
        [&](std::size_t block, std::size_t index) { write(block, places[block].withoutStep[index]); });
}
