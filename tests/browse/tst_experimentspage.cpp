// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/sessions.h"
#include "models/session/settings.h"
#include "models/session/tasks.h"
#include "tests/browse/localproject.h"
#include "ui/browse/columnchooser.h"
#include "ui/browse/emptyproject.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/experimentview.h"
#include "ui/browse/filterbar.h"
#include "ui/browse/tableheader.h"
#include "ui/charts/chartpane.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/searchfield.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

namespace {

const TableColumn rate{Source::Parameter, u"lr"_s};

template<class W>
W *visibleButton(QWidget &page, const QString &text)
{
    for (W *button : page.findChildren<W *>()) {
        if (button->text() == text && button->isVisible())
            return button;
    }
    return nullptr;
}

} // namespace

// A person in front of the page: clicks, types, reads.
class ExperimentsPageTest : public QObject
{
    Q_OBJECT

    struct House
    {
        LocalProject project;
        QStringList keys;
        QTemporaryDir folder;
        Settings settings{folder.filePath(u"settings.conf"_s)};
        Tasks tasks;
        Sessions sessions;
        Session *session = sessions.add({u"lab"_s, u"Lab"_s, project.root(), {}, {}}, project.apiKey());
        std::unique_ptr<ExperimentsPage> page;

        explicit House(int experiments)
        {
            for (int i = 0; i < experiments; ++i) {
                keys << project.addExperiment(u"%1-%2"_s.arg(i % 2 ? u"lenet"_s : u"resnet"_s).arg(i));
                project.logParameter(keys.back(), u"lr"_s, u"0.%1"_s.arg(experiments - i));
                project.logMetric(keys.back(), u"loss"_s, 1.5 + i, 0);
            }
        }
        void open()
        {
            page = std::make_unique<ExperimentsPage>(tasks, settings);
            page->resize(1200, 800);
            page->show();
            QSignalSpy loaded(page->loader(), &ProjectLoader::loaded);
            page->setProject(session, project.workspace, project.name);
            QVERIFY(loaded.wait(10'000));
            QVERIFY(QTest::qWaitForWindowExposed(page.get()));
        }
        ExperimentView *view() const { return page->view(); }
        QTableView *pinned() const { return view()->pinnedView(); }
        QStringList shown() const
        {
            QStringList names;
            for (int row = 0; row < page->table()->rowCount(); ++row)
                names << page->table()->index(row, 0).data().toString();
            return names;
        }
        void clickRow(int row, Qt::KeyboardModifiers keys = {}) const
        {
            const QRect cell = view()->visualRect(page->table()->index(row, 1));
            QTest::mouseClick(view()->viewport(), Qt::LeftButton, keys, cell.center());
        }
        void clickHead(const TableColumn &column, Qt::KeyboardModifiers keys = {}) const
        {
            const int section = page->table()->indexOf(column);
            QHeaderView *head = section < view()->pinned() ? pinned()->horizontalHeader() : view()->horizontalHeader();
            const QPoint at(head->sectionViewportPosition(section) + 20, head->height() / 2);
            QTest::mouseClick(head->viewport(), Qt::LeftButton, keys, at);
        }
        SearchField *filter() const { return page->findChild<FilterBar *>()->findChild<SearchField *>(); }
        bool reads(const QString &text) const
        {
            const auto labels = page->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(),
                [&](const QLabel *label) { return label->isVisible() && label->text() == text; });
        }
    };

private slots:
    void typingFiltersAndEscapeClears()
    {
        House house(6);
        house.open();
        QVERIFY(house.reads(u"6 experiments"_s));
        house.view()->setFocus();
        QTest::keyClick(house.view(), Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(house.page->focusWidget(), house.filter());
        QTest::keyClicks(house.filter(), u"LENET"_s);
        QTRY_COMPARE(house.shown().size(), 3);
        QVERIFY(house.reads(u"3 of 6"_s));
        QTest::keyClick(house.filter(), Qt::Key_Down);
        QVERIFY(house.view()->hasFocus());
        QTest::keyClick(house.view(), Qt::Key_Escape);
        QTRY_COMPARE(house.shown().size(), 6);
    }

    void aFilterThatMatchesNoneOffersToBeCleared()
    {
        House house(2);
        house.open();
        QTest::keyClicks(house.filter(), u"no such run"_s);
        QTRY_VERIFY(visibleButton<QPushButton>(*house.page, u"Clear Filter"_s));
        QVERIFY(house.reads(u"0 of 2"_s));
        QTest::mouseClick(visibleButton<QPushButton>(*house.page, u"Clear Filter"_s), Qt::LeftButton);
        QTRY_COMPARE(house.shown().size(), 2);
        QVERIFY(house.view()->isVisible());
    }

    void aBrokenPatternIsExplainedInPlace()
    {
        House house(2);
        house.open();
        auto *bar = house.page->findChild<FilterBar *>();
        bar->setFilter({RowFilter::Mode::Pattern, {}});
        QTest::keyClicks(house.filter(), u"len("_s);
        QCOMPARE(house.shown().size(), 2);
        const auto labels = bar->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
            [](const QLabel *label) { return label->isVisible() && label->text().contains(u"no valid pattern"_s); }));
        QTest::keyClick(house.filter(), Qt::Key_Backspace);
        QTRY_COMPARE(house.shown(), QStringList{u"lenet-1"_s});
    }

    void clicksOnHeadsSortAndShiftAdds()
    {
        House house(4);
        house.open();
        house.clickHead(rate);
        QCOMPARE(house.shown().front(), u"lenet-3"_s);
        house.clickHead(rate);
        QCOMPARE(house.shown().front(), u"resnet-0"_s);
        house.clickHead({Source::Name, {}});
        QCOMPARE(house.shown(), (QStringList{u"lenet-1"_s, u"lenet-3"_s, u"resnet-0"_s, u"resnet-2"_s}));
        house.clickHead(rate, Qt::ShiftModifier);
        QCOMPARE(house.page->table()->sortedBy().size(), std::size_t(2));
    }

    void selectedRowsAreCountedAndCharted()
    {
        House house(4);
        house.open();
        QSignalSpy changed(house.page.get(), &ExperimentsPage::selectionChanged);
        house.clickRow(0);
        house.clickRow(2, Qt::ControlModifier);
        QVERIFY(house.reads(u"2 of 4 selected"_s));
        QCOMPARE(changed.back().at(0).toInt(), 2);
        QCOMPARE(house.page->selectedKeys(), (QStringList{house.keys[3], house.keys[1]})); // newest first
        QCOMPARE(house.page->charts()->metrics(), QStringList{u"loss"_s});
        QTRY_VERIFY(house.page->charts()->panel(u"loss"_s));
    }

    void copiesRowsAsTheyLieOnScreen()
    {
        House house(3);
        house.open();
        house.page->loader()->showColumns({{Source::Name, {}}, {Source::State, {}}, rate});
        house.clickRow(0);
        house.clickRow(1, Qt::ShiftModifier);
        QTest::keyClick(house.view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 1);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"resnet-2\t"_s));
        QTest::keyClick(house.view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Name\tState\tlr (parameter)\n"_s));
        house.page->copyKeys();
        QCOMPARE(QGuiApplication::clipboard()->text(), house.keys[2] + u'\n' + house.keys[1]);
        house.page->copyAsPython();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(
            u"api.get(\"%1/sweep/%2\")"_s.arg(house.project.workspace, house.keys[2])));
        house.page->copyWebLinks();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(
            house.project.root().toString() + u'/' + house.project.workspace + u"/sweep/"_s));
    }

    void enterAndDoubleClickOpen()
    {
        House house(2);
        house.open();
        QSignalSpy activated(house.page.get(), &ExperimentsPage::experimentActivated);
        house.clickRow(1);
        QTest::keyClick(house.view(), Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.back().at(0).toString(), house.keys[0]);
        const QPoint name = house.pinned()->visualRect(house.page->table()->index(0, 0)).center();
        QTest::mouseClick(house.pinned()->viewport(), Qt::LeftButton, {}, name);
        QTest::mouseDClick(house.pinned()->viewport(), Qt::LeftButton, {}, name);
        QCOMPARE(activated.back().at(0).toString(), house.keys[1]);
    }

    void columnsAreChosenByTicking()
    {
        House house(3);
        house.open();
        const TableColumn minimum{Source::MetricMinimum, u"loss"_s};
        QCOMPARE(house.page->table()->indexOf(minimum), -1);
        house.page->chooseColumns();
        auto *chooser = house.page->findChild<ColumnChooser *>();
        QTRY_VERIFY(chooser->isVisible());
        QTest::keyClicks(chooser->findChild<SearchField *>(), u"loss min"_s);
        auto *list = chooser->findChild<QTreeView *>();
        QCOMPARE(list->model()->rowCount(), 1);
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Space);
        const int column = house.page->table()->indexOf(minimum);
        QVERIFY(column >= 0);
        QTRY_COMPARE(house.page->table()->index(0, column).data(ExperimentTable::SortRole).toDouble(), 3.5);
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(house.page->table()->indexOf(minimum), -1);
    }

    // What is chosen, its order, widths and the sort are there again in the next run.
    void theLayoutIsRemembered()
    {
        House house(3);
        house.open();
        const std::vector<TableColumn> columns{{Source::Name, {}}, rate, {Source::Key, {}}};
        house.page->loader()->showColumns(columns);
        house.view()->horizontalHeader()->resizeSection(1, 177);
        house.view()->horizontalHeader()->moveSection(2, 1);
        house.clickHead(rate);
        house.page.reset();
        house.settings.save();
        house.open();
        QVERIFY(house.page->table()->columns() == (std::vector<TableColumn>{{Source::Name, {}}, {Source::Key, {}}, rate}));
        QCOMPARE(house.view()->columnWidth(2), 177);
        QCOMPARE(house.page->table()->sortedBy().front().column.id(), rate.id());
        QCOMPARE(house.shown().front(), u"resnet-2"_s);
    }

    void pinnedColumnsStayWhileOthersScroll()
    {
        House house(3);
        house.open();
        house.page->resize(700, 600);
        house.view()->horizontalHeader()->resizeSection(3, 1'500);
        QTRY_VERIFY(house.view()->horizontalScrollBar()->maximum() > 0);
        house.view()->horizontalScrollBar()->setValue(house.view()->horizontalScrollBar()->maximum());
        QVERIFY(house.pinned()->isVisible());
        QCOMPARE(house.pinned()->visualRect(house.page->table()->index(0, 0)).left(), 0);
        // Neither the current cell nor a dragged column ends up beneath them.
        house.view()->setCurrentIndex(house.page->table()->index(0, 1));
        QVERIFY(house.view()->visualRect(house.page->table()->index(0, 1)).left() >= house.pinned()->width() - 1);
        house.view()->horizontalHeader()->moveSection(2, 0);
        QCOMPARE(house.view()->visualColumns().front().source, Source::Name);
    }

    void refreshKeepsSelectionAndPlace()
    {
        House house(40);
        house.open();
        house.page->resize(900, 500);
        QScrollBar *bar = house.view()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 200);
        bar->setValue(10 * 28 + 5);
        QSignalSpy rested(house.view(), &ExperimentView::visibleRowsChanged);
        QVERIFY(rested.wait());
        house.view()->selectRow(12);
        const QString selected = house.page->selectedKeys().value(0);
        house.project.addExperiment(u"newest"_s); // arrives on top
        house.page->refresh();
        QTRY_COMPARE(house.page->table()->rowCount(), 41);
        QCOMPARE(house.page->selectedKeys(), QStringList{selected});
        QTRY_COMPARE(bar->value(), 11 * 28 + 5);
    }

    void archivedOnesAreAChoice()
    {
        House house(3);
        house.project.archive(house.keys[0]);
        house.open();
        QCOMPARE(house.shown().size(), 2);
        auto *choice = house.page->findChild<FilterBar *>()->findChild<QComboBox *>();
        QTest::keyClick(choice, Qt::Key_Down);
        QTRY_COMPARE(house.shown(), QStringList{u"resnet-0"_s});
        QTest::keyClick(choice, Qt::Key_Down);
        QTRY_COMPARE(house.shown().size(), 3);
    }

    void anEmptyProjectShowsHowToLogToIt()
    {
        House house(0);
        house.open();
        auto *empty = house.page->findChild<EmptyProject *>();
        QTRY_VERIFY(empty->isVisible());
        QVERIFY(empty->snippet().contains(u"project_name=\"sweep\""_s));
        QVERIFY(!empty->snippet().contains(house.project.apiKey()));
        QTest::mouseClick(visibleButton<QPushButton>(*house.page, u"Copy Python"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), empty->snippet());
        house.project.addExperiment(u"first"_s);
        house.page->refresh();
        QTRY_VERIFY(house.view()->isVisible());
    }

    void aServerThatDoesNotAnswerOffersRetry()
    {
        House house(1);
        Session *wrong = house.sessions.add({u"bad"_s, u"Bad"_s, house.project.root(), {}, {}}, u"not-the-key"_s);
        ExperimentsPage page(house.tasks, house.settings);
        page.show();
        page.setProject(wrong, house.project.workspace, house.project.name);
        QTRY_VERIFY(visibleButton<QPushButton>(page, u"Retry"_s));
        QVERIFY(!page.findChild<EmptyState *>()->sentence().isEmpty());
        page.setProject(house.session, house.project.workspace, house.project.name);
        QTRY_VERIFY(page.view()->isVisible());
        page.setProject(nullptr, {}, {});
        QCOMPARE(page.table()->rowCount(), 0);
    }
};

QTEST_MAIN(ExperimentsPageTest)
#include "tst_experimentspage.moc"
