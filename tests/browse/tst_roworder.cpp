// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/roworder.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;
using Rows = std::vector<quint32>;

namespace {

TextColumn texts(const QStringList &all)
{
    TextColumn column;
    for (const QString &text : all)
        column.append(text.toStdString());
    return column;
}

SortColumn byText(const QStringList &all, bool descending = false)
{
    return {[all] { return SortKeys{ranks(texts(all)), {}, static_cast<quint64>(all.size())}; }, descending};
}

} // namespace

class RowOrderTest : public QObject
{
    Q_OBJECT
private slots:
    void nothingToSortByKeepsTheOrder() { QCOMPARE(sortedRows(3, {}), (Rows{0, 1, 2})); }

    void readsAsPeopleSort()
    {
        QCOMPARE(sortedRows(6, {byText({u"run-10"_s, u"Run-2"_s, u"run-1"_s, u"run-002b"_s, u"alpha"_s, u"run-100"_s})}),
            (Rows{4, 2, 1, 3, 0, 5}));
    }

    void differencesAfterALongCommonPrefixCount()
    {
        QCOMPARE(sortedRows(3, {byText({u"sweep/cifar10/resnet/zz/b"_s, u"sweep/cifar10/resnet/zz/a"_s,
                     u"sweep/cifar10/resnet/zz"_s})}),
            (Rows{2, 1, 0}));
        QCOMPARE(sortedRows(3, {byText({u"x-aaaaaaaaaaaab"_s, u"x-aaaaaaaaaaaaa"_s, u"x-aaaaaaaaaaaab"_s})}),
            (Rows{1, 0, 2}));
    }

    void equalRowsStayInOrderInBothDirections()
    {
        const QStringList same{u"b"_s, u"a"_s, u"b"_s, u"a"_s};
        QCOMPARE(sortedRows(4, {byText(same)}), (Rows{1, 3, 0, 2}));
        QCOMPARE(sortedRows(4, {byText(same, true)}), (Rows{0, 2, 1, 3}));
    }

    void severalColumns()
    {
        const QStringList optimizer{u"sgd"_s, u"adam"_s, u"sgd"_s, u"adam"_s};
        const QStringList size{u"64"_s, u"128"_s, u"256"_s, u"32"_s};
        QCOMPARE(sortedRows(4, {byText(optimizer), byText(size, true)}), (Rows{1, 3, 2, 0}));
    }

    void tiersComeFirstInBothDirections()
    {
        const auto keys = [] { return SortKeys{{5, 1, 9, 3}, {0, 1, 0, 1}, 0}; };
        QCOMPARE(sortedRows(4, {{keys, false}}), (Rows{0, 2, 1, 3}));
        QCOMPARE(sortedRows(4, {{keys, true}}), (Rows{2, 0, 3, 1}));
    }

    void doublesOrderAsNumbers()
    {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const std::vector<double> sorted{-infinity, -1e300, -2.5, -1e-300, 0, 1e-300, 2.5, 1e300, infinity};
        for (std::size_t i = 1; i < sorted.size(); ++i)
            QVERIFY2(orderedBits(sorted[i - 1]) < orderedBits(sorted[i]), qPrintable(QString::number(i)));
        QCOMPARE(orderedBits(-0.0), orderedBits(0.0));
    }

    void agreesWithAPlainSort()
    {
        QRandomGenerator random(7);
        std::vector<quint64> first(5'000);
        std::vector<quint64> second(5'000);
        for (std::size_t i = 0; i < first.size(); ++i) {
            first[i] = random.bounded(20u);
            second[i] = random.bounded(50u);
        }
        Rows expected(first.size());
        std::iota(expected.begin(), expected.end(), 0u);
        std::stable_sort(expected.begin(), expected.end(), [&](quint32 a, quint32 b) {
            return first[a] != first[b] ? first[a] > first[b] : second[a] < second[b];
        });
        QCOMPARE(sortedRows(first.size(),
                     {{[&] { return SortKeys{first, {}, 20}; }, true}, {[&] { return SortKeys{second, {}, 0}; }, false}}),
            expected);
    }
};

QTEST_GUILESS_MAIN(RowOrderTest)
#include "tst_roworder.moc"
