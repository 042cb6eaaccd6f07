// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Downloads from their turn to their end, and what lies in the folder then.

#include "models/api/client.h"
#include "models/api/transport.h"
#include "models/downloads/downloads.h"
#include "tests/support/faultserver.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using Answer = FaultServer::Answer;
using Question = DownloadQuestion::Answer;
using State = Download::State;

namespace {

const QByteArray assetPath = "experiment/asset/get-asset";
const QByteArray zipPath = "registry-model/item/download";
const QByteArray tag = "\"version-1\"";

Answer bytes(const QByteArray &body)
{
    Answer answer;
    answer.body = body;
    answer.contentType = "application/octet-stream";
    answer.headers = {{"Accept-Ranges", "bytes"}, {"ETag", tag}};
    return answer;
}

// Says more than it sends, until closeWaiting().
Answer stalled(const QByteArray &body, qint64 after)
{
    Answer answer = bytes(body);
    answer.cutAfter = after;
    answer.waitsToClose = true;
    return answer;
}

// A zip of stored files, made by Python's own module.
QByteArray zipOf(const QString &folder, const QStringList &names)
{
    QProcess python;
    python.setWorkingDirectory(folder);
    python.start(QStringLiteral(PYTHON), QStringList{u"-c"_s,
        u"import sys, zipfile\nwith zipfile.ZipFile('made.zip', 'w') as z:\n"
        " for n in sys.argv[1:]: z.writestr(n, 'new ' + n)"_s} + names);
    QFile file(folder + u"/made.zip"_s);
    if (!python.waitForFinished() || !file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

class TestDownloads : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void keepsAFile();
    void asksBeforeItReplaces_data();
    void asksBeforeItReplaces();
    void asksAboutWhatAZipHolds();
    void expands();
    void refusesWhatIsNoZip_data();
    void refusesWhatIsNoZip();
    void cancelsAtOnce();
    void goesOnAfterCancel();
    void failsWithASentence();
    void twoAtATime();
    void removes();
    void removesWhatIsUnderWay();
    void aServerThatGoes();
    void foldersThatCannotBeMade();
    void noRoom();
    void cancelsWhileItExpands();
    void expandsAgainWhereThereWasNoRoom();
    void leavesForeignParts();
    void leavesOnlyAPartWhenKilled();
    void namesFiles_data();
    void namesFiles();

private:
    int add(const DownloadSource &source, bool expand = false)
    {
        return m_downloads->add(*m_client, {u"net 1.0.0"_s, source, folder(), expand});
    }
    int addAsset(const QString &id = u"a"_s) { return add(AssetDownload{u"k"_s, id, u"dir/%1.bin"_s.arg(id)}); }
    int addModel(bool expand = true) { return add(RegistryDownload{u"w"_s, u"net"_s, u"1.0.0"_s}, expand); }
    State state(int id) const { return m_downloads->find(id)->state; }
    QString folder() const { return m_root->filePath(u"downloads"_s); }
    QString in(const QString &name) const { return folder() + u'/' + name; }
    QStringList files() const { return QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot); }

    std::unique_ptr<QTemporaryDir> m_root;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<api::Client> m_client;
    std::unique_ptr<Downloads> m_downloads;
    const QByteArray m_body = QByteArray("0123456789").repeated(300'000);
};

void TestDownloads::init()
{
    m_root = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<api::Client>(m_server->url(), u"s3cret"_s);
    api::Transport::Policy policy;
    policy.backOff = std::chrono::milliseconds(1);
    m_client->transport().setPolicy(policy);
    m_downloads = std::make_unique<Downloads>();
    new QAbstractItemModelTester(m_downloads.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_downloads.get());
}

void TestDownloads::cleanup()
{
    m_downloads.reset();
    m_client.reset();
    m_server.reset();
}

void TestDownloads::keepsAFile()
{
    m_server->script(assetPath, {bytes(m_body)});
    QSignalSpy ended(m_downloads.get(), &Downloads::ended);
    const int id = addAsset();
    QCOMPARE(m_downloads->unfinished(), 1);
    QTRY_COMPARE(state(id), State::Done);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(m_downloads->unfinished(), 0);
    QCOMPARE(files(), QStringList{u"a.bin"_s});
    QVERIFY(contentOf(in(u"a.bin"_s)) == m_body);
    const Download &row = m_downloads->row(0);
    QCOMPARE(row.target, in(u"a.bin"_s));
    QCOMPARE(row.done, qint64(m_body.size()));
    QCOMPARE(m_downloads->index(0, Downloads::Progress).data().toString(), u"100 %"_s);
    QCOMPARE(m_downloads->index(0, Downloads::State).data().toString(), u"Done"_s);
}

void TestDownloads::asksBeforeItReplaces_data()
{
    QTest::addColumn<Question>("answer");
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("replace") << Question::Replace << QByteArray("new") << QStringList{u"a.bin"_s};
    QTest::newRow("keep both") << Question::KeepBoth << QByteArray("mine") << QStringList{u"a (2).bin"_s, u"a.bin"_s};
    QTest::newRow("cancel") << Question::Cancel << QByteArray("mine") << QStringList{u"a.bin"_s, u"a.bin.part"_s};
}

void TestDownloads::asksBeforeItReplaces()
{
    QFETCH(Question, answer);
    QVERIFY(QDir().mkpath(folder()));
    write(in(u"a.bin"_s), "mine");
    m_server->script(assetPath, {bytes("new")});
    QSignalSpy asked(m_downloads.get(), &Downloads::asked);
    const int id = addAsset();
    QVERIFY(asked.wait());
    QCOMPARE(state(id), State::Asking);
    QCOMPARE(m_downloads->find(id)->question->existing, QStringList{u"a.bin"_s});
    QCOMPARE(contentOf(in(u"a.bin"_s)), QByteArray("mine"));
    m_downloads->answer(id, answer);
    QTRY_VERIFY(m_downloads->find(id)->isFinished());
    QCOMPARE(state(id), answer == Question::Cancel ? State::Cancelled : State::Done);
    QTEST(contentOf(in(u"a.bin"_s)), "first");
    QTEST(files(), "names");
}

void TestDownloads::asksAboutWhatAZipHolds()
{
    QVERIFY(QDir().mkpath(folder()));
    write(in(u"b"_s), "mine");
    m_server->script(zipPath, {bytes(zipOf(m_root->path(), {u"b"_s, u"c"_s}))});
    const int id = addModel();
    QTRY_COMPARE(state(id), State::Asking);
    QVERIFY(m_downloads->find(id)->question->hasOthers);
    m_downloads->answer(id, Question::Skip);
    QTRY_COMPARE(state(id), State::Done);
    QTRY_COMPARE(files(), (QStringList{u"b"_s, u"c"_s}));
    QCOMPARE(contentOf(in(u"b"_s)), QByteArray("mine"));
}

void TestDownloads::expands()
{
    m_server->script(zipPath, {bytes(zipOf(m_root->path(), {u"model/w.bin"_s, u"a b"_s}))});
    const int id = addModel();
    QTRY_COMPARE(state(id), State::Done);
    QTRY_COMPARE(files(), (QStringList{u"a b"_s, u"model"_s})); // and no zip
    QCOMPARE(contentOf(in(u"model/w.bin"_s)), QByteArray("new model/w.bin"));
    QCOMPARE(m_downloads->find(id)->target, folder());
}

void TestDownloads::refusesWhatIsNoZip_data()
{
    QTest::addColumn<bool>("expand");
    QTest::newRow("expanded") << true;
    QTest::newRow("kept") << false;
}

void TestDownloads::refusesWhatIsNoZip()
{
    QFETCH(bool, expand);
    m_server->script(zipPath, {bytes("<!doctype html><html>Log in</html>"), bytes(zipOf(m_root->path(), {u"a"_s}))});
    const int id = addModel(expand);
    QTRY_COMPARE(state(id), State::Failed);
    QVERIFY2(m_downloads->find(id)->error.contains("web page"_L1), qPrintable(m_downloads->find(id)->error));
    QTRY_VERIFY(!QFile::exists(folder())); // which was made for it
    m_downloads->retry(id);
    QTRY_COMPARE(state(id), State::Done);
    QTRY_COMPARE(files(), QStringList{expand ? u"a"_s : u"net_1.0.0.zip"_s});
}

void TestDownloads::cancelsAtOnce()
{
    m_server->script(assetPath, {stalled(m_body, 2'000'000)});
    const int id = addAsset();
    QTRY_VERIFY(m_downloads->row(0).done >= 1'000'000);
    QElapsedTimer clock;
    clock.start();
    m_downloads->cancel(id);
    QCOMPARE(state(id), State::Cancelled);
    QVERIFY(clock.elapsed() <= 200);
    QCOMPARE(files(), QStringList{u"a.bin.part"_s});
}

void TestDownloads::goesOnAfterCancel()
{
    m_server->script(assetPath, {stalled(m_body, 2'000'000)});
    const int id = addAsset();
    QTRY_VERIFY(m_downloads->row(0).done >= 1'000'000);
    m_downloads->cancel(id);
    const qint64 there = QFileInfo(in(u"a.bin.part"_s)).size();
    Answer rest = bytes(m_body.mid(there));
    rest.status = 206;
    rest.headers.emplaceBack("Content-Range", "bytes " + QByteArray::number(there) + '-'
            + QByteArray::number(m_body.size() - 1) + '/' + QByteArray::number(m_body.size()));
    m_server->script(assetPath + "#range", {rest});
    m_downloads->retry(id);
    QTRY_COMPARE(state(id), State::Done);
    QCOMPARE(m_server->seen().back().headers["range"], "bytes=" + QByteArray::number(there) + '-');
    QVERIFY(contentOf(in(u"a.bin"_s)) == m_body);
    QCOMPARE(files(), QStringList{u"a.bin"_s});
}

void TestDownloads::failsWithASentence()
{
    m_server->script(assetPath, {FaultServer::failure(404, "no such asset")});
    const int id = addAsset();
    QTRY_COMPARE(state(id), State::Failed);
    QVERIFY(!m_downloads->find(id)->error.isEmpty());
    QVERIFY(m_downloads->index(0, Downloads::State).data().toString().startsWith("Failed: "_L1));
    m_server->script(assetPath, {bytes("new")});
    m_downloads->retry(id);
    QTRY_COMPARE(state(id), State::Done);
    QVERIFY(m_downloads->find(id)->error.isEmpty());
    QCOMPARE(contentOf(in(u"a.bin"_s)), QByteArray("new"));
}

void TestDownloads::twoAtATime()
{
    m_server->hold();
    m_server->setDefault(bytes("new"));
    QList<int> ids;
    for (const char *name : {"a", "b", "c", "d"})
        ids << addAsset(QString::fromLatin1(name));
    QTRY_COMPARE(m_server->seen().size(), std::size_t(2));
    QCOMPARE(state(ids[0]), State::Running);
    QCOMPARE(state(ids[1]), State::Running);
    QCOMPARE(state(ids[2]), State::Waiting);
    QCOMPARE(m_downloads->row(0).id, ids[3]); // newest first
    m_downloads->cancel(ids[3]);
    m_downloads->cancel(ids[0]);
    QCOMPARE(state(ids[2]), State::Running);
    m_server->release();
    QTRY_COMPARE(m_downloads->unfinished(), 0);
    QCOMPARE(state(ids[1]), State::Done);
    QCOMPARE(state(ids[2]), State::Done);
    QCOMPARE(state(ids[3]), State::Cancelled);
}

void TestDownloads::removes()
{
    m_server->script(assetPath, {bytes("new"), FaultServer::failure(404)});
    const int done = addAsset();
    QTRY_COMPARE(state(done), State::Done);
    const int failed = addAsset(u"b"_s);
    QTRY_COMPARE(state(failed), State::Failed);
    m_downloads->removeDone();
    QCOMPARE(m_downloads->rowCount(), 0);
    QTRY_COMPARE(files(), QStringList{u"a.bin"_s}); // what is done stays
    m_downloads->remove(done); // twice
    QVERIFY(!m_downloads->find(done));
}

void TestDownloads::removesWhatIsUnderWay()
{
    m_server->script(assetPath, {stalled(m_body, 2'000'000)});
    const int early = addAsset(u"b"_s); // its ".part" is not there yet
    m_downloads->remove(early);
    const int id = addAsset();
    QTRY_VERIFY(m_downloads->row(0).done >= 1'000'000);
    m_downloads->remove(id);
    QCOMPARE(m_downloads->rowCount(), 0);
    QTRY_VERIFY(files().isEmpty());

    addAsset();
    QTRY_VERIFY(m_downloads->row(0).done >= 1'000'000);
    m_downloads.reset(); // the end of the program
    QTRY_VERIFY(files().isEmpty());
}

void TestDownloads::aServerThatGoes()
{
    m_server->hold();
    const QList<int> ids{addAsset(), addAsset(u"b"_s), addAsset(u"c"_s)};
    QTRY_COMPARE(m_server->seen().size(), std::size_t(2));
    m_client.reset();
    for (const int id : ids) {
        QCOMPARE(state(id), State::Failed);
        QVERIFY(m_downloads->find(id)->error.contains("closed"_L1));
    }
    m_downloads->retry(ids[0]);
    QCOMPARE(state(ids[0]), State::Failed);
}

void TestDownloads::foldersThatCannotBeMade()
{
    write(m_root->filePath(u"downloads"_s), "mine");
    const int id = addAsset();
    QTRY_COMPARE(state(id), State::Failed);
    QVERIFY2(m_downloads->find(id)->error.contains(folder()), qPrintable(m_downloads->find(id)->error));
    QCOMPARE(contentOf(folder()), QByteArray("mine"));
    QCOMPARE(m_server->seen().size(), std::size_t(0));
}

void TestDownloads::noRoom()
{
    m_downloads->setSpace([](const QString &) { return qint64(1000); });
    m_server->script(assetPath, {bytes(m_body)});
    const int id = addAsset();
    QTRY_COMPARE(state(id), State::Failed);
    QVERIFY2(m_downloads->find(id)->error.contains("not enough room"_L1), qPrintable(m_downloads->find(id)->error));
}

void TestDownloads::cancelsWhileItExpands()
{
    std::atomic<int> looks = 0; // for room: first while it downloads, then before it expands
    QSemaphore disk;
    m_downloads->setSpace([&](const QString &) {
        if (++looks == 2)
            disk.acquire();
        return qint64(1) << 40;
    });
    m_server->script(zipPath, {bytes(zipOf(m_root->path(), {u"a"_s, u"b"_s}))});
    const int id = addModel();
    QTRY_COMPARE(looks.load(), 2);
    QCOMPARE(state(id), State::Expanding);
    m_downloads->cancel(id);
    QElapsedTimer clock;
    clock.start();
    disk.release();
    QTRY_COMPARE(state(id), State::Cancelled);
    QVERIFY(clock.elapsed() <= 200);
    QCOMPARE(files(), QStringList{u"net_1.0.0.zip.part"_s});
    m_downloads->retry(id);
    QTRY_COMPARE(state(id), State::Done);
    QCOMPARE(m_server->seen().size(), std::size_t(1)); // all bytes were there
    QTRY_COMPARE(files(), (QStringList{u"a"_s, u"b"_s}));
}

void TestDownloads::expandsAgainWhereThereWasNoRoom()
{
    std::atomic<int> looks = 0;
    m_downloads->setSpace([&](const QString &) { return ++looks == 2 ? qint64(0) : qint64(1) << 40; });
    m_server->script(zipPath, {bytes(zipOf(m_root->path(), {u"a"_s}))});
    const int id = addModel();
    QTRY_COMPARE(state(id), State::Failed);
    QVERIFY2(m_downloads->find(id)->error.contains("not enough room"_L1), qPrintable(m_downloads->find(id)->error));
    QCOMPARE(files(), QStringList{u"net_1.0.0.zip.part"_s});
    m_downloads->retry(id);
    QTRY_COMPARE(state(id), State::Done);
    QCOMPARE(m_server->seen().size(), std::size_t(1));
    QTRY_COMPARE(files(), QStringList{u"a"_s});
}

void TestDownloads::leavesForeignParts()
{
    QVERIFY(QDir().mkpath(folder()));
    write(in(u"a.bin.part"_s), "of another run");
    m_server->script(assetPath, {bytes("new")});
    const int id = addAsset();
    QTRY_COMPARE(state(id), State::Done);
    QCOMPARE(contentOf(in(u"a.bin.part"_s)), QByteArray("of another run"));
    QCOMPARE(contentOf(in(u"a.bin"_s)), QByteArray("new"));
}

void TestDownloads::leavesOnlyAPartWhenKilled()
{
    m_server->script(zipPath, {stalled(m_body, 2'000'000)});
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(), {u"download"_s, m_server->url().toString(), folder()});
    QTRY_VERIFY(QFileInfo(in(u"net_1.0.0.zip.part"_s)).size() >= 1'000'000);
    program.kill();
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::CrashExit);
    QCOMPARE(files(), QStringList{u"net_1.0.0.zip.part"_s});
}

void TestDownloads::namesFiles_data()
{
    QTest::addColumn<DownloadSource>("source");
    QTest::addColumn<QString>("file");
    const QString w = u"w"_s;
    const QString k = u"k"_s;
    QTest::newRow("version") << DownloadSource(RegistryDownload{w, u"net"_s, u"1.0.0"_s}) << u"net_1.0.0.zip"_s;
    QTest::newRow("stage") << DownloadSource(RegistryDownload{w, u"net"_s, {}, u"a/b"_s}) << u"net_a_b.zip"_s;
    QTest::newRow("latest") << DownloadSource(RegistryDownload{w, u"net"_s}) << u"net_latest.zip"_s;
    QTest::newRow("model") << DownloadSource(ModelDownload{k, u"../my net"_s}) << u"_my net.zip"_s;
    QTest::newRow("asset") << DownloadSource(AssetDownload{k, u"1"_s, u"dir/a.tar.gz"_s}) << u"a.tar.gz"_s;
    QTest::newRow("slashes only") << DownloadSource(AssetDownload{k, u"1"_s, u"//"_s}) << u"download"_s;
    QTest::newRow("dots only") << DownloadSource(AssetDownload{k, u"1"_s, u"a/.."_s}) << u"download"_s;
    QTest::newRow("no name") << DownloadSource(AssetDownload{k, u"1"_s, {}}) << u"download"_s;
    QTest::newRow("odd") << DownloadSource(AssetDownload{k, u"1"_s, u"<b>\n🚀 שלום"_s}) << u"_b__🚀 שלום"_s;
    QTest::newRow("long") << DownloadSource(AssetDownload{k, u"1"_s, u"🚀"_s.repeated(300) + u".json"_s})
                          << u"🚀"_s.repeated(48) + u".json"_s;
}

void TestDownloads::namesFiles()
{
    QFETCH(DownloadSource, source);
    QTEST(downloadFileName(source), "file");
    const QString folder = downloadFolderName(source);
    QVERIFY(!folder.isEmpty() && !folder.contains(u'/') && !folder.startsWith(u'.') && folder.toUtf8().size() <= 200);
}

// With arguments: a program that downloads, to be killed.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && qstrcmp(argv[1], "download") == 0) {
        api::Client client(QUrl(QString::fromLocal8Bit(argv[2])), u"s3cret"_s);
        Downloads downloads;
        downloads.add(client, {u"net"_s, RegistryDownload{u"w"_s, u"net"_s, u"1.0.0"_s}, QString::fromLocal8Bit(argv[3]), true});
        return QCoreApplication::exec();
    }
    TestDownloads test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_downloads.moc"
