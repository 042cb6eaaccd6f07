// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The chart: frames while zooming and panning, first paint, memory, and from the click to the last point
// with the local server (in a process of its own) on loopback. Stock QtCharts beside it.

#include "app/localserver/server.h"
#include "models/api/client.h"
#include "tests/bench/bench.h"
#include "tests/bench/seeding.h"
#include "ui/charts/chartpane.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/chartview.h"
#include "ui/charts/lineitem.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QChart>
#include <QElapsedTimer>
#include <QLineSeries>
#include <QMouseEvent>
#include <QProcess>
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

// Falling curves; uneven steps are 1 to 3 apart. Noise is what makes drawing slow.
Columns curve(int run, std::size_t points, bool even, double noise)
{
    std::mt19937 generator(static_cast<unsigned>(run));
    std::normal_distribution<float> normal;
    Columns columns{std::vector<double>(points), std::vector<double>(points)};
    double step = 0;
    for (std::size_t i = 0; i < points; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(points);
        columns.steps[i] = step;
        columns.values[i] = 2 * std::exp(-part * (2 + run / 15.0)) + noise * static_cast<double>(normal(generator)) * std::exp(-part);
        step += even ? 1 : 1 + static_cast<int>(generator() % 3);
    }
    return columns;
}

constexpr double noisy = 0.05;
constexpr double smooth = 0;

// What this thread computed, in milliseconds: the same on a busy machine.
double threadTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Percentiles
{
    double median = 0;
    double p95 = 0;

    QByteArray text() const { return format("p50 %.1f ms, p95 %.1f ms", median, p95); }
};

Percentiles percentiles(std::vector<double> milliseconds)
{
    std::sort(milliseconds.begin(), milliseconds.end());
    return {milliseconds[milliseconds.size() / 2], milliseconds[milliseconds.size() * 95 / 100]};
}

// By the wall clock, because a frame is made by all cores; of several rounds the one that was disturbed least.
template<class Frame>
Percentiles measured(int count, Frame frame, int rounds = 3)
{
    Percentiles best{1e300, 1e300};
    QElapsedTimer timer;
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> spent;
        for (int i = 0; i < count; ++i) {
            timer.start();
            frame(i);
            spent.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        const Percentiles these = percentiles(std::move(spent));
        if (these.p95 < best.p95)
            best = these;
    }
    return best;
}

// Zooms in step by step about a third of the width, then pans: each frame is moved and painted.
Percentiles frames(ChartView &view)
{
    const View whole = view.view();
    View moved = whole;
    return measured(200, [&](int frame) {
        if (frame == 0)
            moved = whole;
        moved = frame < 100 ? moved.zoomed(0.37, 0.5, 0.95, 0.99) : moved.panned(frame < 150 ? 0.05 : -0.07, 0);
        if (frame % 50 == 49)
            moved = whole;
        view.setView(moved);
        view.viewport()->repaint();
    });
}

// The pointer crosses the picture: nearest point, cursor with its card, raised line.
Percentiles hovers(ChartView &view)
{
    const QRectF area = view.area();
    return measured(100, [&](int frame) {
        const QPointF place(area.left() + area.width() * (frame + 0.5) / 100, area.top() + area.height() * ((frame * 37) % 100) / 100);
        QMouseEvent move(QEvent::MouseMove, place, view.viewport()->mapToGlobal(place), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view.viewport(), &move);
        view.viewport()->repaint();
    });
}

ChartContent contentOf(const std::vector<SeriesPointer> &series)
{
    auto shown = std::make_shared<PanelFeed::Shown>();
    shown->question.series.push_back(Derivation::read(QStringLiteral("loss")).derivation);
    for (std::size_t run = 0; run < series.size(); ++run) {
        PanelRun one;
        one.run = {QString::number(run), QString::number(run), static_cast<int>(run), false};
        shown->question.runs.push_back(std::move(one));
        PanelLine line;
        line.run = run;
        line.drawn = series[run];
        line.exact = series[run];
        shown->content.lines.push_back(std::move(line));
    }
    ChartContent content;
    content.title = QStringLiteral("loss");
    content.series = {content.title};
    content.shown = std::move(shown);
    return content;
}

struct Load
{
    std::vector<SeriesPointer> series;
    double built = 0; // milliseconds of sorting and of making the pyramids
};

Load load(std::size_t points, bool even, double noise, int runs = runCount)
{
    Load made;
    for (int run = 0; run < runs; ++run) {
        Columns columns = curve(run, points, even, noise);
        const double before = threadTime();
        made.series.push_back(std::make_shared<const Series>(std::move(columns.steps), std::move(columns.values)));
        made.built += threadTime() - before;
    }
    return made;
}

// mostFrame in milliseconds.
void measureFrames(const char *name, std::size_t points, bool even, double noise, double mostFrame, int runs = runCount)
{
    const QByteArray title = QByteArray("chart ") + name;
    const Load made = load(points, even, noise, runs);
    ByteCount held;
    for (const SeriesPointer &series : made.series)
        series->countBytes(held);
    ChartView view;
    view.resize(1600, 1000);
    view.show();
    QCoreApplication::processEvents();
    QElapsedTimer timer;
    timer.start();
    view.setContent(contentOf(made.series));
    view.viewport()->repaint();
    const double first = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    const Percentiles frame = frames(view);
    bench::row(title + " pan/zoom frame", frame.text(), format("p95 <= %.0f ms", mostFrame), frame.p95 <= mostFrame);
    if (points <= 15000)
        bench::row(title + " first paint after the data", format("%.0f ms", made.built + first), "<= 150 ms", made.built + first <= 150);
    else
        bench::row(title + " pyramids, on another thread", format("%.0f ms", made.built), "<= 1000 ms", made.built <= 1000);
    const Percentiles hover = hovers(view);
    bench::row(title + " hover", hover.text(), "p95 <= 8 ms", hover.p95 <= 8);
    bench::note(title + " antialiased at rest, on another thread", format("%.0f ms", bench::milliseconds([&] {
        Rasteriser::fine(view.lineItem().drawing(), view.view(), view.area().size().toSize(), 1);
    }, 1)));
    const double raw = static_cast<double>(points) * runs * 2 * sizeof(double);
    const double ratio = static_cast<double>(held.bytes) / raw;
    bench::row(title + " memory beside the columns as sent", format("%.2f times", ratio), "<= 1.6 times", ratio <= 1.6);
}

// The same picture by QLineSeries: axes given a new range, painted.
double stockFrame(int points, double noise, int frameCount)
{
    QChartView view(new QChart);
    auto *x = new QValueAxis;
    auto *y = new QValueAxis;
    view.chart()->addAxis(x, Qt::AlignBottom);
    view.chart()->addAxis(y, Qt::AlignLeft);
    view.chart()->legend()->hide();
    for (int run = 0; run < runCount; ++run) {
        const Columns columns = curve(run, static_cast<std::size_t>(points), true, noise);
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
    return measured(frameCount, [&](int frame) {
        x->setRange(points * 0.01 * frame, points * (1 - 0.01 * frame));
        y->setRange(-0.2, 2.2);
        view.viewport()->repaint();
    }, 1).median;
}

double ourFrame(int points, double noise)
{
    ChartView view;
    view.resize(1600, 1000);
    view.show();
    QCoreApplication::processEvents();
    view.setContent(contentOf(load(static_cast<std::size_t>(points), true, noise).series));
    return frames(view).median;
}

// matplotlib's Agg canvas, which its Qt windows draw with too; 0 where no python3 can import it.
double matplotlibFrame(int points, double noise)
{
    const QByteArray script = "import time, numpy\nimport matplotlib; matplotlib.use('Agg')\n"
        "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots(figsize=(16, 10), dpi=100)\n"
        "n = " + QByteArray::number(points) + "; part = numpy.arange(n) / n; random = numpy.random.default_rng(1)\n"
        "for run in range(100):\n"
        "    axes.plot(2 * numpy.exp(-part * (2 + run / 15)) + " + QByteArray::number(noise) + " * random.normal(size=n))\n"
        "spent = []\n"
        "for frame in range(4):\n"
        "    begin = time.perf_counter(); axes.set_xlim(n * .01 * frame, n * (1 - .01 * frame)); figure.canvas.draw()\n"
        "    spent.append(time.perf_counter() - begin)\n"
        "print(sorted(spent)[2] * 1000)\n";
    for (const QString &python : {QStringLiteral("python3"), QStringLiteral("/usr/bin/python3")}) {
        QProcess process;
        process.start(python, {QStringLiteral("-c"), QString::fromLatin1(script)});
        if (process.waitForFinished(120'000) && process.exitCode() == 0)
            return process.readAllStandardOutput().trimmed().toDouble();
    }
    return 0;
}

void measureOthers()
{
    for (const double noise : {noisy, smooth}) {
        const char *kind = noise > 0 ? "noisy" : "smooth";
        for (const auto &[points, frameCount] : {std::pair(1000, 20), std::pair(15000, 4)}) {
            const double ours = ourFrame(points, noise);
            const double stock = stockFrame(points, noise, frameCount);
            const QByteArray title = format("chart 100 x %.0f ", points) + kind;
            bench::row(title + " frame, QLineSeries beside ours",
                format("%.1f ms, ours %.1f ms: %.0f times", stock, ours, stock / ours), "slower", stock > ours);
            if (const double others = points > 1000 ? matplotlibFrame(points, noise) : 0; others > 0)
                bench::note(title + " frame, matplotlib (Agg) beside ours",
                    format("%.1f ms, ours %.1f ms: %.0f times", others, ours, others / ours));
        }
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
    measureFrames("2 x 2,900 noisy", 2900, true, noisy, 10, 2);
    measureFrames("100 x 15,000 noisy", 15000, true, noisy, 10);
    measureFrames("100 x 15,000 smooth", 15000, true, smooth, 10);
    measureFrames("100 x 15,000 noisy, uneven steps", 15000, false, noisy, 10);
    measureFrames("100 x 1,000,000 noisy", 1000000, true, noisy, 14);
    measureFrames("100 x 1,000,000 smooth", 1000000, true, smooth, 14);
    measureFrames("100 x 1,000,000 noisy, uneven steps", 1000000, false, noisy, 14);
    measureOthers();
    return bench::isMissed ? 1 : 0;
}
