// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/panelfeed.h"
#include "tests/charts/fakesource.h"

#include <QSignalSpy>
#include <QTest>

using State = ChartLoader::Line::State;

class TestChartLoader : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_fake = std::make_unique<FakeSource>();
        m_loader = std::make_unique<ChartLoader>();
        m_loader->setSource(QStringLiteral("lab"), m_fake->source());
    }
    void cleanup() { m_loader.reset(); }

    void sampleFirstThenEverything()
    {
        m_loader->setWanted(FakeSource::keys(3), {loss});
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        QVERIFY(!m_fake->asked[0].question.full);
        QCOMPARE(m_fake->asked[0].question.experiments.size(), 3);
        QCOMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Waiting);

        QSignalSpy changed(m_loader.get(), &ChartLoader::linesChanged);
        m_fake->answerAll();
        QTRY_COMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Sampled);
        QVERIFY(!changed.isEmpty());
        QCOMPARE(m_loader->line(QStringLiteral("run1"), loss).series->size(), 500U);

        QTRY_COMPARE(m_fake->asked.size(), 1U);
        QVERIFY(m_fake->asked[0].question.full);
        m_fake->answerAll();
        QTRY_COMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Complete);
        const Series &series = *m_loader->line(QStringLiteral("run1"), loss).series;
        QCOMPARE(series.size(), 15000U);
        QCOMPARE(series.values()[7000], FakeSource::value(1, 7000));
        QVERIFY(!m_loader->isLoading());
    }

    void manyRunsAreAskedInBatches()
    {
        m_fake->answersByItself = true;
        m_fake->points = 300;
        const QStringList keys = FakeSource::keys(100);
        m_loader->setWanted(keys, {loss});
        QTRY_VERIFY(m_fake->asked.size() > 1 && !m_loader->isLoading());
        QHash<QString, int> full;
        for (const auto &asked : m_fake->asked) {
            QVERIFY(asked.question.experiments.size() <= (asked.question.full ? 10 : 20));
            for (const QString &key : asked.question.experiments)
                full[key] += asked.question.full ? 1 : 0;
        }
        QCOMPARE(m_fake->asked.size(), 15U); // 5 samples, 10 in full
        for (const QString &key : keys) {
            QCOMPARE(full.value(key), 1);
            QCOMPARE(m_loader->line(key, loss).state, State::Complete);
        }
        // The same steps are kept once.
        QCOMPARE(m_loader->line(keys[0], loss).series->sharedSteps(), m_loader->line(keys[1], loss).series->sharedSteps());
    }

    void runsThatLackAMetricAreToldApart()
    {
        m_fake->answersByItself = true;
        m_loader->setWanted(FakeSource::keys(4), {loss, QStringLiteral("absent_f1")});
        QTRY_COMPARE(m_loader->line(QStringLiteral("run2"), QStringLiteral("absent_f1")).state, State::Complete);
        QTRY_VERIFY(!m_loader->isLoading());
        QCOMPARE(m_loader->line(QStringLiteral("run3"), QStringLiteral("absent_f1")).state, State::Absent);
        QCOMPARE(m_loader->line(QStringLiteral("run3"), loss).state, State::Complete);
    }

    // Whatever is shown beside it, and in the order in which it comes.
    void elapsedTimeHasOneZeroARun_data()
    {
        QTest::addColumn<qint64>("start");
        QTest::addColumn<double>("alone"); // elapsed at the first point
        QTest::addColumn<double>("together");
        QTest::newRow("known") << qint64{1'699'999'997'000} << 103.0 << 103.0;
        QTest::newRow("after the first point") << qint64{1'700'000'200'000} << -100.0 << -100.0;
        QTest::newRow("unknown") << qint64{0} << 0.0 << 100.0;
    }
    void elapsedTimeHasOneZeroARun()
    {
        QFETCH(qint64, start);
        QFETCH(double, alone);
        QFETCH(double, together);
        m_fake->answersByItself = true;
        m_fake->points = 40;
        const QString late = QStringLiteral("late_f1");
        PanelFeed feed(*m_loader);
        PanelSettings panel;
        panel.metrics = {late};
        ChartSettings settings;
        settings.xAxis.kind = XAxis::Kind::ElapsedTime;
        feed.setPanel(panel, settings);
        feed.setRuns({{QStringLiteral("run1"), QStringLiteral("one"), 0, true, start}});
        const auto first = [&feed] {
            const bool isThere = feed.shown() && !feed.shown()->content.lines.empty();
            return isThere ? feed.shown()->content.lines.front().exact->steps().first() : std::nan("");
        };
        m_loader->setWanted({QStringLiteral("run1")}, {late});
        QTRY_COMPARE(m_loader->line(QStringLiteral("run1"), late).state, State::Complete);
        QVERIFY(m_loader->firstTime(QStringLiteral("run1")) == 1.7e12 + 100'000);
        feed.update();
        QTRY_COMPARE(first(), alone);
        m_loader->setWanted({QStringLiteral("run1")}, {loss}); // of another panel
        QTRY_COMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Complete);
        QTRY_COMPARE(first(), together);
        QVERIFY(std::isnan(m_loader->firstTime(QStringLiteral("run2"))));
    }

    void whatNobodyWantsIsCancelled()
    {
        m_loader->setWanted(FakeSource::keys(2), {loss});
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        m_loader->setWanted({QStringLiteral("run7")}, {loss});
        QVERIFY(m_fake->asked[0].isCancelled());
        QTRY_COMPARE(m_fake->asked.size(), 2U);
        QCOMPARE(m_fake->asked[1].question.experiments, QStringList(QStringLiteral("run7")));
        // Back again: asked anew.
        m_loader->setWanted(FakeSource::keys(2), {loss});
        QTRY_COMPARE(m_fake->asked.size(), 3U);
    }

    void whatIsLoadedIsNotAskedAgain()
    {
        m_fake->answersByItself = true;
        m_loader->setWanted(FakeSource::keys(2), {loss});
        QTRY_COMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Complete);
        QTRY_VERIFY(!m_loader->isLoading());
        const auto before = m_fake->asked.size();
        m_loader->setWanted({}, {});
        m_loader->setWanted(FakeSource::keys(2), {loss});
        QTRY_VERIFY(!m_loader->isLoading());
        QCOMPARE(m_fake->asked.size(), before);
        QCOMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Complete);
        // Another server's run of the same key is another run.
        m_loader->setSource(QStringLiteral("cloud"), m_fake->source());
        QCOMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Waiting);
    }

    void whatIsKeptIsBounded()
    {
        m_fake->answersByItself = true;
        m_fake->points = 15000;
        const std::size_t bound = std::size_t{3} << 20;
        m_loader->setKeptBytes(bound);
        std::size_t most = 0;
        for (int round = 0; round < 7; ++round) {
            QStringList keys;
            for (int i = 0; i < 10; ++i)
                keys.append(QStringLiteral("run%1").arg(round * 10 + i));
            m_loader->setWanted(keys, {loss});
            QTRY_COMPARE(m_loader->line(keys.last(), loss).state, State::Complete);
            most = std::max(most, m_loader->bytes());
        }
        const std::size_t shown = std::size_t{10} * 15000 * 16;
        QVERIFY2(most <= bound + 2 * shown, qPrintable(QString::number(most)));
        QCOMPARE(m_loader->line(QStringLiteral("run0"), loss).state, State::Waiting); // gone
        QCOMPARE(m_loader->line(QStringLiteral("run65"), loss).state, State::Complete);
    }

    void aFailureWaitsForRetry()
    {
        m_loader->setWanted(FakeSource::keys(2), {loss});
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        m_fake->failAll(api::Error::Kind::Server);
        const ChartLoader::Line &line = m_loader->line(QStringLiteral("run0"), loss);
        QTRY_VERIFY(line.error);
        QCOMPARE(line.error->kind, api::Error::Kind::Server);
        QVERIFY(!m_loader->isLoading());
        QVERIFY(m_fake->asked.empty());
        m_loader->retry(loss);
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        m_fake->answerAll();
        QTRY_COMPARE(m_loader->line(QStringLiteral("run0"), loss).state, State::Sampled);
        // Failing in full keeps the sample.
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        m_fake->failAll(api::Error::Kind::Offline);
        QTRY_VERIFY(m_loader->line(QStringLiteral("run0"), loss).error);
        QCOMPARE(m_loader->line(QStringLiteral("run0"), loss).series->size(), 500U);
    }

    void refreshKeepsWhatIsShownUntilThereIsMore()
    {
        m_fake->answersByItself = true;
        m_fake->points = 900;
        m_loader->setWanted(FakeSource::keys(1), {loss});
        QTRY_COMPARE(m_loader->line(QStringLiteral("run0"), loss).state, State::Complete);
        QTRY_VERIFY(!m_loader->isLoading());
        m_fake->answersByItself = false;
        m_fake->asked.clear();
        m_fake->points = 1200;
        m_loader->refresh(FakeSource::keys(1));
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        QVERIFY(m_fake->asked[0].question.full);
        QCOMPARE(m_loader->line(QStringLiteral("run0"), loss).series->size(), 900U);
        m_fake->answerAll();
        QTRY_COMPARE(m_loader->line(QStringLiteral("run0"), loss).series->size(), 1200U);
    }

    void aRefreshThatBringsNothingChangesNothing()
    {
        m_fake->answersByItself = true;
        m_fake->points = 900;
        m_loader->setWanted(FakeSource::keys(2), {loss});
        QTRY_COMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Complete);
        QTRY_VERIFY(!m_loader->isLoading());
        const PointsPointer before = m_loader->line(QStringLiteral("run1"), loss).points;
        m_loader->refresh(FakeSource::keys(2));
        QTRY_VERIFY(!m_loader->isLoading());
        QCOMPARE(m_loader->line(QStringLiteral("run1"), loss).points, before);
        QCOMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Complete);
    }

    void allColumnsAreKeptEqualOnesOnce()
    {
        m_fake->answersByItself = true;
        m_loader->setWanted(FakeSource::keys(2), {loss, QStringLiteral("accuracy")});
        QTRY_COMPARE(m_loader->line(QStringLiteral("run1"), loss).state, State::Complete);
        QTRY_COMPARE(m_loader->line(QStringLiteral("run0"), QStringLiteral("accuracy")).state, State::Complete);
        const Points &points = *m_loader->line(QStringLiteral("run1"), loss).points;
        QCOMPARE((*points.times())[4], 1.7e12 + 1000);
        QVERIFY(!points.epochs());
        QCOMPARE(m_loader->line(QStringLiteral("run0"), QStringLiteral("accuracy")).points->times(), points.times());
    }

    void whatIsTooMuchStaysASample()
    {
        m_fake->answersByItself = true;
        const std::size_t most = std::size_t{5} << 20;
        m_loader->setMostBytes(most); // a run has 180 KB
        const QStringList keys = FakeSource::keys(60);
        m_loader->setWanted(keys, {loss});
        QTRY_VERIFY(!m_fake->asked.empty() && !m_loader->isLoading());
        const auto count = [&](auto is) {
            return std::count_if(keys.cbegin(), keys.cend(), [&](const QString &key) { return is(m_loader->line(key, loss)); });
        };
        const auto complete = count([](const ChartLoader::Line &line) { return line.state == State::Complete; });
        const auto leftOut = count([](const ChartLoader::Line &line) { return line.state == State::Sampled && line.isLeftOut; });
        QVERIFY(complete >= 10);
        QVERIFY(leftOut > 0);
        QCOMPARE(complete + leftOut, keys.size());
        QVERIFY(m_loader->bytes() < most + std::size_t{10} * 15000 * 20); // and one request
        // With more room they come.
        m_loader->setMostBytes(std::size_t{100} << 20);
        QTRY_COMPARE(count([](const ChartLoader::Line &line) { return line.state == State::Complete; }), keys.size());
        QCOMPARE(count([](const ChartLoader::Line &line) { return line.isLeftOut; }), 0);
    }

    void dyingWhileAnswersAreOnTheirWay()
    {
        m_fake->answersByItself = true;
        m_loader->setWanted(FakeSource::keys(20), {loss});
        QTRY_VERIFY(m_fake->asked.size() >= 1);
        m_loader.reset();
        QCoreApplication::sendPostedEvents();
    }

private:
    const QString loss = QStringLiteral("loss");
    std::unique_ptr<FakeSource> m_fake;
    std::unique_ptr<ChartLoader> m_loader;
};

QTEST_GUILESS_MAIN(TestChartLoader)
#include "tst_chartloader.moc"
