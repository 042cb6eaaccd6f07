// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/savedqueries.h"
#include "models/session/settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace query;

namespace {

struct Scene
{
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.conf"_s)};
    SavedQueries saved{settings};

    Scene() { saved.setSubject(u"lab/vision/a project"_s); }
    QString write(const QByteArray &text) const
    {
        QFile file(folder.filePath(u"queries.json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("the file can't be written");
        return file.fileName();
    }
};

Expression python(const QString &text)
{
    return fromPython(text).expression;
}

} // namespace

class SavedQueriesTest : public QObject
{
    Q_OBJECT

private slots:
    void anyNameIsKeptPerProject()
    {
        Scene scene;
        const QStringList names{u"a / b"_s, u"ümläut 🎉"_s, u"<b>x</b>"_s, u"n"_s.repeated(300)};
        const Expression wanted = python(u"(Metric(\"loss\") < 0.1) | ~Tag(\"a\")"_s);
        for (const QString &name : names)
            scene.saved.save(name, wanted);
        SavedQueries again(scene.settings);
        again.setSubject(u"lab/vision/a project"_s);
        QCOMPARE(again.names().size(), names.size());
        for (const QString &name : names)
            QCOMPARE(again.query(name).expression, wanted);
        again.setSubject(u"lab/vision/other"_s);
        QVERIFY(again.names().isEmpty());
    }

    void theLastTenAreRecent()
    {
        Scene scene;
        for (int i = 0; i < 15; ++i)
            scene.saved.addRecent(python(u"Metric(\"loss\") < %1"_s.arg(i)));
        scene.saved.addRecent(python(u"Metric(\"loss\") < 12"_s));
        const QList<Expression> recent = scene.saved.recent();
        QCOMPARE(recent.size(), SavedQueries::mostRecent);
        QCOMPARE(recent.first(), python(u"Metric(\"loss\") < 12"_s));
        QCOMPARE(recent.last(), python(u"Metric(\"loss\") < 5"_s));
    }

    void filesGoToOthers()
    {
        Scene scene;
        const QString path = scene.folder.filePath(u"out.json"_s);
        scene.saved.save(u"low"_s, python(u"Metric(\"loss\") < 1"_s));
        scene.saved.save(u"tagged"_s, python(u"Tag(\"a\")"_s));
        QCOMPARE(scene.saved.exportTo(path), QString());
        scene.saved.save(u"low"_s, python(u"Metric(\"loss\") < 2"_s)); // another of that name
        int count = 0;
        QCOMPARE(scene.saved.importFrom(path, &count), QString());
        QCOMPARE(count, 2);
        QCOMPARE(scene.saved.names(), (QStringList{u"low"_s, u"low (2)"_s, u"tagged"_s}));
        QCOMPARE(scene.saved.query(u"low"_s).expression, python(u"Metric(\"loss\") < 2"_s));
        QCOMPARE(scene.saved.query(u"low (2)"_s).expression, python(u"Metric(\"loss\") < 1"_s));
        QVERIFY(!scene.saved.exportTo(scene.folder.filePath(u"no/such/folder.json"_s)).isEmpty());
    }

    void twoOfTheSameProjectAgree()
    {
        Scene scene;
        SavedQueries other(scene.settings);
        other.setSubject(u"lab/vision/a project"_s);
        SavedQueries stranger(scene.settings);
        stranger.setSubject(u"lab/vision/a project 2"_s);
        QSignalSpy renamed(&other, &SavedQueries::renamed);
        QSignalSpy strange(&stranger, &SavedQueries::changed);
        scene.saved.save(u"low"_s, python(u"Metric(\"loss\") < 1"_s));
        QCOMPARE(other.names(), QStringList{u"low"_s});
        scene.saved.rename(u"low"_s, u"lower"_s);
        QCOMPARE(other.names(), QStringList{u"lower"_s});
        QCOMPARE(renamed.count(), 1);
        QCOMPARE(renamed.first(), (QVariantList{u"low"_s, u"lower"_s}));
        const QJsonValue query = other.remove(u"lower"_s);
        QVERIFY(scene.saved.names().isEmpty());
        scene.saved.restore(u"lower"_s, query);
        QCOMPARE(other.query(u"lower"_s).expression, python(u"Metric(\"loss\") < 1"_s));
        QVERIFY(strange.isEmpty());
        // One of them goes into a file by itself.
        scene.saved.save(u"tagged"_s, python(u"Tag(\"a\")"_s));
        const QString path = scene.folder.filePath(u"one.json"_s);
        QCOMPARE(scene.saved.exportTo(path, u"tagged"_s), QString());
        int count = 0;
        QCOMPARE(stranger.importFrom(path, &count), QString());
        QCOMPARE(stranger.names(), QStringList{u"tagged"_s});
    }

    void badFilesChangeNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("garbage") << QByteArray("\xff\x00{", 3);
        QTest::newRow("half") << QByteArray("{\"queries\": {\"a\": \"Tag");
        QTest::newRow("other") << QByteArray("[1, 2]");
        QTest::newRow("no object") << QByteArray("{\"queries\": null}");
        QTest::newRow("one bad") << QByteArray("{\"queries\": {\"a\": \"Tag('x')\", \"b\": \"Tag(\"}}");
    }
    void badFilesChangeNothing()
    {
        QFETCH(QByteArray, text);
        Scene scene;
        scene.saved.save(u"mine"_s, python(u"Tag(\"a\")"_s));
        QSignalSpy changed(&scene.saved, &SavedQueries::changed);
        int count = 0;
        QVERIFY(!scene.saved.importFrom(scene.write(text), &count).isEmpty());
        QVERIFY(changed.isEmpty());
        QCOMPARE(scene.saved.names(), QStringList{u"mine"_s});
    }

    void whatCannotBeReadIsKept()
    {
        Scene scene;
        scene.settings.setLayout(u"queries1"_s, u"lab/p"_s, R"({"queries": {"new": {"xor": []}}, "recent": [7]})");
        scene.saved.setSubject(u"lab/p"_s);
        QVERIFY(scene.saved.query(u"new"_s).problem);
        QVERIFY(scene.saved.recent().isEmpty());
        scene.saved.save(u"mine"_s, python(u"Tag(\"a\")"_s));
        QVERIFY(scene.settings.layout(u"queries1"_s, u"lab/p"_s).contains("xor"));
    }
};

QTEST_MAIN(SavedQueriesTest)
#include "tst_savedqueries.moc"
