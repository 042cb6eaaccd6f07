// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The chart: frames while zooming and panning, first paint, memory, and from the click to the last point
// with the local server (in a process of its own) on loopback. Stock QtCharts beside it.

#include "app/localserver/server.h"
#include "models/api/client.h"
#include "tests/bench/bench.h"
#include "tests/bench/seeding.h"
#include "tests/charts/contents.h"
#include "ui/charts/chartpane.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/chartview.h"
#include "ui/charts/lineitem.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QChart>
#include <QElapsedTimer>
#include <QLineSeries>
#include <QTemporaryDir>
#include <QTest>
#include <QValueAxis>

#include <csignal>
#include <ctime>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr int runCount = 100;

QByteArray format(const char *pattern, double a, double b = 0, double c = 0)
{
    return QString::asprintf(pattern, a, b, c).toLatin1();
}

struct Columns
{
    std::vector<double> steps;
    std::vector<double> values;
};

// Noisy falling curves; uneven steps are 1 to 3 apart.
Columns curve(int run, std::size_t points, bool even)
{
    std::mt19937 generator(static_cast<unsigned>(run));
    std::normal_distribution<float> normal;
    Columns columns{std::vector<double>(points), std::vector<double>(points)};
    double step = 0;
    for (std::size_t i = 0; i < points; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(points);
        columns.steps[i] = step;
        columns.values[i] = 2 * std::exp(-part * (2 + run / 15.0)) + 0.05 * static_cast<double>(normal(generator)) * std::exp(-part);
        step += even ? 1 : 1 + static_cast<int>(generator() % 3);
    }
    return columns;
}

// What this thread computed, in milliseconds: the same on a busy machine.
double threadTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Percentiles
{
    double median;
    double p95;
};

Percentiles percentiles(std::vector<double> milliseconds)
{
    std::sort(milliseconds.begin(), milliseconds.end());
    return {milliseconds[milliseconds.size() / 2], milliseconds[milliseconds.size() * 95 / 100]};
}

// Zooms in step by step about a third of the width, then pans: each frame is moved and painted.
struct Frames
{
    Percentiles wall;
    Percentiles thread;
};
Frames frames(ChartView &view)
{
    const View whole = view.view();
    std::vector<double> spent;
    std::vector<double> computed;
    QElapsedTimer timer;
    View moved = whole;
    for (int frame = 0; frame < 200; ++frame) {
        moved = frame < 100 ? moved.zoomed(0.37, 0.5, 0.95, 0.99) : moved.panned(frame < 150 ? 0.05 : -0.07, 0);
        if (frame % 50 == 49)
            moved = whole;
        timer.start();
        const double before = threadTime();
        view.setView(moved);
        view.viewport()->repaint();
        spent.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        computed.push_back(threadTime() - before);
    }
    return {percentiles(spent), percentiles(computed)};
}

void measureFrames(const char *name, std::size_t points, bool even, bool hasTarget)
{
    std::vector<contents::Line> lines;
    double built = 0;
    for (int run = 0; run < runCount; ++run) {
        Columns columns = curve(run, points, even);
        QElapsedTimer timer;
        timer.start();
        const Series series(columns.steps, columns.values);
        built += static_cast<double>(timer.nsecsElapsed()) / 1e6;
        lines.push_back({QString::number(run), run, std::move(columns.values), std::move(columns.steps)});
    }
    ChartView view;
    view.resize(1600, 1000);
    view.show();
    QCoreApplication::processEvents();
    QElapsedTimer timer;
    const ChartContent content = contents::of(QStringLiteral("loss"), std::move(lines));
    timer.start();
    view.setContent(content);
    view.viewport()->repaint();
    const double first = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    const Frames frame = frames(view);
    const QByteArray title = QByteArray("chart ") + name;
    // Everything happens on this thread, so that its own time is the frame of a machine with nothing else to do.
    const QByteArray value = format("p50 %.1f ms, p95 %.1f ms (wall clock %.1f ms)", frame.thread.median,
        frame.thread.p95, frame.wall.p95);
    if (hasTarget)
        bench::row(title + " pan/zoom frame", value, "p95 <= 16 ms", frame.thread.p95 <= 16);
    else
        bench::note(title + " pan/zoom frame", value);
    bench::note(title + " sort and pyramids (one background thread)", format("%.0f ms", built));
    if (hasTarget)
        bench::row(title + " first paint after the data", format("%.0f ms", built + first), "<= 150 ms", built + first <= 150);
}

// The same picture by QLineSeries: axes given a new range, painted.
double stockFrame(int points, int frameCount)
{
    QChartView view(new QChart);
    auto *x = new QValueAxis;
    auto *y = new QValueAxis;
    view.chart()->addAxis(x, Qt::AlignBottom);
    view.chart()->addAxis(y, Qt::AlignLeft);
    view.chart()->legend()->hide();
    for (int run = 0; run < runCount; ++run) {
        const Columns columns = curve(run, static_cast<std::size_t>(points), true);
        QList<QPointF> list;
        for (std::size_t i = 0; i < columns.steps.size(); ++i)
            list.append({columns.steps[i], columns.values[i]});
        auto *series = new QLineSeries;
        series->replace(list);
        view.chart()->addSeries(series);
        series->attachAxis(x);
        series->attachAxis(y);
    }
    view.resize(1600, 1000);
    view.show();
    QCoreApplication::processEvents();
    std::vector<double> spent;
    QElapsedTimer timer;
    for (int frame = 0; frame < frameCount; ++frame) {
        timer.start();
        x->setRange(points * 0.01 * frame, points * (1 - 0.01 * frame));
        y->setRange(-0.2, 2.2);
        view.viewport()->repaint();
        spent.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return percentiles(spent).median;
}

double ourFrame(int points)
{
    std::vector<contents::Line> lines;
    for (int run = 0; run < runCount; ++run) {
        Columns columns = curve(run, static_cast<std::size_t>(points), true);
        lines.push_back({QString::number(run), run, std::move(columns.values), std::move(columns.steps)});
    }
    ChartView view;
    view.resize(1600, 1000);
    view.show();
    QCoreApplication::processEvents();
    view.setContent(contents::of(QStringLiteral("loss"), std::move(lines)));
    return frames(view).wall.median;
}

void measureStock()
{
    for (const auto &[points, frameCount] : {std::pair(1000, 20), std::pair(15000, 4)}) {
        const double stock = stockFrame(points, frameCount);
        const double ours = ourFrame(points);
        bench::note(format("chart 100 x %.0f frame, QLineSeries beside ours", points),
            format("%.1f ms, ours %.1f ms: %.0f times", stock, ours, stock / ours));
    }
}

struct ServerProcess
{
    pid_t id = 0;
    QUrl root;
    QByteArray key;
};

// In a process of its own, so that its memory is not counted as ours. Before any thread is started.
ServerProcess startServer(const std::string &database)
{
    int pipes[2];
    if (pipe(pipes) != 0)
        return {};
    const pid_t id = fork();
    if (id == 0) {
        int count = 1;
        char name[] = "server";
        char *arguments[] = {name, nullptr};
        const QCoreApplication application(count, arguments);
        localserver::Options options;
        options.data = database;
        const localserver::Server server(options);
        std::string line = server.url();
        line.append(" ").append(server.apiKey()).append("\n");
        _exit(write(pipes[1], line.data(), line.size()) > 0 ? QCoreApplication::exec() : 1);
    }
    close(pipes[1]);
    char line[512];
    const auto size = read(pipes[0], line, sizeof line);
    const QList<QByteArray> words = QByteArray(line, std::max<qsizetype>(0, size)).trimmed().split(' ');
    return {id, QUrl(QString::fromLatin1(words.value(0))), words.value(1)};
}

// What a person waits for: from choosing 100 runs to the first line and to the last point on screen.
void measureLoading(const ServerProcess &server)
{
    seeding::fill(server.root, server.key, {"bench", "chart", runCount, 15000, 0});
    api::Client client(server.root, QString::fromLatin1(server.key));
    std::vector<ChartedRun> runs;
    client.experiments(QStringLiteral("bench"), QStringLiteral("chart"))->then(&client, [&](const api::Experiments &all) {
        for (std::size_t i = 0; i < all.size(); ++i)
            runs.push_back({all.keys.at(i), all.names.at(i), static_cast<int>(i), false});
    });
    if (!QTest::qWaitFor([&] { return runs.size() == runCount; }, 20000)) {
        bench::row("chart 100 x 15,000 from the local server", "no answer", "", false);
        return;
    }

    const QString loss = QStringLiteral("loss");
    ChartPane pane;
    pane.resize(1600, 1000);
    pane.show();
    QCoreApplication::processEvents();
    const double before = bench::memory("VmRSS:");
    bench::forgetPeak();
    double first = 0;
    double last = 0;
    QElapsedTimer timer;
    timer.start();
    pane.setRuns(QStringLiteral("bench"),
        [&client](const api::ChartQuestion &question, api::Priority priority) { return client.metricsForChart(question, priority); },
        runs);
    pane.setMetrics({loss});
    while (last == 0 && timer.elapsed() < 60000) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        ChartView &view = *pane.panel(loss)->view();
        if (first == 0 && !view.lines().empty()) {
            view.viewport()->repaint();
            first = static_cast<double>(timer.elapsed());
        }
        if (pane.panel(loss)->badgeText().startsWith(QStringLiteral("15,000 of")) && view.lines().size() == runCount) {
            view.viewport()->repaint();
            last = static_cast<double>(timer.elapsed());
        }
    }
    bench::row("chart 100 x 15,000 from click to first series", format("%.0f ms", first), "<= 300 ms", first > 0 && first <= 300);
    bench::row("chart 100 x 15,000 from click to all points painted", format("%.0f ms", last), "<= 1500 ms", last > 0 && last <= 1500);
    (void)QTest::qWaitFor([&] { return pane.panel(loss)->view()->lineItem().isFine(); }, 5000);
    const double held = bench::memory("VmRSS:");
    const double most = bench::memory("VmHWM:");
    bench::row("chart 100 x 15,000 memory of the process, held and at most", format("%.0f MB, %.0f MB", held, most),
        "<= 300 MB", most <= 300);
    bench::note("chart 100 x 15,000 memory of the points with pyramids",
        format("%.0f MB (process before: %.0f MB)", static_cast<double>(pane.loader().bytes()) / 1e6, before));
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QTemporaryDir folder;
    const ServerProcess server = startServer(folder.filePath(QStringLiteral("bench.db")).toStdString());
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    theme::apply(application, theme::Scheme::Light);

    measureLoading(server);
    kill(server.id, SIGTERM);
    waitpid(server.id, nullptr, 0);
    measureFrames("100 x 15,000", 15000, true, true);
    measureFrames("100 x 15,000, uneven steps", 15000, false, true);
    measureStock();
    measureFrames("100 x 1,000,000", 1000000, true, false);
    measureFrames("100 x 1,000,000, uneven steps", 1000000, false, false);
    return bench::isMissed ? 1 : 0;
}
