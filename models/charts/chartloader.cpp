// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartloader.h"

#include "models/api/background.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

// Series a request. A sampled one has about 500 points, a full one up to 15,000, some 50 bytes each.
constexpr qsizetype sampledAtOnce = 20; // the first lines soon
constexpr qsizetype fullAtOnce = 10;
constexpr std::size_t fullBytes = 15000 * 20; // values, pyramid and times of one of these
constexpr std::size_t requestsAtOnce = 4; // of the client's six: the table wants some too

// Everything of an answer that is kept; made on the main thread, used on another.
struct Raw
{
    QString key;
    QString metric;
    Points::Columns columns;
    PointsPointer before;
};

} // namespace

ChartLoader::ChartLoader(QObject *parent)
    : QObject(parent)
{
    // A person walking through the table with the arrow keys asks for the run they stop at.
    m_start.setSingleShot(true);
    m_start.setInterval(30);
    connect(&m_start, &QTimer::timeout, this, &ChartLoader::askNext);
}

void ChartLoader::setSource(const QString &id, Source source)
{
    m_keys.clear();
    m_metrics.clear();
    cancelUnwanted();
    m_id = id + u'/';
    m_source = std::move(source);
}

void ChartLoader::setWanted(const QStringList &keys, const QStringList &metrics)
{
    m_keys = keys;
    m_metrics = metrics;
    ++m_turn;
    for (const QString &key : keys) {
        for (const QString &metric : metrics)
            m_cells[cellId(key, metric)].lastWanted = m_turn;
    }
    cancelUnwanted();
    dropUnwanted();
    askLeftOut();
    m_start.start();
}

void ChartLoader::setMostBytes(std::size_t bytes)
{
    m_mostBytes = bytes;
    askLeftOut();
    m_start.start();
}

// There may be room for them now.
void ChartLoader::askLeftOut()
{
    for (Cell &cell : m_cells)
        cell.line.isLeftOut = false;
}

void ChartLoader::refresh(const QStringList &keys)
{
    for (const QString &key : keys) {
        for (const QString &metric : m_metrics) {
            Cell &cell = m_cells[cellId(key, metric)];
            cell.isStale = true;
            cell.line.error.reset();
        }
    }
    m_start.start();
}

void ChartLoader::retry(const QString &metric)
{
    for (const QString &key : m_keys)
        m_cells[cellId(key, metric)].line.error.reset();
    emit linesChanged(metric);
    m_start.start();
}

const ChartLoader::Line &ChartLoader::line(const QString &key, const QString &metric) const
{
    static const Line waiting;
    const auto cell = m_cells.constFind(cellId(key, metric));
    return cell == m_cells.cend() ? waiting : cell->line;
}

double ChartLoader::firstTime(const QString &key) const
{
    return m_firstTimes.value(m_id + key, std::numeric_limits<double>::quiet_NaN());
}

std::size_t ChartLoader::bytes() const
{
    ByteCount count;
    for (const Cell &cell : m_cells) {
        if (cell.line.points)
            cell.line.points->countBytes(count);
    }
    return count.bytes;
}

bool ChartLoader::needs(const Cell &cell, bool full) const
{
    if (cell.isAsked || cell.line.error)
        return false;
    switch (cell.line.state) {
    case Line::State::Waiting:
        return !full;
    case Line::State::Sampled:
        return full && !cell.line.isLeftOut;
    case Line::State::Complete:
    case Line::State::Absent:
        return full && cell.isStale;
    }
    return false;
}

void ChartLoader::askNext()
{
    while (m_source && m_requests.size() < requestsAtOnce) {
        auto question = nextQuestion(false);
        if (!question) {
            leaveOut();
            question = nextQuestion(true);
        }
        if (!question)
            return;
        ask(*question);
    }
}

// Where the bound is reached with what is on its way, the lines that are samples now stay that.
void ChartLoader::leaveOut()
{
    const auto asked = std::count_if(m_cells.cbegin(), m_cells.cend(),
        [](const Cell &cell) { return cell.isAsked && cell.line.state == Line::State::Sampled; });
    if (bytes() + static_cast<std::size_t>(asked) * fullBytes < m_mostBytes)
        return;
    QSet<QString> changed;
    for (const QString &key : std::as_const(m_keys)) {
        for (const QString &metric : std::as_const(m_metrics)) {
            Cell &cell = m_cells[cellId(key, metric)];
            if (cell.line.state != Line::State::Sampled || cell.isAsked || cell.line.isLeftOut)
                continue;
            cell.line.isLeftOut = true;
            changed.insert(metric);
        }
    }
    for (const QString &metric : std::as_const(changed))
        emit linesChanged(metric);
}

// As many runs as fit, all in need of the same metrics as the first one that needs any.
std::optional<api::ChartQuestion> ChartLoader::nextQuestion(bool full)
{
    const qsizetype most = full ? fullAtOnce : sampledAtOnce;
    const auto missing = [&](const QString &key) {
        QStringList metrics;
        for (const QString &metric : std::as_const(m_metrics)) {
            if (metrics.size() < most && needs(m_cells[cellId(key, metric)], full))
                metrics.append(metric);
        }
        return metrics;
    };
    api::ChartQuestion question;
    question.full = full;
    QStringList metrics;
    for (const QString &key : std::as_const(m_keys)) {
        const QStringList its = missing(key);
        if (its.isEmpty() || (!metrics.isEmpty() && its != metrics))
            continue;
        metrics = its;
        question.experiments.append(key);
        if ((question.experiments.size() + 1) * metrics.size() > most)
            break;
    }
    if (metrics.isEmpty())
        return {};
    question.metrics = metrics;
    return question;
}

void ChartLoader::ask(const api::ChartQuestion &question)
{
    auto *reply = m_source(
        question, question.full ? api::Priority::Background : api::Priority::Visible);
    if (!reply) { // the server was removed
        m_source = {};
        return;
    }
    const QStringList metrics = *question.metrics;
    for (const QString &key : question.experiments) {
        for (const QString &metric : metrics)
            m_cells[cellId(key, metric)].isAsked = true;
    }
    m_requests.push_back({reply, question.experiments, metrics, question.full});
    reply->then(this, [this, question](const api::ChartAnswer &answer) { take(question, answer); });
    reply->otherwise(this, [this, question](const api::Error &error) { fail(question, error); });
    connect(reply, &api::ReplyBase::finished, this, [this, reply] {
        m_requests.remove_if([reply](const Request &request) { return request.reply == reply; });
        askNext();
    });
}

void ChartLoader::take(const api::ChartQuestion &question, const api::ChartAnswer &answer)
{
    const QStringList metrics = *question.metrics;
    std::vector<Raw> raw;
    QSet<CellId> absent;
    for (const QString &key : question.experiments) {
        for (const QString &metric : metrics)
            absent.insert({key, metric});
    }
    for (const api::ChartedExperiment &experiment : answer) {
        for (const api::MetricSeries &series : experiment.metrics) {
            if (!absent.remove({experiment.key, series.name}))
                continue; // not asked for, or twice
            raw.push_back({experiment.key, series.name,
                {series.values, series.steps, series.epochs, series.timestamps, series.durations},
                m_cells.value(cellId(experiment.key, series.name)).line.points});
        }
    }
    for (const auto &[key, metric] : std::as_const(absent)) {
        Cell &cell = m_cells[cellId(key, metric)];
        cell.isAsked = cell.isStale = false;
        cell.line = {};
        cell.line.state = Line::State::Absent;
    }
    const auto prepare = [raw = std::move(raw), pool = m_pool]() mutable {
        std::vector<Prepared> prepared;
        for (Raw &one : raw) {
            auto points = std::make_shared<const Points>(std::move(one.columns), pool.get());
            const bool isSame = one.before && one.before->isSame(*points);
            const double firstTime = points->firstTime();
            prepared.push_back({one.key, one.metric, isSame ? one.before : std::move(points), firstTime});
        }
        return prepared;
    };
    ++m_preparing;
    runInBackground(this, prepare, [this, id = m_id, full = question.full](std::vector<Prepared> prepared) {
        store(id, full, prepared);
    });
    for (const QString &metric : metrics)
        emit linesChanged(metric);
}

void ChartLoader::store(const QString &id, bool full, const std::vector<Prepared> &prepared)
{
    --m_preparing;
    QSet<QString> changed;
    bool isEarlier = false;
    for (const Prepared &one : prepared) {
        Cell &cell = m_cells[{id + one.key, one.metric}];
        const auto first = m_firstTimes.constFind(id + one.key);
        if (first == m_firstTimes.cend() ? !std::isnan(one.firstTime) : one.firstTime < *first) {
            m_firstTimes.insert(id + one.key, one.firstTime);
            isEarlier = true;
        }
        cell.isAsked = cell.isStale = false;
        const Line::State state = full ? Line::State::Complete : Line::State::Sampled;
        if (cell.line.points == one.points && cell.line.state == state && !cell.line.error)
            continue; // a refresh that brought nothing
        cell.line = {};
        cell.line.state = state;
        cell.line.points = one.points;
        cell.line.series = one.points->series();
        changed.insert(one.metric);
    }
    dropUnwanted();
    askNext();
    if (id != m_id)
        return;
    for (const QString &metric : std::as_const(changed))
        emit linesChanged(metric);
    if (isEarlier)
        emit firstTimesChanged();
}

void ChartLoader::fail(const api::ChartQuestion &question, const api::Error &error)
{
    const QStringList metrics = *question.metrics;
    for (const QString &key : question.experiments) {
        for (const QString &metric : metrics) {
            Cell &cell = m_cells[cellId(key, metric)];
            cell.isAsked = false;
            cell.line.error = error;
        }
    }
    for (const QString &metric : metrics)
        emit linesChanged(metric);
}

void ChartLoader::cancelUnwanted()
{
    const QSet<QString> keys(m_keys.cbegin(), m_keys.cend());
    const QSet<QString> wantedMetrics(m_metrics.cbegin(), m_metrics.cend());
    const auto requests = m_requests; // cancelling takes them off the list
    for (const Request &request : requests) {
        const auto isWanted = [](const QStringList &names, const QSet<QString> &wanted) {
            return std::any_of(names.cbegin(), names.cend(),
                [&](const QString &name) { return wanted.contains(name); });
        };
        if (isWanted(request.keys, keys) && isWanted(request.metrics, wantedMetrics))
            continue;
        for (const QString &key : request.keys) {
            for (const QString &metric : request.metrics)
                m_cells[cellId(key, metric)].isAsked = false;
        }
        request.reply->cancel();
    }
}

// What is not wanted stays, what was wanted last first, as far as it is within the bound.
void ChartLoader::dropUnwanted()
{
    ByteCount count;
    std::vector<std::pair<quint64, CellId>> idle;
    for (auto cell = m_cells.cbegin(); cell != m_cells.cend(); ++cell) {
        if (cell->lastWanted != m_turn && !cell->isAsked)
            idle.push_back({cell->lastWanted, cell.key()});
        else if (cell->line.points)
            cell->line.points->countBytes(count);
    }
    const std::size_t wanted = count.bytes;
    std::sort(idle.begin(), idle.end(), std::greater<>());
    for (const auto &[turn, id] : idle) {
        const auto cell = m_cells.constFind(id);
        if (cell->line.points)
            cell->line.points->countBytes(count);
        if (count.bytes - wanted > m_keptBytes)
            m_cells.erase(cell);
    }
}
