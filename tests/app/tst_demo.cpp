// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demo.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

class tst_demo : public QObject
{
    Q_OBJECT

private slots:
    void unpacksADatabase();
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
