// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demo.h"
#include "tests/localserver/bench.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;

class tst_demo : public QObject
{
    Q_OBJECT

private slots:
    void unpacksADatabase();
    void hasModelsNotesAndSharedProjects();
    void copiesAreOnesOwn();
    void goesWithItsOwner();
    void saysWhyItCannotUnpack();
};

static QByteArray head(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(15) : QByteArray();
}

void tst_demo::unpacksADatabase()
{
    const demo::Copy copy = demo::privateCopy();
    QVERIFY2(copy.error.isEmpty(), qPrintable(copy.error));
    QCOMPARE(head(copy.path), QByteArray("SQLite format 3"));
    QVERIFY(QFileInfo(copy.path).isWritable());
    // SQLite's header says how many pages of which size there are: the file is whole.
    QFile file(copy.path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray header = file.read(100);
    const auto byte = [&header](int at) { return qint64(uchar(header.at(at))); };
    const qint64 pageSize = byte(16) << 8 | byte(17);
    const qint64 pages = byte(28) << 24 | byte(29) << 16 | byte(30) << 8 | byte(31);
    QCOMPARE(file.size(), (pageSize == 1 ? 65536 : pageSize) * pages);
}

// What the pages beside the experiments show, and that the files of every version are there.
void tst_demo::hasModelsNotesAndSharedProjects()
{
    const demo::Copy copy = demo::privateCopy();
    QFile file(copy.path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    Bench bench(file.readAll());

    int stages = 0;
    int comments = 0;
    int notes = 0;
    for (const auto &[workspace, model, versions] :
         {std::tuple{u"vision-lab"_s, u"digits-perceptron"_s, 5}, {u"vision-lab"_s, u"digits-cosine"_s, 1},
             {u"clinic"_s, u"screening"_s, 3}}) {
        const QString of = u"?workspaceName="_s + workspace + u"&modelName="_s + model;
        const QJsonObject details = bench.get(u"registry-model/details"_s + of).object();
        QCOMPARE(details[u"versions"].toArray().size(), versions);
        for (const QJsonValue version : details[u"versions"].toArray()) {
            stages += int(version[u"stages"].toArray().size());
            comments += version[u"comment"].toString().isEmpty() ? 0 : 1;
            const Bench::Answer zip = bench.get(
                u"registry-model/item/download"_s + of + u"&version="_s + version[u"version"].toString());
            QCOMPARE(zip.status, 200);
            QVERIFY(zip.body.size() > 1000);
        }
        notes += bench.get(u"registry-model/notes"_s + of).object()[u"notes"].toString().isEmpty() ? 0 : 1;
    }
    QCOMPARE(stages, 7);
    QCOMPARE(comments, 8);
    QCOMPARE(notes, 2);

    const QString sweep = u"?workspaceName=vision-lab&projectName=digits-sweep"_s;
    QVERIFY(bench.get(u"project/notes"_s + sweep).object()[u"notes"].toString().startsWith(u'#'));
    const QString project = bench.get(u"project"_s + sweep).object()[u"projectId"].toString();
    const Bench::Answer shares = bench.get(u"project/get-project-share-links?projectId="_s + project);
    QCOMPARE(shares.object()[u"shareCodes"].toArray().size(), 2);
    const Bench::Answer archived = bench.get(u"experiments"_s + sweep + u"&archived=true"_s);
    QCOMPARE(archived.object()[u"experiments"].toArray().size(), 2);
}

void tst_demo::copiesAreOnesOwn()
{
    const demo::Copy first = demo::privateCopy();
    QFile file(first.path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write("spoilt"), 6);
    file.close();
    const demo::Copy second = demo::privateCopy();
    QVERIFY(first.path != second.path);
    QCOMPARE(head(second.path), QByteArray("SQLite format 3"));
}

void tst_demo::goesWithItsOwner()
{
    QString path;
    {
        const demo::Copy copy = demo::privateCopy();
        path = copy.path;
        QVERIFY(QFile::exists(path));
    }
    QVERIFY(!QFile::exists(path));
}

void tst_demo::saysWhyItCannotUnpack()
{
    const QByteArray before = qgetenv("TMPDIR");
    qputenv("TMPDIR", "/proc");
    const demo::Copy copy = demo::privateCopy();
    before.isNull() ? qunsetenv("TMPDIR") : qputenv("TMPDIR", before);
    QVERIFY(copy.path.isEmpty());
    QVERIFY(!copy.error.isEmpty());
}

QTEST_GUILESS_MAIN(tst_demo)
#include "tst_demo.moc"
