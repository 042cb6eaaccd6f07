// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/values/unicode.h"

#include <QTest>

using namespace Qt::StringLiterals;

class UnicodeTest : public QObject
{
    Q_OBJECT
private slots:
    void oneLetterIsOneCharacter_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("composed");
        QTest::addColumn<QString>("folded");
        QTest::newRow("plain") << u"Run-1 [a]"_s << u"Run-1 [a]"_s << u"run-1 [a]"_s;
        QTest::newRow("one already") << u"É"_s << u"É"_s << u"é"_s;
        QTest::newRow("two") << u"E\u0301"_s << u"É"_s << u"é"_s;
        QTest::newRow("order of marks") << u"q\u0307\u0323"_s << u"q\u0323\u0307"_s << u"q\u0323\u0307"_s;
        QTest::newRow("hangul") << u"\u1100\u1161\u11a8"_s << u"각"_s << u"각"_s;
        QTest::newRow("no ligature is taken apart") << u"ﬁ²"_s << u"ﬁ²"_s << u"ﬁ²"_s.toCaseFolded();
        QTest::newRow("beyond the first plane") << u"🚀"_s << u"🚀"_s << u"🚀"_s;
    }
    void oneLetterIsOneCharacter()
    {
        QFETCH(QString, text);
        QFETCH(QString, composed);
        QFETCH(QString, folded);
        std::string buffer;
        const std::string utf8 = text.toStdString();
        QCOMPARE(QString::fromStdString(std::string(unicode::composed(utf8, buffer))), composed);
        QCOMPARE(unicode::folded(text), folded);
        std::string appended = "x";
        unicode::appendFolded(utf8, appended);
        QCOMPARE(QString::fromStdString(appended), u'x' + folded);
    }

    void partsAreFoundInAnyCaseAndForm()
    {
        QVERIFY(unicode::hasFolded(u"CAFE\u0301 noir"_s, unicode::folded(u"café"_s)));
        QVERIFY(unicode::hasFolded(u"Café"_s, unicode::folded(u"AFE\u0301"_s)));
        QVERIFY(!unicode::hasFolded(u"Cafe"_s, unicode::folded(u"é"_s)));
    }
};

QTEST_GUILESS_MAIN(UnicodeTest)
#include "tst_unicode.moc"
