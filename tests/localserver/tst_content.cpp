// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/assets.h"
#include "app/localserver/catalog.h"
#include "app/localserver/content.h"
#include "app/localserver/storedbytes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using localserver::Content;

// The bytes of an upload while they arrive and after an asset keeps them.
class TestContent : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_store = std::make_unique<localserver::Store>(m_folder.filePath(u"data"_s).toStdString());
        m_experiment = m_store->write([](localserver::Writing &writing) {
            const auto project = localserver::catalog::ensureProject(writing.db, "w", "p");
            return localserver::catalog::create(writing.db, "key", project, "name", "user").id;
        });
    }

    void bytesComeBack_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<qsizetype>("block"); // of what is appended at once
        QTest::addColumn<int>("pieces");
        const auto piece = qsizetype(Content::largestPiece);
        QTest::newRow("nothing") << qsizetype(0) << qsizetype(1) << 0;
        QTest::newRow("one byte") << qsizetype(1) << qsizetype(1) << 1;
        QTest::newRow("one less than a piece") << piece - 1 << qsizetype(300'000) << 1;
        QTest::newRow("a whole piece") << piece << qsizetype(65'536) << 1;
        QTest::newRow("one more than a piece") << piece + 1 << qsizetype(65'536) << 2;
        QTest::newRow("two pieces at once") << 2 * piece << 2 * piece << 2;
        QTest::newRow("three and a bit") << 3 * piece + 77 << piece + 5 << 4;
    }
    void bytesComeBack()
    {
        QFETCH(qsizetype, size);
        QFETCH(qsizetype, block);
        QFETCH(int, pieces);
        const QByteArray bytes = noise(size);
        Content content(*m_store);
        for (qsizetype at = 0; at < size; at += block)
            content.append(view(bytes.mid(at, block)));
        QCOMPARE(content.size(), std::uint64_t(size));
        QCOMPARE(QByteArray::fromStdString(content.text()), bytes);
        keep(content, QTest::currentDataTag());
        const std::int64_t asset = row(QTest::currentDataTag());
        m_store->read([&](localserver::Connection &db) {
            localserver::StoredBytes stored(db, asset);
            QCOMPARE(stored.size(), std::int64_t(size));
            QCOMPARE(stored.crc(), content.crc());
            QByteArray back(size, '\0');
            stored.read(0, back.data(), std::size_t(size));
            QCOMPARE(back, bytes);
            const qsizetype start = size / 3; // from within a piece into the next
            back.resize(size - start);
            stored.read(start, back.data(), std::size_t(back.size()));
            QCOMPARE(back, bytes.mid(start));
            localserver::Rows rows = db.query("SELECT count(*) FROM extents WHERE asset=?", asset);
            QVERIFY(rows.next());
            QCOMPARE(rows.integer(0), pieces);
        });
    }

    void whatIsNotKeptGoes()
    {
        const auto before = stored();
        {
            Content content(*m_store);
            content.append(view(noise(qsizetype(Content::largestPiece) + 1)));
            const Content moved(std::move(content));
            QCOMPARE(stored(), before + 1);
            QCOMPARE(moved.size(), Content::largestPiece + 1);
        }
        QCOMPARE(stored(), before);
    }

    void aJobThatFailsKeepsNothing()
    {
        const auto before = stored();
        {
            Content content(*m_store);
            content.append(view(noise(qsizetype(Content::largestPiece) + 1)));
            QVERIFY_THROWS_EXCEPTION(std::runtime_error, m_store->write([&](localserver::Writing &writing) {
                localserver::assets::store(writing.db, m_experiment, named("failed"), &content, false);
                throw std::runtime_error("no");
            }));
            keep(content, "second try");
        }
        QCOMPARE(stored(), before + 2);
        QCOMPARE(row("failed"), 0);
    }

    // Two at once, the later one is kept first: neither gets a byte of the other.
    void severalAtOnce()
    {
        const QByteArray a = noise(qsizetype(Content::largestPiece) * 2 + 3);
        const QByteArray b = QByteArray(a.size(), 'b');
        Content first(*m_store);
        Content second(*m_store);
        for (qsizetype at = 0; at < a.size(); at += 1'000'000) {
            first.append(view(a.mid(at, 1'000'000)));
            second.append(view(b.mid(at, 1'000'000)));
        }
        keep(second, "b");
        keep(first, "a");
        QCOMPARE(read("a"), a);
        QCOMPARE(read("b"), b);
    }

    void whatAKilledServerLeftGoesAtTheNextStart()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"data"_s);
        const QString copy = folder.filePath(u"copy"_s);
        {
            localserver::Store store(path.toStdString());
            Content content(store);
            content.append(view(noise(qsizetype(Content::largestPiece) + 1)));
            // As they lie on the disk in this moment.
            QVERIFY(QFile::copy(path, copy) && QFile::copy(path + u"-wal"_s, copy + u"-wal"_s));
        }
        localserver::Store store(copy.toStdString());
        QCOMPARE(count(store, "SELECT count(*) FROM contents"), 0);
        QCOMPARE(count(store, "SELECT count(*) FROM extents"), 0);
    }

    void longTextsAreRefused()
    {
        Content content(*m_store);
        const QByteArray block(1'000'000, ' ');
        while (content.size() <= Content::largestText)
            content.append(view(block));
        QVERIFY_THROWS_EXCEPTION(localserver::Failure, content.text());
    }

    void memoryStaysTheSame()
    {
        const QByteArray block = noise(100'000);
        qint64 most = 0;
        const qint64 before = residentKilobytes();
        {
            Content content(*m_store);
            while (content.size() < 120'000'000) {
                content.append(view(block));
                most = qMax(most, residentKilobytes());
            }
            keep(content, "large");
        }
        QVERIFY2(most - before < 40'000, qPrintable(u"%1 kB more"_s.arg(most - before)));
        const qint64 after = residentKilobytes();
        QVERIFY2(after - before < 20'000, qPrintable(u"%1 kB are left"_s.arg(after - before)));
    }

private:
    static std::string_view view(const QByteArray &bytes)
    {
        return {bytes.data(), std::size_t(bytes.size())};
    }
    // The same bytes each time, and none of them twice in a row.
    static QByteArray noise(qsizetype size)
    {
        QByteArray bytes(size, '\0');
        quint32 state = 1;
        for (char &byte : bytes)
            byte = char((state = state * 1'664'525 + 1'013'904'223) >> 24);
        return bytes;
    }
    static localserver::assets::Asset named(const char *key)
    {
        localserver::assets::Asset asset;
        asset.key = asset.name = key;
        asset.type = "asset";
        return asset;
    }
    void keep(Content &content, const char *key)
    {
        m_store->write([&](localserver::Writing &writing) {
            localserver::assets::store(writing.db, m_experiment, named(key), &content, false);
        });
        content.release();
    }
    std::int64_t row(const char *key)
    {
        return m_store->read(
            [&](localserver::Connection &db) { return localserver::assets::rowOf(db, m_experiment, key); });
    }
    QByteArray read(const char *key)
    {
        const std::int64_t asset = row(key);
        return m_store->read([&](localserver::Connection &db) {
            localserver::StoredBytes bytes(db, asset);
            QByteArray result(bytes.size(), '\0');
            bytes.read(0, result.data(), std::size_t(result.size()));
            return result;
        });
    }
    static std::int64_t count(localserver::Store &store, const char *sql)
    {
        return store.read([&](localserver::Connection &db) {
            localserver::Rows rows = db.query(sql);
            return rows.next() ? rows.integer(0) : -1;
        });
    }
    std::int64_t stored() { return count(*m_store, "SELECT count(*) FROM contents"); }
    static qint64 residentKilobytes()
    {
        QFile file(u"/proc/self/statm"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4 : 0;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<localserver::Store> m_store;
    std::int64_t m_experiment = 0;
};

QTEST_GUILESS_MAIN(TestContent)
#include "tst_content.moc"
