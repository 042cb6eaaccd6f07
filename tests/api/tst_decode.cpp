// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/decode.h"

#include <QTest>

using namespace api;

class TestDecode : public QObject
{
    Q_OBJECT
private slots:
    void first()
    {
        auto r = decode::experiments(R"({"experiments":[{"experimentKey":"k","experimentName":null,"archived":false,"startTimeMillis":"12"}]})", Archived::No);
        QVERIFY2(r, qPrintable(r ? QString() : r.error().message));
        QCOMPARE(r.value().size(), 1);
        QCOMPARE(r.value().starts[0], 12);
        auto c = decode::chart(R"({"empty":false,"experiments":{"k":{"empty":false,"metrics":[{"metricName":"NaN loss","values":[1,"2",NaN,null,-Infinity,1e999],"steps":[0,1,2,3,4,5],"epochs":[null,null,null,null,null,null]}],"params":{"a":"b","n":5}}}})", {QStringLiteral("n"), QStringLiteral("z"), QStringLiteral("a")});
        QVERIFY2(c, qPrintable(c ? QString() : c.error().message));
        QCOMPARE(c.value()[0].metrics[0].name, QStringLiteral("NaN loss"));
        QCOMPARE(c.value()[0].metrics[0].values.size(), 6);
        QCOMPARE(c.value()[0].metrics[0].values[4], -INFINITY);
        QCOMPARE(c.value()[0].metrics[0].values[5], INFINITY);
        QVERIFY(c.value()[0].metrics[0].epochs.empty());
        QCOMPARE(c.value()[0].parameters, QStringList({QStringLiteral("5"), QString(), QStringLiteral("b")}));
        auto e = decode::experiments(R"({"experiments":[{"experimentKey":"k"},{"experimentKey":"k","startTimeMillis":{}}]})", Archived::No);
        QVERIFY(!e);
        QCOMPARE(e.error().message, QStringLiteral("experiments[1].startTimeMillis: a number was expected"));
    }
};

QTEST_GUILESS_MAIN(TestDecode)
#include "tst_decode.moc"
