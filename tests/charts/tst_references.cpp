// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Our numbers beside those of numpy, scipy and pandas, made once by references/make_references.py.

#include "models/charts/correlation.h"
#include "models/charts/grouping.h"
#include "models/charts/smoothing.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

class TestReferences : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QFile file(QStringLiteral(TESTS_FOLDER "/charts/references/references.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_references = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(!m_references.isEmpty());
    }

    void smoothing_data()
    {
        QTest::addColumn<QJsonObject>("reference");
        for (const QJsonValue &reference : m_references[u"smoothing"].toObject()[u"cases"].toArray()) {
            const QJsonObject one = reference.toObject();
            QTest::addRow("%s, %s %g", qPrintable(one[u"line"].toString()), qPrintable(one[u"kind"].toString()),
                one[u"amount"].toDouble())
                << one;
        }
    }
    void smoothing()
    {
        QFETCH(QJsonObject, reference);
        const QMap<QString, Smoothing::Kind> kinds{{u"twema"_s, Smoothing::Kind::Twema}, {u"ema"_s, Smoothing::Kind::Ema},
            {u"gaussian"_s, Smoothing::Kind::Gaussian}, {u"average"_s, Smoothing::Kind::MovingAverage}};
        const QJsonObject line
            = m_references[u"smoothing"].toObject()[u"lines"].toObject()[reference[u"line"].toString()].toObject();
        const std::vector<double> y = numbers(line[u"y"]);
        const Smoothing smoothing{kinds[reference[u"kind"].toString()], reference[u"amount"].toDouble()};
        QVERIFY(isNear(smoothed(smoothing, Steps(numbers(line[u"x"])), y), numbers(reference[u"result"])));
    }

    void grouping_data()
    {
        QTest::addColumn<QJsonObject>("reference");
        for (const QJsonValue &reference : m_references[u"groups"].toArray())
            QTest::addRow("%s", qPrintable(reference[u"name"].toString())) << reference.toObject();
    }
    void grouping()
    {
        QFETCH(QJsonObject, reference);
        std::vector<SeriesPointer> members;
        for (const QJsonValue &member : reference[u"members"].toArray())
            members.push_back(std::make_shared<const Series>(numbers(member[u"x"]), numbers(member[u"y"])));
        const std::vector<double> mean = numbers(reference[u"mean"]);
        const std::vector<double> deviation = numbers(reference[u"std"]);
        const std::vector<double> error = numbers(reference[u"error"]);
        const auto around = [&mean](const std::vector<double> &half, double sign) {
            std::vector<double> edge(mean.size());
            for (std::size_t i = 0; i < mean.size(); ++i)
                edge[i] = mean[i] + sign * half[i];
            return edge;
        };
        Grouping grouping;
        grouping.source = Grouping::Source::Parameter;
        grouping.quantile = reference[u"quantile"].toDouble();
        const auto check = [&](Grouping::Band band, const std::vector<double> &low, const std::vector<double> &high) {
            grouping.band = band;
            grouping.centre = Grouping::Centre::Mean;
            const GroupSummary summary = summarised(grouping, members);
            std::vector<double> grid;
            for (std::size_t i = 0; i < summary.grid->size(); ++i)
                grid.push_back((*summary.grid)[i]);
            QCOMPARE(grid, numbers(reference[u"grid"]));
            const std::vector<double> counts = numbers(reference[u"count"]);
            QVERIFY(std::equal(counts.cbegin(), counts.cend(), summary.counts.cbegin(), summary.counts.cend()));
            QVERIFY(isNear(summary.centre, mean));
            QVERIFY(isNear(summary.low, low));
            QVERIFY(isNear(summary.high, high));
            grouping.centre = Grouping::Centre::Median;
            QVERIFY(isNear(summarised(grouping, members).centre, numbers(reference[u"median"])));
            QVERIFY(isNear(summarised(grouping, members).low, low));
        };
        check(Grouping::Band::Std, around(deviation, -1), around(deviation, 1));
        check(Grouping::Band::StandardError, around(error, -1), around(error, 1));
        check(Grouping::Band::MinMax, numbers(reference[u"min"]), numbers(reference[u"max"]));
        check(Grouping::Band::Quantile, numbers(reference[u"low quantile"]), numbers(reference[u"high quantile"]));
        check(Grouping::Band::None, {}, {});
    }

    void rankCorrelations_data()
    {
        QTest::addColumn<QJsonObject>("reference");
        for (const QJsonValue &reference : m_references[u"correlations"].toObject()[u"pairs"].toArray())
            QTest::addRow("%s", qPrintable(reference[u"name"].toString())) << reference.toObject();
    }
    void rankCorrelations()
    {
        QFETCH(QJsonObject, reference);
        const std::vector<double> x = numbers(reference[u"x"]);
        QCOMPARE(ranks(x), numbers(reference[u"ranks"]));
        const std::optional<double> found = rankCorrelation(x, numbers(reference[u"y"]));
        QVERIFY(found);
        QVERIFY(isNear({*found}, {reference[u"spearman"].toDouble()}));
    }

    void correlationRatios()
    {
        const QJsonObject reference = m_references[u"correlations"].toObject();
        ParameterColumn optimizer{u"optimizer"_s, {}};
        for (const QJsonValue &text : reference[u"texts"].toArray())
            optimizer.values.append(text.toString());
        const auto found = parameterImportances({optimizer}, numbers(reference[u"metric"]));
        QCOMPARE(found[0].measure, ParameterImportance::Measure::CorrelationRatio);
        QVERIFY(isNear({found[0].value}, {reference[u"ratio"].toDouble()}));
    }

private:
    static std::vector<double> numbers(const QJsonValue &list)
    {
        std::vector<double> result;
        for (const QJsonValue &number : list.toArray())
            result.push_back(number.isNull() ? std::numeric_limits<double>::quiet_NaN() : number.toDouble());
        return result;
    }

    static bool isNear(const std::vector<double> &found, const std::vector<double> &expected)
    {
        if (found.size() != expected.size()) {
            qWarning() << found.size() << "numbers instead of" << expected.size();
            return false;
        }
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (std::isnan(found[i]) && std::isnan(expected[i]))
                continue;
            if (!(std::abs(found[i] - expected[i]) <= 1e-9 * std::abs(expected[i]))) {
                qWarning() << "At" << i << "there is" << found[i] << "instead of" << expected[i];
                return false;
            }
        }
        return true;
    }

    QJsonObject m_references;
};

QTEST_GUILESS_MAIN(TestReferences)
#include "tst_references.moc"
