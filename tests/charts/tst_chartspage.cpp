// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/charts/chartsscene.h"
#include "ui/charts/lineitem.h"
#include "ui/charts/rangetable.h"
#include "ui/charts/rundelegate.h"
#include "ui/charts/runlistpane.h"
#include "ui/widgets/searchfield.h"

#include <QListView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>

using namespace Qt::StringLiterals;

namespace {

QStringList many()
{
    QStringList names;
    for (int i = 0; i < 300; ++i)
        names << u"layer%1/weight"_s.arg(i, 3, 10, QChar(u'0'));
    return names;
}

} // namespace

class TestChartsPage : public ChartsScene
{
    Q_OBJECT
private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void emptyPlacesSayWhatToDo()
    {
        QCOMPARE(empty()->title(), u"No Runs Are Shown"_s);
        m_page->setRuns(runs(30, 0));
        QSignalSpy asked(m_page.get(), &ChartsPage::shownRequested);
        QTRY_VERIFY(button(u"Show the First 20"_s));
        QTest::mouseClick(button(u"Show the First 20"_s), Qt::LeftButton);
        QCOMPARE(asked.first().first().toStringList().size(), 20);
        m_page->setRuns(runs(3, 3));
        QCOMPARE(empty()->title(), u"No Panels"_s);
        QVERIFY(empty()->sentence().contains(u"logged a metric"_s));
    }

    void eachMetricHasAPanelInASection()
    {
        show(3, few);
        QTRY_VERIFY(panelOf(u"train/loss"_s));
        QVERIFY(!panelOf(u"sys.cpu"_s)); // folded at first
        QTRY_COMPARE(panelOf(u"loss"_s)->view()->lines().size(), 3U);
        QTRY_COMPARE(panelOf(u"loss"_s)->badgeText(), u"3,000 of 3,000"_s);
        for (const QString &section : {u"sys"_s, u"train"_s}) {
            QToolButton *head = header(section);
            QVERIFY(head);
            QTest::mouseClick(head, Qt::LeftButton);
        }
        QTRY_VERIFY(panelOf(u"sys.cpu"_s));
        QTRY_VERIFY(!panelOf(u"train/loss"_s)->isVisible());
    }

    void onlyWhatIsNearTheViewIsMadeAndLoaded()
    {
        show(2, many());
        QTRY_VERIFY(!m_page->grid()->panels().empty());
        QVERIFY(m_page->grid()->panels().size() < 20);
        const auto asked = [this] {
            QStringList metrics;
            for (const FakeSource::Asked &one : m_fake->asked)
                metrics += *one.question.metrics;
            metrics.removeDuplicates();
            return metrics;
        };
        QTRY_VERIFY(asked().contains(u"layer000/weight"_s));
        QVERIFY(asked().size() < 20);
        QScrollBar *bar = m_page->grid()->verticalScrollBar();
        bar->setValue(bar->maximum());
        QTRY_VERIFY(panelOf(u"layer299/weight"_s));
        QTRY_COMPARE(panelOf(u"layer299/weight"_s)->view()->lines().size(), 2U);
        for (int at = 0; at <= bar->maximum(); at += 300)
            bar->setValue(at);
        QTRY_VERIFY(m_page->grid()->panels().size() < 60); // the farthest have gone
    }

    void searchingShowsPanels()
    {
        show(2, many());
        QTest::keyClicks(m_page->bar()->findChild<SearchField *>(), u"123"_s);
        QTRY_COMPARE(m_page->grid()->matching(), 1);
        QVERIFY(panelOf(u"layer123/weight"_s)->isVisible());
        QTest::keyClicks(m_page->bar()->findChild<SearchField *>(), u"x"_s);
        QTRY_COMPARE(empty()->title(), u"No Panel Matches"_s);
        QTRY_VERIFY(button(u"Clear Search"_s));
        QTest::mouseClick(button(u"Clear Search"_s), Qt::LeftButton);
        QTRY_COMPARE(m_page->grid()->matching(), 300);
    }

    void theLegendOpensAndShutsEyes()
    {
        m_page->setMetrics(few);
        m_page->setRuns(runs(5, 3));
        QListView *list = m_page->runList()->view();
        QSignalSpy asked(m_page.get(), &ChartsPage::shownRequested);
        const QModelIndex last = m_page->runList()->runs().indexOf(u"run4"_s);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, RunDelegate::eye(list->visualRect(last)).center());
        QCOMPARE(asked.takeFirst(), (QVariantList{QStringList{u"run4"_s}, true}));
        list->setFocus();
        list->setCurrentIndex(m_page->runList()->runs().indexOf(u"run0"_s));
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(asked.takeFirst(), (QVariantList{QStringList{u"run0"_s}, false}));
        QTest::keyClicks(m_page->runList()->search(), u"run 2"_s);
        QCOMPARE(m_page->runList()->runs().rowCount(), 1);
        QSignalSpy opened(m_page.get(), &ChartsPage::runActivated);
        list->setCurrentIndex(m_page->runList()->runs().index(0));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(opened.first().first().toString(), u"run2"_s);
    }

    void aRunPointedAtStandsOutEverywhere()
    {
        show(3, few);
        QTRY_COMPARE(panelOf(u"train/loss"_s)->view()->lines().size(), 3U);
        QTRY_COMPARE(panelOf(u"loss"_s)->view()->lines().size(), 3U);
        emit m_page->runList()->pointedAt(u"run1"_s);
        QCOMPARE(panelOf(u"loss"_s)->view()->emphasised(), u"run1"_s);
        QCOMPARE(panelOf(u"train/loss"_s)->view()->emphasised(), u"run1"_s);
        // And from a chart to the others and the legend, with the values at the cursor, largest first.
        emit m_page->runList()->pointedAt(QString());
        ChartView *view = panelOf(u"loss"_s)->view();
        QTest::mouseMove(view->viewport(), view->area().center().toPoint());
        QTRY_VERIFY(!panelOf(u"train/loss"_s)->view()->emphasised().isEmpty());
        QTRY_VERIFY(panelOf(u"train/loss"_s)->view()->cursorX());
        QCOMPARE(m_page->runList()->runs().index(0).data(RunList::KeyRole).toString(), u"run2"_s);
        const double x = *panelOf(u"train/loss"_s)->view()->cursorX();
        QCOMPARE(m_page->runList()->runs().index(0).data(RunList::ValueRole).toDouble(), FakeSource::value(2, static_cast<int>(x)));
    }

    void theBarDrawsAllPanelsAnew()
    {
        show(2, few);
        QTRY_COMPARE(panelOf(u"loss"_s)->badgeText(), u"3,000 of 3,000"_s);
        auto *slider = m_page->bar()->findChild<QSlider *>();
        slider->setFocus();
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(slider, Qt::Key_Right);
        QVERIFY(m_page->bar()->settings().smoothing.amount > 0.1);
        ChartView *view = panelOf(u"loss"_s)->view();
        QTRY_COMPARE(view->content().shown->content.lines.size(), 4U); // raw behind
        QCOMPARE(view->lines().size(), 2U);
        QCOMPARE(panelOf(u"loss"_s)->badgeText(), u"3,000 of 3,000"_s);
        QVERIFY(panelOf(u"loss"_s)->note().contains(u"TWEMA"_s));
        QTest::mouseClick(toggle(u"Raw"_s), Qt::LeftButton);
        QTRY_COMPARE(view->content().shown->content.lines.size(), 2U);
        QTest::mouseClick(toggle(u"Log Y"_s), Qt::LeftButton);
        QTRY_VERIFY(view->content().question().logarithmicY);
        QTRY_VERIFY(panelOf(u"train/loss"_s)->view()->content().question().logarithmicY);
        // A panel of its own mind, by key.
        view->setFocus();
        QTest::keyClick(view, Qt::Key_L);
        QTRY_VERIFY(!view->content().question().logarithmicY);
        QVERIFY(panelOf(u"train/loss"_s)->view()->content().question().logarithmicY);
        QTest::keyClick(view, Qt::Key_BracketRight);
        QTRY_VERIFY(m_page->bar()->settings().smoothing.amount > 0.2);
    }

    void xMayBeAnotherMetric()
    {
        show(2, few);
        QTRY_COMPARE(panelOf(u"loss"_s)->view()->lines().size(), 2U);
        auto *axis = m_page->bar()->findChild<QComboBox *>();
        QTest::mouseClick(axis->findChild<QWidget *>(), Qt::LeftButton);
        axis->setCurrentIndex(axis->findText(u"train/accuracy"_s));
        emit axis->activated(axis->currentIndex());
        QTRY_COMPARE(panelOf(u"loss"_s)->view()->content().question().xAxis.metric, u"train/accuracy"_s);
        QTRY_VERIFY(panelOf(u"loss"_s)->view()->view().x1 < 10); // values, not steps
    }

    void runsAreDrawnAsGroups()
    {
        show(4, few);
        Grouping choice;
        choice.source = Grouping::Source::Parameter;
        choice.name = u"optimizer"_s;
        m_page->setGroupings({choice}, [](const Grouping &, const QString &key) {
            return key == u"run0"_s ? QString() : key == u"run1"_s ? u"sgd"_s : u"adam"_s;
        });
        QSignalSpy chosen(m_page.get(), &ChartsPage::groupingChosen);
        auto *groupings = boxNamed(u"Group by"_s);
        groupings->setCurrentIndex(1);
        emit groupings->activated(1);
        QCOMPARE(chosen.size(), 1);
        ChartView *view = panelOf(u"loss"_s)->view();
        QTRY_COMPARE(view->lines().size(), 3U);
        QStringList names;
        for (const ChartLine &line : view->lines())
            names << line.run.name;
        names.sort();
        QCOMPARE(names, (QStringList{u"adam, n = 2"_s, u"none, n = 1"_s, u"sgd, n = 1"_s}));
        // A band is told where there is one: a run alone has none.
        QTest::mouseMove(view->viewport(), view->area().center().toPoint());
        QTRY_VERIFY(view->cursor().content());
        for (const CursorItem::Row &row : view->cursor().content()->rows)
            QCOMPARE(!row.band.isEmpty(), row.name.endsWith(u"n = 2"_s));
        emit m_page->runList()->pointedAt(u"run3"_s);
        QVERIFY(view->lineItem().lines().size() >= 3U);
        QTRY_COMPARE(panelOf(u"loss"_s)->badgeText(), u"3,000 of 3,000"_s);
    }

    void aRangeIsReadAndQueried()
    {
        show(3, few);
        ChartPanel *panel = panelOf(u"loss"_s);
        QTRY_COMPARE(panel->view()->lines().size(), 3U);
        QTRY_COMPARE(panel->badgeText(), u"3,000 of 3,000"_s); // of a sample other values are read
        ChartView *view = panel->view();
        const QRectF area = view->area();
        const QPoint from(static_cast<int>(area.left() + area.width() * 0.25), static_cast<int>(area.center().y()));
        const QPoint to(static_cast<int>(area.left() + area.width() * 0.75), static_cast<int>(area.center().y()));
        QTest::mousePress(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, from);
        QTest::mouseMove(view->viewport(), to);
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, to);
        QVERIFY(view->range());
        QVERIFY(!view->isZoomed());
        auto *table = panel->findChild<RangeTable *>();
        QVERIFY(table->isVisible());
        QVERIFY(view->height() > panel->height() / 2); // the lines keep most of the panel
        QCOMPARE(table->rows().rows().size(), 3U);
        const RangeRow &row = table->rows().rows()[1];
        const int first = static_cast<int>(std::lround(view->range()->x1));
        QCOMPARE(row.first, FakeSource::value(1, first));
        QCOMPARE(row.difference, row.last - row.first);
        QVERIFY(table->text().startsWith(u"Run\t"_s));
        QSignalSpy query(m_page.get(), &ChartsPage::queryRequested);
        for (QPushButton *one : table->findChildren<QPushButton *>()) {
            if (one->accessibleName().startsWith(u"Query"_s))
                QTest::mouseClick(one, Qt::LeftButton);
        }
        QCOMPARE(query.size(), 1);
        QCOMPARE(query.first().first().toString(), u"loss"_s);
        QVERIFY(query.first().at(1).toDouble() < query.first().at(2).toDouble());
        // A click takes it away.
        QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, view->area().center().toPoint());
        QVERIFY(!view->range());
        QVERIFY(!table->isVisible());
    }

    void refreshKeepsZoomAndScroll()
    {
        show(2, few);
        ChartPanel *panel = panelOf(u"loss"_s);
        QTRY_COMPARE(panel->badgeText(), u"3,000 of 3,000"_s);
        View view = panel->view()->view();
        view.x0 = 500;
        view.x1 = 900;
        panel->view()->setView(view);
        emit panel->view()->xChanged(500, 900);
        QTRY_COMPARE(panelOf(u"train/loss"_s)->view()->view().x0, 500.0);
        m_fake->points = 4000;
        m_page->refresh();
        QTRY_COMPARE(panel->badgeText(), u"4,000 of 4,000"_s);
        QCOMPARE(panel->view()->view(), view);
        // A panel that comes later joins in.
        QTest::mouseClick(header(u"sys"_s), Qt::LeftButton);
        QTRY_VERIFY(panelOf(u"sys.cpu"_s));
        QTRY_COMPARE(panelOf(u"sys.cpu"_s)->view()->view().x0, 500.0);
    }

    void everythingHasAName()
    {
        show(2, few);
        QTRY_VERIFY(panelOf(u"loss"_s));
        for (const QToolButton *tool : m_page->findChildren<QToolButton *>()) {
            if (!qobject_cast<QLineEdit *>(tool->parent())) // Qt's own, in search fields
                QVERIFY2(!tool->text().isEmpty() || !tool->accessibleName().isEmpty(), qPrintable(tool->toolTip()));
        }
        for (const QComboBox *box : m_page->findChildren<QComboBox *>())
            QVERIFY(!box->accessibleName().isEmpty());
    }
};

QTEST_MAIN(TestChartsPage)
#include "tst_chartspage.moc"
