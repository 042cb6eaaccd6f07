// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/projectloader.h"
#include "models/query/pythontext.h"
#include "models/session/settings.h"
#include "tests/query/sweep.h"
#include "ui/comparison/comparisonpage.h"
#include "ui/comparison/parallelplot.h"
#include "ui/comparison/scatterplot.h"
#include "ui/widgets/rowtableview.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using Plot = ComparisonPage::Plot;

namespace {

// Twelve runs: loss 0 to 1.1, optimizer adam and sgd in turn, lr 0.1 for all but the last.
struct Scene : Sweep
{
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.conf"_s)};
    ExperimentTable table;
    ProjectLoader loader{table};
    std::optional<ComparisonPage> page;

    Scene()
        : Sweep(12, 2)
    {
        for (int run = 0; run + 1 < keys.size(); ++run)
            project.logParameter(keys.at(run), u"lr"_s, u"0.1"_s);
        project.logParameter(keys.front(), u"depth"_s, u"3"_s);
    }
    bool open(Plot plot)
    {
        const bool isFirst = !page;
        page.emplace(table, loader, settings, nullptr);
        page->setSubject(u"lab/w/p"_s);
        page->resize(1000, 600);
        page->show();
        if (isFirst) {
            loader.open(&session->client(), project.workspace, project.name,
                {{TableColumn::Source::Name, {}}, {TableColumn::Source::MetricLast, u"loss"_s},
                    {TableColumn::Source::Parameter, u"optimizer"_s}, {TableColumn::Source::Parameter, u"lr"_s}});
        }
        if (!QTest::qWaitForWindowActive(&*page) || !QTest::qWaitFor([this] { return loader.isLoaded(); }, 10'000))
            return false;
        page->showPlot(plot);
        return QTest::qWaitFor([this] { return !status().contains(u"loaded"_s) && !status().isEmpty(); });
    }
    QString status() const
    {
        for (const QLabel *label : page->findChildren<QLabel *>()) {
            if (label->accessibleName() == u"What is compared"_s)
                return label->text();
        }
        return {};
    }
    QPushButton *button(const QString &start) const
    {
        for (QPushButton *one : page->findChildren<QPushButton *>()) {
            if (one->isVisible() && one->text().startsWith(start))
                return one;
        }
        return nullptr;
    }
    bool choose(const QString &title, const QString &text)
    {
        for (QComboBox *combo : page->findChildren<QComboBox *>()) {
            if (combo->accessibleName() != title)
                continue;
            const int index = combo->findText(text, Qt::MatchStartsWith);
            combo->setCurrentIndex(index);
            emit combo->activated(index);
            return index >= 0;
        }
        return false;
    }
};

void drag(QWidget *widget, QPointF from, QPointF to)
{
    QTest::mousePress(widget, Qt::LeftButton, {}, from.toPoint());
    QTest::mouseMove(widget, ((from + to) / 2).toPoint());
    QTest::mouseMove(widget, to.toPoint());
    QTest::mouseRelease(widget, Qt::LeftButton, {}, to.toPoint());
}

} // namespace

// The page of comparisons as a person uses it, over a real server.
class TestComparisonPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QCoreApplication::setOrganizationName({}); }

    // As an assistive tool does, without a click.
    void togglingIsChoosing()
    {
        Scene scene;
        QVERIFY(scene.open(Plot::Scatter));
        QVERIFY(scene.choose(u"X"_s, u"optimizer"_s));
        QVERIFY(scene.choose(u"Y"_s, u"lr"_s));
        QTRY_COMPARE(scene.page->scatter()->drawn(), 11u);
        const auto toggle = [](QAbstractButton *button) {
            QAccessible::queryAccessibleInterface(button)->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
        };
        for (QCheckBox *box : scene.page->findChildren<QCheckBox *>()) {
            if (box->accessibleName() == u"Logarithmic y axis"_s)
                toggle(box);
        }
        QTRY_VERIFY(scene.page->scatter()->content().logarithmicY);
        for (QToolButton *button : scene.page->findChildren<QToolButton *>()) {
            if (button->text() == u"Bars"_s)
                toggle(button);
        }
        QCOMPARE(scene.page->plot(), Plot::Bars);
        QTRY_VERIFY(!scene.page->scatter()->isVisible());
    }

    void dotsAreChosenByMouse()
    {
        Scene scene;
        QVERIFY(scene.open(Plot::Scatter));
        QVERIFY(scene.choose(u"X"_s, u"optimizer"_s));
        QVERIFY(scene.choose(u"Y"_s, u"loss"_s));
        ScatterPlot *plot = scene.page->scatter();
        QCOMPARE(plot->drawn(), 12u);
        QVERIFY(scene.status().startsWith(u"All 12 experiments have both values."_s));
        QSignalSpy kept(&*scene.page, &ComparisonPage::keepRequested);
        QSignalSpy selected(&*scene.page, &ComparisonPage::selectRequested);

        QPointF corner(1e9, 1e9);
        QPointF far(0, 0);
        for (std::size_t i = 0; i < 12; ++i) { // those of adam with a loss of at most 0.4
            if (plot->content().x.text(plot->content().x.values[i]) == u"adam"_s && plot->content().y.values[i] < 0.45) {
                const QPointF place = *plot->placeOf(i);
                corner = {std::min(corner.x(), place.x()), std::min(corner.y(), place.y())};
                far = {std::max(far.x(), place.x()), std::max(far.y(), place.y())};
            }
        }
        drag(plot, corner - QPointF(8, 8), far + QPointF(8, 8));
        QCOMPARE(plot->chosen().size(), 3u);
        QTest::mouseClick(scene.button(u"Select 3"_s), Qt::LeftButton);
        QStringList expected{scene.keys.at(0), scene.keys.at(2), scene.keys.at(4)};
        QStringList got = selected.at(0).at(0).toStringList();
        expected.sort();
        got.sort();
        QCOMPARE(got, expected);
        QTest::mouseClick(scene.button(u"Keep Only These 3"_s), Qt::LeftButton);
        const QString python = query::toPython(kept.at(0).at(0).value<query::Expression>());
        QVERIFY2(python.contains(u"Parameter(\"optimizer\") == \"adam\""_s) && python.contains(u"Metric(\"loss\").between("_s),
            qPrintable(python));

        QTest::mouseClick(plot, Qt::LeftButton, {}, plot->placeOf(plot->chosen().front())->toPoint());
        QCOMPARE(plot->chosen().size(), 1u);
        QVERIFY(scene.button(u"Select It"_s));
        QVERIFY(!scene.button(u"Keep Only It"_s)->isEnabled()); // a dot is no range
        QTest::mouseClick(scene.button(u"Clear"_s), Qt::LeftButton);
        QVERIFY(plot->chosen().empty());
        QVERIFY(!scene.button(u"Select"_s));
    }

    void dotsAreReachedByKeys()
    {
        Scene scene;
        QVERIFY(scene.open(Plot::Scatter));
        QVERIFY(scene.choose(u"X"_s, u"loss"_s));
        ScatterPlot *plot = scene.page->scatter();
        QSignalSpy activated(&*scene.page, &ComparisonPage::experimentActivated);
        plot->setFocus();
        QTest::keyClick(plot, Qt::Key_Right); // the smallest x
        QVERIFY(plot->accessibleDescription().startsWith(u"run-0"_s));
        QTest::keyClick(plot, Qt::Key_Right);
        QTest::keyClick(plot, Qt::Key_Space);
        QCOMPARE(plot->chosen().size(), 1u);
        QTest::keyClick(plot, Qt::Key_Return);
        QCOMPARE(activated.at(0).at(0).toString(), scene.keys.at(1));
        QTest::keyClick(plot, Qt::Key_Escape);
        QVERIFY(plot->chosen().empty());
    }

    void axesAreBrushedAndMoved()
    {
        Scene scene;
        QVERIFY(scene.open(Plot::Parallel));
        ParallelPlot *plot = scene.page->parallel();
        QTRY_VERIFY(plot->isDrawn());
        QCOMPARE(plot->content().axes.size(), 3u);
        QCOMPARE(plot->content().axes[0].shortTitle(), u"optimizer"_s); // parameters first
        QCOMPARE(plot->kept().size(), 12u);
        plot->setFocus();
        QTest::keyClick(plot, Qt::Key_Right);
        QTest::keyClick(plot, Qt::Key_Right); // loss
        for (int i = 0; i < 8; ++i)
            QTest::keyClick(plot, Qt::Key_Down); // its upper end by 40 %
        QCOMPARE(plot->brushes().size(), 1u);
        const std::size_t few = plot->kept().size();
        QVERIFY(few > 3 && few < 10);
        QVERIFY2(plot->accessibleDescription().contains(u"brushed"_s), qPrintable(plot->accessibleDescription()));
        QSignalSpy kept(&*scene.page, &ComparisonPage::keepRequested);
        QTest::mouseClick(scene.button(u"Keep Only These"_s), Qt::LeftButton);
        QVERIFY(query::toPython(kept.at(0).at(0).value<query::Expression>()).startsWith(u"Metric(\"loss\").between("_s));

        QTest::keyClick(plot, Qt::Key_Left, Qt::ControlModifier); // the axis, and its brush with it
        QCOMPARE(plot->content().axes[1].shortTitle(), u"loss"_s);
        QCOMPARE(plot->brushes().at(0).axis, 1u);
        QCOMPARE(plot->kept().size(), few);
        QTest::keyClick(plot, Qt::Key_Escape);
        QVERIFY(plot->brushes().empty());
        QCOMPARE(plot->kept().size(), 12u);

        drag(plot, QPointF(plot->width() / 2.0, 200), QPointF(plot->width() / 2.0, 300)); // the middle axis
        QCOMPARE(plot->brushes().size(), 1u);
        QTest::mouseClick(plot, Qt::LeftButton, {}, QPoint(plot->width() / 2, 250));
        QVERIFY(plot->brushes().empty());
    }

    void barsAndImportanceAreTables()
    {
        Scene scene;
        QVERIFY(scene.open(Plot::Bars));
        QVERIFY(scene.choose(u"Value"_s, u"loss"_s));
        QCOMPARE(scene.page->bars()->model()->rowCount(), 12);
        QCOMPARE(scene.page->bars()->model()->index(0, BarTable::Name).data().toString(), u"run-11"_s);
        QVERIFY(scene.choose(u"Value"_s, u"lr"_s));
        QCOMPARE(scene.page->bars()->model()->rowCount(), 11);
        QVERIFY(scene.status().startsWith(u"11 of 12"_s));

        scene.page->showPlot(Plot::Importance);
        const QAbstractItemModel *rows = scene.page->importance()->model();
        QTRY_COMPARE(rows->rowCount(), 2);
        QCOMPARE(rows->index(0, ImportanceTable::Parameter).data().toString(), u"optimizer"_s);
        QVERIFY(!rows->index(0, ImportanceTable::Strength).data(rowtable::SortRole).isNull());
        QCOMPARE(rows->index(1, ImportanceTable::Measure).data().toString(), u"The same in all experiments"_s);
        QPushButton *more = scene.button(u"Add the Other Parameter"_s);
        QVERIFY(more);
        QTest::mouseClick(more, Qt::LeftButton);
        QTRY_COMPARE(rows->rowCount(), 3);
        QVERIFY(scene.table.indexOf({TableColumn::Source::Parameter, u"depth"_s}) >= 0);
        QVERIFY(!scene.button(u"Add"_s));

        scene.page->importance()->setCurrentRow(0);
        emit scene.page->importance()->activated(scene.page->importance()->currentIndex());
        QCOMPARE(scene.page->plot(), Plot::Scatter);
    }

    void choicesAreRemembered()
    {
        Scene scene;
        QVERIFY(scene.open(Plot::Bars));
        QVERIFY(scene.choose(u"Value"_s, u"lr"_s));
        scene.page.reset();
        QVERIFY(scene.open(Plot::Bars));
        QCOMPARE(scene.page->bars()->model()->rowCount(), 11);
        scene.page->setSubject(u"lab/w/other"_s);
        QCOMPARE(scene.page->plot(), Plot::Scatter);
    }

    void nothingToCompareIsSaid()
    {
        Scene scene;
        QVERIFY(scene.open(Plot::Scatter));
        RowFilter filter;
        filter.text = u"nobody"_s;
        scene.table.setFilter(filter);
        const auto saysNothing = [&scene] {
            for (const QLabel *label : scene.page->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text() == u"Nothing to Compare"_s)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(saysNothing());
        scene.table.setFilter({});
        QTRY_VERIFY(!saysNothing());
    }

    void everythingThatTakesFocusHasAName()
    {
        Scene scene;
        QVERIFY(scene.open(Plot::Parallel));
        for (const QWidget *widget : scene.page->findChildren<QWidget *>()) {
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() && !(button && !button->text().isEmpty()))
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        }
    }

    void modelsKeepTheirPromises()
    {
        BarTable bars;
        QAbstractItemModelTester tester(&bars, QAbstractItemModelTester::FailureReportingMode::QtTest);
        bars.setRows({{u"a"_s, u"one"_s, 1, u"1"_s}, {u"b"_s, u"two"_s, -2, u"-2"_s}});
        bars.setRows({{u"b"_s, u"two"_s, 3, u"3"_s}});
        QCOMPARE(bars.rowCount(), 1);
    }
};

QTEST_MAIN(TestComparisonPage)
#include "tst_comparisonpage.moc"
