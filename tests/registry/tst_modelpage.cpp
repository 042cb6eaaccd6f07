// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/registry/scene.h"
#include "tests/support/faultserver.h"

#include "models/experiment/assettable.h"
#include "ui/downloads/downloaddialog.h"
#include "ui/notes/noteseditor.h"
#include "ui/registry/modeldialog.h"
#include "ui/registry/stagebar.h"
#include "ui/widgets/confirmdialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

QLineEdit *stageField(const QWidget *parent)
{
    return named<QLineEdit>(parent, u"Add stage"_s);
}

// The page alone, on a server that answers as told: one version "1.0.0" of the stages.
struct Alone
{
    FaultServer server;
    Sessions sessions;
    Tasks tasks;
    Changes changes{sessions, tasks, QString()};
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.conf"_s)};
    ModelPage page{changes, settings, nullptr};

    explicit Alone(const QJsonArray &stages = {})
    {
        const QJsonObject version{{u"registryModelItemId"_s, u"a"_s}, {u"version"_s, u"1.0.0"_s},
            {u"stages"_s, stages}, {u"comment"_s, u"before"_s}};
        const QJsonObject model{{u"registryModelId"_s, u"m"_s}, {u"modelName"_s, u"net"_s},
            {u"versions"_s, QJsonArray{version}}};
        server.script("registry-model/details", {FaultServer::json(QJsonDocument(model).toJson())});
        server.setDefault(FaultServer::failure(404));
        page.resize(900, 600);
        page.show();
    }
    void open()
    {
        Profile profile;
        profile.id = u"lab"_s;
        profile.root = server.url();
        page.setModel(sessions.add(profile, u"key"_s), u"w"_s, u"net"_s);
    }
    bool isLoaded() const
    {
        return QTest::qWaitFor([this] { return page.version() != nullptr; });
    }
};

} // namespace

class ModelPageTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void theNewestVersionIsShownFirst()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        auto *table = scene.page()->findChild<RowTableView *>();
        QCOMPARE(table->model()->index(0, VersionTable::Version).data().toString(), u"1.10.0"_s);
        QCOMPARE(table->model()->index(1, VersionTable::Version).data().toString(), u"1.2.0"_s);
        QCOMPARE(scene.page()->version()->version, u"1.10.0"_s);
        scene.choose(u"1.0.0"_s);
        QCOMPARE(scene.page()->version()->version, u"1.0.0"_s);
        auto *comment = named<QPlainTextEdit>(scene.page(), u"Comment"_s);
        QCOMPARE(comment->toPlainText(), u"the first"_s);
        auto *files = named<RowTableView>(scene.page(), u"Files of the version"_s);
        QVERIFY(files);
        QCOMPARE(files->model()->index(0, AssetTable::Name).data().toString(), u"weights.bin"_s);
        table->setFocus();
        scene.key(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"1.0.0\tStaging"_s));
    }

    void theSourceIsALinkIntoTheBrowser()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        QTRY_COMPARE(scene.page()->model().experiment(scene.experiment).state, SourceExperiment::State::Known);
        auto *table = scene.page()->findChild<RowTableView *>();
        table->setFocus();
        scene.key(Qt::Key_Return);
        QVERIFY(scene.isAt({u"lab"_s, scene.project.workspace, scene.project.name, scene.experiment}));
    }

    void stagesAreAddedAndRemoved()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        QLineEdit *field = stageField(scene.page());
        QVERIFY(field);
        // Stages in use are offered.
        field->completer()->setCompletionPrefix(u"prod"_s);
        QCOMPARE(field->completer()->currentCompletion(), u"Production"_s);
        QTest::keyClicks(field, u"canary"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(scene.stages(u"1.10.0"_s), QStringList{u"canary"_s});
        QTRY_VERIFY(named<QWidget>(scene.page(), u"Stage canary"_s));
        QCOMPARE(field->text(), QString());

        QTest::keyClicks(field, u"canary"_s); // a second time
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(notes(scene.page()), QStringList{u"“canary” is there already."_s});
        field->clear();

        auto *chip = named<QWidget>(scene.page(), u"Stage canary"_s);
        chip->setFocus();
        QTest::keyClick(chip, Qt::Key_Delete);
        QTRY_COMPARE(scene.stages(u"1.10.0"_s), QStringList());
        QTRY_VERIFY(!named<QWidget>(scene.page(), u"Stage canary"_s));
        scene.house.action(Actions::Undo)->trigger();
        QTRY_COMPARE(scene.stages(u"1.10.0"_s), QStringList{u"canary"_s});
        QTRY_VERIFY(named<QToolButton>(scene.page(), u"Remove Stage canary"_s));
        QTest::mouseClick(named<QToolButton>(scene.page(), u"Remove Stage canary"_s), Qt::LeftButton);
        QTRY_COMPARE(scene.stages(u"1.10.0"_s), QStringList());
    }

    void oddStages_data()
    {
        QTest::addColumn<QString>("stage");
        QTest::newRow("slash") << u"a/b"_s;
        QTest::newRow("spaces") << u"to be looked at"_s;
        QTest::newRow("query") << u"a&stage=b#c%20+"_s;
        QTest::newRow("emoji") << u"🚀"_s;
        QTest::newRow("markup") << u"<b>b</b>"_s;
        QTest::newRow("right to left") << u"שלום"_s;
        QTest::newRow("long") << QString(300, u'x');
    }
    void oddStages()
    {
        QFETCH(QString, stage);
        RegistryScene scene;
        QVERIFY(scene.openModel());
        scene.house.action(Actions::AddStage)->trigger();
        QLineEdit *field = stageField(scene.page());
        QVERIFY(field->hasFocus());
        field->setText(stage);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(scene.stages(u"1.10.0"_s), QStringList{stage});
        auto *chip = named<QWidget>(scene.page(), u"Stage "_s + stage);
        QTRY_VERIFY((chip = named<QWidget>(scene.page(), u"Stage "_s + stage)));
        QVERIFY(chip->width() < 300); // elided, however long it is
        chip->setFocus();
        QTest::keyClick(chip, Qt::Key_Delete);
        QTRY_COMPARE(scene.stages(u"1.10.0"_s), QStringList());
    }

    void aRefusedStageIsSaidWhereItWasTyped()
    {
        Alone alone;
        alone.server.script("write/registry-model/item/stage", {FaultServer::failure(400, "Stages hold no such letters")});
        alone.open();
        QVERIFY(alone.isLoaded());
        QLineEdit *field = stageField(&alone.page);
        field->setText(u"bad"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(notes(&alone.page).size(), 1);
        QVERIFY2(notes(&alone.page).first().contains(u"Stages hold no such letters"_s), qPrintable(notes(&alone.page).first()));
        QCOMPARE(alone.server.count("write/registry-model/item/stage"), 1); // never by itself again
    }

    void theCommentIsEditedInPlace()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        scene.choose(u"1.0.0"_s);
        scene.house.action(Actions::EditComment)->trigger();
        auto *comment = named<QPlainTextEdit>(scene.page(), u"Comment"_s);
        QVERIFY(comment->hasFocus());
        QVERIFY(!button(scene.page(), u"Save Comment"_s));
        QTest::keyClicks(comment, u"better <b>now</b>"_s); // in place of what was selected
        QVERIFY(button(scene.page(), u"Save Comment"_s));
        // Another version and back: what was typed is there.
        scene.choose(u"1.2.0"_s);
        QCOMPARE(comment->toPlainText(), QString());
        scene.choose(u"1.0.0"_s);
        QCOMPARE(comment->toPlainText(), u"better <b>now</b>"_s);
        comment->setFocus();
        QTest::keyClick(comment, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(scene.version(u"1.0.0"_s)[u"comment"_s].toString(), u"better <b>now</b>"_s);
        QTRY_VERIFY(!button(scene.page(), u"Save Comment"_s));
        QTest::keyClicks(comment, u"!"_s);
        QVERIFY(press(scene.page(), u"Revert"_s));
        QCOMPARE(comment->toPlainText(), u"better <b>now</b>"_s);
    }

    void aTypedCommentOutlivesPageAndName()
    {
        Alone alone;
        alone.open();
        QVERIFY(alone.isLoaded());
        named<QPlainTextEdit>(&alone.page, u"Comment"_s)->setPlainText(u"typed, not saved"_s);
        // The model was renamed meanwhile; its versions are the same.
        Session *session = alone.sessions.find(u"lab"_s);
        alone.page.setModel(session, u"w"_s, u"renamed"_s);
        QVERIFY(alone.isLoaded());
        QTRY_COMPARE(named<QPlainTextEdit>(&alone.page, u"Comment"_s)->toPlainText(), u"typed, not saved"_s);
        // The next start.
        alone.page.setModel(nullptr, {}, {});
        ModelPage next(alone.changes, alone.settings, nullptr);
        next.show();
        next.setModel(session, u"w"_s, u"net"_s);
        QTRY_VERIFY(next.version());
        QCOMPARE(named<QPlainTextEdit>(&next, u"Comment"_s)->toPlainText(), u"typed, not saved"_s);
        QVERIFY(press(&next, u"Revert"_s));
        QCOMPARE(named<QPlainTextEdit>(&next, u"Comment"_s)->toPlainText(), u"before"_s);
        next.setModel(nullptr, {}, {});
        alone.page.setModel(session, u"w"_s, u"net"_s);
        QVERIFY(alone.isLoaded());
        QCOMPARE(named<QPlainTextEdit>(&alone.page, u"Comment"_s)->toPlainText(), u"before"_s);
    }

    void theStatusIsSetWhereTheServerHasOne()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        auto *status = named<QComboBox>(scene.page(), u"Status"_s);
        QVERIFY(status);
        QTRY_VERIFY(status->findText(u"Production"_s) >= 0);
        QVERIFY(status->isEnabled());
        status->setFocus();
        while (status->currentText() != u"Production"_s)
            QTest::keyClick(status, Qt::Key_Down);
        QTRY_COMPARE(scene.version(u"1.10.0"_s)[u"status"_s].toString(), u"Production"_s);

        Alone old;
        old.open();
        QVERIFY(old.isLoaded());
        QVERIFY(!named<QComboBox>(&old.page, u"Status"_s));
    }

    void theModelIsRenamedAndPublished()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        scene.house.action(Actions::EditModel)->trigger();
        auto *dialog = shown<ModelDialog>(scene.house.window);
        QVERIFY(dialog);
        QVERIFY(!button(dialog, u"Save Changes"_s)->isEnabled());
        auto *name = dialog->findChild<QLineEdit *>();
        name->setText(u"!!!"_s);
        QCOMPARE(notes(dialog), QStringList{u"A name needs a letter or a digit."_s});
        QVERIFY(!button(dialog, u"Save Changes"_s)->isEnabled());
        name->setText(u"Digits (v2)"_s);
        QCOMPARE(notes(dialog), QStringList{u"It will be called “digits-v2”."_s});
        dialog->findChild<QCheckBox *>()->click();
        dialog->findChild<QPlainTextEdit *>()->setPlainText(u"new"_s);
        QVERIFY(press(dialog, u"Save Changes"_s));
        QVERIFY(scene.isAt(scene.model(u"digits-v2"_s))); // the window moves along
        QTRY_COMPARE(scene.page()->model().state(), RegisteredModel::State::Loaded);
        const QJsonObject now = scene.project.registered(u"digits-v2"_s);
        QCOMPARE(now[u"description"_s].toString(), u"new"_s);
        QCOMPARE(now[u"isPublic"_s].toBool(), true);
        // The history knows the new name only.
        for (const Place &place : scene.house.window.navigator().recent())
            QVERIFY(place.model != u"net"_s);
    }

    void deletingAModelIsGuarded()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        scene.house.action(Actions::DeleteModel)->trigger();
        auto *question = shown<ConfirmDialog>(scene.house.window);
        QVERIFY(question);
        QVERIFY(!press(question, u"Delete Model"_s)); // not before its name is typed
        QTest::keyClicks(question->findChild<QLineEdit *>(), u"net"_s);
        QVERIFY(press(question, u"Delete Model"_s));
        QVERIFY(scene.isAt(scene.registry()));
        QTRY_COMPARE(scene.project.registeredModels().size(), 0);
    }

    void deletingAVersionIsGuarded()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        scene.choose(u"1.2.0"_s);
        scene.house.action(Actions::DeleteVersion)->trigger();
        auto *question = shown<ConfirmDialog>(scene.house.window);
        QVERIFY(question);
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(scene.house.window.findChildren<ConfirmDialog *>().isEmpty());
        QVERIFY(!scene.version(u"1.2.0"_s).isEmpty());
        scene.house.action(Actions::DeleteVersion)->trigger();
        question = shown<ConfirmDialog>(scene.house.window);
        QVERIFY(question);
        QVERIFY(!press(question, u"Delete Version"_s));
        QTest::keyClicks(question->findChild<QLineEdit *>(), u"1.2.0"_s);
        QVERIFY(press(question, u"Delete Version"_s));
        QTRY_VERIFY(scene.version(u"1.2.0"_s).isEmpty());
        QTRY_COMPARE(scene.page()->model().details().versions.size(), std::size_t(2));
        QVERIFY(scene.page()->version()); // another is chosen
    }

    void notesAreWritten()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        auto *tabs = scene.page()->findChild<QTabWidget *>();
        tabs->setCurrentIndex(1);
        auto *editor = scene.page()->findChild<NotesEditor *>();
        QTRY_COMPARE(editor->notes().state(), Notes::State::Ready);
        QCOMPARE(scene.house.window.pages().notesShown(), editor);
        auto *text = editor->findChild<QPlainTextEdit *>();
        text->setFocus();
        QTest::keyClicks(text, u"# What it is"_s);
        QCOMPARE(tabs->tabText(1), u"Notes •"_s);
        QTRY_VERIFY(scene.house.action(Actions::SaveNotes)->isEnabled());
        scene.house.action(Actions::SaveNotes)->trigger();
        QTRY_VERIFY(!editor->isEdited());
        QCOMPARE(tabs->tabText(1), u"Notes"_s);
        scene.house.action(Actions::OpenRegistry)->trigger();
        QVERIFY(scene.isAt(scene.registry()));
    }

    void downloadsBeginWithTheChosenVersion()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        scene.choose(u"1.2.0"_s);
        scene.house.action(Actions::DownloadVersion)->trigger();
        auto *dialog = shown<DownloadDialog>(scene.house.window);
        QVERIFY(dialog);
        QVERIFY(dialog->findChild<QComboBox *>()->currentText().contains(u"1.2.0"_s));
        dialog->reject();
        QSignalSpy files(scene.page(), &ModelPage::assetsChosen);
        QTRY_VERIFY(scene.house.window.findChildren<DownloadDialog *>().isEmpty());
        QVERIFY(press(scene.page(), u"Download File"_s));
        QCOMPARE(files.count(), 1);
        QCOMPARE(files.first().first().toString(), scene.experiment);
        QVERIFY(shown<DownloadDialog>(scene.house.window));
    }

    void nothingIsWrittenToAReadOnlyServer()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel(true));
        QVERIFY(!stageField(scene.page()));
        QVERIFY(named<QPlainTextEdit>(scene.page(), u"Comment"_s)->isReadOnly());
        scene.choose(u"1.0.0"_s);
        auto *chip = named<QWidget>(scene.page(), u"Stage Staging"_s);
        QVERIFY(chip);
        chip->setFocus();
        QTest::keyClick(chip, Qt::Key_Delete);
        QVERIFY(!named<QToolButton>(scene.page(), u"Remove Stage Staging"_s));
        for (const Actions::Id id : {Actions::EditModel, Actions::AddStage, Actions::EditComment,
                 Actions::DeleteVersion, Actions::DeleteModel})
            QVERIFY(!scene.house.action(id)->isEnabled());
        QVERIFY(scene.house.action(Actions::DownloadVersion)->isEnabled());
        QCOMPARE(scene.stages(u"1.0.0"_s), QStringList{u"Staging"_s});
    }

    void aModelThatIsNotThere()
    {
        RegistryScene scene;
        QVERIFY(scene.open(scene.model(u"nothing"_s)));
        QTRY_VERIFY(scene.house.state() && button(scene.house.state(), u"Go to the Registry"_s));
        QVERIFY(!scene.house.action(Actions::DeleteModel)->isEnabled());
        QVERIFY(press(scene.house.state(), u"Go to the Registry"_s));
        QVERIFY(scene.isAt(scene.registry()));
    }

    void errorsAreSaidAndRetried()
    {
        Alone alone;
        alone.server.script("registry-model/details",
            {FaultServer::failure(403), FaultServer::json(R"({"registryModelId": "m", "modelName": "net", "versions": []})")});
        alone.open();
        QTRY_COMPARE(alone.page.model().state(), RegisteredModel::State::Failed);
        QVERIFY(press(&alone.page, u"Retry"_s));
        QTRY_COMPARE(alone.page.model().state(), RegisteredModel::State::Loaded);
        bool saysSo = false;
        for (const QLabel *label : alone.page.findChildren<QLabel *>())
            saysSo = saysSo || (label->isVisible() && label->text() == u"No versions yet"_s);
        QVERIFY(saysSo);
    }

    void everythingHasAName()
    {
        RegistryScene scene;
        QVERIFY(scene.openModel());
        for (const QWidget *widget : scene.page()->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->objectName().startsWith(u"qt_"_s)
                || qobject_cast<const QPushButton *>(widget))
                continue;
            const QString where = QLatin1StringView(widget->metaObject()->className()) + u" in "_s
                + QLatin1StringView(widget->parentWidget()->metaObject()->className());
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(where));
        }
    }
};

QTEST_MAIN(ModelPageTest)
#include "tst_modelpage.moc"
