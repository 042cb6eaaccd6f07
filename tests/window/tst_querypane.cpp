// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"
#include "tests/window/house.h"

#include "models/query/pythontext.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/experimentview.h"
#include "ui/browse/navigatorview.h"
#include "ui/browse/querypane.h"
#include "ui/navigator.h"
#include "ui/query/clauserow.h"
#include "ui/query/querybuilder.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/promptdialog.h"
#include "ui/widgets/theme.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// A window on a project of six runs: loss 0 to 0.5, the first two tagged "good".
struct Scene
{
    LocalProject project;
    QTemporaryDir folder;
    House house{folder.filePath(u"settings.conf"_s)};
    ExperimentsPage *page = nullptr;

    Scene()
    {
        for (int run = 0; run < 6; ++run)
            addRun(run);
    }
    void addRun(int run)
    {
        const QString key = project.addExperiment(u"run-%1"_s.arg(run));
        project.logMetric(key, u"loss"_s, run / 10.0, 0);
        if (run < 2)
            project.addTag(key, u"good"_s);
    }
    bool open()
    {
        Session *session = house.connectTo(project.root(), project.apiKey());
        house.window.navigator().go({u"lab"_s, project.workspace, project.name, {}});
        return QTest::qWaitFor([&] {
            page = house.window.pages().experimentsShown();
            return page && page->loader()->isLoaded() && session->state() == Session::State::Ready;
        }, 10'000) && QTest::qWaitForWindowActive(&house.window);
    }
    QueryBuilder *builder() const { return page->query()->findChild<QueryBuilder *>(); }
    // From the menu of a cell that is open, or of a column.
    bool trigger(const QString &text)
    {
        QString all;
        for (QMenu *menu : page->findChildren<QMenu *>()) {
            if (!menu->isVisible())
                continue;
            for (QAction *action : menu->actions()) {
                const QString plain = action->text().replace(u"&&"_s, u"\1"_s).remove(u'&').replace(u'\1', u'&');
                if (plain == text) {
                    action->trigger();
                    menu->close();
                    return true;
                }
                all += plain + u'|';
            }
        }
        qWarning("the menu has %s", qPrintable(all));
        return false;
    }
    bool choose(const QString &experiment, const TableColumn &column, const QString &text)
    {
        const ExperimentTable &table = *page->table();
        for (int row = 0; row < table.rowCount(); ++row) {
            if (table.displayName(*table.experimentAt(row)) != experiment)
                continue;
            const QModelIndex index = table.index(row, table.indexOf(column));
            page->view()->scrollTo(index);
            emit page->view()->customContextMenuRequested(page->view()->visualRect(index).center());
            return trigger(text);
        }
        return false;
    }
    void type(const QString &python)
    {
        builder()->findChild<QPlainTextEdit *>()->setPlainText(python);
    }
};

} // namespace

class QueryPaneTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void isBuiltAppliedAndCleared()
    {
        Scene scene;
        QVERIFY(scene.open());
        QTest::keyClick(&scene.house.window, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(scene.builder()->isVisible());
        scene.type(u"(Metric(\"loss\") > 0.25) | Tag(\"good\")"_s);
        QTest::keyClick(scene.builder()->findChild<QPlainTextEdit *>(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(scene.page->table()->rowCount(), 5);
        QTest::keyClick(scene.builder(), Qt::Key_Escape);
        QVERIFY(!scene.builder()->isVisible());

        // The line says what is applied, and leads back or away.
        const auto button = [&](const QString &text) -> QToolButton * {
            for (QToolButton *one : scene.page->query()->findChildren<QToolButton *>()) {
                if (one->isVisible() && one->text() == text)
                    return one;
            }
            return nullptr;
        };
        QTRY_VERIFY(button(u"Edit Query"_s));
        QTest::mouseClick(button(u"Edit Query"_s), Qt::LeftButton);
        QVERIFY(scene.builder()->isVisible());
        QCOMPARE(query::toPython(scene.builder()->expression()), u"(Metric(\"loss\") > 0.25) | Tag(\"good\")"_s);
        QTest::keyClick(scene.builder(), Qt::Key_Escape);
        QTRY_VERIFY(button(u"Clear Query"_s));
        QTest::mouseClick(button(u"Clear Query"_s), Qt::LeftButton);
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);
        QVERIFY(!button(u"Clear Query"_s));
    }

    void isAskedAgainWithARefresh()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.page->query()->apply(query::fromPython(u"Metric(\"loss\") > 0.25"_s).expression);
        QTRY_COMPARE(scene.page->table()->rowCount(), 3);
        scene.addRun(6);
        scene.house.action(Actions::Refresh)->trigger();
        QTRY_COMPARE(scene.page->table()->rowCount(), 4);
    }

    void savedQueriesAreRowsOfTheNavigator()
    {
        Scene scene;
        QVERIFY(scene.open());
        QueryPane *pane = scene.page->query();
        auto *tree = static_cast<NavigatorView *>(scene.house.tree());
        const auto row = [&](const QString &text) {
            const QModelIndex project = tree->model()->index(0, 0, tree->model()->index(0, 0, tree->model()->index(0, 0)));
            tree->expand(project);
            return child(tree->model(), text, project);
        };
        QVERIFY(!row(u"good ones"_s).isValid());
        pane->setOpen(true);
        scene.type(u"Tag(\"good\")"_s);
        const auto press = [&](const QString &text) {
            for (QAbstractButton *one : scene.builder()->findChildren<QAbstractButton *>()) {
                if (one->isVisible() && one->text() == text)
                    QTest::mouseClick(one, Qt::LeftButton);
            }
        };
        press(u"Save Query…"_s);
        auto *prompt = shown<PromptDialog>(scene.house.window);
        QVERIFY(prompt);
        QTest::keyClicks(prompt->findChild<QLineEdit *>(), u"good ones"_s);
        QVERIFY(::press(prompt, u"Save"_s));
        QTRY_VERIFY(row(u"good ones"_s).isValid());
        QCOMPARE(row(u"good ones"_s).data(WorkspaceTree::CountRole).toLongLong(), -1); // never applied
        pane->clear();
        pane->setOpen(false);
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);

        // One click applies it, also from elsewhere.
        click(tree, row(u"good ones"_s));
        QTRY_COMPARE(scene.page->table()->rowCount(), 2);
        QTRY_COMPARE(row(u"good ones"_s).data(WorkspaceTree::CountRole).toLongLong(), 2);
        QVERIFY(tree->currentIndex() == row(u"good ones"_s));
        pane->clear();
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);
        scene.project.addProject(u"other"_s);
        scene.house.window.navigator().go({u"lab"_s, scene.project.workspace, u"other"_s, {}});
        tree->setCurrentIndex(row(u"good ones"_s));
        QTest::keyClick(tree, Qt::Key_Return);
        QTRY_COMPARE(scene.page->table()->experimentCount(), std::size_t{6});
        QTRY_COMPARE(scene.page->table()->rowCount(), 2);
        QCOMPARE(scene.house.window.navigator().current().project, scene.project.name);

        // The menu.
        const auto choose = [&](const QString &name, const QString &text) {
            emit tree->menuRequested(row(name), tree->mapToGlobal(QPoint(20, 20)));
            for (QMenu *menu : scene.house.window.panel().findChildren<QMenu *>()) {
                for (QAction *action : menu->actions()) {
                    if (menu->isVisible() && action->text() == text) {
                        menu->close();
                        action->trigger();
                        return true;
                    }
                }
            }
            return false;
        };
        QVERIFY(choose(u"good ones"_s, u"Edit"_s));
        QTRY_VERIFY(scene.builder()->isVisible());
        QVERIFY(choose(u"good ones"_s, u"Rename…"_s));
        prompt = shown<PromptDialog>(scene.house.window);
        QVERIFY(prompt);
        prompt->findChild<QLineEdit *>()->selectAll();
        QTest::keyClicks(prompt->findChild<QLineEdit *>(), u"a/b"_s);
        QVERIFY(::press(prompt, u"Rename"_s));
        QTRY_VERIFY(row(u"a/b"_s).isValid());
        QCOMPARE(scene.builder()->savedName(), u"a/b"_s); // the builder goes along

        QVERIFY(choose(u"a/b"_s, u"Export…"_s));
        auto *dialog = shown<QFileDialog>(scene.house.window);
        QVERIFY(dialog);
        const QString file = scene.folder.filePath(u"out.json"_s);
        emit dialog->fileSelected(file);
        dialog->close();
        QVERIFY(QFile::exists(file));

        QVERIFY(choose(u"a/b"_s, u"Delete"_s));
        QVERIFY(!row(u"a/b"_s).isValid());
        QVERIFY(scene.house.window.messages().text().contains(u"a/b"_s));
        QVERIFY(::press(&scene.house.window.messages(), u"Undo"_s));
        QTRY_VERIFY(row(u"a/b"_s).isValid());
        click(tree, row(u"a/b"_s));
        QTRY_COMPARE(scene.page->table()->rowCount(), 2);
    }

    void findingNothingOffersToClear()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.page->query()->apply(query::fromPython(u"Metric(\"loss\") > 100"_s).expression);
        const auto nothing = [&]() -> EmptyState * {
            for (EmptyState *state : scene.page->findChildren<EmptyState *>()) {
                if (state->isVisible() && state->title() == u"The query finds nothing"_s)
                    return state;
            }
            return nullptr;
        };
        QTRY_VERIFY(nothing());
        QVERIFY(press(nothing(), u"Clear Query"_s));
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);
    }

    void longQueriesHaveTheRoomThereIs_data()
    {
        QTest::addColumn<QString>("last");
        QTest::newRow("finds something") << u"(Metric(\"loss\") < 31)"_s;
        QTest::newRow("finds nothing") << u"(Metric(\"loss\") > 31)"_s;
    }
    void longQueriesHaveTheRoomThereIs()
    {
        QFETCH(QString, last);
        Scene scene;
        scene.house.window.resize(1280, 720);
        QVERIFY(scene.open());
        QString many = last;
        for (int i = 2; i <= 30; ++i)
            many += u" & (Metric(\"loss\") < %1)"_s.arg(i);
        scene.page->query()->apply(query::fromPython(many).expression);
        const int found = last.contains(u'<') ? 6 : 0;
        QTRY_COMPARE(scene.page->table()->rowCount(), found);
        const auto visible = [&] {
            return std::ranges::count_if(scene.builder()->findChildren<ClauseRow *>(), [](const ClauseRow *row) {
                return row->isVisible() && row->visibleRegion().boundingRect() == row->rect();
            });
        };
        for (int time = 0; time < 2; ++time) {
            scene.page->query()->setOpen(true);
            QTRY_VERIFY2(visible() >= 7, qPrintable(QString::number(visible())));
            const auto *area = scene.builder()->findChild<QScrollArea *>();
            QVERIFY(area->verticalScrollBar()->maximum() > 0);
            // The last one is reached as well, and what was found is still in sight.
            area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
            QVERIFY(scene.builder()->findChildren<ClauseRow *>().last()->visibleRegion().boundingRect().height() > 20);
            QVERIFY(found == 0 || scene.page->view()->viewport()->height() > 60);
            scene.page->query()->setOpen(false);
        }
    }

    void cellsNarrowTheQuery()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.project.logParameter(scene.page->table()->experiments().keys.at(0), u"note"_s, u"a & b"_s);
        scene.house.action(Actions::Refresh)->trigger();
        const TableColumn loss{TableColumn::Source::MetricLast, u"loss"_s};
        const TableColumn note{TableColumn::Source::Parameter, u"note"_s};
        const TableColumn tags{TableColumn::Source::Tags, {}};
        QTRY_VERIFY(std::ranges::any_of(scene.page->loader()->available(),
            [](const api::Column &column) { return column.name == u"note"_s; }));
        scene.page->loader()->showColumns({{TableColumn::Source::Name, {}}, loss, note, tags});
        const ValueColumn *notes = nullptr;
        QTRY_VERIFY((notes = scene.page->table()->values(note)) && notes->isLoaded(0));
        const QString noted = scene.page->table()->displayName(0);
        QVERIFY(scene.choose(noted, note, u"Keep Only “a & b”"_s));
        QTRY_COMPARE(scene.page->table()->rowCount(), 1);
        QCOMPARE(query::toPython(scene.page->query()->applied()), u"Parameter(\"note\") == \"a & b\""_s);
        scene.page->query()->clear();
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);

        QVERIFY(scene.choose(u"run-1"_s, tags, u"Without Tag “good”"_s));
        QTRY_COMPARE(scene.page->table()->rowCount(), 4);
        QVERIFY(scene.choose(u"run-4"_s, loss, u"Exclude 0.4"_s));
        QTRY_COMPARE(scene.page->table()->rowCount(), 3);
        QVERIFY(!scene.page->query()->isOpen());
        QVERIFY(scene.choose(u"run-3"_s, loss, u"Greater Than 0.3…"_s));
        QTRY_COMPARE(scene.page->table()->rowCount(), 1);
        // The value is under the keys, to be another.
        QTRY_VERIFY(qobject_cast<QLineEdit *>(scene.house.window.focusWidget()));
        auto *field = static_cast<QLineEdit *>(scene.house.window.focusWidget());
        QCOMPARE(field->text(), u"0.3"_s);
        field->selectAll();
        QTest::keyClicks(field, u"0.1"_s);
        QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(scene.page->table()->rowCount(), 3);
    }

    void whatIsMissingIsKeptOrExcluded()
    {
        Scene scene;
        scene.project.addExperiment(u"empty"_s);
        QVERIFY(scene.open());
        const TableColumn loss{TableColumn::Source::MetricLast, u"loss"_s};
        const ValueColumn *values = nullptr;
        QTRY_VERIFY((values = scene.page->table()->values(loss)) && values->isLoaded(0) && values->isLoaded(6));
        QVERIFY(scene.choose(u"empty"_s, loss, u"Exclude Without a Value"_s));
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);
    }

    void chipsTakeConditionsAway()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.page->query()->apply(
            query::fromPython(u"(Metric(\"loss\") > 0.05) & (Metric(\"loss\") < 0.25) & Tag(\"good\")"_s).expression);
        QTRY_COMPARE(scene.page->table()->rowCount(), 1);
        const auto chips = [&] {
            QList<QToolButton *> visible;
            for (QToolButton *button : scene.page->query()->findChildren<QToolButton *>()) {
                if (button->isVisible() && button->accessibleName().startsWith(u"Remove condition"_s))
                    visible += button;
            }
            return visible;
        };
        QTRY_COMPARE(chips().size(), 3);
        QVERIFY(chips().last()->accessibleName().contains(u"good"_s));
        QTest::mouseClick(chips().last(), Qt::LeftButton);
        QTRY_COMPARE(scene.page->table()->rowCount(), 2);
        QTRY_COMPARE(chips().size(), 2);
        QTest::mouseClick(chips().first(), Qt::LeftButton);
        QTRY_COMPARE(scene.page->table()->rowCount(), 3);
        QTRY_COMPARE(chips().size(), 1);
        QTest::mouseClick(chips().first(), Qt::LeftButton);
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);
        QVERIFY(chips().isEmpty());

        // What finds no room is counted.
        QString many = u"(Metric(\"loss\") < 1.5)"_s;
        for (int i = 0; i < 30; ++i)
            many += u" & (Metric(\"loss\") < %1)"_s.arg(i + 2);
        scene.page->query()->apply(query::fromPython(many).expression);
        QTRY_VERIFY(chips().size() > 1);
        QVERIFY(chips().size() < 10);
        QToolButton *more = nullptr;
        for (QToolButton *button : scene.page->query()->findChildren<QToolButton *>()) {
            if (button->isVisible() && button->text() == u"+%1"_s.arg(31 - chips().size()))
                more = button;
        }
        QVERIFY(more);
        QTest::mouseClick(more, Qt::LeftButton);
        QVERIFY(scene.page->query()->isOpen());
    }

    void aColumnBeginsACondition()
    {
        Scene scene;
        QVERIFY(scene.open());
        const TableColumn loss{TableColumn::Source::MetricLast, u"loss"_s};
        QTRY_VERIFY(scene.page->table()->indexOf(loss) >= 0);
        emit scene.page->view()->headerMenuRequested(scene.page->table()->indexOf(loss), {40, 40});
        QVERIFY(scene.trigger(u"Query “loss”…"_s));
        QTRY_VERIFY(scene.builder()->isVisible());
        QTRY_VERIFY(qobject_cast<QLineEdit *>(scene.house.window.focusWidget()));
        QTest::keyClicks(scene.house.window.focusWidget(), u"0.25"_s);
        QCOMPARE(query::toPython(scene.builder()->expression()), u"Metric(\"loss\") < 0.25"_s);
    }

    void anotherProjectHasNoQuery()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.page->query()->apply(query::fromPython(u"Tag(\"good\")"_s).expression);
        QTRY_COMPARE(scene.page->table()->rowCount(), 2);
        scene.project.addProject(u"other"_s);
        scene.house.window.navigator().go({u"lab"_s, scene.project.workspace, u"other"_s, {}});
        QTRY_VERIFY(!scene.page->query()->isApplied());
        scene.house.window.navigator().back();
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);
    }
};

QTEST_MAIN(QueryPaneTest)
#include "tst_querypane.moc"
