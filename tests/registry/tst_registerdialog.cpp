// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/registry/scene.h"
#include "tests/support/faultserver.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>

using namespace Qt::StringLiterals;

namespace {

// The field of the row that is called so; null where it is not shown.
template<class Widget>
Widget *field(const QDialog *dialog, const QString &label)
{
    for (const QFormLayout *form : dialog->findChildren<QFormLayout *>()) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const QLayoutItem *of = form->itemAt(row, QFormLayout::LabelRole);
            const auto *text = of ? qobject_cast<QLabel *>(of->widget()) : nullptr;
            if (!text || !text->isVisible() || text->text().remove(u'&') != label)
                continue;
            QWidget *widget = form->itemAt(row, QFormLayout::FieldRole)->widget();
            if (auto *exact = qobject_cast<Widget *>(widget))
                return exact;
            return widget->findChild<Widget *>();
        }
    }
    return nullptr;
}

struct Scene : RegistryScene
{
    using RegistryScene::RegistryScene;

    // From the page of the experiment, by the menu.
    RegisterDialog *openDialog()
    {
        if (!open({u"lab"_s, project.workspace, project.name, experiment})
            || !QTest::qWaitFor([this] { return house.action(Actions::RegisterModel)->isEnabled(); }))
            return nullptr;
        house.action(Actions::RegisterModel)->trigger();
        auto *dialog = shown<RegisterDialog>(house.window);
        return dialog && QTest::qWaitFor([dialog] { return field<QComboBox>(dialog, u"Logged model"_s); }) ? dialog : nullptr;
    }
};

} // namespace

class RegisterDialogTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void aNewModelIsRegistered()
    {
        Scene scene(false);
        RegisterDialog *dialog = scene.openDialog();
        QVERIFY(dialog);
        auto *models = field<QComboBox>(dialog, u"Logged model"_s);
        QCOMPARE(models->count(), 2);
        models->setCurrentIndex(models->findText(u"My Net (v2)"_s));
        auto *name = field<QLineEdit>(dialog, u"Register as"_s);
        QCOMPARE(name->text(), u"my-net-v2"_s); // as it will be called
        QVERIFY(notes(dialog).contains(u"A new model."_s));
        name->setText(u"Straße & Nets!"_s);
        QVERIFY(!notes(dialog).filter(u"it will be called"_s).isEmpty());
        name->setText(u"---"_s);
        QVERIFY(notes(dialog).contains(u"A name needs a letter or a digit."_s));
        QVERIFY(!button(dialog, u"Register Model"_s)->isEnabled());
        name->setText(u"My Net (v2)"_s);
        QVERIFY(notes(dialog).contains(u"A new model; it will be called “my-net-v2”."_s));

        auto *version = field<QLineEdit>(dialog, u"Version"_s);
        QCOMPARE(version->text(), u"1.0.0"_s);
        for (const QString &bad : {u""_s, u"1"_s, u"1.0"_s, u"v1.0.0"_s, u"1.0.0 beta"_s, u"01.0.0"_s}) {
            version->setText(bad);
            QVERIFY2(!notes(dialog).filter(u"three numbers"_s).isEmpty(), qPrintable(bad));
            QVERIFY(!button(dialog, u"Register Model"_s)->isEnabled());
        }
        version->setText(u"2.0.0-rc.1"_s);
        auto *stage = named<QLineEdit>(dialog, u"Add stage"_s);
        QTest::keyClicks(stage, u"a/b c"_s);
        QTest::keyClick(stage, Qt::Key_Return);
        QTRY_VERIFY(named<QWidget>(dialog, u"Stage a/b c"_s));
        QVERIFY(dialog->isVisible()); // Return was for the stage
        field<QPlainTextEdit>(dialog, u"Comment"_s)->setPlainText(u"first\ntry"_s);
        field<QLineEdit>(dialog, u"Description"_s)->setText(u"<i>what</i> it is"_s);
        field<QCheckBox>(dialog, u"Visibility"_s)->click();
        QVERIFY(press(dialog, u"Register Model"_s));
        QTRY_VERIFY(scene.house.window.findChildren<RegisterDialog *>().isEmpty());
        const QJsonObject made = scene.project.registered(u"my-net-v2"_s);
        QCOMPARE(made[u"description"_s].toString(), u"<i>what</i> it is"_s);
        QCOMPARE(made[u"isPublic"_s].toBool(), true);
        const QJsonObject item = scene.version(u"2.0.0-rc.1"_s, u"my-net-v2"_s);
        QCOMPARE(item[u"comment"_s].toString(), u"first\ntry"_s);
        QCOMPARE(item[u"stages"_s].toArray(), QJsonArray{u"a/b c"_s});
    }

    void aVersionIsAdded()
    {
        Scene scene;
        RegisterDialog *dialog = scene.openDialog();
        QVERIFY(dialog);
        auto *models = field<QComboBox>(dialog, u"Logged model"_s);
        models->setCurrentIndex(models->findText(u"net"_s));
        auto *version = field<QLineEdit>(dialog, u"Version"_s);
        QTRY_COMPARE(version->text(), u"1.10.1"_s); // after the highest of all
        QVERIFY(!field<QLineEdit>(dialog, u"Description"_s)); // it has its own
        QVERIFY(!notes(dialog).filter(u"Registered already as"_s).isEmpty());
        version->setText(u"1.2.0"_s);
        QTRY_VERIFY(notes(dialog).contains(u"“net” has a version 1.2.0 already."_s)); // when all are known
        QVERIFY(!button(dialog, u"Register Model"_s)->isEnabled());
        // An older number that is not used is allowed, and said.
        version->setText(u"1.3.0"_s);
        QVERIFY(!notes(dialog).filter(u"1.10.0"_s).isEmpty());
        QVERIFY(button(dialog, u"Add Version 1.3.0"_s)->isEnabled());
        version->setText(u"1.11.0"_s);
        QVERIFY(notes(dialog).filter(u"1.10.0"_s).size() <= 1);
        QTest::keyClick(version, Qt::Key_Return);
        QTRY_VERIFY(scene.house.window.findChildren<RegisterDialog *>().isEmpty());
        QVERIFY(!scene.version(u"1.11.0"_s).isEmpty());
    }

    void whatTheServerRefusesIsSaid()
    {
        Scene scene;
        RegisterDialog *dialog = scene.openDialog();
        QVERIFY(dialog);
        auto *models = field<QComboBox>(dialog, u"Logged model"_s);
        models->setCurrentIndex(models->findText(u"net"_s));
        auto *version = field<QLineEdit>(dialog, u"Version"_s);
        QTRY_COMPARE(version->text(), u"1.10.1"_s);
        // Somebody else is faster.
        scene.project.registerModel(scene.modelId, u"net"_s, u"1.10.1"_s, false);
        const QStringList before = notes(dialog);
        QVERIFY(press(dialog, u"Add Version 1.10.1"_s));
        QTRY_COMPARE(notes(dialog).size(), before.size() + 1);
        QVERIFY(dialog->isVisible());
        QCOMPARE(version->text(), u"1.10.1"_s); // nothing is lost
        version->setText(u"1.10.2"_s);
        QVERIFY(press(dialog, u"Add Version 1.10.2"_s));
        QTRY_VERIFY(scene.house.window.findChildren<RegisterDialog *>().isEmpty());
    }

    void anExperimentWithoutModels()
    {
        Scene scene;
        const QString bare = scene.project.addExperiment(u"bare"_s);
        QVERIFY(scene.open({u"lab"_s, scene.project.workspace, scene.project.name, bare}));
        QTRY_VERIFY(scene.house.action(Actions::RegisterModel)->isEnabled());
        scene.house.action(Actions::RegisterModel)->trigger();
        auto *dialog = shown<RegisterDialog>(scene.house.window);
        QVERIFY(dialog);
        const auto says = [dialog](const QString &title) {
            for (const QLabel *label : dialog->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text() == title)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says(u"This experiment has logged no model"_s));
        QVERIFY(!button(dialog, u"Register Model"_s)->isEnabled());
    }

    void errorsAreSaidAndRetried()
    {
        FaultServer server;
        server.setDefault(FaultServer::failure(404));
        server.script("experiment/model", {FaultServer::failure(403),
            FaultServer::json(R"({"models": [{"experimentModelId": "e", "experimentModelName": "net", "experimentKey": "k"}]})")});
        server.script("registry-model", {FaultServer::json(R"({"registryModels": []})")});
        Sessions sessions;
        Tasks tasks;
        Changes changes(sessions, tasks, QString());
        Profile profile;
        profile.id = u"lab"_s;
        profile.root = server.url();
        RegisterDialog dialog(changes, sessions.add(profile, u"key"_s), {u"w"_s, u"k"_s, u"trained"_s}, nullptr);
        dialog.show();
        QTRY_VERIFY(button(&dialog, u"Retry"_s));
        QVERIFY(press(&dialog, u"Retry"_s));
        QTRY_VERIFY(field<QComboBox>(&dialog, u"Logged model"_s));
        QVERIFY(button(&dialog, u"Register Model"_s)->isEnabled());
    }

    void notOnAReadOnlyServer()
    {
        Scene scene;
        QVERIFY(scene.open({u"lab"_s, scene.project.workspace, scene.project.name, scene.experiment}, true));
        QTRY_VERIFY(scene.house.action(Actions::DownloadModel)->isEnabled());
        QVERIFY(!scene.house.action(Actions::RegisterModel)->isEnabled());
    }
};

QTEST_MAIN(RegisterDialogTest)
#include "tst_registerdialog.moc"
