// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"
#include "tests/window/house.h"
#include "ui/browse/experimentspage.h"
#include "ui/navigator.h"
#include "ui/notes/noteseditor.h"
#include "ui/project/deleteprojectdialog.h"
#include "ui/project/newprojectdialog.h"
#include "ui/project/projectpage.h"
#include "ui/project/projectsettings.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

class tst_projectcommands : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init();
    void cleanup();
    void makesAProjectByKeyAndOpensIt();
    void makesAProjectFromTheTree();
    void makesAProjectFromItsPage();
    void showsTabsByKey();
    void savesNotesByKey();
    void keepsNotesAcrossPlacesAndRuns();
    void followsItsNewName();
    void followsAnUndoneName();
    void followsANameGivenElsewhere();
    void leavesADeletedProject();
    void unseenExperimentsAreNotChosen();
    void writesAreOffWhereTheServerIsReadOnly();
    void everythingThatTakesFocusHasAName();

private:
    void openProject();
    QPlainTextEdit *notes() const { return page()->notes()->findChild<QPlainTextEdit *>(); }
    ProjectPage *page() const { return m_house->window.pages().projectShown(); }
    const Place &place() const { return m_house->window.navigator().current(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
    {
        QTest::keyClick(m_house->window.focusWidget() ? m_house->window.focusWidget() : &m_house->window, key, modifiers);
    }

    std::optional<QTemporaryDir> m_folder;
    std::unique_ptr<LocalProject> m_project;
    std::unique_ptr<House> m_house;
};

void tst_projectcommands::init()
{
    m_folder.emplace();
    m_project = std::make_unique<LocalProject>();
    m_house = std::make_unique<House>(m_folder->filePath(u"settings.conf"_s));
    m_house->connectTo(m_project->root(), m_project->apiKey());
    QTRY_COMPARE(m_house->sessions.all().front()->state(), Session::State::Ready);
    QVERIFY(QTest::qWaitForWindowActive(&m_house->window)); // else it hears no keys
}

void tst_projectcommands::cleanup()
{
    m_house.reset();
    m_project.reset();
}

void tst_projectcommands::openProject()
{
    m_house->window.navigator().go({u"lab"_s, m_project->workspace, m_project->name, {}});
    QTRY_VERIFY(page());
}

void tst_projectcommands::makesAProjectByKeyAndOpensIt()
{
    QVERIFY(!m_house->action(Actions::NewProject)->isEnabled()); // there is no workspace yet
    m_house->window.navigator().go({u"lab"_s, m_project->workspace, {}, {}});
    key(Qt::Key_N);
    auto *dialog = shown<NewProjectDialog>(m_house->window);
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"owls"_s);
    QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_COMPARE(place(), (Place{u"lab"_s, m_project->workspace, u"owls"_s, {}}));
    QTRY_VERIFY(page());
    QTRY_VERIFY(m_house->window.messages().text().contains(u"owls"_s));
    // The tree has it too.
    QTRY_VERIFY([&] {
        const QAbstractItemModel *model = m_house->tree()->model();
        const QModelIndex server = child(model, u"Lab"_s);
        return child(model, u"owls"_s, child(model, m_project->workspace, server)).isValid();
    }());
}

void tst_projectcommands::makesAProjectFromTheTree()
{
    QTreeView *tree = m_house->tree();
    const auto workspace = [&] {
        return child(tree->model(), m_project->workspace, child(tree->model(), u"Lab"_s));
    };
    QTRY_VERIFY(workspace().isValid());
    QContextMenuEvent event(QContextMenuEvent::Mouse, tree->visualRect(workspace()).center(),
        tree->viewport()->mapToGlobal(tree->visualRect(workspace()).center()));
    QApplication::sendEvent(tree->viewport(), &event);
    QMenu *menu = nullptr;
    QTRY_VERIFY((menu = m_house->window.panel().findChild<QMenu *>()));
    QAction *found = nullptr;
    for (QAction *action : menu->actions()) {
        if (action->text() == u"New Project…"_s)
            found = action;
    }
    QVERIFY(found);
    found->trigger();
    QVERIFY(shown<NewProjectDialog>(m_house->window));
}

void tst_projectcommands::makesAProjectFromItsPage()
{
    m_house->window.navigator().go({u"lab"_s, m_project->workspace, {}, {}});
    QToolButton *found = nullptr;
    for (QToolButton *button : m_house->window.pages().currentWidget()->findChildren<QToolButton *>()) {
        if (button->defaultAction() == m_house->action(Actions::NewProject))
            found = button;
    }
    QVERIFY(found);
    QTRY_VERIFY(found->isVisible());
    QTest::mouseClick(found, Qt::LeftButton);
    QVERIFY(shown<NewProjectDialog>(m_house->window));
}

void tst_projectcommands::showsTabsByKey()
{
    openProject();
    QCOMPARE(page()->currentIndex(), static_cast<int>(ProjectPage::Experiments));
    key(Qt::Key_4);
    QCOMPARE(page()->currentIndex(), static_cast<int>(ProjectPage::Notes));
    key(Qt::Key_6);
    QCOMPARE(page()->currentIndex(), static_cast<int>(ProjectPage::SettingsAndSharing));
    key(Qt::Key_1);
    QCOMPARE(page()->currentIndex(), static_cast<int>(ProjectPage::Experiments));
    key(Qt::Key_4);
    key(Qt::Key_F);
    QCOMPARE(page()->currentIndex(), static_cast<int>(ProjectPage::Experiments));
}

void tst_projectcommands::savesNotesByKey()
{
    openProject();
    key(Qt::Key_4);
    QTRY_VERIFY(notes()->isVisible());
    QVERIFY(!m_house->action(Actions::SaveNotes)->isEnabled());
    QTest::keyClicks(notes(), u"Found it"_s);
    QVERIFY(m_house->action(Actions::SaveNotes)->isEnabled());
    QVERIFY(page()->tabText(ProjectPage::Notes).contains(u'•'));
    QTest::keyClick(notes(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!page()->notes()->isEdited());
    QTRY_VERIFY(m_house->window.messages().text().contains(u"saved"_s));
    QVERIFY(!m_house->action(Actions::SaveNotes)->isEnabled());
    QCOMPARE(page()->tabText(ProjectPage::Notes), u"Notes"_s);
}

void tst_projectcommands::keepsNotesAcrossPlacesAndRuns()
{
    openProject();
    key(Qt::Key_4);
    QTRY_VERIFY(notes()->isVisible());
    QTest::keyClicks(notes(), u"half a thought"_s);
    m_house->window.navigator().go({u"lab"_s, m_project->workspace, {}, {}});
    openProject();
    QCOMPARE(notes()->toPlainText(), u"half a thought"_s);
    QTest::keyClicks(notes(), u"!"_s);
    m_house = std::make_unique<House>(m_folder->filePath(u"settings.conf"_s));
    m_house->connectTo(m_project->root(), m_project->apiKey());
    QTRY_COMPARE(m_house->sessions.all().front()->state(), Session::State::Ready);
    openProject();
    m_house->action(Actions::ShowNotes)->trigger();
    QTRY_VERIFY(notes()->toPlainText().contains(u"half a thought"_s));
    QVERIFY(notes()->toPlainText().contains(u'!'));
    QVERIFY(page()->notes()->isEdited());
}

void tst_projectcommands::followsItsNewName()
{
    const QString experiment = m_project->addExperiment(u"run"_s);
    openProject();
    key(Qt::Key_6);
    auto *settings = page()->findChild<ProjectSettings *>();
    auto *name = settings->findChild<QLineEdit *>();
    QTRY_COMPARE(name->text(), m_project->name);
    QTRY_VERIFY(name->isVisible());
    name->selectAll();
    QTest::keyClicks(name, u"renamed / it"_s);
    QVERIFY(press(settings, u"Save Changes"_s));
    const Place now{u"lab"_s, m_project->workspace, u"renamed / it"_s, {}};
    QTRY_COMPARE(place(), now);
    QCOMPARE(page()->currentIndex(), static_cast<int>(ProjectPage::SettingsAndSharing)); // nothing jumps
    QTRY_COMPARE(name->text(), u"renamed / it"_s);
    key(Qt::Key_1);
    QTRY_COMPARE(page()->experiments()->table()->rowCount(), 1);
    // Back leads to what was before, not to a name that is no more.
    m_house->window.navigator().back();
    QVERIFY(place().project.isEmpty());
}

void tst_projectcommands::followsAnUndoneName()
{
    openProject();
    key(Qt::Key_6);
    auto *settings = page()->findChild<ProjectSettings *>();
    auto *name = settings->findChild<QLineEdit *>();
    QTRY_COMPARE(name->text(), m_project->name);
    name->selectAll();
    QTest::keyClicks(name, u"renamed"_s);
    QVERIFY(press(settings, u"Save Changes"_s));
    QTRY_COMPARE(place().project, u"renamed"_s);
    QTRY_VERIFY(m_house->action(Actions::Undo)->isEnabled());
    m_house->action(Actions::Undo)->trigger();
    QTRY_COMPARE(place().project, m_project->name);
    QTRY_COMPARE(name->text(), m_project->name);
}

void tst_projectcommands::followsANameGivenElsewhere()
{
    openProject();
    key(Qt::Key_4);
    QTRY_VERIFY(notes()->isVisible());
    QTest::keyClicks(notes(), u"typed"_s);
    const QString id = page()->findChild<ProjectDetails *>()->project().id;
    m_house->sessions.all().front()->client().updateProjectById(id, {.name = u"theirs"_s});
    QTRY_COMPARE_WITH_TIMEOUT((m_house->action(Actions::Refresh)->trigger(), place().project), u"theirs"_s, 5'000);
    QCOMPARE(page()->currentIndex(), static_cast<int>(ProjectPage::Notes));
    QCOMPARE(notes()->toPlainText(), u"typed"_s);
    QVERIFY(m_house->window.windowTitle().startsWith(u"theirs"_s));
}

void tst_projectcommands::leavesADeletedProject()
{
    m_project->addExperiment(u"run"_s);
    openProject();
    key(Qt::Key_6);
    auto *settings = page()->findChild<ProjectSettings *>();
    QTRY_VERIFY(button(settings, u"Delete Project…"_s) && button(settings, u"Delete Project…"_s)->isEnabled());
    QVERIFY(press(settings, u"Delete Project…"_s));
    auto *dialog = shown<DeleteProjectDialog>(m_house->window);
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), m_project->name);
    QVERIFY(press(dialog, u"Delete Project"_s)); // alone, which this server does not do
    QTRY_VERIFY(m_house->window.messages().text().contains(u"holds experiments"_s));
    QCOMPARE(place().project, m_project->name);
    m_house->changes.run(m_house->sessions.all().front(),
        steps::deleteProject(page()->findChild<ProjectDetails *>()->project().id,
            {m_project->workspace, m_project->name}, true));
    QTRY_COMPARE(place(), (Place{u"lab"_s, m_project->workspace, {}, {}}));
    m_house->window.navigator().back();
    QVERIFY(place().project.isEmpty());
}

void tst_projectcommands::unseenExperimentsAreNotChosen()
{
    m_project->addExperiment(u"run"_s);
    openProject();
    QTRY_COMPARE(page()->experiments()->table()->rowCount(), 1);
    m_house->action(Actions::SelectAll)->trigger();
    QTRY_VERIFY(m_house->action(Actions::Archive)->isEnabled());
    key(Qt::Key_4);
    QVERIFY(!m_house->action(Actions::Archive)->isEnabled());
    key(Qt::Key_1);
    QVERIFY(m_house->action(Actions::Archive)->isEnabled());
}

void tst_projectcommands::writesAreOffWhereTheServerIsReadOnly()
{
    Profile profile = m_house->sessions.all().front()->profile();
    profile.id = u"museum"_s;
    profile.name = u"Museum"_s;
    profile.isReadOnly = true;
    Session *session = m_house->servers.connectTo(profile, m_project->apiKey());
    QTRY_COMPARE(session->state(), Session::State::Ready);
    m_house->window.navigator().go({u"museum"_s, m_project->workspace, m_project->name, {}});
    QTRY_VERIFY(page());
    for (const Actions::Id id : {Actions::NewProject, Actions::SaveNotes}) {
        QVERIFY(!m_house->action(id)->isEnabled());
        QVERIFY(m_house->action(id)->toolTip().contains(u"read-only"_s));
    }
}

void tst_projectcommands::everythingThatTakesFocusHasAName()
{
    openProject();
    for (const Actions::Id id : {Actions::ShowNotes, Actions::ShowSettings}) {
        m_house->action(id)->trigger();
        QTRY_VERIFY(page()->findChild<ProjectDetails *>()->state() == ProjectDetails::State::Loaded);
        for (QWidget *widget : page()->currentWidget()->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->focusProxy())
                continue;
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(face && (!face->text(QAccessible::Name).isEmpty()), widget->metaObject()->className());
        }
    }
}

QTEST_MAIN(tst_projectcommands)
#include "tst_projectcommands.moc"
