// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The mathematics of a panel of 100 x 15,000 points, on the threads a person's machine has, from the question to
// what is ready to be drawn: smoothed columns with their pyramids, groups with their bands. Beside them the plain
// loops somebody would write first, and numpy and pandas where python3 has them.

#include "models/charts/panelcontent.h"
#include "tests/bench/bench.h"

#include <QCoreApplication>
#include <QProcess>
#include <QtConcurrentRun>

#include <cmath>
#include <ctime>
#include <random>

namespace {

constexpr int runCount = 100;
constexpr std::size_t pointCount = 15000;

QByteArray format(const char *pattern, double a, double b = 0, double c = 0)
{
    return QString::asprintf(pattern, a, b, c).toLatin1();
}

// Noisy falling curves; uneven steps are 1 to 3 apart and differ from run to run.
Points::Columns curve(int run, bool isEven)
{
    std::mt19937 generator(static_cast<unsigned>(run));
    std::normal_distribution<double> normal;
    Points::Columns columns;
    double step = 0;
    for (std::size_t i = 0; i < pointCount; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(pointCount);
        columns.steps.push_back(step);
        columns.values.push_back(2 * std::exp(-part * (2 + run / 15.0)) + 0.05 * normal(generator));
        columns.epochs.push_back(std::floor(step / 500));
        columns.times.push_back(1.7e12 + std::floor(step * 731.7) + run * 1000);
        columns.durations.push_back(std::floor(step * 731.7 / (run + 3)));
        step += isEven ? 1 : 1 + static_cast<int>(generator() % 3);
    }
    return columns;
}

PanelQuestion question(bool isEven, ColumnPool &pool)
{
    PanelQuestion question;
    question.series = {Derivation::read(QStringLiteral("loss")).derivation};
    for (int run = 0; run < runCount; ++run) {
        const QString key = QString::number(run);
        const auto points = std::make_shared<const Points>(curve(run, isEven), &pool);
        question.runs.push_back(
            {{key, key, run, false}, {{QStringLiteral("loss"), points}}, QString::number(run / 10)});
    }
    return question;
}

// As the page does it: on a thread of the pool.
PanelContent inBackground(const PanelQuestion &question, const PanelQuestion *before, const PanelContent *shown)
{
    return QtConcurrent::run([&] { return panelContent(question, nullptr, before, shown); }).result();
}

struct Spent
{
    double wall = 1e300; // milliseconds, of the quickest of several
    double computed = 1e300; // by all threads together: the same on a busy machine
};

template<class Work>
Spent spent(Work work)
{
    Spent least;
    for (int run = 0; run < 9; ++run) {
        const std::clock_t before = std::clock();
        least.wall = std::min(least.wall, bench::milliseconds(work, 1));
        const double computed = static_cast<double>(std::clock() - before) * 1e3 / CLOCKS_PER_SEC;
        least.computed = std::min(least.computed, computed);
    }
    return least;
}

QByteArray text(Spent spent)
{
    return format("%.1f ms (computed %.1f ms)", spent.wall, spent.computed);
}

// One tick of the slider: the lines are shown already, their smoothing changes.
Spent smoothingTick(PanelQuestion question, Smoothing smoothing)
{
    question.smoothing = {smoothing.kind, smoothing.amount * 0.99};
    const PanelContent shown = inBackground(question, nullptr, nullptr);
    PanelQuestion changed = question;
    changed.smoothing = smoothing;
    return spent([&] { (void)inBackground(changed, &question, &shown); });
}

Spent grouped(PanelQuestion question, Grouping grouping)
{
    const PanelContent shown = inBackground(question, nullptr, nullptr);
    PanelQuestion changed = question;
    changed.grouping = grouping;
    changed.grouping.source = Grouping::Source::Parameter;
    return spent([&] { (void)inBackground(changed, &question, &shown); });
}

// The loop that Weights & Biases print, as it stands there.
double plainTwema(const PanelQuestion &question)
{
    double sum = 0;
    const double spent = bench::milliseconds([&] {
        for (const PanelRun &run : question.runs) {
            const Points &points = *run.metrics.constBegin().value();
            const double range = points.steps().last() - points.steps().first();
            const double weight = std::min(std::sqrt(0.9), 0.999);
            std::vector<double> result;
            double last = 0;
            double bias = 0;
            for (std::size_t i = 0; i < points.size(); ++i) {
                const double change = i > 0 ? (points.steps()[i] - points.steps()[i - 1]) / range * 1000 : 0;
                const double adjusted = std::pow(weight, change);
                last = last * adjusted + points.values()[i];
                bias = bias * adjusted + 1;
                result.push_back(last / bias);
            }
            sum += result.back();
        }
    });
    return std::isfinite(sum) ? spent : 0;
}

// Mean and deviation of ten groups of runs with the same steps, point by point.
double plainGroups(const PanelQuestion &question)
{
    double sum = 0;
    const double spent = bench::milliseconds([&] {
        for (int group = 0; group < 10; ++group) {
            std::vector<double> low;
            std::vector<double> high;
            for (std::size_t i = 0; i < pointCount; ++i) {
                double total = 0;
                double squares = 0;
                for (int member = 0; member < 10; ++member) {
                    const auto &run = question.runs[static_cast<std::size_t>(group * 10 + member)];
                    const double value = run.metrics.constBegin().value()->values()[i];
                    total += value;
                    squares += value * value;
                }
                const double deviation = std::sqrt((squares - total * total / 10) / 9);
                low.push_back(total / 10 - deviation);
                high.push_back(total / 10 + deviation);
            }
            sum += low.back() + high.back();
        }
    });
    return std::isfinite(sum) ? spent : 0;
}

// Milliseconds of a statement on `values`, an array of 100 x 15,000; 0 where python3 lacks what it needs.
double python(const QString &preparation, const QString &statement)
{
    const QString program = QStringLiteral("import timeit, numpy, pandas\n"
                                           "values = numpy.random.default_rng(1).standard_normal((100, 15000))\n"
                                           "%1\n"
                                           "print(min(timeit.repeat(lambda: (%2), number=1, repeat=5)) * 1e3)\n")
                                .arg(preparation, statement);
    QProcess process;
    process.start(QStringLiteral("python3"), {QStringLiteral("-c"), program});
    return process.waitForFinished(60000) ? process.readAllStandardOutput().trimmed().toDouble() : 0;
}

void beside(const char *name, Spent ours, double theirs)
{
    if (theirs > 0)
        bench::note(name, format("%.1f ms, ours %.1f ms: %.1f times", theirs, ours.wall, theirs / ours.wall));
    else
        bench::note(name, "not there");
}

void measureMemory()
{
    const double before = bench::memory("VmRSS:");
    ColumnPool pool;
    const PanelQuestion lines = question(true, pool);
    const double held = bench::memory("VmRSS:") - before;
    const double raw = runCount * double(pointCount) * 5 * 8 / (1 << 20);
    bench::row("points 100 x 15,000 with pyramids, resident", format("%.0f MB: %.2f of five plain columns", held, held / raw),
        "<= 1.6", held <= 1.6 * raw);
    ByteCount count;
    for (const PanelRun &run : lines.runs)
        run.metrics.constBegin().value()->countBytes(count);
    bench::note("the same as the program counts it", format("%.0f MB", static_cast<double>(count.bytes) / (1 << 20)));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    measureMemory();
    ColumnPool pool;
    const PanelQuestion even = question(true, pool);
    const PanelQuestion uneven = question(false, pool);
    using Kind = Smoothing::Kind;

    const Spent twema = smoothingTick(even, {Kind::Twema, 0.9});
    bench::row("TWEMA of 100 x 15,000, ready to be drawn", text(twema), "<= 25 ms", twema.wall <= 25);
    const Spent unevenTwema = smoothingTick(uneven, {Kind::Twema, 0.9});
    bench::row("the same at uneven steps", text(unevenTwema), "<= 25 ms", unevenTwema.wall <= 25);
    beside("W&B's loop in C++, without pyramids, uneven steps", unevenTwema, plainTwema(uneven));
    const Spent ema = smoothingTick(even, {Kind::Ema, 0.9});
    bench::note("debiased EMA", text(ema));
    beside("pandas ewm().mean()", ema,
        python(QStringLiteral("table = pandas.DataFrame(values.T)"), QStringLiteral("table.ewm(alpha=0.1).mean()")));
    bench::note("Gaussian of 10 points", text(smoothingTick(even, {Kind::Gaussian, 10})));
    bench::note("the same at uneven steps", text(smoothingTick(uneven, {Kind::Gaussian, 10})));
    const Spent average = smoothingTick(even, {Kind::MovingAverage, 101});
    bench::note("moving average of 101 points", text(average));
    beside("pandas rolling(101).mean()", average,
        python(QStringLiteral("table = pandas.DataFrame(values.T)"),
            QStringLiteral("table.rolling(101, center=True, min_periods=1).mean()")));

    const Spent groups = grouped(even, {});
    bench::row("mean and deviation of 100 x 15,000 in 10 groups", text(groups), "<= 100 ms", groups.wall <= 100);
    const Spent unevenGroups = grouped(uneven, {});
    bench::row("the same where no run has another's steps", text(unevenGroups), "<= 100 ms", unevenGroups.wall <= 100);
    beside("the plain loop in C++, without pyramids", groups, plainGroups(even));
    beside("numpy mean and std of the 10 groups", groups,
        python(QStringLiteral("grouped = values.reshape(10, 10, 15000)"),
            QStringLiteral("grouped.mean(axis=1), grouped.std(axis=1, ddof=1)")));
    Grouping quantiles;
    quantiles.centre = Grouping::Centre::Median;
    quantiles.band = Grouping::Band::Quantile;
    bench::note("median and quartiles", text(grouped(even, quantiles)));

    PanelQuestion derived = even;
    derived.series = {Derivation::read(QStringLiteral("running_min(log10(abs(1 - loss)))")).derivation};
    bench::note("running_min(log10(abs(1 - loss)))",
        text(spent([&] { (void)inBackground(derived, nullptr, nullptr); })));
    return bench::isMissed ? 1 : 0;
}
