// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The charts page with 100 runs of 15,000 points in a panel: from a tick of the smoothing slider to the picture, what
// of it the GUI thread is busy, and reading at the cursor.

#include "models/session/settings.h"
#include "tests/bench/bench.h"
#include "tests/charts/fakesource.h"
#include "ui/charts/chartbar.h"
#include "ui/charts/chartgrid.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/chartspage.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace {

constexpr int runCount = 100;
const QString loss = QStringLiteral("loss");

double percentile(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

QByteArray milliseconds(const std::vector<double> &values)
{
    return QString::asprintf("p50 %.1f ms, p95 %.1f ms", percentile(values, 0.5), percentile(values, 0.95)).toLatin1();
}

// Busy is the longest turn of the event loop meanwhile.
void measureSlider(ChartsPage &page, ChartPanel &panel)
{
    auto *slider = page.bar()->findChild<QSlider *>();
    std::vector<double> latency;
    std::vector<double> busy;
    for (int tick = 0; tick < 60; ++tick) {
        QElapsedTimer timer;
        timer.start();
        slider->setValue(40 + tick * 2);
        double longest = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        const Smoothing wanted = page.bar()->settings().smoothing;
        while (!(panel.view()->content().question().smoothing == wanted)) {
            QElapsedTimer turn;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
            turn.start();
            QCoreApplication::processEvents();
            longest = std::max(longest, static_cast<double>(turn.nsecsElapsed()) / 1e6);
        }
        panel.view()->viewport()->repaint();
        latency.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        busy.push_back(longest);
    }
    bench::row("charts page: slider tick to picture, 100 x 15,000", milliseconds(latency), "p50 <= 33 ms",
        percentile(latency, 0.5) <= 33);
    bench::note("charts page: GUI thread in one turn meanwhile", milliseconds(busy));
}

void measureHover(ChartPanel &panel)
{
    std::vector<double> spent;
    ChartView &view = *panel.view();
    for (int i = 0; i < 100; ++i) {
        const QPointF at(view.area().left() + view.area().width() * (0.1 + i * 0.008), view.area().center().y());
        QElapsedTimer timer;
        timer.start();
        QMouseEvent move(QEvent::MouseMove, at, view.viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(view.viewport(), &move);
        view.viewport()->repaint();
        spent.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    bench::row("charts page: hover with legend, 100 lines", milliseconds(spent), "p95 <= 16 ms", percentile(spent, 0.95) <= 16);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    theme::apply(application, theme::Scheme::Light);
    QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.conf")));
    FakeSource source;
    source.answersByItself = true;
    ChartsPage page(settings);
    page.resize(1600, 1000);
    page.setSource(QStringLiteral("fake"), source.source(), QStringLiteral("bench"));
    page.setMetrics({loss});
    std::vector<RunList::Entry> runs;
    for (int run = 0; run < runCount; ++run)
        runs.push_back({{QStringLiteral("run%1").arg(run), QStringLiteral("Run %1").arg(run), run, false}, true});
    page.setRuns(runs);
    page.show();
    const auto panel = [&page]() -> ChartPanel * {
        return page.grid()->panels().empty() ? nullptr : page.grid()->panels().front();
    };
    const bool isLoaded = QTest::qWaitFor([&] {
        return panel() && panel()->badgeText() == QStringLiteral("15,000 of 15,000")
            && panel()->view()->lines().size() == runCount;
    }, 60000);
    if (!isLoaded) {
        bench::row("charts page", "not loaded", "loaded", false);
        return 1;
    }
    page.grid()->showFullSize(page.layoutShown().panels.front().id);
    measureSlider(page, *panel());
    measureHover(*panel());
    return bench::isMissed ? 1 : 0;
}
