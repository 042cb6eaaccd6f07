// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/multipart.h"
#include "app/localserver/request.h"

#include <QTest>

#include <vector>

using namespace localserver;

// Multipart bodies, wherever they are cut on their way.
class TestMultipart : public QObject {
    Q_OBJECT
private slots:
    void partsAreReadHoweverTheyArrive()
    {
        const std::string content = std::string("a\r\n--fron\0\xff--frontie\r\r\n-", 25);
        const std::string body = "preamble\r\n--frontier \t\r\nContent-Disposition: form-data; name=\"file\"; "
                                 "filename=\"ü \\\"x\\\".txt\"\r\nContent-Type: text/plain\r\n\r\n"
            + content
            + "\r\n--frontier\r\nCONTENT-DISPOSITION:form-data;NAME=metadata\r\n\r\n{}\r\n--frontier\r\n\r\n"
              "\r\n--frontier--\r\nepilogue --frontier";
        for (std::size_t piece = 1; piece < body.size(); ++piece) {
            const std::vector<Found> found = read("multipart/form-data; boundary=frontier", body, piece);
            QCOMPARE(found.size(), 3u);
            QCOMPARE(found[0].name, "file");
            QCOMPARE(found[0].fileName, "ü \"x\".txt");
            QCOMPARE(found[0].content, content);
            QCOMPARE(found[1].name, "metadata");
            QCOMPARE(found[1].content, "{}");
            QVERIFY(found[2].name.empty() && found[2].content.empty());
        }
    }

    void halfABodyIsNone()
    {
        const std::string body = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n0123456789\r\n--b--";
        QCOMPARE(read("multipart/form-data; boundary=\"b\"", body, 7).size(), 1u);
        for (std::size_t length = 0; length < body.size(); ++length)
            QVERIFY2(!isRead("multipart/form-data; boundary=\"b\"", body.substr(0, length)), QByteArray::number(qsizetype(length)));
    }

    void whatIsNoMultipart()
    {
        const std::string body = "--b\r\n\r\n\r\n--b--";
        QVERIFY(isRead("Multipart/Form-Data;charset=x; Boundary=b", body));
        QVERIFY(!isRead("multipart/form-data", body));
        QVERIFY(!isRead("multipart/form-data; boundary=", body));
        QVERIFY(!isRead("multipart/form-data; boundary=c", body));
        QVERIFY(!isRead("application/json; boundary=b", body));
        QVERIFY(!isRead("multipart/form-data; boundary=" + std::string(300, 'b'), body));
        QVERIFY(!isRead("multipart/form-data; boundary=b", "--bxy\r\n\r\n\r\n--b--"));
        QVERIFY(!isRead("multipart/form-data; boundary=b", "--b\r\nX: " + std::string(50'000, 'x')));
        std::string many;
        for (int i = 0; i < 10'000; ++i)
            many += "--b\r\n\r\n\r\n";
        QVERIFY(!isRead("multipart/form-data; boundary=b", many + "--b--"));
    }

    void namesAreUtf8()
    {
        const auto found = read("multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"f\xe9\"; filename=\"a\\b\"\r\n\r\n\r\n--b--", 5);
        QCOMPARE(found.at(0).name, "f\xEF\xBF\xBD");
        QCOMPARE(found.at(0).fileName, "a\\b");
    }

private:
    struct Found {
        std::string name;
        std::string fileName;
        std::string content;
    };

    static std::vector<Found> read(std::string_view type, std::string_view body, std::size_t piece)
    {
        std::vector<Found> found;
        MultipartReader reader(
            type,
            [&](std::string name, std::string fileName) {
                found.push_back({std::move(name), std::move(fileName), {}});
            },
            [&](std::string_view bytes) { found.back().content += bytes; });
        for (std::size_t at = 0; at < body.size(); at += piece)
            reader.append(body.substr(at, piece));
        reader.finish();
        return found;
    }
    static bool isRead(std::string_view type, std::string_view body)
    {
        try {
            read(type, body, 1000);
            return true;
        } catch (const Failure &) {
            return false;
        }
    }
};

QTEST_APPLESS_MAIN(TestMultipart)
#include "tst_multipart.moc"
