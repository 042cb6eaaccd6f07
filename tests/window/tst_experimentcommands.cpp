// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"
#include "tests/window/house.h"

#include "models/browse/experimenttable.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/experimentview.h"
#include "ui/browse/movedialog.h"
#include "ui/changes/otherdialog.h"
#include "ui/changes/outcomedialog.h"
#include "ui/navigator.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/promptdialog.h"
#include "ui/widgets/theme.h"

#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// A window on a project with the experiments first, second and third, and an empty project beside it.
struct Scene
{
    LocalProject project;
    QString first, second, third; // keys
    QTemporaryDir folder;
    House house;
    Session *session = nullptr;
    ExperimentsPage *page = nullptr;

    Scene()
        : first(project.addExperiment(u"first"_s))
        , second(project.addExperiment(u"second"_s))
        , third(project.addExperiment(u"third"_s))
        , house((project.addProject(u"finished"_s), folder.filePath(u"settings.conf"_s)))
    {
    }

    bool open(bool readOnly = false, bool asks = false)
    {
        Profile profile;
        profile.id = u"lab"_s;
        profile.name = u"Lab"_s;
        profile.root = project.root();
        profile.keySource = Profile::KeySource::ThisRun;
        profile.isReadOnly = readOnly;
        profile.asksBeforeWriting = asks;
        session = house.servers.connectTo(profile, project.apiKey());
        house.window.navigator().go({u"lab"_s, project.workspace, project.name, {}});
        return QTest::qWaitFor([this] {
            page = house.window.pages().experimentsShown();
            return page && page->table()->rowCount() == 3 && session->state() == Session::State::Ready;
        }) && QTest::qWaitForWindowActive(&house.window);
    }

    QStringList names() const
    {
        QStringList all;
        const ExperimentTable *table = page->table();
        for (int row = 0; row < table->rowCount(); ++row)
            all += table->index(row, 0).data().toString();
        all.sort();
        return all;
    }
    bool shows(const QStringList &wanted) const
    {
        return QTest::qWaitFor([&] { return names() == wanted; }, 10'000);
    }
    // Clicks the rows of these names, the first alone and the rest with Ctrl.
    void select(const QStringList &wanted)
    {
        auto *view = page->view();
        Qt::KeyboardModifiers modifiers = Qt::NoModifier;
        for (int row = 0; row < page->table()->rowCount(); ++row) {
            const QModelIndex index = page->table()->index(row, 0);
            if (!wanted.contains(index.data().toString()))
                continue;
            QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, view->visualRect(index).center());
            modifiers = Qt::ControlModifier;
        }
    }
    // By its shortcut, as a person does.
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        house.window.activateWindow(); // after a dialog there is no one here who would
        if (!QTest::qWaitForWindowActive(&house.window))
            qFatal("the window does not become active");
        page->view()->setFocus();
        QTest::keyClick(page->view(), key, modifiers);
    }
    // Drops what is selected on a project of the tree, as the mouse would; the menu that asks what is meant.
    QMenu *dropOn(const QString &target)
    {
        QTreeView *tree = house.tree();
        const QModelIndex here = child(tree->model(), project.workspace, child(tree->model(), u"Lab"_s));
        tree->expand(here);
        if (!QTest::qWaitFor([&] { return child(tree->model(), target, here).isValid(); }))
            return nullptr;
        const QModelIndex index = child(tree->model(), target, here);
        tree->scrollTo(index);
        const QPoint position = tree->visualRect(index).center();
        QTest::mouseMove(tree->viewport(), position); // a menu ignores clicks of a mouse that never was anywhere
        QMimeData content;
        content.setData(ExperimentTable::mimeType, "keys");
        QDragEnterEvent enter(position, Qt::MoveAction, &content, Qt::LeftButton, {});
        QDragMoveEvent over(position, Qt::MoveAction, &content, Qt::LeftButton, {});
        QDropEvent drop(position, Qt::MoveAction, &content, Qt::LeftButton, {});
        for (QEvent *event : {static_cast<QEvent *>(&enter), static_cast<QEvent *>(&over), static_cast<QEvent *>(&drop)})
            QApplication::sendEvent(tree->viewport(), event);
        return shown<QMenu>(house.window);
    }
    QString message() const { return house.window.messages().text(); }
    bool says(const QString &sentence) const
    {
        return QTest::qWaitFor([&] { return message() == sentence; }, 10'000);
    }
};

} // namespace

class ExperimentCommandsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void archiveUndoRedo()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.select({u"first"_s, u"third"_s});
        scene.key(Qt::Key_Delete);
        QVERIFY2(scene.says(u"2 experiments archived."_s), qPrintable(scene.message()));
        QVERIFY(scene.shows({u"second"_s}));
        QCOMPARE(scene.house.action(Actions::Undo)->text(), u"Undo Archive 2 Experiments"_s);

        QVERIFY(press(&scene.house.window.messages(), u"Undo"_s));
        QVERIFY(scene.shows({u"first"_s, u"second"_s, u"third"_s}));
        scene.house.action(Actions::Redo)->trigger();
        QVERIFY(scene.shows({u"second"_s}));
        scene.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(scene.shows({u"first"_s, u"second"_s, u"third"_s}));
    }

    void undoRefusesWhatSomebodyElseChanged()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.select({u"first"_s});
        scene.key(Qt::Key_Delete);
        QVERIFY(scene.shows({u"second"_s, u"third"_s}));
        scene.project.remove(scene.first);
        scene.house.action(Actions::Undo)->trigger();
        QTRY_VERIFY(scene.message() != u"“first” archived."_s && !scene.message().isEmpty());
        QVERIFY(scene.shows({u"second"_s, u"third"_s}));
    }

    void deleteAsksAndIsOnlyForTheArchived()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.select({u"first"_s, u"second"_s});
        QVERIFY(!scene.house.action(Actions::DeleteExperiments)->isEnabled());
        scene.key(Qt::Key_Delete);
        QVERIFY(scene.shows({u"third"_s}));
        scene.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(scene.shows({u"first"_s, u"second"_s}));
        scene.key(Qt::Key_A, Qt::ControlModifier);
        QTRY_VERIFY(scene.house.action(Actions::DeleteExperiments)->isEnabled());

        scene.key(Qt::Key_Delete, Qt::ShiftModifier);
        auto *question = shown<ConfirmDialog>(scene.house.window);
        QVERIFY(question);
        QCOMPARE(question->windowTitle(), u"Delete 2 Experiments?"_s);
        QTest::keyClick(question, Qt::Key_Return); // Cancel is the default
        QTRY_VERIFY(scene.house.window.findChildren<ConfirmDialog *>().isEmpty());
        QCOMPARE(scene.names(), QStringList({u"first"_s, u"second"_s}));

        scene.key(Qt::Key_Delete, Qt::ShiftModifier);
        question = shown<ConfirmDialog>(scene.house.window);
        QVERIFY(question);
        QVERIFY(press(question, u"Delete 2 Experiments"_s));
        QVERIFY(scene.shows({}));
        QVERIFY(!scene.house.action(Actions::Undo)->isEnabled());
        QCOMPARE(scene.house.action(Actions::Undo)->text(), u"Can’t Undo Delete 2 Experiments"_s);
        scene.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(scene.shows({u"third"_s}));
    }

    void restoreFromTheArchive()
    {
        Scene scene;
        scene.project.archive(scene.second);
        scene.project.archive(scene.third);
        scene.project.addExperiment(u"fourth"_s);
        scene.project.addExperiment(u"fifth"_s);
        QVERIFY(scene.open());
        scene.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(scene.shows({u"second"_s, u"third"_s}));
        scene.select({u"second"_s});
        QTRY_VERIFY(scene.house.action(Actions::Restore)->isEnabled());
        scene.house.action(Actions::Restore)->trigger();
        QVERIFY(scene.says(u"“second” restored."_s));
        QVERIFY(scene.shows({u"third"_s}));
    }

    void renameAndBack()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.select({u"second"_s});
        scene.key(Qt::Key_F2);
        auto *dialog = shown<PromptDialog>(scene.house.window);
        QVERIFY(dialog);
        auto *field = dialog->findChild<QLineEdit *>();
        field->clear();
        QVERIFY(!button(dialog, u"Rename"_s)->isEnabled()); // a name can't be empty
        const QString odd = u"a/b <b>c</b> 🚀"_s;
        field->setText(odd);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(scene.shows({odd, u"first"_s, u"third"_s}));
        scene.house.action(Actions::Undo)->trigger();
        QVERIFY(scene.shows({u"first"_s, u"second"_s, u"third"_s}));
    }

    void tagsAreAddedWhereTheyLackOnly()
    {
        Scene scene;
        scene.project.addTag(scene.first, u"good"_s);
        QVERIFY(scene.open());
        scene.key(Qt::Key_A, Qt::ControlModifier);
        scene.key(Qt::Key_T, Qt::ControlModifier);
        auto *dialog = shown<PromptDialog>(scene.house.window);
        QVERIFY(dialog);
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText); // names may hold markup
        QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"good"_s);
        QVERIFY(press(dialog, u"Add Tag"_s));
        QVERIFY2(scene.says(u"2 experiments tagged “good”."_s), qPrintable(scene.message()));
        QCOMPARE(scene.project.tags(scene.third), QJsonArray{u"good"_s});
        scene.house.action(Actions::Undo)->trigger();
        QTRY_COMPARE(scene.project.tags(scene.third), QJsonArray());
        QCOMPARE(scene.project.tags(scene.first), QJsonArray{u"good"_s}); // it was there before
    }

    void tagsAreRemoved()
    {
        Scene scene;
        for (const QString &key : {scene.first, scene.second})
            scene.project.addTag(key, u"old"_s);
        QVERIFY(scene.open());
        scene.key(Qt::Key_A, Qt::ControlModifier);
        QTRY_VERIFY(scene.house.action(Actions::RemoveTags)->isEnabled());
        scene.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = shown<PromptDialog>(scene.house.window);
        QVERIFY(dialog);
        auto *field = dialog->findChild<QLineEdit *>();
        QCOMPARE(field->text(), u"old"_s);
        field->setText(u"never"_s);
        QVERIFY(!button(dialog, u"Remove Tag"_s)->isEnabled());
        field->setText(u"old"_s);
        QVERIFY(press(dialog, u"Remove Tag"_s));
        QTRY_COMPARE(scene.project.tags(scene.first), QJsonArray());
        QTRY_COMPARE(scene.project.tags(scene.second), QJsonArray());
    }

    void othersAreLogged()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.select({u"first"_s});
        QTRY_VERIFY(scene.house.action(Actions::LogOther)->isEnabled());
        scene.house.action(Actions::LogOther)->trigger();
        auto *dialog = shown<OtherDialog>(scene.house.window);
        QVERIFY(dialog);
        const QList<QLineEdit *> fields = dialog->findChildren<QLineEdit *>();
        QTest::keyClicks(fields[0], u"Name"_s);
        QVERIFY(!button(dialog, u"Log Value"_s)->isEnabled()); // the server takes it for the experiment's name
        fields[0]->setText(u"reviewer"_s);
        QTest::keyClicks(fields[1], u"Ada"_s);
        QVERIFY(press(dialog, u"Log Value"_s));
        QVERIFY2(scene.says(u"“reviewer” logged to “first”."_s), qPrintable(scene.message()));
    }

    void moveByDialogAndBack()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.select({u"first"_s, u"second"_s});
        scene.key(Qt::Key_M, Qt::ControlModifier);
        auto *dialog = shown<MoveDialog>(scene.house.window);
        QVERIFY(dialog);
        QVERIFY(!button(dialog, u"Move"_s)->isEnabled()); // they are here already
        QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"finished"_s);
        QTRY_VERIFY(button(dialog, u"Move 2 Experiments"_s)->isEnabled()); // the only one of that name
        QVERIFY(press(dialog, u"Move 2 Experiments"_s));
        QVERIFY2(scene.says(u"2 experiments moved to %1/finished."_s.arg(scene.project.workspace)),
            qPrintable(scene.message()));
        QVERIFY(scene.shows({u"third"_s}));
        scene.house.action(Actions::Undo)->trigger();
        QVERIFY(scene.shows({u"first"_s, u"second"_s, u"third"_s}));
    }

    void linkByDroppingOnTheNavigator()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.select({u"third"_s});
        QMenu *menu = scene.dropOn(u"finished"_s);
        QVERIFY(menu);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(menu->actions().at(1)).center());
        QVERIFY2(scene.says(u"“third” linked in %1/finished."_s.arg(scene.project.workspace)),
            qPrintable(scene.message()));
        QVERIFY(scene.shows({u"first"_s, u"second"_s, u"third"_s}));
        QVERIFY(!scene.house.action(Actions::Undo)->isEnabled()); // deleting a link might delete the original
    }

    void moveByDroppingOnTheNavigator()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.select({u"third"_s});
        QMenu *menu = scene.dropOn(u"finished"_s);
        QVERIFY(menu);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QVERIFY(scene.shows({u"first"_s, u"second"_s}));
    }

    void stopAsksOnceAndSaysItWasRequested()
    {
        Scene scene;
        scene.project.beat(scene.first); // it runs
        QVERIFY(scene.open());
        scene.select({u"second"_s});
        QVERIFY(!scene.house.action(Actions::StopExperiments)->isEnabled());
        scene.select({u"first"_s});
        QTRY_VERIFY(scene.house.action(Actions::StopExperiments)->isEnabled());
        scene.house.action(Actions::StopExperiments)->trigger();
        auto *question = shown<ConfirmDialog>(scene.house.window);
        QVERIFY(question);
        QVERIFY(press(question, u"Stop"_s));
        QVERIFY2(scene.says(u"Stop requested for “first”."_s), qPrintable(scene.message()));
    }

    void aBatchSaysWhichFailedAndRetriesThose()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.project.remove(scene.second); // by somebody else
        scene.key(Qt::Key_A, Qt::ControlModifier);
        scene.key(Qt::Key_Delete);
        QVERIFY2(scene.says(u"2 experiments archived; 1 of 3 failed."_s), qPrintable(scene.message()));
        QVERIFY(press(&scene.house.window.messages(), u"Details"_s));
        auto *dialog = shown<OutcomeDialog>(scene.house.window);
        QVERIFY(dialog);
        auto *list = dialog->findChild<QTreeWidget *>();
        QCOMPARE(list->topLevelItemCount(), 1);
        QCOMPARE(list->topLevelItem(0)->text(0), u"second"_s);
        QVERIFY(!list->topLevelItem(0)->text(1).isEmpty());
        QSignalSpy finished(&scene.house.changes, &Changes::finished);
        QVERIFY(press(dialog, u"Retry Those 1"_s));
        QVERIFY(finished.wait());
        QCOMPARE(finished.first().first().value<Outcome>().failed.size(), std::size_t{1});
    }

    void nothingIsWrittenToAReadOnlyServer()
    {
        Scene scene;
        QVERIFY(scene.open(true));
        scene.key(Qt::Key_A, Qt::ControlModifier);
        QTRY_VERIFY(scene.house.action(Actions::CopyKey)->isEnabled());
        for (const Actions::Id id : {Actions::Archive, Actions::RenameExperiment, Actions::AddTags, Actions::RemoveTags,
                 Actions::LogOther, Actions::MoveExperiments, Actions::StopExperiments, Actions::Restore,
                 Actions::DeleteExperiments}) {
            QVERIFY(!scene.house.action(id)->isEnabled());
            QVERIFY2(scene.house.action(id)->toolTip().contains(u"read-only"_s),
                qPrintable(scene.house.action(id)->toolTip()));
        }
        scene.key(Qt::Key_Delete);
        QVERIFY(scene.message().isEmpty());
        QCOMPARE(scene.names().size(), 3);
    }

    void aServerCanAskBeforeEveryWrite()
    {
        Scene scene;
        QVERIFY(scene.open(false, true));
        scene.select({u"first"_s});
        scene.key(Qt::Key_Delete);
        auto *question = shown<ConfirmDialog>(scene.house.window);
        QVERIFY(question);
        QCOMPARE(question->windowTitle(), u"Archive “first”?"_s);
        QVERIFY(press(question, u"Cancel"_s));
        QTRY_VERIFY(scene.house.window.findChildren<ConfirmDialog *>().isEmpty());
        QCOMPARE(scene.names().size(), 3);
        scene.key(Qt::Key_Delete);
        question = shown<ConfirmDialog>(scene.house.window);
        QVERIFY(question);
        QVERIFY(press(question, u"Archive"_s));
        QVERIFY(scene.shows({u"second"_s, u"third"_s}));
    }
};

QTEST_MAIN(ExperimentCommandsTest)
#include "tst_experimentcommands.moc"
