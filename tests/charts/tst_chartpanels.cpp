// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/charts/chartsscene.h"
#include "ui/charts/datatable.h"
#include "ui/charts/legendrow.h"
#include "ui/charts/metricchooser.h"
#include "ui/charts/paneldialog.h"
#include "ui/charts/runlistpane.h"
#include "ui/widgets/searchfield.h"

#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>

using namespace Qt::StringLiterals;

// What a person makes of the panels: where they are, what they show, and that it is kept.
class TestChartPanels : public ChartsScene
{
    Q_OBJECT
private slots:
    void init() { begin(); }
    void cleanup() { end(); }

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
};

QTEST_MAIN(TestChartPanels)
#include "tst_chartpanels.moc"
