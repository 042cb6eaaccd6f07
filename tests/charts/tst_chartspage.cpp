// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/settings.h"
#include "tests/charts/fakesource.h"
#include "ui/charts/chartbar.h"
#include "ui/charts/chartgrid.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/chartspage.h"
#include "ui/charts/datatable.h"
#include "ui/charts/legendrow.h"
#include "ui/charts/lineitem.h"
#include "ui/charts/metricchooser.h"
#include "ui/charts/paneldialog.h"
#include "ui/charts/rangetable.h"
#include "ui/charts/rundelegate.h"
#include "ui/charts/runlistpane.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/searchfield.h"

#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const QStringList few{u"loss"_s, u"train/accuracy"_s, u"train/loss"_s, u"sys.cpu"_s};

QStringList many()
{
    QStringList names;
    for (int i = 0; i < 300; ++i)
        names << u"layer%1/weight"_s.arg(i, 3, 10, QChar(u'0'));
    return names;
}

} // namespace

class TestChartsPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init()
    {
        QVERIFY(m_folder.isValid());
        m_fake = std::make_unique<FakeSource>();
        m_fake->answersByItself = true;
        m_fake->points = 3000;
        m_settings = std::make_unique<Settings>(m_folder.filePath(u"%1.conf"_s.arg(++m_count)));
        open();
    }
    void cleanup()
    {
        m_page.reset();
        m_settings.reset();
    }

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

    void aNarrowPanelKeepsItsName()
    {
        show(2, few);
        ChartPanel *panel = panelOf(u"train/accuracy"_s);
        QTRY_COMPARE(panel->badgeText(), u"3,000 of 3,000"_s);
        const auto texts = [&] {
            QStringList texts;
            for (const QLabel *label : panel->findChildren<QLabel *>())
                texts << label->text();
            return texts;
        };
        panel->resize(500, panel->height());
        QVERIFY(texts().contains(u"3,000 of 3,000"_s));
        panel->resize(290, panel->height());
        QVERIFY(texts().contains(u"train/accuracy"_s));
        QVERIFY(texts().contains(u"all 3,000"_s));
        QCOMPARE(panel->badgeText(), u"3,000 of 3,000"_s);
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
            QCOMPARE(!row.elsewhere.isEmpty(), row.name.endsWith(u"n = 2"_s));
        emit m_page->runList()->pointedAt(u"run3"_s);
        QVERIFY(view->lineItem().lines().size() >= 3U);
        QTRY_COMPARE(panelOf(u"loss"_s)->badgeText(), u"3,000 of 3,000"_s);
    }

    void panelsMoveResizeAndComeBack()
    {
        show(2, few);
        QTRY_VERIFY(panelOf(u"train/loss"_s));
        QCOMPARE(order(), (QStringList{u"loss"_s, u"train/accuracy"_s, u"train/loss"_s, u"sys.cpu"_s}));
        drag(panelOf(u"train/loss"_s), panelOf(u"train/accuracy"_s)->mapToGlobal(QPoint(12, 80)));
        QCOMPARE(order(), (QStringList{u"loss"_s, u"train/loss"_s, u"train/accuracy"_s, u"sys.cpu"_s}));
        QTest::keyClick(panelOf(u"train/accuracy"_s)->view(), Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(order(), (QStringList{u"loss"_s, u"train/accuracy"_s, u"train/loss"_s, u"sys.cpu"_s}));
        trigger(panelOf(u"loss"_s), u"Remove Panel"_s);
        QCOMPARE(order().size(), 3);
        QVERIFY(m_page->undo(false));
        QCOMPARE(order().size(), 4);
        QTest::keyClick(m_page.get(), Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(m_page.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(order(), (QStringList{u"loss"_s, u"train/accuracy"_s, u"train/loss"_s, u"sys.cpu"_s}));
        QTest::keyClick(m_page.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(order(), (QStringList{u"loss"_s, u"train/loss"_s, u"train/accuracy"_s, u"sys.cpu"_s}));

        QTRY_VERIFY(panelOf(u"loss"_s));
        const QSize before = panelOf(u"loss"_s)->size();
        const QPoint corner(before.width() - 5, before.height() - 5);
        QWidget *grip = panelOf(u"loss"_s)->childAt(corner);
        const QPoint inGrip = grip->mapFrom(panelOf(u"loss"_s), corner);
        QTest::mousePress(grip, Qt::LeftButton, {}, inGrip);
        QTest::mouseMove(grip, inGrip + QPoint(before.width(), 60));
        QTest::mouseRelease(grip, Qt::LeftButton, {}, inGrip + QPoint(before.width(), 60));
        QTRY_VERIFY(panelOf(u"loss"_s)->width() > before.width() * 3 / 2);
        QCOMPARE(panelOf(u"loss"_s)->height(), before.height() + 60);
    }

    void onePanelFillsThePage()
    {
        show(2, few);
        QTRY_VERIFY(panelOf(u"loss"_s));
        const QSize before = panelOf(u"loss"_s)->size();
        QTest::mouseDClick(panelOf(u"loss"_s)->findChild<QWidget *>(), Qt::LeftButton, {}, QPoint(60, 10));
        QTRY_VERIFY(panelOf(u"loss"_s)->height() > before.height() * 3 / 2);
        QVERIFY(!panelOf(u"train/loss"_s)->isVisible());
        QTest::keyClick(panelOf(u"loss"_s)->view(), Qt::Key_Escape);
        QTRY_COMPARE(panelOf(u"loss"_s)->size(), before);
        QTest::keyClick(panelOf(u"loss"_s)->view(), Qt::Key_Return);
        QTRY_VERIFY(panelOf(u"loss"_s)->height() > before.height() * 3 / 2);
    }

    void aPanelHasAWindowOfItsOwn()
    {
        show(2, few);
        QTRY_COMPARE(panelOf(u"loss"_s)->view()->lines().size(), 2U);
        trigger(panelOf(u"loss"_s), u"Show in Own Window"_s);
        ChartPanel *window = nullptr;
        for (QWidget *widget : QApplication::topLevelWidgets())
            window = qobject_cast<ChartPanel *>(widget) ? static_cast<ChartPanel *>(widget) : window;
        QVERIFY(window);
        QTRY_COMPARE(window->view()->lines().size(), 2U);
        QTest::mouseClick(toggle(u"Log Y"_s), Qt::LeftButton);
        QTRY_VERIFY(window->view()->content().question().logarithmicY);
        window->close();
    }

    void theLayoutIsKept()
    {
        show(2, few);
        QTRY_VERIFY(panelOf(u"loss"_s));
        trigger(panelOf(u"loss"_s), u"Remove Panel"_s);
        QTest::mouseClick(toggle(u"Log Y"_s), Qt::LeftButton);
        m_page.reset();
        open();
        show(2, few);
        QCOMPARE(order(), (QStringList{u"train/accuracy"_s, u"train/loss"_s, u"sys.cpu"_s}));
        QVERIFY(m_page->bar()->settings().logarithmicY);
        m_page->setSource(u"fake"_s, m_fake->source(), u"another"_s);
        m_page->setMetrics(few);
        QCOMPARE(order().size(), 4);
        QVERIFY(!m_page->bar()->settings().logarithmicY);
    }

    void severalMetricsAndExpressionsShareAPanel()
    {
        show(2, few);
        QTRY_VERIFY(panelOf(u"loss"_s));
        ChartPanel *panel = panelOf(u"loss"_s);
        trigger(panel, u"Panel Settings…"_s);
        auto *dialog = m_page->findChild<PanelDialog *>();
        QVERIFY(dialog);
        auto *expressions = dialog->findChild<QPlainTextEdit *>();
        expressions->setFocus();
        QTest::keyClicks(expressions, u"1 - unheard_of"_s);
        QPushButton *apply = nullptr;
        for (QPushButton *one : dialog->findChildren<QPushButton *>())
            apply = one->text().remove(u'&') == u"Apply"_s ? one : apply;
        QVERIFY(apply && !apply->isEnabled());
        expressions->clear();
        QTest::keyClicks(expressions, u"1 - loss"_s);
        QVERIFY(apply->isEnabled());
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(panel->view()->lines().size(), 4U);
        const auto find = [panel](const QString &name) {
            for (const ChartLine &line : panel->view()->lines()) {
                if (line.run.name == name)
                    return line.series->values()[100];
            }
            return std::nan("");
        };
        QTRY_COMPARE(panel->badgeText(), u"3,000 of 3,000"_s);
        QCOMPARE(find(u"Run 1 · 1 - loss"_s), 1 - FakeSource::value(1, 100));
        // And another metric from the menu.
        trigger(panel, u"Add Metrics…"_s);
        auto *chooser = m_page->findChild<MetricChooser *>();
        QTest::keyClicks(chooser->search(), u"accuracy"_s);
        QTest::keyClick(chooser->search(), Qt::Key_Return);
        chooser->hide();
        QTRY_COMPARE(panel->view()->lines().size(), 6U);
        QVERIFY(panel->findChild<LegendRow *>()->isVisible());
        QCOMPARE(panel->findChild<LegendRow *>()->entries().size(), 3U);
        QCOMPARE(m_page->runList()->runs().indexOf(u"run1"_s).data(RunList::ColourRole).toInt(), 1);
    }

    void outliersStayButAreOutOfSight()
    {
        show(2, few);
        ChartPanel *panel = panelOf(u"loss"_s);
        QTRY_COMPARE(panel->badgeText(), u"3,000 of 3,000"_s);
        const View whole = panel->view()->view();
        ChartLayout layout = m_page->layoutShown();
        layout.panels.front().range.kind = ValueRange::Kind::Central;
        layout.panels.front().best = BestValue::Largest;
        m_page->setLayoutShown(layout);
        QTRY_VERIFY(panel->view()->content().shown->central);
        QVERIFY(panel->view()->view().y1 - panel->view()->view().y0 < whole.y1 - whole.y0);
        QCOMPARE(panel->view()->lines()[0].series->size(), 3000U);
        layout.panels.front().range = {ValueRange::Kind::Manual, 0.25, 0.5};
        m_page->setLayoutShown(layout);
        QTRY_COMPARE(panel->view()->view().y0, 0.25);
        QCOMPARE(panel->view()->view().y1, 0.5);
    }

    void valuesAreATableToo()
    {
        show(2, few);
        QTRY_COMPARE(panelOf(u"loss"_s)->badgeText(), u"3,000 of 3,000"_s);
        trigger(panelOf(u"loss"_s), u"Show as Table…"_s);
        auto *table = m_page->findChild<DataTable *>();
        QVERIFY(table);
        auto *view = table->findChild<QTableView *>();
        QTRY_VERIFY(view->model());
        QCOMPARE(view->model()->rowCount(), 3000);
        QCOMPARE(view->model()->headerData(2, Qt::Horizontal).toString(), u"Run 1"_s);
        QCOMPARE(view->model()->index(7, 2).data().toString().toDouble(), FakeSource::value(1, 7));
        QGuiApplication::clipboard()->clear();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 3001);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Step\tRun 0\tRun 1\n0\t0\t1\n"_s));
        table->close();
    }

    void aRangeIsReadAndQueried()
    {
        show(3, few);
        ChartPanel *panel = panelOf(u"loss"_s);
        QTRY_COMPARE(panel->view()->lines().size(), 3U);
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
        QCOMPARE(table->rows().rows().size(), 3U);
        const RangeRow &row = table->rows().rows()[1];
        const int first = static_cast<int>(std::lround(view->range()->x1));
        QCOMPARE(row.first, FakeSource::value(1, first));
        QCOMPARE(row.difference, row.last - row.first);
        QVERIFY(table->text().startsWith(u"Run\t"_s));
        QSignalSpy query(m_page.get(), &ChartsPage::queryRequested);
        for (QPushButton *one : table->findChildren<QPushButton *>()) {
            if (one->text().startsWith(u"Query"_s))
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

private:
    void open()
    {
        m_page = std::make_unique<ChartsPage>(*m_settings);
        m_page->resize(1200, 800);
        m_page->setSource(u"fake"_s, m_fake->source(), u"subject"_s);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QCursor::setPos(m_page->mapToGlobal(QPoint(-100, -100)));
    }
    static std::vector<RunList::Entry> runs(int count, int shown)
    {
        std::vector<RunList::Entry> runs;
        for (int i = 0; i < count; ++i)
            runs.push_back({{u"run%1"_s.arg(i), u"Run %1"_s.arg(i), i, true}, i < shown});
        return runs;
    }
    void show(int count, const QStringList &metrics)
    {
        m_page->setMetrics(metrics);
        m_page->setRuns(runs(count, count));
    }
    EmptyState *empty() const { return m_page->findChild<EmptyState *>(); }
    ChartPanel *panelOf(const QString &metric) const
    {
        for (ChartPanel *panel : m_page->grid()->panels()) {
            if (panel->panel().metrics == QStringList{metric})
                return panel;
        }
        return nullptr;
    }
    QStringList order() const
    {
        QStringList order;
        for (const ChartLayout::Section &section : m_page->layoutShown().sections()) {
            for (const std::size_t index : section.panels)
                order << m_page->layoutShown().panels[index].displayTitle();
        }
        return order;
    }
    QToolButton *header(const QString &section) const
    {
        for (QToolButton *one : m_page->grid()->widget()->findChildren<QToolButton *>(Qt::FindDirectChildrenOnly)) {
            if (one->text().startsWith(section + u' '))
                return one;
        }
        return nullptr;
    }
    QToolButton *toggle(const QString &text) const
    {
        for (QToolButton *one : m_page->bar()->findChildren<QToolButton *>()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    QComboBox *boxNamed(const QString &name) const
    {
        for (QComboBox *one : m_page->bar()->findChildren<QComboBox *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : m_page->findChildren<QPushButton *>()) {
            if (one->isVisible() && one->text() == text)
                return one;
        }
        return nullptr;
    }
    static void trigger(ChartPanel *panel, const QString &text)
    {
        QVERIFY(panel);
        const QList<QAction *> actions = panel->menu()->actions();
        const auto action = std::find_if(actions.cbegin(), actions.cend(),
            [&](const QAction *one) { return one->text() == text; });
        QVERIFY(action != actions.cend());
        (*action)->trigger();
    }
    // By its title to a place on the screen.
    static void drag(ChartPanel *panel, QPoint global)
    {
        auto *title = panel->findChild<QWidget *>();
        QTest::mousePress(title, Qt::LeftButton, {}, QPoint(60, 10));
        QTest::mouseMove(title, QPoint(80, 20));
        QTest::mouseMove(title, title->mapFromGlobal(global));
        QTest::mouseRelease(title, Qt::LeftButton, {}, title->mapFromGlobal(global));
    }

    QTemporaryDir m_folder;
    int m_count = 0;
    std::unique_ptr<FakeSource> m_fake;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ChartsPage> m_page;
};

QTEST_MAIN(TestChartsPage)
#include "tst_chartspage.moc"
