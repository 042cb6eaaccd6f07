// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/runnames.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestRunNames : public QObject
{
    Q_OBJECT
private slots:
    void namesakesGetTheirKeys_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QStringList>("keys");
        QTest::addColumn<QStringList>("expected");
        const QStringList keys{u"1a2b3c4d5e"_s, u"9f8e7d6c5b"_s, u"1a2bffff00"_s};
        QTest::newRow("none") << QStringList{u"a"_s, u"b"_s, u"c"_s} << keys << QStringList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("two of three") << QStringList{u"a"_s, u"a"_s, u"c"_s} << keys
                                      << QStringList{u"a · 1a2b"_s, u"a · 9f8e"_s, u"c"_s};
        QTest::newRow("keys that begin alike") << QStringList{u"a"_s, u"a"_s, u"a"_s} << keys
                                               << QStringList{u"a · 1a2b3c4d"_s, u"a · 9f8e"_s, u"a · 1a2bffff"_s};
        QTest::newRow("case") << QStringList{u"Base"_s, u"base"_s, u"bases"_s} << keys
                              << QStringList{u"Base · 1a2b"_s, u"base · 9f8e"_s, u"bases"_s};
        QTest::newRow("blanks") << QStringList{u" top k"_s, u"top  k\u00A0"_s, u"topk"_s} << keys
                                << QStringList{u" top k · 1a2b3c4d"_s, u"top  k\u00A0 · 9f8e"_s, u"topk · 1a2bffff"_s};
        QTest::newRow("composed") << QStringList{u"caf\u00E9"_s, u"cafe\u0301"_s, u"x"_s} << keys
                                  << QStringList{u"caf\u00E9 · 1a2b"_s, u"cafe\u0301 · 9f8e"_s, u"x"_s};
        QTest::newRow("a name like one with a key") << QStringList{u"a"_s, u"a · 1a2b"_s, u"a"_s}
                                                    << QStringList{u"1a2b3c4d5e"_s, u"9f8e7d6c5b"_s, u"77777777"_s}
                                                    << QStringList{u"a · 1a2b3c4d"_s, u"a · 1a2b · 9f8e"_s, u"a · 7777"_s};
        QTest::newRow("no names") << QStringList{QString(), QString(), u"a"_s} << keys << QStringList{keys[0], keys[1], u"a"_s};
        QTest::newRow("short keys") << QStringList{u"a"_s, u"a"_s} << QStringList{u"x"_s, u"yz"_s}
                                    << QStringList{u"a · x"_s, u"a · yz"_s};
    }
    void namesakesGetTheirKeys()
    {
        QFETCH(const QStringList, names);
        QFETCH(const QStringList, keys);
        QFETCH(const QStringList, expected);
        QCOMPARE(distinctNames(names, keys), expected);
    }
};

QTEST_GUILESS_MAIN(TestRunNames)
#include "tst_runnames.moc"
