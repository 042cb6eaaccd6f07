// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/server.h"
#include "tests/bench/seeding.h"
#include "tests/charts/fakesource.h"
#include "ui/charts/chartpane.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/metricchooser.h"
#include "ui/widgets/searchfield.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace {

const QString loss = QStringLiteral("loss");
const QString accuracy = QStringLiteral("accuracy");
const QString absentF1 = QStringLiteral("absent_f1");

std::vector<ChartedRun> runs(int count)
{
    std::vector<ChartedRun> runs;
    for (int i = 0; i < count; ++i)
        runs.push_back({QStringLiteral("run%1").arg(i), QStringLiteral("Run %1").arg(i), i, true});
    return runs;
}

QAction *action(const ChartPanel *panel, const QString &text)
{
    for (QAction *action : panel->menu()->actions()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

bool says(const QWidget &widget, const QString &text)
{
    for (const QLabel *label : widget.findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(text))
            return true;
    }
    return false;
}

QPushButton *button(const QWidget &widget, const QString &text)
{
    for (QPushButton *button : widget.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace

class TestChartPane : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init()
    {
        m_fake = std::make_unique<FakeSource>();
        m_pane = std::make_unique<ChartPane>();
        m_pane->resize(1000, 600);
        m_pane->setAvailableMetrics({accuracy, loss, absentF1});
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }
    void cleanup() { m_pane.reset(); }

    void emptyStatesSayWhatToDo()
    {
        QVERIFY(says(*m_pane, QStringLiteral("Select experiments to see their metrics.")));
        show(2, {});
        QVERIFY(says(*m_pane, QStringLiteral("Choose a metric")));
        QTRY_VERIFY(button(*m_pane, QStringLiteral("Choose Metrics…")));
        m_pane->setRuns(nullptr, {});
        QVERIFY(says(*m_pane, QStringLiteral("Select experiments")));
    }

    void theBadgeTellsHowMuchIsDrawn()
    {
        show(3, {loss});
        ChartPanel *panel = m_pane->panel(loss);
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        QCOMPARE(panel->badgeText(), QStringLiteral("Loading…"));
        m_fake->answerAll();
        QTRY_COMPARE(panel->badgeText(), QStringLiteral("Sample of 500 points"));
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        m_fake->answerAll();
        QTRY_COMPARE(panel->badgeText(), QStringLiteral("15,000 of 15,000"));
        QCOMPARE(panel->view()->lines().size(), 3U);
        QVERIFY(panel->view()->accessibleDescription().contains(QStringLiteral("45,000")));
    }

    void manyRunsCompleteOneBatchAfterTheOther()
    {
        show(20, {loss});
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        m_fake->answerAll();
        QTRY_COMPARE(m_fake->asked.size(), 2U);
        m_fake->asked[0].reply->finish(m_fake->answer(m_fake->asked[0].question));
        QTRY_COMPARE(m_pane->panel(loss)->badgeText(), QStringLiteral("10 of 20 lines in full"));
    }

    void runsWithoutTheMetricAreNamed()
    {
        m_fake->answersByItself = true;
        show(4, {absentF1});
        ChartPanel *panel = m_pane->panel(absentF1);
        QTRY_COMPARE(panel->badgeText(), QStringLiteral("15,000 of 15,000"));
        QVERIFY(says(*panel, QStringLiteral("not in 2 of 4 runs")));
        bool named = false;
        for (const QLabel *label : panel->findChildren<QLabel *>())
            named = named || label->toolTip().contains(QStringLiteral("Run 1, Run 3"));
        QVERIFY(named);
        m_pane->setRuns(QStringLiteral("fake"), m_fake->source(), {{QStringLiteral("run1"), {}, 0, true}});
        QTRY_VERIFY(panel->message().contains(QStringLiteral("has no absent_f1")));
    }

    void nanIsCounted()
    {
        m_fake->answersByItself = true;
        show(2, {QStringLiteral("nan")});
        QTRY_VERIFY(says(*m_pane->panel(QStringLiteral("nan")), QStringLiteral("120 NaN in 2 runs")));
    }

    void roundedNumbersAreSaid()
    {
        m_fake->answersByItself = true;
        m_fake->points = 100;
        const QString vast = QStringLiteral("vast");
        show(2, {vast, loss});
        QTRY_VERIFY(says(*m_pane->panel(vast), QStringLiteral("rounded to 2")));
        QTRY_COMPARE(m_pane->panel(loss)->badgeText(), QStringLiteral("100 of 100"));
        QVERIFY(!says(*m_pane->panel(loss), QStringLiteral("rounded")));
    }

    void aFailureIsShownWithRetry()
    {
        show(2, {loss});
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        m_fake->failAll(api::Error::Kind::Offline);
        ChartPanel *panel = m_pane->panel(loss);
        QTRY_VERIFY(button(*panel, QStringLiteral("Retry")));
        QVERIFY(!panel->message().isEmpty());
        QTest::mouseClick(button(*panel, QStringLiteral("Retry")), Qt::LeftButton);
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        m_fake->answerAll();
        QTRY_COMPARE(panel->badgeText(), QStringLiteral("Sample of 500 points"));
        QVERIFY(panel->message().isEmpty());
        // Failing later keeps the sample and offers the rest.
        QTRY_COMPARE(m_fake->asked.size(), 1U);
        m_fake->failAll(api::Error::Kind::Timeout);
        QTRY_VERIFY(button(*panel, QStringLiteral("Load All")));
        QCOMPARE(panel->badgeText(), QStringLiteral("Sample of 500 points"));
        m_fake->answersByItself = true;
        QTest::mouseClick(button(*panel, QStringLiteral("Load All")), Qt::LeftButton);
        QTRY_COMPARE(panel->badgeText(), QStringLiteral("15,000 of 15,000"));
        QVERIFY(!button(*panel, QStringLiteral("Load All")));
    }

    void tooManyRunsAreSaid()
    {
        m_fake->points = 60;
        m_fake->answersByItself = true;
        show(250, {loss});
        QVERIFY(says(*m_pane, QStringLiteral("The first 200 of 250 selected")));
        QTRY_COMPARE(m_pane->panel(loss)->view()->lines().size(), 200U);
    }

    void panelsShareZoomAndCursor()
    {
        m_fake->answersByItself = true;
        show(2, {loss, accuracy});
        ChartView *one = m_pane->panel(loss)->view();
        ChartView *other = m_pane->panel(accuracy)->view();
        QTRY_COMPARE(one->lines().size(), 2U);
        QTRY_COMPARE(other->lines().size(), 2U);
        QTest::keyClick(one, Qt::Key_Plus);
        QCOMPARE(other->view().x0, one->view().x0);
        QCOMPARE(other->view().x1, one->view().x1);
        QTest::keyClick(one, Qt::Key_Right);
        QTRY_VERIFY(other->cursor().content());
        QCOMPARE(other->cursor().content()->step, one->cursor().content()->step);
        QVERIFY(!other->cursor().content()->showCard);
        QTest::keyClick(other, Qt::Key_0);
        QVERIFY(!one->isZoomed());
    }

    void refreshKeepsZoom()
    {
        m_fake->answersByItself = true;
        m_fake->points = 1000;
        show(1, {loss});
        ChartPanel *panel = m_pane->panel(loss);
        QTRY_COMPARE(panel->badgeText(), QStringLiteral("1,000 of 1,000"));
        QTest::keyClick(panel->view(), Qt::Key_Plus);
        const View zoomed = panel->view()->view();
        m_fake->points = 1300;
        m_pane->refresh();
        QTRY_COMPARE(panel->badgeText(), QStringLiteral("1,300 of 1,300"));
        QCOMPARE(panel->view()->view(), zoomed);
    }

    void finishedRunsAreNotAskedAgain()
    {
        m_fake->answersByItself = true;
        m_fake->points = 100;
        m_pane->setRuns(QStringLiteral("fake"), m_fake->source(), {{QStringLiteral("run0"), {}, 0, false}});
        m_pane->setMetrics({loss});
        QTRY_COMPARE(m_pane->panel(loss)->badgeText(), QStringLiteral("100 of 100"));
        QTRY_VERIFY(!m_pane->loader().isLoading());
        const auto asked = m_fake->asked.size();
        m_pane->refresh();
        QTRY_VERIFY(!m_pane->loader().isLoading());
        QCOMPARE(m_fake->asked.size(), asked);
    }

    void metricsAreChosenByTyping()
    {
        m_fake->answersByItself = true;
        show(2, {loss});
        QSignalSpy changed(m_pane.get(), &ChartPane::metricsChanged);
        auto *chooser = m_pane->findChild<MetricChooser *>();
        QTest::mouseClick(m_pane->findChild<QToolButton *>(), Qt::LeftButton);
        QVERIFY(chooser->isVisible());
        QTest::keyClicks(chooser->search(), QStringLiteral("ACC"));
        QCOMPARE(chooser->list()->model()->rowCount(), 1);
        QTest::keyClick(chooser->search(), Qt::Key_Return);
        QCOMPARE(changed.last().first().toStringList(), (QStringList{loss, accuracy}));
        QVERIFY(m_pane->panel(accuracy));
        chooser->hide();

        action(m_pane->panel(accuracy), QStringLiteral("Move Forward"))->trigger();
        QCOMPARE(m_pane->metrics(), (QStringList{accuracy, loss}));
        action(m_pane->panel(loss), QStringLiteral("Remove Panel"))->trigger();
        QCOMPARE(m_pane->metrics(), QStringList{accuracy});
        QVERIFY(!m_pane->panel(loss));
        QCOMPARE(changed.size(), 3);
    }

    void exportsWhatIsInView()
    {
        m_fake->answersByItself = true;
        m_fake->points = 100;
        show(2, {loss});
        ChartPanel *panel = m_pane->panel(loss);
        QTRY_COMPARE(panel->badgeText(), QStringLiteral("100 of 100"));
        QTRY_COMPARE(panel->view()->lines().size(), 2U);
        View view = panel->view()->view();
        view.x0 = 9.5;
        view.x1 = 20;
        panel->view()->setView(view);
        action(panel, QStringLiteral("Copy Data in View"))->trigger();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("step\tRun 0\tRun 1\n10\t")));
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 12);

        const ChartPanel *exported = nullptr;
        connect(m_pane.get(), &ChartPane::exportRequested, this, [&](ChartPanel *asked) { exported = asked; });
        action(panel, QStringLiteral("Export…"))->trigger();
        QCOMPARE(exported, panel);
        QCOMPARE(panel->picture().size(), panel->size() * panel->devicePixelRatio());
    }

    void whatStaysASampleIsTold()
    {
        m_fake->answersByItself = true;
        m_pane->loader().setMostBytes(1);
        m_pane->setRuns(QStringLiteral("lab"), m_fake->source(), runs(2));
        m_pane->setMetrics({loss});
        QTRY_COMPARE(m_pane->panel(loss)->badgeText(), QStringLiteral("Sample of 500 points"));
        const auto isTold = [this] {
            const QList<QWidget *> widgets = m_pane->panel(loss)->findChildren<QWidget *>();
            return std::any_of(widgets.cbegin(), widgets.cend(), [](const QWidget *widget) {
                return widget->toolTip().endsWith(QStringLiteral("would take too much memory: 2."));
            });
        };
        QTRY_VERIFY(isTold());
        m_pane->loader().setMostBytes(std::size_t{1} << 30);
        QTRY_COMPARE(m_pane->panel(loss)->badgeText(), QStringLiteral("15,000 of 15,000"));
        QVERIFY(!isTold());
    }

    void everythingHasAName()
    {
        m_fake->answersByItself = true;
        show(2, {loss});
        QTRY_COMPARE(m_pane->panel(loss)->view()->lines().size(), 2U);
        for (const QToolButton *tool : m_pane->findChildren<QToolButton *>()) {
            if (!qobject_cast<QLineEdit *>(tool->parent())) // Qt's own, in the search field
                QVERIFY(!tool->text().isEmpty() || !tool->accessibleName().isEmpty());
        }
        QVERIFY(m_pane->panel(loss)->view()->accessibleName().contains(loss));
        QVERIFY(m_pane->panel(loss)->accessibleName().contains(loss));
    }

    // The whole way: a server on loopback, the client, the loader, the picture.
    void fromTheLocalServerToTheScreen()
    {
        QTemporaryDir folder;
        localserver::Options options;
        options.data = folder.filePath(QStringLiteral("charts.db")).toStdString();
        const localserver::Server server(options);
        const QUrl root(QString::fromStdString(server.url()));
        const QByteArray key = QByteArray::fromStdString(server.apiKey());
        seeding::fill(root, key, {"bench", "chart", 3, 2000, 0});

        api::Client client(root, QString::fromLatin1(key));
        std::vector<ChartedRun> charted;
        client.experiments(QStringLiteral("bench"), QStringLiteral("chart"))
            ->then(&client, [&](const api::Experiments &all) {
                for (std::size_t i = 0; i < all.size(); ++i)
                    charted.push_back({all.keys.at(i), all.names.at(i), static_cast<int>(i), false});
            });
        QTRY_COMPARE(charted.size(), 3U);
        m_pane->setRuns(QStringLiteral("local"),
            [&client](const api::ChartQuestion &question, api::Priority priority) {
                return client.metricsForChart(question, priority);
            },
            charted);
        m_pane->setMetrics({loss, QStringLiteral("unheard_of")});
        QTRY_COMPARE(m_pane->panel(loss)->badgeText(), QStringLiteral("2,000 of 2,000"));
        const ChartView *view = m_pane->panel(loss)->view();
        QCOMPARE(view->lines().size(), 3U);
        QCOMPARE(view->view().x1, 1999.0);
        QVERIFY(view->lines()[0].series->values()[0] > 1.9);
        QTRY_VERIFY(m_pane->panel(QStringLiteral("unheard_of"))->message().contains(QStringLiteral("isn't in any of the 3 runs")));
        m_pane.reset(); // before the client
    }

private:
    void show(int count, const QStringList &metrics)
    {
        m_pane->setRuns(QStringLiteral("fake"), m_fake->source(), runs(count));
        m_pane->setMetrics(metrics);
    }

    std::unique_ptr<FakeSource> m_fake;
    std::unique_ptr<ChartPane> m_pane;
};

QTEST_MAIN(TestChartPane)
#include "tst_chartpane.moc"
