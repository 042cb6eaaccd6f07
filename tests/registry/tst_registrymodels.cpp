// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/registry/registeredmodel.h"
#include "models/registry/registrytable.h"
#include "models/registry/semanticversion.h"
#include "models/session/sessions.h"
#include "tests/support/faultserver.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using State = RegisteredModel::State;

namespace {

api::ModelVersion versionOf(const QString &number, const QStringList &stages = {})
{
    api::ModelVersion version;
    version.id = u"id-"_s + number;
    version.version = number;
    version.stages = stages;
    return version;
}

const QByteArray details
    = R"({"registryModelId": "m1", "modelName": "net", "description": "d", "isPublic": true, "numberOfVersions": 3,
  "versions": [
    {"registryModelItemId": "a", "version": "1.2.0", "stages": ["x/y"], "comment": "c",
     "experimentModel": {"experimentKey": "k1", "experimentModelId": "e1", "experimentModelName": "net"}},
    {"registryModelItemId": "b", "version": "1.10.0", "stages": [], "experimentModel": {"experimentKey": "k2"}},
    {"registryModelItemId": "c", "version": "1.10.0-rc.1", "stages": null, "comment": null}]})";

// A model on a server that answers as told.
struct Scene
{
    FaultServer server;
    Sessions sessions;
    Session *session = nullptr;
    RegisteredModel model;
    QAbstractItemModelTester tester{&model.versions(), QAbstractItemModelTester::FailureReportingMode::QtTest};
    QSignalSpy failed{&model, &RegisteredModel::refreshFailed};

    Scene()
    {
        Profile profile;
        profile.id = u"lab"_s;
        profile.root = server.url();
        session = sessions.add(profile, u"key"_s);
        server.setDefault(FaultServer::failure(404));
    }
};

} // namespace

class RegistryModelsTest : public QObject
{
    Q_OBJECT

private slots:
    void versionsInTheOrderOfSemver()
    {
        // The chain of semver.org 11, and what is none before all of it.
        const QStringList chain{u"latest"_s, u"1.0.0-alpha"_s, u"1.0.0-alpha.1"_s, u"1.0.0-alpha.beta"_s,
            u"1.0.0-beta"_s, u"1.0.0-beta.2"_s, u"1.0.0-beta.11"_s, u"1.0.0-rc.1"_s, u"1.0.0"_s, u"1.2.0"_s,
            u"1.10.0"_s, u"99999999999999999999.0.0"_s};
        for (int i = 0; i < chain.size(); ++i) {
            for (int j = 0; j < chain.size(); ++j) {
                const int order = semantic::compare(chain[i], chain[j]);
                QVERIFY2((order < 0) == (i < j) && (order == 0) == (i == j), qPrintable(chain[i] + u' ' + chain[j]));
            }
        }
        QCOMPARE(semantic::compare(u"1.0.0+a"_s, u"1.0.0+b"_s), 0); // the build does not count
    }

    void theNextVersion()
    {
        QCOMPARE(semantic::next({}), u"1.0.0"_s);
        QCOMPARE(semantic::next({u"latest"_s}), u"1.0.0"_s);
        QCOMPARE(semantic::next({u"1.2.0"_s, u"1.10.9"_s, u"1.9.0"_s}), u"1.10.10"_s);
        QCOMPARE(semantic::next({u"2.0.0-rc.1"_s, u"1.0.0"_s}), u"2.0.0"_s);
        QCOMPARE(semantic::next({u"1.0.99999999999999999999"_s}), u"1.0.100000000000000000000"_s);
    }

    void theTableOfModels()
    {
        RegistryTable table;
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        api::RegistryModel net;
        net.id = u"1"_s;
        net.name = u"net"_s;
        net.versionCount = 12;
        net.isPublic = true;
        net.description = u"<b>two</b>\nlines"_s;
        net.versions = {versionOf(u"1.2.0"_s, {u"a/b"_s, QString(300, u'x')})};
        api::RegistryModel bare;
        bare.id = u"2"_s;
        bare.name = u"🚀"_s;
        table.setModels({net, bare});
        QCOMPARE(table.rowCount(), 2);
        const auto text = [&table](int row, int column) { return table.index(row, column).data().toString(); };
        QCOMPARE(text(0, RegistryTable::Versions), u"12"_s);
        QCOMPARE(text(0, RegistryTable::Latest), u"1.2.0"_s);
        QCOMPARE(text(0, RegistryTable::Visibility), u"Public"_s);
        QVERIFY(!text(0, RegistryTable::Description).contains(u'\n'));
        QCOMPARE(table.row(0).stages.size(), 2);
        QCOMPARE(text(1, RegistryTable::Latest), u"–"_s);
        QCOMPARE(text(1, RegistryTable::Visibility), u"Private"_s);
        table.setModels({bare});
        QCOMPARE(text(0, RegistryTable::Name), u"🚀"_s);
        table.setModels({});
        QCOMPARE(table.rowCount(), 0);
    }

    void theHighestVersionComesFirst()
    {
        Scene scene;
        scene.server.script("registry-model/details", {FaultServer::json(details)});
        scene.server.script("registry-model",
            {FaultServer::json(R"({"registryModels": [{"registryModelId": "m2", "modelName": "other",
                "latestVersion": {"registryModelItemId": "z", "version": "1.0.0", "stages": ["Around"]}}]})")});
        scene.server.script("registry-model/allowed_status_values",
            {FaultServer::failure(404)}); // of an older server
        scene.model.setModel(scene.session, u"w"_s, u"net"_s);
        QCOMPARE(scene.model.state(), State::Loading);
        QTRY_COMPARE(scene.model.state(), State::Loaded);
        QStringList shown;
        for (const VersionRow &row : scene.model.versions().rows())
            shown += row.version;
        QCOMPARE(shown, QStringList({u"1.10.0"_s, u"1.10.0-rc.1"_s, u"1.2.0"_s}));
        QTRY_COMPARE(scene.model.stagesInUse(), QStringList({u"Around"_s, u"x/y"_s}));
        QVERIFY(scene.model.allowedStatuses().isEmpty());
        // What the versions come from is asked for, and gone where the server does not know it.
        QTRY_COMPARE(scene.model.experiment(u"k1"_s).state, SourceExperiment::State::Gone);
        QVERIFY(scene.model.version(u"a"_s));
        QVERIFY(!scene.model.version(u"nothing"_s));
    }

    void whatIsLoadedSurvivesAFailedRefresh()
    {
        Scene scene;
        scene.server.script("registry-model/details",
            {FaultServer::json(details), FaultServer::failure(400, "half"), FaultServer::json("{\"registryModelId\": ")});
        scene.model.setModel(scene.session, u"w"_s, u"net"_s);
        QTRY_COMPARE(scene.model.state(), State::Loaded);
        scene.model.refresh();
        QTRY_COMPARE(scene.failed.count(), 1);
        scene.model.refresh();
        QTRY_COMPARE(scene.failed.count(), 2);
        QCOMPARE(scene.model.state(), State::Loaded);
        QCOMPARE(scene.model.versions().rowCount(), 3);
        scene.model.setModel(scene.session, u"w"_s, u"other"_s);
        QCOMPARE(scene.model.versions().rowCount(), 0);
        QTRY_COMPARE(scene.model.state(), State::Failed);
        QVERIFY(!scene.model.isGone());
        QVERIFY(!scene.model.error().sentence().isEmpty());
    }

    void aModelThatIsGone()
    {
        Scene scene;
        FaultServer::Answer none = FaultServer::failure(400);
        none.body = R"({"msg": "no such model", "code": 400, "sdk_error_code": 42008})";
        scene.server.script("registry-model/details", {FaultServer::json(details), none});
        scene.model.setModel(scene.session, u"w"_s, u"net"_s);
        QTRY_COMPARE(scene.model.state(), State::Loaded);
        scene.model.refresh(); // somebody has deleted it meanwhile
        QTRY_COMPARE(scene.model.state(), State::Failed);
        QVERIFY(scene.model.isGone());
        QCOMPARE(scene.failed.count(), 0);
    }
};

QTEST_GUILESS_MAIN(RegistryModelsTest)
#include "tst_registrymodels.moc"
