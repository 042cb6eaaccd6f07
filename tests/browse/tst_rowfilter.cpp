// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/rowfilter.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Hits = std::vector<quint8>;

namespace {

TextColumn texts(const QStringList &all)
{
    TextColumn column;
    for (const QString &text : all)
        column.append(text.toStdString());
    return column;
}

std::shared_ptr<const Haystack> folded(const QStringList &all)
{
    const TextColumn column = texts(all);
    return foldedRows({&column});
}

RowFilter text(const QString &words)
{
    return {RowFilter::Mode::Text, words};
}

} // namespace

class RowFilterTest : public QObject
{
    Q_OBJECT
private slots:
    void findsAnywhereAndIgnoresCase()
    {
        const Haystacks all{folded({u"ResNet-18"_s, u"lenet"_s, u"VGG"_s, u""_s})};
        QCOMPARE(matchText(4, text(u"NET"_s), all), (Hits{1, 1, 0, 0}));
        QCOMPARE(matchText(4, text(u"  "_s), all), (Hits{1, 1, 1, 1}));
    }

    void aMatchAcrossTwoRowsIsNone()
    {
        const TextColumn joined = texts({u"ab"_s, u"cd"_s, u"xbc"_s}); // no separators at all
        const Haystacks all{std::make_shared<const Haystack>(joined)};
        QCOMPARE(matchText(3, text(u"bc"_s), all), (Hits{0, 0, 1}));
        QCOMPARE(matchText(3, text(u"cd"_s), all), (Hits{0, 1, 0}));
    }

    void everyWordMustBeSomewhereInTheRow()
    {
        const Haystacks all{folded({u"wrn-s1"_s, u"wrn-s2"_s, u"lenet"_s}), folded({u"adam"_s, u"sgd"_s, u"adam"_s})};
        QCOMPARE(matchText(3, text(u"adam"_s), all), (Hits{1, 0, 1}));
        QCOMPARE(matchText(3, text(u"adam wrn"_s), all), (Hits{1, 0, 0}));
    }

    void unicodeFolds()
    {
        const Haystacks all{folded({u"Überlauf"_s, u"ΣΊΣΥΦΟΣ"_s, u"🚀 run"_s})};
        QCOMPARE(matchText(3, text(u"über"_s), all), (Hits{1, 0, 0}));
        QCOMPARE(matchText(3, text(u"σίσυφοσ"_s), all), (Hits{0, 1, 0}));
        QCOMPARE(matchText(3, text(u"🚀"_s), all), (Hits{0, 0, 1}));
    }

    void accentsAreOneLetterHoweverTheyAreWritten()
    {
        const QString name = u"Ångström-naïve-처음"_s;
        const auto apart = [](const QString &text) { return text.normalized(QString::NormalizationForm_D); };
        const Haystacks all{folded({name, apart(name), u"Angstrom-naive"_s})};
        for (const QString &word : {u"ångström"_s, u"NAÏVE"_s, u"처음"_s}) {
            QCOMPARE(matchText(3, text(word), all), (Hits{1, 1, 0}));
            QCOMPARE(matchText(3, text(apart(word)), all), (Hits{1, 1, 0}));
        }
    }

    void growingTextOnlyLooksAmongWhatMatched()
    {
        QStringList names;
        for (int i = 0; i < 1'000; ++i)
            names << u"run-%1"_s.arg(i);
        const Haystacks all{folded(names)};
        const Hits nine = matchText(1'000, text(u"run-9"_s), all);
        const Hits among = matchText(1'000, text(u"run-99"_s), all, &nine);
        QCOMPARE(among, matchText(1'000, text(u"run-99"_s), all));
        QCOMPARE(std::count(among.begin(), among.end(), 1), 11);
        Hits nothing(1'000, 0);
        QCOMPARE(matchText(1'000, text(u"run"_s), all, &nothing), nothing);
    }

    // The meanings of Python's re.match: anchored at the start only, case sensitive, key or name.
    void pattern_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<Hits>("hits");
        QTest::newRow("start") << u"res"_s << Hits{1, 0, 0};
        QTest::newRow("not in the middle") << u"net"_s << Hits{0, 0, 0};
        QTest::newRow("alternatives are anchored too") << u"zzz|net"_s << Hits{0, 0, 0};
        QTest::newRow("anywhere") << u".*net"_s << Hits{1, 0, 1};
        QTest::newRow("case counts") << u"Res"_s << Hits{0, 0, 0};
        QTest::newRow("case by flag") << u"(?i)Res"_s << Hits{1, 0, 0};
        QTest::newRow("key") << u"k2$"_s << Hits{0, 1, 0};
        QTest::newRow("named group") << u"(?P<a>l)e(?P=a)?net"_s << Hits{0, 0, 1};
        QTest::newRow("no match of nothing") << u"$"_s << Hits{0, 0, 0};
    }
    void pattern()
    {
        QFETCH(QString, pattern);
        const Hits hits = matchPattern({RowFilter::Mode::Pattern, pattern}, texts({u"k1"_s, u"k2"_s, u"k3"_s}),
            texts({u"resnet"_s, u""_s, u"lenet"_s}));
        QTEST(hits, "hits");
    }

    void aBrokenPatternSaysWhy()
    {
        const RowFilter broken{RowFilter::Mode::Pattern, u"run-("_s};
        QVERIFY(broken.error().contains(u"character"_s));
        QVERIFY((RowFilter{RowFilter::Mode::Pattern, u"run-.*"_s}).error().isEmpty());
        QVERIFY(text(u"run-("_s).error().isEmpty());
    }
};

QTEST_GUILESS_MAIN(RowFilterTest)
#include "tst_rowfilter.moc"
