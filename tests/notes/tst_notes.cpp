// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/notes/notes.h"
#include "tests/browse/localproject.h"
#include "tests/support/connected.h"
#include "tests/support/faultserver.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using State = Notes::State;

namespace {

// A project on a local server whose notes are read and written.
struct Local
{
    Local()
        : house(project.root(), project.apiKey())
        , id(house.answer(house.session->client().project(project.workspace, project.name)).id)
        , source(NotesSource::ofProject(id, project.name))
    {
    }
    QString onServer() { return house.answer(house.session->client().projectNotes(id)); }
    void writeOnServer(const QString &text) { house.answer(house.session->client().setProjectNotes(id, text)); }
    std::unique_ptr<Notes> open()
    {
        auto notes = std::make_unique<Notes>(house.changes, house.settings, nullptr);
        notes->setSource(house.session, source);
        [&] { QTRY_COMPARE(notes->state(), State::Ready); }();
        return notes;
    }

    LocalProject project;
    Connected house;
    QString id;
    NotesSource source;
};

bool save(Notes &notes)
{
    notes.save();
    return notes.isSaving() && QTest::qWaitFor([&] { return !notes.isSaving(); });
}

} // namespace

class tst_notes : public QObject
{
    Q_OBJECT

private slots:
    void draftsBelongToOneEditor();
    void draftsThatCannotBeWrittenAreKeptInMemory();
    void garbageIsNoDraft();
    void savesWhatWasTyped();
    void keepsOddTexts_data();
    void keepsOddTexts();
    void keepsCarriageReturns();
    void aDraftOutlivesTheProgram();
    void aDraftThatWasSavedIsForgotten();
    void twoEditorsNeverOverwriteEachOther();
    void theirsCanBeTaken();
    void followsTheServerWhereNothingIsTyped();
    void aFailedSaveKeepsTheText();
    void saysThatItCannotBeRead();
    void anotherSubjectKeepsTheDraftOfTheFirst();
};

void tst_notes::draftsBelongToOneEditor()
{
    QTemporaryDir folder;
    const Drafts::Key key{u"lab"_s, u"project/ä/…"_s.repeated(200), true};
    const Draft mine{u"base"_s, u"mine 🦉"_s, 1};
    const Draft yours{u"base"_s, u"yours"_s, 2};
    {
        Drafts first(folder.filePath(u"drafts"_s));
        Drafts second(folder.filePath(u"drafts"_s));
        QVERIFY(!first.open(key));
        QVERIFY(!second.open(key));
        QVERIFY(first.keep(mine));
        QVERIFY(second.keep(yours));
        second.forget(); // of its own only
        QVERIFY(second.keep(yours));
    }
    Drafts first(folder.filePath(u"drafts"_s));
    Drafts second(folder.filePath(u"drafts"_s));
    QCOMPARE(first.open(key), mine);
    QCOMPARE(second.open(key), yours);
    QVERIFY(!Drafts(folder.filePath(u"drafts"_s)).open({u"other"_s, key.subject, true}));
    first.forget();
    first.close();
    QVERIFY(!first.open(key));
    second.close();
    second.forget(key, u"something else"_s);
    QCOMPARE(second.open(key), yours);
    second.close();
    second.forget(key, yours.text);
    QVERIFY(!second.open(key));
}

void tst_notes::draftsThatCannotBeWrittenAreKeptInMemory()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"drafts"_s)); // where the folder should be
    QVERIFY(file.open(QIODevice::WriteOnly));
    Drafts drafts(file.fileName());
    const Drafts::Key key{u"lab"_s, u"project/1"_s, true};
    const Draft draft{{}, u"text"_s, 1};
    QVERIFY(!drafts.open(key));
    QVERIFY(!drafts.keep(draft));
    drafts.close();
    QCOMPARE(drafts.open(key), draft);
}

void tst_notes::garbageIsNoDraft()
{
    QTemporaryDir folder;
    const Drafts::Key key{u"lab"_s, u"project/1"_s, true};
    {
        Drafts drafts(folder.path());
        QVERIFY(!drafts.open(key));
        QVERIFY(drafts.keep({u"base"_s, u"text"_s, 1}));
    }
    const QStringList files = QDir(folder.path()).entryList({u"*.draft"_s}, QDir::Files);
    QCOMPARE(files.size(), 1);
    QFile file(folder.filePath(files.front()));
    for (const QByteArray &content : {QByteArray(), QByteArray("rubbish"), QByteArray("PDF1\xff\xff\xff\xff\xff\xff")}) {
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
        file.close();
        Drafts drafts(folder.path());
        QVERIFY(!drafts.open(key));
    }
}

void tst_notes::savesWhatWasTyped()
{
    Local local;
    const auto notes = local.open();
    QVERIFY(notes->text().isEmpty());
    notes->setText(u"# Findings"_s);
    QVERIFY(notes->isEdited());
    QSignalSpy saved(notes.get(), &Notes::saved);
    QVERIFY(save(*notes));
    QCOMPARE(saved.count(), 1);
    QVERIFY(!notes->isEdited());
    QCOMPARE(local.onServer(), u"# Findings"_s);
    // Undo brings back what was there, and the editor follows.
    local.house.changes.undo();
    QTRY_VERIFY(local.onServer().isEmpty());
    notes->refresh();
    QTRY_VERIFY(notes->text().isEmpty());
    QVERIFY(!notes->isEdited());
}

void tst_notes::keepsOddTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("emoji") << u"🦉 owl"_s;
    QTest::newRow("right to left") << u"שלום\nعالم"_s;
    QTest::newRow("html") << u"<script>alert(1)</script><img src='http://x/y.png'>"_s;
    QTest::newRow("quotes") << u"\\ \" ' \t end "_s;
    QTest::newRow("long") << u"line 300 letters long \n"_s.repeated(10'000);
}

void tst_notes::keepsOddTexts()
{
    QFETCH(QString, text);
    Local local;
    const auto notes = local.open();
    notes->setText(text);
    QVERIFY(save(*notes));
    QCOMPARE(local.onServer(), text);
    QCOMPARE(local.open()->text(), text);
}

void tst_notes::keepsCarriageReturns()
{
    Local local;
    local.writeOnServer(u"one\r\ntwo"_s);
    const auto notes = local.open();
    QCOMPARE(notes->text(), u"one\ntwo"_s);
    QVERIFY(!notes->isEdited());
    notes->setText(u"one\ntwo\nthree"_s);
    QVERIFY(save(*notes));
    QCOMPARE(local.onServer(), u"one\r\ntwo\r\nthree"_s);
}

void tst_notes::aDraftOutlivesTheProgram()
{
    Local local;
    local.writeOnServer(u"old"_s);
    local.open()->setText(u"typed and never saved"_s);
    const auto notes = local.open();
    QCOMPARE(notes->text(), u"typed and never saved"_s);
    QVERIFY(notes->isEdited());
    QVERIFY(notes->draftFrom() > 0);
    QVERIFY(!notes->isOutdated());
    notes->revert();
    QCOMPARE(notes->text(), u"old"_s);
    QVERIFY(notes->canBringBack());
    notes->bringBack();
    QCOMPARE(notes->text(), u"typed and never saved"_s);
    notes->revert();
    notes->setSource(nullptr, {});
    QCOMPARE(local.open()->text(), u"old"_s); // the draft has gone with the revert
}

void tst_notes::aDraftThatWasSavedIsForgotten()
{
    Local local;
    local.open()->setText(u"text"_s);
    local.writeOnServer(u"text"_s); // it was saved, but the answer never came
    QVERIFY(!local.open()->isEdited());
}

void tst_notes::twoEditorsNeverOverwriteEachOther()
{
    Local local;
    local.writeOnServer(u"start"_s);
    const auto mine = local.open();
    const auto theirs = local.open();
    mine->setText(u"mine"_s);
    theirs->setText(u"theirs"_s);
    QVERIFY(save(*theirs));
    QSignalSpy conflict(mine.get(), &Notes::conflictFound);
    QVERIFY(save(*mine));
    QCOMPARE(conflict.count(), 1);
    QCOMPARE(mine->theirs().value_or(u"none"_s), u"theirs"_s);
    QCOMPARE(mine->text(), u"mine"_s);
    QCOMPARE(local.onServer(), u"theirs"_s);
    // Keep mine: overwritten knowingly, and undo gives theirs back.
    mine->overwrite();
    QTRY_VERIFY(!mine->isSaving());
    QCOMPARE(local.onServer(), u"mine"_s);
    local.house.changes.undo();
    QTRY_COMPARE(local.onServer(), u"theirs"_s);
}

void tst_notes::theirsCanBeTaken()
{
    Local local;
    const auto notes = local.open();
    notes->setText(u"mine"_s);
    local.writeOnServer(u"theirs"_s);
    notes->refresh();
    QTRY_VERIFY(notes->isOutdated());
    QCOMPARE(notes->text(), u"mine"_s);
    QVERIFY(save(*notes));
    QVERIFY(notes->theirs());
    notes->discardMine();
    QCOMPARE(notes->text(), u"theirs"_s);
    QVERIFY(!notes->isEdited() && !notes->theirs());
    notes->bringBack();
    QCOMPARE(notes->text(), u"mine"_s);
    QVERIFY(save(*notes)); // now made from theirs: no conflict
    QCOMPARE(local.onServer(), u"mine"_s);
}

void tst_notes::followsTheServerWhereNothingIsTyped()
{
    Local local;
    const auto notes = local.open();
    local.writeOnServer(u"new"_s);
    QSignalSpy replaced(notes.get(), &Notes::textReplaced);
    notes->setSource(local.house.session, local.source); // the page was opened again
    QTRY_COMPARE(notes->text(), u"new"_s);
    QCOMPARE(replaced.count(), 1);
}

void tst_notes::aFailedSaveKeepsTheText()
{
    FaultServer server;
    server.script("clientlib/isAlive/ver", {FaultServer::json(R"({"version": "3.60.0"})")});
    server.script("account-details", {FaultServer::json(R"({"userName": "me", "defaultWorkspaceName": "me"})")});
    server.script("project/notes", {FaultServer::json(R"({"notes": "old"})")});
    server.setDefault(FaultServer::failure(404, "No such project"));
    Connected house(server.url());
    Notes notes(house.changes, house.settings, nullptr);
    notes.setSource(house.session, NotesSource::ofProject(u"id"_s, u"p"_s));
    QTRY_COMPARE(notes.state(), State::Ready);
    notes.setText(u"new"_s);
    QSignalSpy failed(&notes, &Notes::saveFailed);
    QVERIFY(save(notes));
    QCOMPARE(failed.count(), 1);
    QVERIFY(!failed.front().front().toString().isEmpty());
    QCOMPARE(notes.text(), u"new"_s);
    QVERIFY(notes.isEdited());
}

void tst_notes::saysThatItCannotBeRead()
{
    FaultServer server;
    server.script("clientlib/isAlive/ver", {FaultServer::json(R"({"version": "3.60.0"})")});
    server.script("account-details", {FaultServer::json(R"({"userName": "me", "defaultWorkspaceName": "me"})")});
    server.script("project/notes", {FaultServer::json("{\"not"), FaultServer::json(R"({"notes": null})")});
    Connected house(server.url());
    Notes notes(house.changes, house.settings, nullptr);
    notes.setSource(house.session, NotesSource::ofProject(u"id"_s, u"p"_s));
    QTRY_COMPARE(notes.state(), State::Failed);
    QVERIFY(!notes.error().sentence().isEmpty());
    notes.setText(u"typed into nothing"_s);
    QVERIFY(!notes.isEdited());
    notes.refresh();
    QTRY_COMPARE(notes.state(), State::Ready); // null is: none
    QVERIFY(notes.text().isEmpty());
}

void tst_notes::anotherSubjectKeepsTheDraftOfTheFirst()
{
    Local local;
    local.project.addProject(u"other"_s);
    const QString other
        = local.house.answer(local.house.session->client().project(local.project.workspace, u"other"_s)).id;
    const auto notes = local.open();
    notes->setText(u"of the first"_s);
    notes->save(); // and away before it is answered
    notes->setSource(local.house.session, NotesSource::ofProject(other, u"other"_s));
    QTRY_COMPARE(notes->state(), State::Ready);
    QVERIFY(notes->text().isEmpty());
    QTRY_COMPARE(local.onServer(), u"of the first"_s);
    notes->setText(u"of the other"_s);
    notes->setSource(local.house.session, local.source);
    QTRY_COMPARE(notes->state(), State::Ready);
    QCOMPARE(notes->text(), u"of the first"_s);
    QVERIFY(!notes->isEdited()); // its draft went when it was saved
    notes->setSource(local.house.session, NotesSource::ofProject(other, u"other"_s));
    QTRY_COMPARE(notes->text(), u"of the other"_s);
}

QTEST_GUILESS_MAIN(tst_notes)
#include "tst_notes.moc"
