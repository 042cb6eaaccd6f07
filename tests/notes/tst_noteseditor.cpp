// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"
#include "tests/support/connected.h"
#include "tests/support/faultserver.h"
#include "ui/notes/noteseditor.h"
#include "ui/notes/notespreview.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace {

// The editor as a person sees it.
struct Desk
{
    Desk(Connected &house, const NotesSource &source)
        : editor(house.changes, house.settings)
    {
        editor.resize(900, 600);
        editor.show();
        editor.setSource(house.session, source);
        [&] { QTRY_VERIFY(editor.notes().state() > Notes::State::Loading); }();
    }
    QPlainTextEdit *text() const { return editor.findChild<QPlainTextEdit *>(); }
    NotesPreview *preview() const { return editor.findChild<NotesPreview *>(); }
    QString said() const { return editor.findChild<InlineNote *>()->text(); }
    QPushButton *button(const QString &title) const
    {
        for (QPushButton *button : editor.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == title)
                return button;
        }
        return nullptr;
    }
    bool press(const QString &title) const
    {
        QPushButton *found = button(title);
        if (!found || !found->isEnabled())
            return false;
        QTest::mouseClick(found, Qt::LeftButton);
        return true;
    }

    NotesEditor editor;
};

struct Local
{
    explicit Local(bool isReadOnly = false)
        : house(project.root(), project.apiKey(), isReadOnly)
        , id(house.answer(house.session->client().project(project.workspace, project.name)).id)
        , source(NotesSource::ofProject(id, project.name))
    {
    }
    QString onServer() { return house.answer(house.session->client().projectNotes(id)); }

    LocalProject project;
    Connected house;
    QString id;
    NotesSource source;
};

} // namespace

class tst_noteseditor : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void typesAndSaves();
    void showsHowItReads();
    void runsNothingAndLoadsNothing();
    void revertsAndBringsBack();
    void showsBothTextsAndKeepsMine();
    void takesTheirs();
    void saysWhySavingFailed();
    void offersToLoadAgain();
    void isOffWhereTheServerIsReadOnly();
};

void tst_noteseditor::typesAndSaves()
{
    Local local;
    Desk desk(local.house, local.source);
    QVERIFY(!desk.button(u"Save Notes"_s)->isEnabled());
    QSignalSpy status(&desk.editor, &NotesEditor::statusChanged);
    QTest::keyClicks(desk.text(), u"Warm-up helps"_s);
    QVERIFY(desk.editor.isEdited() && desk.editor.canSave());
    QVERIFY(!status.isEmpty());
    QVERIFY(desk.press(u"Save Notes"_s));
    QVERIFY(!desk.editor.canSave()); // not twice
    QTRY_VERIFY(!desk.editor.isEdited());
    QCOMPARE(local.onServer(), u"Warm-up helps"_s);
    QVERIFY(!desk.button(u"Save Notes"_s)->isEnabled());
}

void tst_noteseditor::showsHowItReads()
{
    Local local;
    Desk desk(local.house, local.source);
    desk.text()->setPlainText(u"# Title\n\n* one\n* two\n\n[a link](https://example.org)\n"_s);
    QTRY_VERIFY(desk.preview()->toPlainText().startsWith(u"Title"_s));
    QVERIFY(!desk.preview()->toPlainText().contains(u'#'));
    QVERIFY(desk.preview()->toPlainText().contains(u"a link"_s));
    QVERIFY(!desk.preview()->toPlainText().contains(u"example.org"_s));
}

void tst_noteseditor::runsNothingAndLoadsNothing()
{
    FaultServer tracker;
    Local local;
    Desk desk(local.house, local.source);
    const QString picture = tracker.url().toString() + u"/pixel.png"_s;
    desk.text()->setPlainText(u"<script>alert(1)</script> <img src=\"%1\"> <b>bold</b>\n\n![a pixel](%1)\n\n"
                              "![local](/etc/hostname) ![data](data:image/png;base64,AAAA)\n\n[bad](file:///etc/passwd)"_s
                                  .arg(picture));
    QTRY_VERIFY(desk.preview()->toPlainText().contains(u"[Picture: a pixel]"_s));
    const QString seen = desk.preview()->toPlainText();
    QVERIFY(seen.contains(u"<script>alert(1)</script>"_s)); // as it is written
    QVERIFY(seen.contains(u"<b>bold</b>"_s));
    QVERIFY(seen.contains(u"[Picture: local]"_s));
    QVERIFY(!seen.contains(QChar::ObjectReplacementCharacter));
    QVERIFY(!desk.preview()->grab().isNull()); // painted, so that whatever is asked for is asked for
    QTest::qWait(0);
    QVERIFY(tracker.seen().empty());
}

void tst_noteseditor::revertsAndBringsBack()
{
    Local local;
    Desk desk(local.house, local.source);
    QTest::keyClicks(desk.text(), u"half a thought"_s);
    QVERIFY(desk.press(u"Revert"_s));
    QVERIFY(desk.text()->toPlainText().isEmpty());
    QVERIFY(!desk.editor.isEdited());
    QVERIFY(desk.press(u"Bring Back"_s));
    QCOMPARE(desk.text()->toPlainText(), u"half a thought"_s);
    QVERIFY(desk.press(u"Revert"_s));
    QTest::keyClick(desk.text(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(desk.text()->toPlainText(), u"half a thought"_s);
    QVERIFY(desk.editor.isEdited());
}

void tst_noteseditor::showsBothTextsAndKeepsMine()
{
    Local local;
    Desk mine(local.house, local.source);
    Desk theirs(local.house, local.source);
    QTest::keyClicks(mine.text(), u"mine"_s);
    QTest::keyClicks(theirs.text(), u"*theirs*"_s);
    QVERIFY(theirs.press(u"Save Notes"_s));
    QTRY_VERIFY(!theirs.editor.isEdited());
    QVERIFY(mine.press(u"Save Notes"_s));
    QTRY_VERIFY(mine.button(u"Keep Mine"_s));
    QVERIFY(mine.said().contains(u"Somebody else"_s));
    QCOMPARE(mine.text()->toPlainText(), u"mine"_s);
    QVERIFY(mine.press(u"Show Theirs"_s));
    QCOMPARE(mine.preview()->toPlainText(), u"*theirs*"_s); // as it is written, to compare
    QVERIFY(mine.press(u"Show Theirs"_s));
    QTRY_COMPARE(mine.preview()->toPlainText(), u"mine"_s);
    QVERIFY(mine.press(u"Keep Mine"_s));
    QTRY_VERIFY(!mine.editor.isEdited());
    QVERIFY(!mine.button(u"Keep Mine"_s));
    QCOMPARE(local.onServer(), u"mine"_s);
}

void tst_noteseditor::takesTheirs()
{
    Local local;
    Desk desk(local.house, local.source);
    QTest::keyClicks(desk.text(), u"mine"_s);
    local.house.answer(local.house.session->client().setProjectNotes(local.id, u"theirs"_s));
    QVERIFY(desk.press(u"Save Notes"_s));
    QTRY_VERIFY(desk.button(u"Take Theirs"_s));
    QVERIFY(desk.press(u"Show Theirs"_s));
    QVERIFY(desk.press(u"Take Theirs"_s));
    QCOMPARE(desk.text()->toPlainText(), u"theirs"_s);
    QTRY_COMPARE(desk.preview()->toPlainText(), u"theirs"_s);
    QVERIFY(!desk.editor.isEdited());
    QVERIFY(desk.press(u"Bring Back"_s));
    QCOMPARE(desk.text()->toPlainText(), u"mine"_s);
}

void tst_noteseditor::saysWhySavingFailed()
{
    FaultServer server;
    server.script("clientlib/isAlive/ver", {FaultServer::json(R"({"version": "3.60.0"})")});
    server.script("account-details", {FaultServer::json(R"({"userName": "me", "defaultWorkspaceName": "me"})")});
    server.script("project/notes", {FaultServer::json(R"({"notes": "old"})")});
    server.setDefault(FaultServer::failure(404, "No such project"));
    Connected house(server.url());
    Desk desk(house, NotesSource::ofProject(u"id"_s, u"p"_s));
    QCOMPARE(desk.text()->toPlainText(), u"old"_s);
    QTest::keyClicks(desk.text(), u"new "_s);
    QVERIFY(desk.press(u"Save Notes"_s));
    QTRY_VERIFY(!desk.said().isEmpty());
    QCOMPARE(desk.text()->toPlainText(), u"new old"_s);
    QVERIFY(desk.button(u"Save Notes"_s)->isEnabled()); // to try again
}

void tst_noteseditor::offersToLoadAgain()
{
    FaultServer server;
    server.script("clientlib/isAlive/ver", {FaultServer::json(R"({"version": "3.60.0"})")});
    server.script("account-details", {FaultServer::json(R"({"userName": "me", "defaultWorkspaceName": "me"})")});
    server.script("project/notes", {FaultServer::failure(404, "No such project"), FaultServer::json(R"({"notes": "there"})")});
    Connected house(server.url());
    Desk desk(house, NotesSource::ofProject(u"id"_s, u"p"_s));
    QVERIFY(desk.editor.findChild<EmptyState *>()->isVisible());
    QTRY_VERIFY(desk.button(u"Retry"_s));
    QVERIFY(desk.press(u"Retry"_s));
    QTRY_COMPARE(desk.text()->toPlainText(), u"there"_s);
    QVERIFY(desk.text()->isVisible());
}

void tst_noteseditor::isOffWhereTheServerIsReadOnly()
{
    Local local(true);
    Desk desk(local.house, local.source);
    QTest::keyClicks(desk.text(), u"no"_s);
    QVERIFY(desk.text()->toPlainText().isEmpty());
    for (const QString &title : {u"Save Notes"_s, u"Revert"_s}) {
        QVERIFY(!desk.button(title)->isEnabled());
        QVERIFY(desk.button(title)->toolTip().contains(u"read-only"_s));
    }
}

QTEST_MAIN(tst_noteseditor)
#include "tst_noteseditor.moc"
