// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/store.h"
#include "tests/localserver/bench.h"

#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTcpSocket>

#include <csignal>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("can't be read");
}

QString refusal(const QString &path)
{
    try {
        const localserver::Store store(path.toStdString());
    } catch (const std::runtime_error &problem) {
        return QString::fromUtf8(problem.what());
    }
    return {};
}

// perihelion --serve in a process of its own that can be killed: this program again.
class ServerProcess {
public:
    explicit ServerProcess(const QString &data)
    {
        m_process.start(QCoreApplication::applicationFilePath(), {u"--serve"_s, data});
        if (m_process.waitForReadyRead(20'000))
            m_line = QJsonDocument::fromJson(m_process.readLine()).object();
    }
    quint16 port() const { return quint16(QUrl(m_line[u"url"].toString()).port()); }
    QJsonObject line() const { return m_line; }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    int terminate()
    {
        m_process.terminate();
        return m_process.waitForFinished() ? m_process.exitCode() : -1;
    }

private:
    QProcess m_process;
    QJsonObject m_line;
};

// A request on a connection that is kept alive; the answer's body.
QByteArray exchange(
    QTcpSocket &socket, const QByteArray &verb, const QByteArray &path, const QByteArray &body = {})
{
    socket.write(verb + " /api/rest/v2/" + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: the-key\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray answer;
    qsizetype length = -1;
    while (socket.state() == QAbstractSocket::ConnectedState && (length < 0 || answer.size() < length)) {
        if (!socket.bytesAvailable() && !socket.waitForReadyRead(20'000))
            return {};
        answer += socket.readAll();
        const qsizetype end = answer.indexOf("\r\n\r\n");
        const qsizetype field = answer.left(end).toLower().indexOf("content-length:");
        if (end > 0 && field > 0 && length < 0)
            length = end + 4 + answer.mid(field + 15, answer.indexOf("\r\n", field) - field - 15).trimmed().toInt();
    }
    return length > 0 && answer.size() == length ? answer.mid(answer.indexOf("\r\n\r\n") + 4) : QByteArray();
}

} // namespace

// The database file: what is refused, and what survives.
class TestStore : public QObject {
    Q_OBJECT
private slots:
    void aForeignFileIsLeftAsItIs_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("my diary");
        QTest::newRow("long text") << QByteArray(5000, 'x');
        QTest::newRow("a database of somebody else") << foreignDatabase();
    }
    void aForeignFileIsLeftAsItIs()
    {
        QFETCH(QByteArray, content);
        QTemporaryDir folder;
        QFile file(folder.filePath(u"theirs"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        QVERIFY(refusal(file.fileName()).contains(u"not a database of Perihelion"_s));
        QCOMPARE(contentOf(file.fileName()), content);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void aFolderIsRefused()
    {
        QTemporaryDir folder;
        QVERIFY(refusal(folder.path()).contains(u"not a file"_s));
        QVERIFY(!refusal(folder.filePath(u"no/such/folder/x"_s)).isEmpty());
    }

    void twoServersDoNotShareAFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"data"_s);
        const localserver::Store store(path.toStdString());
        QVERIFY(refusal(path).contains(u"in use"_s));
    }

    void whatFailsLeavesNothingBehind()
    {
        QTemporaryDir folder;
        localserver::Store store(folder.filePath(u"data"_s).toStdString());
        const auto insert = [&store](const char *name, bool fail) {
            store.write([&](localserver::Writing &writing) {
                writing.db.run("INSERT INTO workspaces(name) VALUES(?)", name);
                if (fail)
                    throw std::runtime_error("on purpose");
            });
        };
        insert("first", false);
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, insert("second", true));
        insert("third", false);
        const auto names = store.read([](localserver::Connection &db) {
            std::vector<std::string> result;
            for (localserver::Rows rows = db.query("SELECT name FROM workspaces ORDER BY id"); rows.next();)
                result.push_back(rows.text(0));
            return result;
        });
        QCOMPARE(names, (std::vector<std::string>{"first", "third"}));
    }

    void whatWasAcknowledgedSurvivesAKill()
    {
        QTemporaryDir folder;
        const QString data = folder.filePath(u"data.db"_s);
        constexpr int wanted = 10'000;
        constexpr int killedAt = 5'000;
        constexpr int clients = 4;
        QSet<int> acknowledged;
        QByteArray key;
        {
            ServerProcess server(data);
            QVERIFY(server.port() != 0);
            std::vector<std::unique_ptr<QTcpSocket>> sockets;
            for (int i = 0; i < clients; ++i) {
                sockets.push_back(std::make_unique<QTcpSocket>());
                sockets.back()->connectToHost(u"127.0.0.1"_s, server.port());
                QVERIFY(sockets.back()->waitForConnected());
            }
            const QByteArray made = exchange(*sockets[0], "POST", "write/experiment/create",
                "{\"workspaceName\":\"w\",\"projectName\":\"p\"}");
            key = QJsonDocument::fromJson(made).object()[u"experimentKey"].toString().toUtf8();
            QVERIFY(!key.isEmpty());
            // All clients write ahead, so that the kill falls among writes under way.
            int next = 0;
            while (next < wanted && acknowledged.size() < killedAt)
                writeRound(sockets, key, next, acknowledged);
            for (int i = 0; i < clients; ++i)
                send(*sockets[std::size_t(i)], key, next + i);
            server.kill();
        }
        QVERIFY(acknowledged.size() >= killedAt);

        ServerProcess server(data);
        QVERIFY(server.port() != 0);
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, server.port());
        QVERIFY(socket.waitForConnected());
        const QJsonArray points = QJsonDocument::fromJson(
            exchange(socket, "GET", "experiment/metrics/get-metric?metricName=m&experimentKey=" + key))
                                      .object()[u"metrics"]
                                      .toArray();
        QSet<int> kept;
        for (const QJsonValue &point : points) {
            kept.insert(point[u"step"].toInt());
            QCOMPARE(point[u"metricValue"].toString().toDouble(), point[u"step"].toInt() * 0.5);
        }
        QVERIFY2((acknowledged - kept).isEmpty(),
            qPrintable(u"%1 acknowledged points are gone"_s.arg((acknowledged - kept).size())));
        QCOMPARE(points.size(), kept.size());
        QCOMPARE(server.terminate(), 0);
        QVERIFY2(!QFile::exists(data + u"-wal"_s), "a clean end leaves one file");
    }

private:
    static QByteArray foreignDatabase()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"x.db"_s);
        SQLite::Database(path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE diary(day TEXT)");
        return contentOf(path);
    }
    static void send(QTcpSocket &socket, const QByteArray &key, int step)
    {
        const QByteArray body = "{\"experimentKey\":\"" + key + "\",\"metricName\":\"m\",\"metricValue\":"
            + QByteArray::number(step * 0.5) + ",\"step\":" + QByteArray::number(step) + '}';
        socket.write("POST /api/rest/v2/write/experiment/metric HTTP/1.1\r\nHost: "
                     "127.0.0.1\r\nAuthorization: the-key\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        socket.flush();
    }
    // One write on each connection, then their answers.
    static void writeRound(const std::vector<std::unique_ptr<QTcpSocket>> &sockets, const QByteArray &key,
        int &next, QSet<int> &acknowledged)
    {
        for (const auto &socket : sockets)
            send(*socket, key, next++);
        int step = next - int(sockets.size());
        for (const auto &socket : sockets) {
            QByteArray answer;
            while (!answer.contains("sdk_error_code") && socket->waitForReadyRead(20'000))
                answer += socket->readAll();
            if (answer.startsWith("HTTP/1.1 200"))
                acknowledged.insert(step);
            ++step;
        }
    }
};

int main(int argc, char **argv)
{
    if (argc == 3 && std::strcmp(argv[1], "--serve") == 0) {
        localserver::Options options;
        options.data = argv[2];
        options.apiKey = "the-key";
        return localserver::serve(options);
    }
    QCoreApplication application(argc, argv);
    TestStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_store.moc"
