// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"
#include "tests/support/connected.h"
#include "tests/support/faultserver.h"
#include "ui/project/deleteprojectdialog.h"
#include "ui/project/projectsettings.h"
#include "ui/project/sharekeys.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace {

QPushButton *button(const QWidget &widget, const QString &title)
{
    for (QPushButton *button : widget.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == title)
            return button;
    }
    return nullptr;
}

bool press(const QWidget &widget, const QString &title)
{
    QPushButton *found = button(widget, title);
    if (!found || !found->isEnabled())
        return false;
    QTest::mouseClick(found, Qt::LeftButton);
    return true;
}

// The settings of the project "sweep", as a person sees them.
struct Desk
{
    explicit Desk(bool isReadOnly = false, int experiments = 0)
    {
        for (int i = 0; i < experiments; ++i)
            project.addExperiment(u"run-%1"_s.arg(i));
        house = std::make_unique<Connected>(project.root(), project.apiKey(), isReadOnly);
        details.setProject(house->session, project.workspace, project.name);
        reopen();
        [&] { QTRY_COMPARE(details.keysState(), ProjectDetails::State::Loaded); }();
    }
    // As when the program ends and starts again.
    void reopen()
    {
        settings.reset();
        settings = std::make_unique<ProjectSettings>(house->changes, details, house->settings, nullptr);
        settings->resize(760, 900);
        settings->show();
    }
    ~Desk() { details.setProject(nullptr, {}, {}); }

    QLineEdit *name() const { return settings->findChild<QLineEdit *>(); }
    QListWidget *keys() const { return settings->findChild<QListWidget *>(); }
    bool says(const QString &text) const
    {
        for (const InlineNote *note : settings->findChildren<InlineNote *>()) {
            if (note->isVisible() && note->text().contains(text))
                return true;
        }
        return false;
    }
    QString fact(const QString &name) const
    {
        for (const QLabel *label : settings->findChildren<QLabel *>()) {
            if (label->accessibleName() == name)
                return label->text();
        }
        return {};
    }
    void type(const QString &text)
    {
        QApplication::clipboard()->setText(text); // key clicks know no emoji
        name()->selectAll();
        name()->paste();
    }
    template<class Dialog>
    Dialog *dialog() const
    {
        Dialog *found = nullptr;
        [&] { QTRY_VERIFY((found = settings->findChild<Dialog *>())); }();
        return found;
    }
    api::Project onServer() { return house->answer(house->session->client().projectById(details.project().id)); }

    LocalProject project;
    std::unique_ptr<Connected> house;
    ProjectDetails details;
    std::unique_ptr<ProjectSettings> settings;
};

} // namespace

class tst_projectsettings : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void showsTheFacts();
    void changesEverything();
    void refusesNames_data();
    void refusesNames();
    void discards();
    void keepsWhatIsTypedWhileTheServerChanges();
    void doesNotOverwriteUnseen();
    void saysThatTheProjectIsGone();
    void createsAShareKeyAndCopiesItsLink();
    void copiesAndDeletesAShareKey();
    void linksHoldOddNames();
    void saysThatShareKeysFail();
    void deletesAnEmptyProject();
    void deletesWhatIsArchived();
    void whatIsTypedOutlivesThePage_data();
    void whatIsTypedOutlivesThePage();
    void deletesAProjectWithItsExperiments();
    void isOffWhereTheServerIsReadOnly();
};

void tst_projectsettings::showsTheFacts()
{
    Desk desk(false, 3);
    QCOMPARE(desk.name()->text(), desk.project.name);
    QCOMPARE(desk.fact(u"Project id"_s), desk.details.project().id);
    QCOMPARE(desk.fact(u"Experiments"_s), u"3"_s);
    QVERIFY(!desk.fact(u"Owner"_s).isEmpty());
    QVERIFY(!button(*desk.settings, u"Save Changes"_s)->isEnabled());
}

void tst_projectsettings::changesEverything()
{
    Desk desk;
    desk.type(u"renamed 🦉"_s);
    QTest::keyClicks(desk.settings->findChild<QPlainTextEdit *>(), u"About owls"_s);
    QTest::mouseClick(desk.settings->findChildren<QRadioButton *>().at(1), Qt::LeftButton, {}, QPoint(8, 8));
    QVERIFY(press(*desk.settings, u"Save Changes"_s));
    QTRY_VERIFY(desk.says(u"Saved"_s));
    const api::Project now = desk.onServer();
    QCOMPARE(now.name, u"renamed 🦉"_s);
    QCOMPARE(now.description, u"About owls"_s);
    QVERIFY(now.isPublic);
    desk.house->changes.undo();
    QTRY_COMPARE(desk.onServer().name, u"sweep"_s);
    desk.details.refresh();
    QTRY_COMPARE(desk.name()->text(), u"sweep"_s);
}

void tst_projectsettings::refusesNames_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    QTest::newRow("blank") << u" "_s << u"needs a name"_s;
    QTest::newRow("300 letters") << u"x"_s.repeated(300) << u"at most 100"_s;
}

void tst_projectsettings::refusesNames()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    Desk desk;
    desk.type(typed);
    QVERIFY(desk.says(expected));
    QVERIFY(!button(*desk.settings, u"Save Changes"_s)->isEnabled());
    desk.type(u"fine"_s);
    QVERIFY(!desk.says(expected));
    QVERIFY(button(*desk.settings, u"Save Changes"_s)->isEnabled());
}

void tst_projectsettings::discards()
{
    Desk desk;
    desk.type(u"other"_s);
    QVERIFY(press(*desk.settings, u"Discard"_s));
    QCOMPARE(desk.name()->text(), u"sweep"_s);
    QVERIFY(!button(*desk.settings, u"Save Changes"_s)->isEnabled());
}

void tst_projectsettings::keepsWhatIsTypedWhileTheServerChanges()
{
    Desk desk;
    desk.type(u"typed"_s);
    desk.house->answer(desk.house->session->client().updateProjectById(
        desk.details.project().id, {.description = u"from elsewhere"_s}));
    QSignalSpy changed(&desk.details, &ProjectDetails::changed);
    desk.details.refresh();
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(desk.name()->text(), u"typed"_s);
    QVERIFY(press(*desk.settings, u"Save Changes"_s));
    QTRY_VERIFY(desk.says(u"Saved"_s));
    QCOMPARE(desk.onServer().description, u"from elsewhere"_s); // only what was edited is written
}

void tst_projectsettings::doesNotOverwriteUnseen()
{
    Desk desk;
    desk.type(u"mine"_s);
    desk.house->answer(
        desk.house->session->client().updateProjectById(desk.details.project().id, {.name = u"theirs"_s}));
    QVERIFY(press(*desk.settings, u"Save Changes"_s));
    QTRY_VERIFY(desk.says(u"theirs"_s));
    QCOMPARE(desk.onServer().name, u"theirs"_s);
    QCOMPARE(desk.name()->text(), u"mine"_s);
    QVERIFY(press(*desk.settings, u"Save Changes"_s)); // now that it was said
    QTRY_VERIFY(desk.says(u"Saved"_s));
    QCOMPARE(desk.onServer().name, u"mine"_s);
}

void tst_projectsettings::saysThatTheProjectIsGone()
{
    Desk desk;
    desk.house->answer(desk.house->session->client().deleteProjectById(desk.details.project().id, true));
    desk.type(u"new name"_s);
    QVERIFY(press(*desk.settings, u"Save Changes"_s));
    QTRY_VERIFY(desk.says(u"not there any more"_s));
    desk.details.refresh();
    auto *state = desk.settings->findChild<EmptyState *>();
    QTRY_VERIFY(state->isVisible());
    QVERIFY(state->title().contains(u"isn’t there"_s));
}

void tst_projectsettings::createsAShareKeyAndCopiesItsLink()
{
    Desk desk;
    QVERIFY(!button(*desk.settings, u"Copy Link"_s)->isEnabled());
    QVERIFY(press(*desk.settings, u"Create Share Key"_s));
    QTRY_COMPARE(desk.details.shareKeys().size(), 1);
    const QString key = desk.details.shareKeys().front();
    QVERIFY(desk.says(u"clipboard"_s));
    QCOMPARE(QApplication::clipboard()->text(),
        u"%1/%2/sweep?shareable=%3"_s.arg(desk.project.root().toString(), desk.project.workspace, key));
    QTRY_COMPARE(desk.keys()->count(), 1);
    QCOMPARE(desk.keys()->item(0)->text(), key);
    // The next one is chosen, so that Copy Link is about it.
    QVERIFY(press(*desk.settings, u"Create Share Key"_s));
    QTRY_COMPARE(desk.keys()->count(), 2);
    QTRY_VERIFY(desk.keys()->currentItem()->text() != key);
    QVERIFY(QApplication::clipboard()->text().endsWith(desk.keys()->currentItem()->text()));
}

void tst_projectsettings::copiesAndDeletesAShareKey()
{
    Desk desk;
    for (int i = 0; i < 2; ++i)
        desk.house->answer(desk.house->session->client().createProjectShareKey(desk.details.project().id));
    desk.details.refreshKeys();
    QTRY_COMPARE(desk.keys()->count(), 2);
    const QString second = desk.keys()->item(1)->text();
    QTest::mouseClick(desk.keys()->viewport(), Qt::LeftButton, {}, desk.keys()->visualItemRect(desk.keys()->item(1)).center());
    QVERIFY(press(*desk.settings, u"Copy Key"_s));
    QCOMPARE(QApplication::clipboard()->text(), second);
    QVERIFY(press(*desk.settings, u"Copy Link"_s));
    QVERIFY(QApplication::clipboard()->text().endsWith(u"?shareable="_s + second));

    QVERIFY(press(*desk.settings, u"Delete Key…"_s));
    QVERIFY(press(*desk.dialog<ConfirmDialog>(), u"Cancel"_s));
    QCOMPARE(desk.keys()->count(), 2);
    QTRY_VERIFY(!desk.settings->findChild<ConfirmDialog *>());
    QVERIFY(press(*desk.settings, u"Delete Key…"_s));
    QVERIFY(press(*desk.dialog<ConfirmDialog>(), u"Delete Share Key"_s));
    QTRY_COMPARE(desk.keys()->count(), 1);
    QVERIFY(desk.keys()->item(0)->text() != second);
}

void tst_projectsettings::linksHoldOddNames()
{
    const QUrl link = ShareKeys::link(QUrl(u"https://comet.example.org"_s), u"my team"_s, u"a/b?c#d"_s, u"k&y=+"_s);
    QCOMPARE(link.toString(QUrl::FullyEncoded),
        u"https://comet.example.org/my%20team/a%2Fb%3Fc%23d?shareable=k%26y%3D%2B"_s);
}

void tst_projectsettings::saysThatShareKeysFail()
{
    FaultServer server;
    server.script("clientlib/isAlive/ver", {FaultServer::json(R"({"version": "3.60.0"})")});
    server.script("account-details", {FaultServer::json(R"({"userName": "me", "defaultWorkspaceName": "me"})")});
    server.script("project", {FaultServer::json(R"({"projectId": "1", "projectName": "p", "workspaceName": "w"})")});
    server.script("project/get-project-share-links", {FaultServer::failure(403, "not yours"), FaultServer::json(R"({"shareCodes": ["abc"]})")});
    Connected house(server.url());
    ProjectDetails details;
    ProjectSettings settings(house.changes, details, house.settings, nullptr);
    settings.resize(760, 900);
    settings.show();
    details.setProject(house.session, u"w"_s, u"p"_s);
    QTRY_COMPARE(details.keysState(), ProjectDetails::State::Failed);
    auto *keys = settings.findChild<QListWidget *>();
    QVERIFY(!keys->item(0)->text().isEmpty());
    QVERIFY(press(settings, u"Retry"_s));
    QTRY_COMPARE(keys->item(0)->text(), u"abc"_s);
    QVERIFY(!button(settings, u"Retry"_s));
    details.setProject(nullptr, {}, {});
}

void tst_projectsettings::deletesAnEmptyProject()
{
    Desk desk;
    QVERIFY(press(*desk.settings, u"Delete Project…"_s));
    auto *dialog = desk.dialog<DeleteProjectDialog>();
    QTRY_VERIFY(button(*dialog, u"Delete Project"_s)->isEnabled()); // known to be empty: nothing is to be typed
    QVERIFY(press(*dialog, u"Delete Project"_s));
    const QString workspace = desk.project.workspace;
    QTRY_VERIFY(desk.house->answer(desk.house->session->client().projects(workspace)).empty());
}

// Whose experiments are all archived has experiments.
void tst_projectsettings::deletesWhatIsArchived()
{
    Desk desk(false, 0);
    for (const QString &name : {u"old"_s, u"older"_s})
        desk.project.archive(desk.project.addExperiment(name));
    desk.details.refresh();
    QTRY_COMPARE(desk.fact(u"Experiments"_s), u"0"_s);
    QVERIFY(press(*desk.settings, u"Delete Project…"_s));
    auto *dialog = desk.dialog<DeleteProjectDialog>();
    auto *with = dialog->findChildren<QRadioButton *>().at(0);
    QTRY_VERIFY2(with->text().contains(u"its 2 archived experiments"_s), qPrintable(with->text()));
    with->click();
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"sweep"_s);
    QVERIFY(press(*dialog, u"Delete Project and 2 Experiments"_s));
    const QString workspace = desk.project.workspace;
    QTRY_VERIFY(desk.house->answer(desk.house->session->client().projects(workspace)).empty());
}

void tst_projectsettings::whatIsTypedOutlivesThePage_data()
{
    QTest::addColumn<bool>("isChangedMeanwhile");
    QTest::newRow("nobody else") << false;
    QTest::newRow("somebody else") << true;
}

void tst_projectsettings::whatIsTypedOutlivesThePage()
{
    QFETCH(bool, isChangedMeanwhile);
    Desk desk;
    desk.project.addProject(u"another"_s);
    const QString odd = u"ä <b>x</b> 🚀"_s;
    desk.type(odd);
    // Another project and back.
    desk.details.setProject(desk.house->session, desk.project.workspace, u"another"_s);
    QTRY_COMPARE(desk.name()->text(), u"another"_s);
    QVERIFY(!desk.says(u"not saved"_s));
    desk.details.setProject(desk.house->session, desk.project.workspace, u"sweep"_s);
    QTRY_COMPARE(desk.name()->text(), odd);
    QVERIFY(desk.says(u"not saved yet"_s));
    if (isChangedMeanwhile)
        desk.house->answer(desk.house->session->client().updateProjectById(desk.details.project().id, {.name = u"theirs"_s}));
    // The next start.
    desk.reopen();
    desk.details.refresh();
    QTRY_COMPARE(desk.name()->text(), odd);
    QVERIFY(press(*desk.settings, u"Save Changes"_s));
    if (isChangedMeanwhile) { // is not overwritten unseen
        QTRY_VERIFY(desk.says(u"theirs"_s));
        QCOMPARE(desk.name()->text(), odd);
        return;
    }
    QTRY_VERIFY(desk.says(u"Saved"_s));
    QCOMPARE(desk.onServer().name, odd);
    // Saved once, it does not come again; and what was said of one project is not said of another.
    desk.details.setProject(desk.house->session, desk.project.workspace, u"another"_s);
    QTRY_COMPARE(desk.name()->text(), u"another"_s);
    QVERIFY(!desk.says(u"Saved"_s));
    desk.reopen();
    QTRY_COMPARE(desk.name()->text(), u"another"_s);
}

void tst_projectsettings::deletesAProjectWithItsExperiments()
{
    Desk desk(false, 2);
    QVERIFY(press(*desk.settings, u"Delete Project…"_s));
    auto *dialog = desk.dialog<DeleteProjectDialog>();
    QVERIFY(!button(*dialog, u"Delete Project"_s)->isEnabled());
    QVERIFY(!dialog->withExperiments());
    QTest::mouseClick(dialog->findChildren<QRadioButton *>().at(0), Qt::LeftButton, {}, QPoint(8, 8));
    QVERIFY(dialog->withExperiments());
    QTRY_VERIFY(button(*dialog, u"Delete Project and 2 Experiments"_s)); // none is archived, as it learns
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"swee"_s);
    QVERIFY(!press(*dialog, u"Delete Project and 2 Experiments"_s));
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"p"_s);
    QVERIFY(press(*dialog, u"Delete Project and 2 Experiments"_s));
    const QString workspace = desk.project.workspace;
    QTRY_VERIFY(desk.house->answer(desk.house->session->client().projects(workspace)).empty());
}

void tst_projectsettings::isOffWhereTheServerIsReadOnly()
{
    Desk desk(true);
    for (const QString &title : {u"Save Changes"_s, u"Discard"_s, u"Delete Project…"_s, u"Create Share Key"_s, u"Delete Key…"_s}) {
        QVERIFY2(!button(*desk.settings, title)->isEnabled(), qPrintable(title));
        QVERIFY2(button(*desk.settings, title)->toolTip().contains(u"read-only"_s), qPrintable(title));
    }
    QVERIFY(!desk.name()->isEnabled());
}

QTEST_MAIN(tst_projectsettings)
#include "tst_projectsettings.moc"
