// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An answer's body on its way into a file, over connections that do what they like.

#include "models/api/client.h"
#include "models/api/downloadfile.h"
#include "models/api/requestlog.h"
#include "models/api/transport.h"
#include "tests/support/faultserver.h"
#include "tests/support/outcome.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>

using namespace api;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Answer = FaultServer::Answer;

namespace {

const QByteArray path = "experiment/asset/get-asset";
const QByteArray tag = "\"version-1\"";

QByteArray noise(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator random(7);
    for (char &byte : bytes)
        byte = static_cast<char>(random.generate());
    return bytes;
}

Answer bytes(const QByteArray &body, const QByteArray &etag = tag)
{
    Answer answer;
    answer.body = body;
    answer.contentType = "application/octet-stream";
    answer.headers = {{"Accept-Ranges", "bytes"}, {"ETag", etag}};
    return answer;
}

Answer cut(const QByteArray &body, qint64 after, const QByteArray &etag = tag)
{
    Answer answer = bytes(body, etag);
    answer.cutAfter = after;
    answer.waitsToClose = true;
    return answer;
}

Answer part(const QByteArray &body, qint64 from, const QByteArray &etag = tag)
{
    Answer answer = bytes(body.mid(from), etag);
    answer.status = 206;
    answer.headers.emplaceBack("Content-Range", "bytes " + QByteArray::number(from) + '-'
            + QByteArray::number(body.size() - 1) + '/' + QByteArray::number(body.size()));
    return answer;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

} // namespace

class TestTransfer : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void writesMoreThanMemoryWouldTake();
    void tellsProgress_data();
    void tellsProgress();
    void emptyBody();
    void goesOnAfterACut();
    void goesOnInALaterCall();
    void startsOverWhereItMust_data();
    void startsOverWhereItMust();
    void neverGetsEnough();
    void serverErrors_data();
    void serverErrors();
    void aStorageGetsNoKey();
    void leavesNoSchemeButHttp();
    void unpacksWhatShouldNotBePacked();
    void cancelsAtOnce();
    void storageErrors_data();
    void storageErrors();
    void aDiskThatFillsUp();

private:
    std::shared_ptr<CallOutcome> download(qint64 *done = nullptr, qint64 *total = nullptr);
    FaultServer::Seen rangeAsked() const; // the first request for a part
    int attempts() const { return static_cast<int>(m_client->requestLog().entries().size()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<Client> m_client;
    std::shared_ptr<DownloadFile> m_file;
    const QByteArray m_body = noise(3'000'000);
};

void TestTransfer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<Client>(m_server->url(), u"s3cret"_s);
    Transport::Policy policy;
    policy.backOff = std::chrono::milliseconds(1);
    m_client->transport().setPolicy(policy);
    m_file = std::make_shared<DownloadFile>(m_folder->filePath(u"net.zip.part"_s));
}

void TestTransfer::cleanup()
{
    m_client.reset();
    m_server.reset();
}

std::shared_ptr<CallOutcome> TestTransfer::download(qint64 *done, qint64 *total)
{
    Reply<qint64> *reply = m_client->downloadAsset(u"k"_s, u"a"_s, m_file);
    connect(reply, &ReplyBase::progress, m_server.get(), &FaultServer::closeWaiting);
    if (done) {
        connect(reply, &ReplyBase::progress, this, [=](qint64 now, qint64 all) {
            QVERIFY(now >= *done);
            *done = now;
            *total = all;
        });
    }
    return watch(reply);
}

// The server may be asked more often than we ask: Qt repeats a request by itself where a connection is closed
// early, also one whose answer it has delivered as it was.
FaultServer::Seen TestTransfer::rangeAsked() const
{
    for (const FaultServer::Seen &seen : m_server->seen()) {
        if (seen.headers.contains("range"))
            return seen;
    }
    return {};
}

// Four times what any other answer may have.
void TestTransfer::writesMoreThanMemoryWouldTake()
{
    Answer answer = bytes(m_body);
    answer.repeat = 90;
    m_server->script(path, {answer});
    const auto outcome = download();
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    QCOMPARE(m_file->facts.size, 90 * qint64(m_body.size()));
    QFile file(m_file->path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (int i = 0; i < 90; ++i)
        QVERIFY(file.read(m_body.size()) == m_body);
    QVERIFY(file.atEnd());
    QCOMPARE(m_client->requestLog().entries().back().bytes, 90 * qint64(m_body.size()));
}

void TestTransfer::tellsProgress_data()
{
    QTest::addColumn<bool>("hasLength");
    QTest::newRow("with a total") << true;
    QTest::newRow("without") << false;
}

void TestTransfer::tellsProgress()
{
    QFETCH(bool, hasLength);
    Answer answer = bytes(m_body);
    answer.hasLength = hasLength;
    m_server->script(path, {answer});
    qint64 done = 0;
    qint64 total = 0;
    const auto outcome = download(&done, &total);
    QVERIFY(outcome->wait());
    QCOMPARE(done, qint64(m_body.size()));
    QCOMPARE(total, hasLength ? qint64(m_body.size()) : -1);
    QVERIFY(contentOf(m_file->path()) == m_body);
    QCOMPARE(m_file->facts.contentType, QByteArray("application/octet-stream"));
}

void TestTransfer::emptyBody()
{
    m_server->script(path, {bytes({})});
    const auto outcome = download();
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    QCOMPARE(contentOf(m_file->path()), QByteArray());
    QCOMPARE(m_file->facts.size, 0);
}

void TestTransfer::goesOnAfterACut()
{
    m_server->script(path, {cut(m_body, 1'000'000)});
    m_server->script(path + "#range", {part(m_body, 1'000'000)});
    qint64 done = 0;
    qint64 total = 0;
    const auto outcome = download(&done, &total);
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    QVERIFY(contentOf(m_file->path()) == m_body);
    QCOMPARE(total, qint64(m_body.size()));
    QCOMPARE(attempts(), 2);
    QVERIFY(!m_server->seen().front().headers.contains("range"));
    const FaultServer::Seen second = rangeAsked();
    QCOMPARE(second.headers.value("range"), QByteArray("bytes=1000000-"));
    QCOMPARE(second.headers.value("if-range"), tag);
    QCOMPARE(second.headers.value("authorization"), QByteArray("s3cret"));
    QCOMPARE(second.headers.value("accept-encoding"), QByteArray("identity"));
}

void TestTransfer::goesOnInALaterCall()
{
    Transport::Policy policy = m_client->transport().policy();
    policy.retries = 0;
    m_client->transport().setPolicy(policy);
    Answer dated = cut(m_body, 2'000'000, "W/\"weak\"");
    dated.headers.emplaceBack("Last-Modified", "Tue, 03 Mar 2026 10:00:00 GMT");
    Answer rest = part(m_body, 2'000'000, "W/\"weak\"");
    rest.headers.emplaceBack("Last-Modified", "Tue, 03 Mar 2026 10:00:00 GMT");
    m_server->script(path, {dated});
    m_server->script(path + "#range", {rest});
    const auto first = download();
    QVERIFY(first->wait());
    QCOMPARE(first->error.kind, Kind::Offline);
    QCOMPARE(contentOf(m_file->path()).size(), 2'000'000);
    const auto second = download();
    QVERIFY(second->wait());
    QCOMPARE(second->values, 1);
    QVERIFY(contentOf(m_file->path()) == m_body);
    QCOMPARE(rangeAsked().headers.value("range"), QByteArray("bytes=2000000-"));
    QCOMPARE(rangeAsked().headers.value("if-range"), QByteArray("Tue, 03 Mar 2026 10:00:00 GMT"));
}

void TestTransfer::startsOverWhereItMust_data()
{
    QTest::addColumn<Answer>("first");
    QTest::addColumn<Answer>("second");
    QTest::addColumn<bool>("asksForTheRest");
    QTest::addColumn<int>("requests");

    const QByteArray old(2'500'000, 'o');
    const Answer half = cut(old, 2'000'000);
    QTest::newRow("the whole comes, changed") << half << bytes(m_body, "\"version-2\"") << true << 2;
    QTest::newRow("the whole comes, shorter") << half << bytes(m_body.left(10), "\"version-2\"") << true << 2;
    QTest::newRow("the rest of another version") << half << part(m_body, 2'000'000, "\"version-2\"") << true << 3;
    QTest::newRow("another part") << half << part(m_body, 1'999'999) << true << 3;
    Answer garbled = part(m_body, 2'000'000);
    garbled.headers.last().second = "bytes 1e9-what/ever";
    QTest::newRow("a range that can't be read") << half << garbled << true << 3;
    Answer outside = FaultServer::failure(416);
    outside.headers.emplaceBack("Content-Range", "bytes */1000");
    QTest::newRow("416") << half << outside << true << 3;
    Answer unlike = half;
    unlike.headers = {{"ETag", tag}};
    QTest::newRow("no Accept-Ranges") << unlike << bytes(m_body) << false << 2;
    unlike.headers = {{"Accept-Ranges", "bytes"}};
    QTest::newRow("no validator") << unlike << bytes(m_body) << false << 2;
    unlike.headers = {{"Accept-Ranges", "bytes"}, {"ETag", "W/\"weak\""}};
    QTest::newRow("a weak one") << unlike << bytes(m_body) << false << 2;
    unlike.headers = {{"Accept-Ranges", "none"}, {"ETag", tag}};
    QTest::newRow("no ranges") << unlike << bytes(m_body) << false << 2;
}

void TestTransfer::startsOverWhereItMust()
{
    QFETCH(Answer, first);
    QFETCH(Answer, second);
    QFETCH(bool, asksForTheRest);
    QFETCH(int, requests);
    m_server->script(path, {first, bytes(m_body)});
    m_server->script(path + "#range", {second});
    const auto outcome = download();
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    QVERIFY(contentOf(m_file->path()) == (requests == 2 ? second.body : m_body));
    QCOMPARE(attempts(), requests);
    QCOMPARE(rangeAsked().headers.value("range"), asksForTheRest ? QByteArray("bytes=2000000-") : QByteArray());
}

void TestTransfer::neverGetsEnough()
{
    Answer answer = bytes(m_body);
    answer.headers.clear();
    answer.claimedLength = m_body.size() + 1;
    answer.waitsToClose = true;
    m_server->script(path, {answer});
    const auto outcome = download();
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->error.kind, Kind::Offline);
    QVERIFY(!outcome->error.sentence().isEmpty());
    QCOMPARE(attempts(), 4);
    QVERIFY(contentOf(m_file->path()).size() <= m_body.size());
}

void TestTransfer::serverErrors_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("404 in JSON") << FaultServer::failure(404, "no such asset") << Kind::NotFound << u"no such asset"_s;
    QTest::newRow("400 in JSON") << FaultServer::failure(400, "No model") << Kind::Invalid << u"No model"_s;
    QTest::newRow("401") << FaultServer::failure(401) << Kind::Unauthorized << u"API key"_s;
    QTest::newRow("a web page") << FaultServer::webPage(404) << Kind::NotFound << u"web page"_s;
    QTest::newRow("500") << FaultServer::failure(500, "boom") << Kind::Server << u"boom"_s;
    QTest::newRow("closed") << FaultServer::closed() << Kind::Offline << u"try again"_s;
    Answer huge = FaultServer::failure(404);
    huge.body = QByteArray(1 << 20, 'x');
    huge.repeat = 100;
    QTest::newRow("an error of 100 MB") << huge << Kind::TooLarge << u"larger"_s;
    Answer unasked = part(QByteArray(100, 'x'), 50);
    QTest::newRow("206 unasked") << unasked << Kind::BadAnswer << u"a part of the file"_s;
}

void TestTransfer::serverErrors()
{
    QFETCH(Answer, answer);
    QFETCH(Kind, kind);
    QFETCH(QString, says);
    m_server->script(path, {answer});
    const auto outcome = download();
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    QCOMPARE(outcome->error.kind, kind);
    QVERIFY2(outcome->error.sentence().contains(says), qPrintable(outcome->error.sentence()));
    QCOMPARE(outcome->error.request, u"GET experiment/asset/get-asset"_s);
    QCOMPARE(contentOf(m_file->path()), QByteArray());
}

void TestTransfer::aStorageGetsNoKey()
{
    FaultServer storage;
    QUrl address = storage.url();
    address.setPath(u"/bucket/a"_s);
    address.setQuery(u"X-Signature=s1gned"_s);
    m_server->script(path, {FaultServer::redirect(address, 307)});
    QUrl back = m_server->url();
    back.setPath(u"/back"_s);
    storage.script("/bucket/a", {cut(m_body, 1'500'000)});
    storage.script("/bucket/a#range", {FaultServer::redirect(back)});
    m_server->script("/back", {part(m_body, 1'500'000)});
    Reply<qint64> *reply = m_client->downloadAsset(u"k"_s, u"a"_s, m_file);
    connect(reply, &ReplyBase::progress, &storage, &FaultServer::closeWaiting);
    const auto outcome = watch(reply);
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    QVERIFY(contentOf(m_file->path()) == m_body);
    QCOMPARE(attempts(), 5); // a signed address is asked for anew
    for (const FaultServer::Seen &seen : storage.seen()) {
        QVERIFY(!seen.headers.contains("authorization"));
        QVERIFY(!seen.headers.contains("x-comet-sdk-source"));
        QCOMPARE(seen.query, QByteArray("X-Signature=s1gned"));
    }
    QCOMPARE(m_server->count("/back"), 1);
    QCOMPARE(m_server->seen().back().headers.value("range"), QByteArray("bytes=1500000-"));
    QVERIFY(!m_server->seen().back().headers.contains("authorization"));
    for (const RequestLog::Entry &entry : m_client->requestLog().entries()) {
        const QString text = entry.url.toString() + RequestLog::curl(entry);
        QVERIFY2(!text.contains("s1gned"_L1) && !text.contains("s3cret"_L1), qPrintable(text));
        QCOMPARE(text.contains("Authorization"_L1), entry.path.startsWith("api/"_L1));
    }
}

void TestTransfer::leavesNoSchemeButHttp()
{
    for (const QString &target : {u"ftp://127.0.0.1/a"_s, u"file:///etc/hostname"_s, u"data:,x"_s, u"http:"_s}) {
        m_server->script(path, {FaultServer::redirect(QUrl(target))});
        const auto outcome = download();
        QVERIFY(outcome->wait());
        QVERIFY2(outcome->error.kind == Kind::Redirected, qPrintable(target));
    }
    m_server->script(path, {FaultServer::redirect(QUrl(u"/api/rest/v2/"_s + QString::fromLatin1(path)))});
    const auto circle = download();
    QVERIFY(circle->wait());
    QCOMPARE(circle->error.kind, Kind::Redirected);
    QCOMPARE(contentOf(m_file->path()), QByteArray());
}

void TestTransfer::unpacksWhatShouldNotBePacked()
{
    m_server->script(path, {FaultServer::gzipped(m_body)});
    const auto outcome = download();
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    QVERIFY(contentOf(m_file->path()) == m_body);
    QCOMPARE(m_server->count(path), 2);
}

void TestTransfer::cancelsAtOnce()
{
    Answer slow = bytes(m_body);
    slow.drip = 1;
    m_server->script(path, {slow});
    Reply<qint64> *reply = m_client->downloadAsset(u"k"_s, u"a"_s, m_file);
    const auto outcome = watch(reply);
    qint64 done = 0;
    connect(reply, &ReplyBase::progress, this, [&](qint64 now, qint64) { done = now; });
    QTRY_VERIFY(done > 20);
    QElapsedTimer clock;
    clock.start();
    reply->cancel();
    QCOMPARE(outcome->ends, 1);
    QTRY_VERIFY(m_client->transport().isIdle());
    QVERIFY2(clock.elapsed() < 200, qPrintable(QString::number(clock.elapsed())));
    // What is there by now is gone on with.
    m_server->script(path, {bytes(m_body)});
    const auto second = download();
    QVERIFY(second->wait());
    QCOMPARE(second->values, 1);
    const QByteArray range = rangeAsked().headers.value("range");
    QVERIFY(range.startsWith("bytes="));
    QVERIFY(range.mid(6).chopped(1).toLongLong() >= done);
    QVERIFY(contentOf(m_file->path()) == m_body);
}

void TestTransfer::storageErrors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("space");
    QTest::addColumn<QString>("says");
    const qint64 plenty = qint64(1) << 40;
    QTest::newRow("no such folder") << u"missing/net.part"_s << plenty << u"No such file"_s;
    QTest::newRow("a file for a folder") << u"file/net.part"_s << plenty << u"Not a directory"_s;
    QTest::newRow("a link") << u"link"_s << plenty << u"symbolic links"_s;
    QTest::newRow("a long name") << QString(300, u'x') << plenty << u"too long"_s;
    QTest::newRow("a folder") << u"."_s << plenty << u"directory"_s;
    QTest::newRow("a small disk") << u"net.part"_s << qint64(17 << 20) << u"not enough room"_s;
}

void TestTransfer::storageErrors()
{
    QFETCH(QString, name);
    QFETCH(qint64, space);
    QFETCH(QString, says);
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(m_folder->filePath(u"elsewhere"_s), m_folder->filePath(u"link"_s)));
    m_file = std::make_shared<DownloadFile>(m_folder->filePath(name), [space](const QString &) { return space; });
    m_server->script(path, {bytes(m_body)});
    const auto outcome = download();
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    QCOMPARE(outcome->error.kind, Kind::Storage);
    QVERIFY2(outcome->error.sentence().contains(says, Qt::CaseInsensitive), qPrintable(outcome->error.sentence()));
    QVERIFY(!QFile::exists(m_folder->filePath(u"elsewhere"_s)));
}

void TestTransfer::aDiskThatFillsUp()
{
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1'000'000, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    m_server->script(path, {bytes(m_body)});
    const auto outcome = download();
    const bool hasEnded = outcome->wait();
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(hasEnded);
    QCOMPARE(outcome->error.kind, Kind::Storage);
    QVERIFY2(outcome->error.sentence().contains("net.zip.part"_L1), qPrintable(outcome->error.sentence()));
    // Room was made.
    m_server->script(path, {part(m_body, contentOf(m_file->path()).size())});
    const auto second = download();
    QVERIFY(second->wait());
    QCOMPARE(second->values, 1);
    QVERIFY(contentOf(m_file->path()) == m_body);
}

QTEST_GUILESS_MAIN(TestTransfer)
#include "tst_transfer.moc"
