// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/panelfeed.h"

#include "models/api/background.h"

#include <algorithm>
#include <cmath>

namespace {

// From the 5th to the 95th percentile of all finite values of the lines that are read; of a large panel every n-th
// point is enough to know it.
std::optional<Pyramid::Range> centralRange(const PanelContent &content)
{
    constexpr std::size_t enough = 200'000;
    std::size_t all = 0;
    for (const PanelLine &line : content.lines)
        all += line.drawn ? line.drawn->size() : 0;
    const std::size_t stride = std::max<std::size_t>(1, all / enough);
    std::vector<double> values;
    for (const PanelLine &line : content.lines) {
        for (std::size_t i = 0; line.drawn && i < line.drawn->size(); i += stride) {
            if (std::isfinite(line.drawn->values()[i]))
                values.push_back(line.drawn->values()[i]);
        }
    }
    if (values.empty())
        return {};
    const auto at = [&values](double part) {
        const auto place = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return *place;
    };
    const double low = at(0.05);
    return Pyramid::Range{low, at(0.95)};
}

} // namespace

PanelFeed::PanelFeed(const ChartLoader &loader, QObject *parent)
    : QObject(parent)
    , m_loader(loader)
{
    // A metric that is loaded for another panel may be older than all that is shown in this one.
    connect(&m_loader, &ChartLoader::firstTimesChanged, this, [this] {
        const bool isElapsed = m_settings.xAxis.kind == XAxis::Kind::ElapsedTime;
        const auto isUnknown = [](const ChartedRun &run) { return run.start == 0; };
        if (isElapsed && (m_shown || isComputing()) && std::any_of(m_runs.cbegin(), m_runs.cend(), isUnknown))
            update();
    });
}

PanelFeed::~PanelFeed()
{
    if (m_cancelled)
        *m_cancelled = true;
}

void PanelFeed::setPanel(const PanelSettings &panel, const ChartSettings &page)
{
    const ChartSettings settings = panel.resolved(page);
    if (panel.metrics != m_panel.metrics || panel.expressions != m_panel.expressions) {
        m_series.clear();
        m_problem.clear();
        for (const QString &metric : panel.metrics)
            m_series.push_back(Derivation::read(Derivation::written(metric)).derivation);
        for (const QString &expression : panel.expressions) {
            const Derivation::Reading reading = Derivation::read(expression);
            if (reading.problem)
                m_problem = reading.problem->message;
            else
                m_series.push_back(reading.derivation);
        }
    }
    m_panel = panel;
    m_settings = settings;
}

void PanelFeed::setRuns(std::vector<ChartedRun> runs)
{
    m_runs = std::move(runs);
}

void PanelFeed::setGroupOf(GroupOf groupOf)
{
    m_groupOf = std::move(groupOf);
}

QStringList PanelFeed::metrics() const
{
    QStringList metrics;
    for (const Derivation &series : m_series)
        metrics += series.metrics();
    if (m_settings.xAxis.kind == XAxis::Kind::Metric)
        metrics.append(m_settings.xAxis.metric);
    metrics.removeDuplicates();
    return metrics;
}

QStringList PanelFeed::seriesNames() const
{
    QStringList names;
    for (const Derivation &series : m_series)
        names.append(series.isPlainMetric() ? series.metrics().constFirst() : series.text());
    return names;
}

// Collects on the way how far loading is.
PanelQuestion PanelFeed::question()
{
    using State = ChartLoader::Line::State;
    // The logarithm of a date says nothing.
    const bool isLogarithmicX = m_settings.logarithmicX && m_settings.xAxis.kind != XAxis::Kind::WallTime;
    PanelQuestion question{{}, m_series, m_settings.xAxis, isLogarithmicX, m_settings.logarithmicY,
        m_settings.smoothing, m_settings.showsRaw, m_settings.grouping};
    Progress progress;
    progress.runs = static_cast<int>(m_runs.size());
    const QStringList wanted = metrics();
    for (const ChartedRun &run : m_runs) {
        PanelRun one{run, {}, {}, run.start != 0 ? static_cast<double>(run.start) : m_loader.firstTime(run.key)};
        QHash<QString, State> states;
        QSet<QString> leftOut;
        for (const QString &metric : wanted) {
            const ChartLoader::Line &line = m_loader.line(run.key, metric);
            states.insert(metric, line.state);
            if (line.isLeftOut)
                leftOut.insert(metric);
            if (line.points)
                one.metrics.insert(metric, line.points);
            if (line.error)
                progress.error = line.error;
        }
        if (question.grouping.isActive() && m_groupOf)
            one.group = m_groupOf(question.grouping, run.key);
        std::size_t missing = 0;
        for (const Derivation &series : m_series) {
            State least = State::Complete;
            for (const QString &metric : series.metrics()) {
                const State state = states.value(metric);
                if (state == State::Absent || least == State::Absent)
                    least = State::Absent;
                else
                    least = std::min(least, state);
                if (const PointsPointer points = one.metrics.value(metric)) {
                    progress.longest = std::max(progress.longest, points->size());
                    progress.points += points->size();
                }
            }
            progress.waiting += least == State::Waiting ? 1 : 0;
            progress.sampled += least == State::Sampled ? 1 : 0;
            const QStringList &its = series.metrics();
            const bool isLeftOut = std::any_of(
                its.cbegin(), its.cend(), [&leftOut](const QString &metric) { return leftOut.contains(metric); });
            progress.leftOut += least == State::Sampled && isLeftOut ? 1 : 0;
            progress.complete += least == State::Complete ? 1 : 0;
            missing += least == State::Absent ? 1 : 0;
        }
        if (missing == m_series.size())
            progress.absent.append(run.name.isEmpty() ? run.key : run.name);
        question.runs.push_back(std::move(one));
    }
    m_progress = std::move(progress);
    return question;
}

void PanelFeed::update()
{
    m_isStale = true;
    compute();
}

void PanelFeed::compute()
{
    if (m_cancelled)
        return;
    m_isStale = false;
    m_cancelled = std::make_shared<std::atomic_bool>(false);
    const bool isCentral = m_panel.range.kind == ValueRange::Kind::Central;
    PanelQuestion asked = question();
    const auto work = [question = std::move(asked), progress = m_progress, before = m_shown, cancelled = m_cancelled,
                          isCentral]() mutable {
        auto shown = std::make_shared<Shown>();
        shown->progress = progress;
        shown->content = panelContent(question, cancelled.get(), before ? &before->question : nullptr,
            before ? &before->content : nullptr);
        shown->question = std::move(question);
        if (isCentral)
            shown->central = centralRange(shown->content);
        return std::shared_ptr<const Shown>(std::move(shown));
    };
    emit progressChanged();
    runInBackground(this, work, [this](const std::shared_ptr<const Shown> &shown) {
        m_cancelled.reset();
        m_shown = shown;
        emit shownChanged();
        if (m_isStale)
            compute();
    });
}
