// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/panelcontent.h"

#include "models/api/background.h"

#include <QSet>
#include <QtConcurrentMap>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace {

using Role = PanelLine::Role;
using Why = PanelOmission::Why;

bool isSameNumber(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

SeriesPointer shared(Series series)
{
    return std::make_shared<const Series>(std::move(series));
}

// Computes the contents of one panel, in the order of its functions.
class Preparation
{
public:
    Preparation(const PanelQuestion &question, const std::atomic_bool *cancelled, const PanelQuestion *beforeQuestion,
        const PanelContent *before)
        : m_question(question)
        , m_cancelled(cancelled)
        , m_beforeQuestion(before ? beforeQuestion : nullptr)
        , m_before(beforeQuestion ? before : nullptr)
        , m_runs(question.runs.size())
    {
    }

    PanelContent content()
    {
        m_content.sources.resize(m_runs * m_question.series.size());
        findBefore();
        each(m_content.sources.size(), [this](std::size_t i) { prepare(i); });
        m_content.isWholeX = isWholeX();
        takeLogarithmsOfX();
        each(m_content.sources.size(), [this](std::size_t i) { draw(m_content.sources[i]); });
        for (std::size_t series = 0; series < m_question.series.size(); ++series) {
            for (std::size_t run = 0; run < m_runs; ++run)
                addLines(series, run);
            if (m_question.grouping.isActive())
                addGroups(series);
        }
        if (isCancelled())
            return {};
        std::stable_partition(m_content.lines.begin(), m_content.lines.end(),
            [](const PanelLine &line) { return line.role == Role::Raw || line.role == Role::Member; });
        return std::move(m_content);
    }

private:
    bool isCancelled() const { return m_cancelled && *m_cancelled; }
    bool isLogarithmic() const { return m_question.logarithmicX || m_question.logarithmicY; }

    template<class Work>
    void each(std::size_t count, Work work)
    {
        std::vector<std::size_t> indexes(count);
        std::iota(indexes.begin(), indexes.end(), std::size_t{0});
        QtConcurrent::blockingMap(&partThreads(), indexes, [&](std::size_t i) {
            if (!isCancelled())
                work(i);
        });
    }

    // Which run and series of the question before stand for those of now.
    void findBefore()
    {
        if (!m_before)
            return;
        for (std::size_t i = 0; i < m_beforeQuestion->runs.size(); ++i)
            m_beforeRuns.insert(m_beforeQuestion->runs[i].run.key, i);
        for (std::size_t i = 0; i < m_beforeQuestion->series.size(); ++i)
            m_beforeSeries.insert(m_beforeQuestion->series[i].text(), i);
    }

    // The same series of the same run as it was, where everything it is computed from is the same; null otherwise.
    const PanelSource *sourceBefore(std::size_t series, std::size_t run) const
    {
        const PanelRun &now = m_question.runs[run];
        const Derivation &derivation = m_question.series[series];
        const auto runBefore = m_beforeRuns.constFind(now.run.key);
        const auto seriesBefore = m_beforeSeries.constFind(derivation.text());
        if (runBefore == m_beforeRuns.cend() || seriesBefore == m_beforeSeries.cend()
            || m_beforeQuestion->xAxis != m_question.xAxis)
            return nullptr;
        const PanelRun &its = m_beforeQuestion->runs[*runBefore];
        const auto isSame
            = [&](const QString &metric) { return its.metrics.value(metric) == now.metrics.value(metric); };
        const QStringList &metrics = derivation.metrics();
        const XAxis &axis = m_question.xAxis;
        if (!std::all_of(metrics.cbegin(), metrics.cend(), isSame)
            || (axis.kind == XAxis::Kind::Metric && !isSame(axis.metric))
            || (axis.kind == XAxis::Kind::ElapsedTime && !isSameNumber(its.start, now.start)))
            return nullptr;
        return &m_before->sources[*seriesBefore * m_beforeQuestion->runs.size() + *runBefore];
    }

    bool isDrawnAsBefore() const
    {
        return m_beforeQuestion->logarithmicX == m_question.logarithmicX
            && m_beforeQuestion->logarithmicY == m_question.logarithmicY;
    }

    void prepare(std::size_t index)
    {
        const std::size_t series = index / m_runs;
        const PanelRun &run = m_question.runs[index % m_runs];
        PanelSource &source = m_content.sources[index];
        const bool isSmooth = m_question.smoothing.isActive();
        if (const PanelSource *before = m_before ? sourceBefore(series, index % m_runs) : nullptr) {
            source = *before;
            const bool isSmoothAsBefore = m_question.smoothing == m_beforeQuestion->smoothing;
            if (!isSmoothAsBefore)
                source.smooth.reset();
            if (!isSmoothAsBefore || !isDrawnAsBefore())
                source.drawnSmooth.reset();
            if (!isDrawnAsBefore())
                source.drawn.reset();
        } else {
            source.points
                = m_question.series[series].points([&run](const QString &metric) { return run.metrics.value(metric); });
            if (source.points) {
                const PointsPointer over = run.metrics.value(m_question.xAxis.metric);
                source.axis = seriesOver(m_question.xAxis, *source.points, over.get(), run.start);
            }
        }
        if (!source.axis.series || source.smooth || !isSmooth)
            return;
        const Series &exact = *source.axis.series;
        std::vector<double> smooth = smoothed(m_question.smoothing, exact.steps(), exact.values(), m_cancelled);
        if (!isCancelled())
            source.smooth = shared(Series::of(exact.sharedSteps(), std::move(smooth)));
    }

    struct LogarithmicX
    {
        std::shared_ptr<const Steps> x; // null where no point has a place
        std::size_t skipped = 0;
    };

    static LogarithmicX logarithmOf(const Steps &x)
    {
        std::size_t skipped = x.lowerBound(0);
        while (skipped < x.size() && x[skipped] <= 0)
            ++skipped;
        if (skipped == x.size())
            return {nullptr, skipped};
        std::vector<double> logarithms(x.size() - skipped);
        for (std::size_t i = 0; i < logarithms.size(); ++i)
            logarithms[i] = std::log10(x[i + skipped]);
        return {std::make_shared<const Steps>(std::move(logarithms)), skipped};
    }

    static bool isWhole(const Steps &steps)
    {
        const std::size_t some = steps.isUniform() ? std::min<std::size_t>(steps.size(), 2) : steps.size();
        for (std::size_t i = 0; i < some; ++i) {
            if (steps[i] != std::trunc(steps[i]))
                return false;
        }
        return true;
    }

    bool isWholeX() const
    {
        if (m_question.xAxis.kind != XAxis::Kind::Step && m_question.xAxis.kind != XAxis::Kind::Epoch)
            return false;
        QSet<const Steps *> seen; // runs of one sweep share their steps
        return std::all_of(m_content.sources.cbegin(), m_content.sources.cend(), [&](const PanelSource &source) {
            const Steps *steps = source.axis.series ? &source.axis.series->steps() : nullptr;
            const bool isKnown = !steps || seen.contains(steps);
            seen.insert(steps);
            return isKnown || isWhole(*steps);
        });
    }

    // Once for all lines that share their x.
    void takeLogarithmsOfX()
    {
        if (!m_question.logarithmicX)
            return;
        std::vector<const Steps *> columns;
        for (const PanelSource &source : m_content.sources) {
            if (!source.axis.series || m_logarithms.contains(&source.axis.series->steps()))
                continue;
            const Steps *x = &source.axis.series->steps();
            if (source.drawn) { // taken from the content before
                m_logarithms.insert(x, {source.drawn->sharedSteps(), source.skipped});
            } else {
                m_logarithms.insert(x, {});
                columns.push_back(x);
            }
        }
        std::vector<LogarithmicX> made(columns.size());
        each(columns.size(), [&](std::size_t i) { made[i] = logarithmOf(*columns[i]); });
        for (std::size_t i = 0; i < columns.size(); ++i)
            m_logarithms[columns[i]] = made[i];
    }

    // As it is drawn; null where nothing of it has a place on the axes.
    SeriesPointer drawnOf(const SeriesPointer &exact, const LogarithmicX &x) const
    {
        if (!exact || !isLogarithmic())
            return exact;
        if (!m_question.logarithmicX)
            return shared(exact->logarithm());
        if (!x.x)
            return nullptr;
        const auto first = exact->values().cbegin() + static_cast<std::ptrdiff_t>(x.skipped);
        Series onX = x.skipped == 0 ? exact->over(x.x) : Series::of(x.x, {first, exact->values().cend()});
        return shared(m_question.logarithmicY ? onX.logarithm() : std::move(onX));
    }

    void draw(PanelSource &source)
    {
        if (!source.axis.series)
            return;
        const LogarithmicX x = m_logarithms.value(&source.axis.series->steps());
        source.skipped = x.skipped;
        const bool isRawSeen = m_question.showsRaw && !m_question.grouping.isActive();
        if (!source.drawn && (!source.smooth || isRawSeen))
            source.drawn = drawnOf(source.axis.series, x);
        if (!source.drawnSmooth && (!m_question.grouping.isActive() || m_question.showsRaw))
            source.drawnSmooth = drawnOf(source.smooth, x);
    }

    void omit(Why why, std::size_t series, std::size_t run, std::size_t points = 0)
    {
        const PointsPointer &logged = m_content.sources[series * m_runs + run].points;
        m_content.omissions.push_back({why, run, series, points, logged ? logged->size() : 0});
    }

    void addLines(std::size_t series, std::size_t run)
    {
        const PanelSource &source = m_content.sources[series * m_runs + run];
        if (!source.points)
            return omit(Why::NoMetric, series, run);
        if (source.points->unjoined() > 0)
            omit(Why::PointsWithoutStep, series, run, source.points->unjoined());
        if (!source.axis.series)
            return omit(Why::NoX, series, run);
        const Series &exact = *source.axis.series;
        m_content.points += exact.size();
        if (m_question.xAxis.kind == XAxis::Kind::Step)
            ++(source.points->hasSteps() ? m_content.stepped : m_content.counted);
        if (m_question.xAxis.kind == XAxis::Kind::ElapsedTime)
            m_content.beforeStart += exact.steps().lowerBound(0);
        if (source.axis.leftOut > 0)
            omit(Why::PointsWithoutX, series, run, source.axis.leftOut);
        if (source.skipped > 0)
            omit(Why::NotPositiveX, series, run, source.skipped);
        const auto notPositive = m_question.logarithmicY
            ? std::count_if(exact.values().cbegin(), exact.values().cend(),
                [](double value) { return std::isfinite(value) && value <= 0; })
            : 0;
        if (notPositive > 0)
            omit(Why::NotPositiveY, series, run, static_cast<std::size_t>(notPositive));

        const bool isGrouped = m_question.grouping.isActive();
        if (isGrouped && m_question.showsRaw)
            addLine(Role::Member, series, run, source.smooth ? source.drawnSmooth : source.drawn, source.exact());
        if (isGrouped)
            return;
        if (source.smooth && m_question.showsRaw)
            addLine(Role::Raw, series, run, source.drawn, source.axis.series);
        if (source.smooth)
            addLine(Role::Smoothed, series, run, source.drawnSmooth, source.smooth);
        else
            addLine(Role::Plain, series, run, source.drawn, source.axis.series);
    }

    void addLine(Role role, std::size_t series, std::size_t run, const SeriesPointer &drawn, const SeriesPointer &exact)
    {
        if (!drawn)
            return; // nothing has a place on the axis; said among the omissions
        const PanelSource &source = m_content.sources[series * m_runs + run];
        PanelLine line;
        line.role = role;
        line.series = series;
        line.run = run;
        line.drawn = drawn;
        line.exact = exact;
        line.skipped = source.skipped;
        line.points = source.points;
        line.order = source.axis.points;
        m_content.lines.push_back(std::move(line));
    }

    void addGroups(std::size_t series)
    {
        const std::size_t firstGroup = m_content.groups.size();
        for (std::size_t run = 0; run < m_runs; ++run) {
            if (!m_content.sources[series * m_runs + run].exact())
                continue;
            const QString &value = m_question.runs[run].group;
            const auto isMine = [&](const PanelGroup &group) {
                return group.value == value && group.value.isNull() == value.isNull();
            };
            auto group = std::find_if(
                m_content.groups.begin() + static_cast<std::ptrdiff_t>(firstGroup), m_content.groups.end(), isMine);
            if (group == m_content.groups.end())
                group = m_content.groups.insert(group, PanelGroup{value, series, {}, {}, false});
            group->members.push_back(run);
        }
        std::stable_partition(m_content.groups.begin() + static_cast<std::ptrdiff_t>(firstGroup),
            m_content.groups.end(), [](const PanelGroup &group) { return !group.value.isNull(); });
        for (std::size_t group = firstGroup; group < m_content.groups.size(); ++group) {
            for (const std::size_t run : m_content.groups[group].members) {
                const auto member = std::find_if(m_content.lines.begin(), m_content.lines.end(),
                    [&](const PanelLine &line) { return line.run == run && line.series == series; });
                if (member != m_content.lines.end())
                    member->group = group;
            }
            addCentre(group);
        }
    }

    // The series that a group is made of; of the content before where isBefore.
    static std::vector<SeriesPointer> membersOf(
        const PanelGroup &group, const PanelQuestion &question, const PanelContent &content)
    {
        std::vector<SeriesPointer> members;
        for (const std::size_t run : group.members)
            members.push_back(content.sources[group.series * question.runs.size() + run].exact());
        return members;
    }

    // Whether the group was the same before; then its line and numbers are taken from there.
    bool takeCentreBefore(std::size_t index, const std::vector<SeriesPointer> &members)
    {
        if (!m_before || m_beforeQuestion->grouping != m_question.grouping || !isDrawnAsBefore())
            return false;
        for (const PanelLine &line : m_before->lines) {
            if (line.role != Role::Centre)
                continue;
            const PanelGroup &group = m_before->groups[*line.group];
            if (membersOf(group, *m_beforeQuestion, *m_before) != members)
                continue;
            m_content.groups[index].counts = group.counts;
            m_content.groups[index].isResampled = group.isResampled;
            m_content.lines.push_back(line);
            m_content.lines.back().group = index;
            m_content.lines.back().series = m_content.groups[index].series;
            return true;
        }
        return false;
    }

    void addCentre(std::size_t index)
    {
        PanelGroup &group = m_content.groups[index];
        const std::vector<SeriesPointer> members = membersOf(group, m_question, m_content);
        if (takeCentreBefore(index, members))
            return;
        GroupSummary summary = summarised(m_question.grouping, members, m_cancelled);
        if (!summary.grid)
            return;
        group.counts = std::move(summary.counts);
        group.isResampled = summary.isResampled;
        PanelLine line;
        line.role = Role::Centre;
        line.series = group.series;
        line.group = index;
        line.exact = shared(Series::of(summary.grid, std::move(summary.centre)));
        LogarithmicX x;
        if (m_question.logarithmicX)
            x = logarithmOf(*summary.grid);
        line.skipped = x.skipped;
        line.drawn = drawnOf(line.exact, x);
        if (!line.drawn)
            return;
        if (!summary.low.empty()) {
            line.exactLow = shared(Series::of(summary.grid, std::move(summary.low)));
            line.exactHigh = shared(Series::of(summary.grid, std::move(summary.high)));
            line.low = drawnOf(positiveEdge(line), x);
            line.high = drawnOf(line.exactHigh, x);
        }
        m_content.lines.push_back(std::move(line));
    }

    // The low edge of a band as a logarithmic axis can show it.
    SeriesPointer positiveEdge(const PanelLine &line) const
    {
        if (!m_question.logarithmicY || !(line.exactLow->pyramid().total().low <= 0))
            return line.exactLow;
        double smallest = std::numeric_limits<double>::infinity();
        for (const SeriesPointer &series : {line.exactLow, line.exact, line.exactHigh}) {
            for (const double value : series->values())
                smallest = value > 0 ? std::min(smallest, value) : smallest;
        }
        std::vector<double> edge = line.exactLow->values();
        for (std::size_t i = 0; i < edge.size(); ++i) {
            if (edge[i] <= 0 && line.exactHigh->values()[i] > 0)
                edge[i] = smallest / 10;
        }
        return shared(Series::of(line.exactLow->sharedSteps(), std::move(edge)));
    }

    const PanelQuestion &m_question;
    const std::atomic_bool *m_cancelled;
    const PanelQuestion *m_beforeQuestion;
    const PanelContent *m_before;
    const std::size_t m_runs;
    QHash<QString, std::size_t> m_beforeRuns;
    QHash<QString, std::size_t> m_beforeSeries;
    QHash<const Steps *, LogarithmicX> m_logarithms;
    PanelContent m_content;
};

} // namespace

PanelContent panelContent(const PanelQuestion &question, const std::atomic_bool *cancelled,
    const PanelQuestion *beforeQuestion, const PanelContent *before)
{
    return Preparation(question, cancelled, beforeQuestion, before).content();
}
