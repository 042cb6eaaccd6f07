// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/decode.h"

#include <QTest>

using namespace api;
using namespace Qt::StringLiterals;

namespace {

template<class T>
QString problem(const Result<T> &result)
{
    return result ? u"no problem"_s : result.error().message;
}

} // namespace

class TestDecodeRegistry : public QObject
{
    Q_OBJECT
private slots:
    void readsAcknowledgements_data();
    void readsAcknowledgements();
    void readsIdsThatAWriteGaveOut();
    void readsModelsOfAWorkspace();
    void readsDetails();
    void takesWhatIsMissing();
    void saysWhereItDoesNotFit();
    void readsModelsOfAnExperiment();
    void readsShareKeysAndFiles();
};

void TestDecodeRegistry::readsAcknowledgements_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isDone");
    QTest::addColumn<QString>("message");

    const auto row = [](const char *name, const QByteArray &body, bool isDone, const QString &message) {
        QTest::newRow(name) << body << isDone << message;
    };
    row("saved", R"({"msg": "saved", "code": 200, "data": null, "sdk_error_code": 0})", true, u"saved"_s);
    row("short", R"({"msg": "Archived"})", true, u"Archived"_s);
    row("empty", "", true, u""_s);
    row("empty object", "{}", true, u""_s);
    row("a word", "OK", true, u"OK"_s);
    row("null", "null", true, u"null"_s);
    row("refused with status 200", R"({"msg": "no such model", "code": 400, "sdk_error_code": 42008})", false, u"no such model"_s);
    row("refused by code alone", R"({"msg": "no", "sdkErrorCode": 90212})", false, u"no"_s);
    row("half", R"({"msg": "sav)", false, {});
    row("a page to sign in at", "<!DOCTYPE html><html><body>Sign in</body></html>", false, {});
}

void TestDecodeRegistry::readsAcknowledgements()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isDone);
    QFETCH(QString, message);
    const Result<Acknowledgement> result = decode::acknowledgement(body);
    QCOMPARE(bool(result), isDone);
    if (isDone)
        QCOMPARE(result.value().message, message);
    else if (!message.isNull())
        QCOMPARE(result.error().message, message);
}

void TestDecodeRegistry::readsIdsThatAWriteGaveOut()
{
    const Result<Acknowledgement> result = decode::acknowledgement(
        R"({"projectId": "p1", "shareCode": "s1", "registryModelId": "m1", "registryModelItemId": "i1", "more": [1]})");
    QVERIFY2(result, qPrintable(problem(result)));
    QCOMPARE(result.value().projectId, u"p1"_s);
    QCOMPARE(result.value().shareCode, u"s1"_s);
    QCOMPARE(result.value().registryModelId, u"m1"_s);
    QCOMPARE(result.value().registryModelItemId, u"i1"_s);
}

void TestDecodeRegistry::readsModelsOfAWorkspace()
{
    const auto result = decode::registryModels(
        R"({"registryModels": [{"registryModelId": "m1", "modelName": "net", "description": "d\u00e9", "numberOfVersions": 2,
            "isPublic": true, "latestVersion": {"registryModelItemId": "i2", "version": "1.0.1", "comment": "c",
            "stages": ["Production", "a b"], "userName": "u", "createdAt": 5, "lastUpdated": 6,
            "experimentModel": {"experimentModelId": "e1", "experimentModelName": "en", "experimentKey": "k"}},
            "userName": "u", "createdAt": 1587671932216, "lastUpdated": 1587671932217},
            {"modelName": "bare", "latestVersion": null, "description": null}]})");
    QVERIFY2(result, qPrintable(problem(result)));
    const RegistryModel &net = result.value()[0];
    QCOMPARE(net.id, u"m1"_s);
    QCOMPARE(net.description, u"dé"_s);
    QCOMPARE(net.versionCount, 2);
    QVERIFY(net.isPublic);
    QCOMPARE(net.updated, 1587671932217);
    QCOMPARE(net.versions.size(), std::size_t(1));
    const ModelVersion &latest = net.versions[0];
    QCOMPARE(latest.version, u"1.0.1"_s);
    QCOMPARE(latest.stages, (QStringList{u"Production"_s, u"a b"_s}));
    QCOMPARE(latest.experimentKey, u"k"_s);
    QCOMPARE(latest.experimentModelName, u"en"_s);
    QVERIFY(latest.status.isNull());
    QVERIFY(result.value()[1].versions.empty());
    QCOMPARE(decode::registryModelCount(R"({"registryModelCount": 7})").value(), 7);
}

void TestDecodeRegistry::readsDetails()
{
    const auto result = decode::registryModelDetails(
        R"({"registryModelId": "m1", "workspaceId": "w", "modelName": "net", "versions": [
            {"registryModelItemId": "i1", "version": "1.0.0", "stages": [], "status": "Approved", "restApiUrl": "x",
             "assets": [{"assetId": "a1", "fileName": "d/weights.bin", "fileSize": 12, "type": null, "createdAt": 3}]},
            {"version": "2.0.0", "tags": ["t"], "experimentModel": null, "assets": null}]})");
    QVERIFY2(result, qPrintable(problem(result)));
    const std::vector<ModelVersion> &versions = result.value().versions;
    QCOMPARE(versions.size(), std::size_t(2));
    QCOMPARE(versions[0].status, u"Approved"_s);
    QCOMPARE(versions[0].assets[0].name, u"d/weights.bin"_s);
    QCOMPARE(versions[0].assets[0].type, u"asset"_s);
    QCOMPARE(versions[0].assets[0].size, 12);
    QCOMPARE(versions[1].stages, QStringList{u"t"_s});
    QVERIFY(versions[1].experimentKey.isEmpty());
}

void TestDecodeRegistry::takesWhatIsMissing()
{
    QVERIFY(decode::registryModels(R"({"registryModels": null})").value().empty());
    QVERIFY(decode::experimentModels(R"({"models": null})").value().empty());
    QVERIFY(decode::notes(R"({"notes": null})").value().isEmpty());
    const auto bare = decode::registryModelDetails(R"({"modelName": "net"})");
    QVERIFY2(bare, qPrintable(problem(bare)));
    QVERIFY(bare.value().versions.empty());
    QCOMPARE(decode::assets(R"({"assets": [{"assetId": "a"}]})").value()[0].size, -1);
}

void TestDecodeRegistry::saysWhereItDoesNotFit()
{
    QCOMPARE(problem(decode::registryModels(R"({"registryModels": [{"modelName": "a"}, {"modelName": "b", "createdAt": "x"}]})")),
        u"registryModels[1].createdAt: a number was expected"_s);
    QCOMPARE(problem(decode::registryModels(R"({"models": []})")), u"registryModels is missing"_s);
    QCOMPARE(problem(decode::registryModelDetails(R"({"modelName": "a", "versions": [{"comment": "c"}]})")),
        u"versions[0]: version is missing"_s);
    QCOMPARE(problem(decode::assets(R"({"assets": [{"fileName": "x"}]})")), u"assets[0]: assetId is missing"_s);
    QVERIFY(!decode::registryModels("[]"));
    QVERIFY(!decode::registryModelDetails("<html></html>"));
}

void TestDecodeRegistry::readsModelsOfAnExperiment()
{
    const auto result = decode::experimentModels(
        R"({"models": [{"experimentModelId": "em1", "experimentKey": "k", "modelName": "net", "registryRecords": [
            {"registryModelId": "m", "registryModelItemId": "i", "registryModelName": "my-net", "version": "1.0.0", "createdAt": 4}]},
            {"modelName": "other", "registryRecords": null}]})");
    QVERIFY2(result, qPrintable(problem(result)));
    QCOMPARE(result.value()[0].id, u"em1"_s);
    QCOMPARE(result.value()[0].registrations[0].model, u"my-net"_s);
    QCOMPARE(result.value()[0].registrations[0].version, u"1.0.0"_s);
    QVERIFY(result.value()[1].registrations.empty());
}

void TestDecodeRegistry::readsShareKeysAndFiles()
{
    QCOMPARE(decode::shareKeys(R"({"shareCodes": ["a", "b"]})").value(), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(decode::shareKeys(R"({"shareCodes": [{"shareCode": "a", "createdAt": 1}]})").value(), QStringList{u"a"_s});
    QVERIFY(decode::shareKeys(R"({"shareCodes": null})").value().isEmpty());
    const auto files = decode::assets(
        R"({"assets": [{"assetId": "a", "fileName": "x", "remote": true, "link": "s3://b/x", "step": "3", "fileSize": null}]})");
    QVERIFY(files.value()[0].isRemote);
    QCOMPARE(files.value()[0].link, u"s3://b/x"_s);
    QCOMPARE(files.value()[0].step, u"3"_s);
}

QTEST_GUILESS_MAIN(TestDecodeRegistry)
#include "tst_decoderegistry.moc"
