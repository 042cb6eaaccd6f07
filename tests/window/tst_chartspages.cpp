// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The charts page in the window: what it shares with the table, and what goes from it to the query.

#include "tests/browse/localproject.h"
#include "tests/window/house.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/experimentview.h"
#include "ui/browse/querypane.h"
#include "ui/charts/chartbar.h"
#include "ui/charts/chartgrid.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/chartspage.h"
#include "ui/charts/exportdialog.h"
#include "ui/charts/runlistpane.h"
#include "ui/navigator.h"
#include "ui/project/projectpage.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

class TestChartsPages : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        m_folder.emplace();
        m_project = std::make_unique<LocalProject>();
        for (int run = 0; run < 4; ++run) {
            const QString key = m_project->addExperiment(u"run-%1"_s.arg(run));
            m_project->logParameter(key, u"optimizer"_s, run < 2 ? u"sgd"_s : u"adam"_s);
            for (int step = 0; step < 20; ++step)
                m_project->logMetric(key, u"loss"_s, run + 1.0 / (step + 1), step);
        }
        m_house = std::make_unique<House>(m_folder->filePath(u"settings.conf"_s));
        m_house->connectTo(m_project->root(), m_project->apiKey());
        QTRY_COMPARE(m_house->sessions.all().front()->state(), Session::State::Ready);
        QVERIFY(QTest::qWaitForWindowActive(&m_house->window)); // else it hears no keys
        m_house->window.navigator().go({u"lab"_s, m_project->workspace, m_project->name, {}});
        QTRY_VERIFY(page());
        QTRY_COMPARE(page()->experiments()->table()->rowCount(), 4);
        QTRY_VERIFY(page()->experiments()->loader()->isLoaded());
    }
    void cleanup()
    {
        m_house.reset();
        m_project.reset();
    }

    void eyesOfTheTableAreTheLegend()
    {
        ExperimentView *table = page()->experiments()->view();
        table->setFocus();
        for (const int row : {0, 1, 0}) { // open, open, shut
            table->selectRow(row);
            QTest::keyClick(table, Qt::Key_Space);
        }
        const QString second = table->model()->index(1, 0).data(ExperimentTable::KeyRole).toString();
        QCOMPARE(page()->experiments()->visibleRuns().shown(), QStringList{second});
        key(Qt::Key_2);
        QCOMPARE(page()->currentIndex(), static_cast<int>(ProjectPage::Charts));
        QTRY_COMPARE(charts()->runList()->runs().count(), 4);
        QCOMPARE(charts()->runList()->runs().shownCount(), 1);
        QTRY_VERIFY(panel());
        QTRY_COMPARE(panel()->view()->lines().size(), 1U);
        QTRY_COMPARE(panel()->badgeText(), u"20 of 20"_s);
        // And back: the legend opens the eyes of the table.
        QListView *list = charts()->runList()->view();
        list->setFocus();
        list->setCurrentIndex(charts()->runList()->runs().index(3));
        QTest::keyClick(list, Qt::Key_Space);
        QTRY_COMPARE(panel()->view()->lines().size(), 2U);
        QCOMPARE(page()->experiments()->visibleRuns().shown().size(), 2);
    }

    void theSelectionIsAQuickStart()
    {
        page()->experiments()->view()->selectAll();
        key(Qt::Key_2);
        QTRY_VERIFY(panel());
        QTRY_COMPARE(panel()->view()->lines().size(), 4U);
    }

    void withoutAChoiceTheFirstAreShown()
    {
        const QString namesake = m_project->addExperiment(u"run-2"_s);
        m_project->logMetric(namesake, u"loss"_s, 1, 0);
        page()->experiments()->loader()->refresh();
        QTRY_COMPARE(page()->experiments()->table()->rowCount(), 5);
        key(Qt::Key_2);
        QTRY_VERIFY(panel());
        QTRY_COMPARE(panel()->view()->lines().size(), 5U);
        // What has one name is told apart by its key.
        QStringList names;
        for (const ChartLine &line : panel()->view()->lines())
            names << line.run.name;
        QVERIFY(names.contains(u"run-2 · "_s + namesake.first(4)));
        QCOMPARE(names.filter(QRegularExpression(u"^run-2 · "_s)).size(), 2);
        QVERIFY(names.contains(u"run-1"_s));
        // Choosing in the table counts more.
        page()->experiments()->view()->selectRow(0);
        QTRY_COMPARE(panel()->view()->lines().size(), 1U);
        QVERIFY(!page()->experiments()->visibleRuns().chosen());
    }

    void runsAreGroupedByAParameterOfTheTable()
    {
        page()->experiments()->view()->selectAll();
        key(Qt::Key_2);
        QTRY_VERIFY(panel());
        for (QComboBox *box : charts()->bar()->findChildren<QComboBox *>()) {
            if (box->accessibleName() != u"Group by"_s)
                continue;
            const int index = box->findText(u"optimizer"_s);
            QVERIFY(index > 0);
            box->setCurrentIndex(index);
            emit box->activated(index);
        }
        QTRY_COMPARE(panel()->view()->lines().size(), 2U);
        QStringList names{panel()->view()->lines()[0].run.name, panel()->view()->lines()[1].run.name};
        names.sort();
        QTRY_COMPARE(names, (QStringList{u"adam, n = 2"_s, u"sgd, n = 2"_s}));
    }

    void aRangeBecomesAQuery()
    {
        page()->experiments()->view()->selectAll();
        key(Qt::Key_2);
        emit charts()->queryRequested(u"loss"_s, 0.9, 2.2);
        QCOMPARE(page()->currentIndex(), static_cast<int>(ProjectPage::Experiments));
        QVERIFY(page()->experiments()->query()->isOpen());
        QTRY_COMPARE(page()->experiments()->table()->rowCount(), 2); // they end at 0.05, 1.05, 2.05, 3.05
    }

    void exportsAPanel()
    {
        page()->experiments()->view()->selectAll();
        key(Qt::Key_2);
        QTRY_VERIFY(panel());
        QTRY_COMPARE(panel()->view()->lines().size(), 4U);
        for (QAction *action : panel()->menu()->actions()) {
            if (action->text() == u"Export…"_s)
                action->trigger();
        }
        QVERIFY(shown<ExportDialog>(m_house->window));
    }

    void ctrlZTakesBackTheLayoutFirst()
    {
        page()->experiments()->view()->selectAll();
        key(Qt::Key_2);
        QTRY_VERIFY(panel());
        const std::size_t before = charts()->layoutShown().panels.size();
        for (QAction *action : panel()->menu()->actions()) {
            if (action->text() == u"Remove Panel"_s)
                action->trigger();
        }
        QCOMPARE(charts()->layoutShown().panels.size(), before - 1);
        charts()->runList()->view()->setFocus();
        key(Qt::Key_Z);
        QCOMPARE(charts()->layoutShown().panels.size(), before);
    }

private:
    ProjectPage *page() const { return m_house->window.pages().projectShown(); }
    ChartsPage *charts() const { return page()->charts(); }
    ChartPanel *panel() const
    {
        for (ChartPanel *one : charts()->grid()->panels()) {
            if (one->panel().metrics == QStringList{u"loss"_s})
                return one;
        }
        return nullptr;
    }
    void key(Qt::Key key)
    {
        QTest::keyClick(m_house->window.focusWidget() ? m_house->window.focusWidget() : &m_house->window, key, Qt::ControlModifier);
    }

    std::optional<QTemporaryDir> m_folder;
    std::unique_ptr<LocalProject> m_project;
    std::unique_ptr<House> m_house;
};

QTEST_MAIN(TestChartsPages)
#include "tst_chartspages.moc"
