// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/api/calls.h"
#include "tests/api/decodeanything.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

// Two seconds of damaged answers: nothing may crash, and what is read at all must be sound. Worth most with
// AddressSanitizer.
class TestFuzzDecode : public QObject
{
    Q_OBJECT
private slots:
    void survivesDamage();

private:
    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(m_random); }
    void damage(QByteArray &text);

    std::mt19937 m_random;
};

void TestFuzzDecode::damage(QByteArray &text)
{
    static const QList<QByteArray> words{"\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "NaN", "-Infinity", "1e999",
        "0.98765432109876543210", "\"\\ud83d\"", "\"\\u00\"", "\x7f", "\xff\xfe", QByteArray(1, '\0'), "99999999999999999999",
        "\"experiments\":", "\"values\":[", "\"steps\":[1]", QByteArray(2000, '['), QByteArray(70, ' ')};
    const auto at = static_cast<qsizetype>(below(std::size_t(text.size()) + 1));
    const auto length = static_cast<qsizetype>(below(16)) + 1;
    switch (below(6)) {
    case 0:
        text.truncate(at);
        break;
    case 1:
        text.remove(at, length);
        break;
    case 2:
        text.insert(at, text.mid(at, length));
        break;
    case 3:
        if (at < text.size())
            text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
    default:
        text.insert(at, words[static_cast<qsizetype>(below(std::size_t(words.size())))]);
    }
}

void TestFuzzDecode::survivesDamage()
{
    QList<QByteArray> corpus;
    for (const NamedCall &call : allCalls())
        corpus += call.goodAnswer;
    corpus += R"({"experiments": {"a": {"metrics": [{"metricName": "m", "values": [0.5, NaN, "1", null, -Infinity],
        "steps": [0, 1, 2, 3, 4], "epochs": null, "timestamps": [1558962363411, null, 3, 4, 5]}], "params": {"lr": 0.1}}}})";
    corpus += R"({"experiments": [{"experimentKey": "k", "experimentName": "Gr\u00fcn \ud83d\udcc8", "archived": false,
        "startTimeMillis": 1587671932216, "running": true}, {"experimentKey": "l", "startTimeMillis": "12"}]})";
    const unsigned seed = std::random_device()();
    m_random.seed(seed);
    QElapsedTimer clock;
    clock.start();
    qint64 count = 0;
    for (; clock.elapsed() < 2000; ++count) {
        QByteArray text = corpus[static_cast<qsizetype>(below(std::size_t(corpus.size())))];
        for (std::size_t i = below(4) + 1; i > 0; --i)
            damage(text);
        if (!decodeAnything(text))
            QFAIL(qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromLatin1(text.toPercentEncoding()))));
    }
    qInfo("%lld damaged answers", static_cast<long long>(count));
    QVERIFY(count > 10);
}

QTEST_GUILESS_MAIN(TestFuzzDecode)
#include "tst_fuzzdecode.moc"
