// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/localserver/bench.h"

using namespace Qt::StringLiterals;

// experiments/multi-metric-chart: full and sampled, each by itself and correlated.
class TestChart : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_key = m_bench.newExperiment();
        QJsonArray values;
        for (int step = 0; step < 3000; ++step)
            values.append(point(u"loss"_s,
                step == 1234 ? QJsonValue(u"NaN"_s) : QJsonValue(step == 777 ? 99.0 : 1.0 / (step + 1)),
                step));
        for (int step = 0; step < 10; step += 2)
            values.append(point(u"acc"_s, step / 10.0, step));
        QCOMPARE(m_bench
                     .post(u"/clientlib/batch/logger/experiment/metric"_s,
                         {{u"experimentKey"_s, m_key}, {u"values"_s, values}})
                     .status,
            200);
        m_bench.post(u"write/experiment/parameter"_s,
            {{u"experimentKey"_s, m_key}, {u"parameterName"_s, u"lr"_s}, {u"parameterValue"_s, 0.1}});
    }

    void fullHasEveryPoint()
    {
        const QJsonObject entry = ask({u"loss"_s}, {}, true, true);
        QCOMPARE(entry[u"experimentKey"].toString(), m_key);
        QCOMPARE(entry[u"experiment_key"].toString(), m_key);
        QCOMPARE(entry[u"empty"].toBool(true), false);
        QVERIFY(entry[u"params"].isNull());
        const QJsonValue loss = entry[u"metrics"][0];
        QCOMPARE(loss[u"metricName"].toString(), u"loss"_s);
        for (const QString &column : {u"values"_s, u"steps"_s, u"timestamps"_s, u"durations"_s})
            QCOMPARE(loss[column].toArray().size(), 3000);
        QVERIFY(loss[u"epochs"].isNull()); // none was logged
        QCOMPARE(loss[u"values"][1].toDouble(), 0.5);
        QCOMPARE(loss[u"values"][1234].toString(), u"NaN"_s);
        QCOMPARE(loss[u"durations"][2999].toInt(), 2999);
    }

    void samplesKeepWhatStandsOut()
    {
        const QJsonValue loss = ask({u"loss"_s}, {}, true, false)[u"metrics"][0];
        const QJsonArray steps = loss[u"steps"].toArray();
        QVERIFY(steps.size() > 400 && steps.size() <= 510);
        for (const int step : {0, 777, 1234, 2999})
            QVERIFY2(steps.contains(step), qPrintable(QString::number(step)));
        QCOMPARE(
            ask({u"acc"_s}, {}, true, false)[u"metrics"][0][u"steps"].toArray(), (QJsonArray{0, 2, 4, 6, 8}));
    }

    void correlatedHasOnlySharedSteps()
    {
        const QJsonObject entry = ask({u"loss"_s, u"acc"_s}, {}, false, true);
        QCOMPARE(entry[u"steps"].toArray(), (QJsonArray{0, 2, 4, 6, 8}));
        QCOMPARE(entry[u"metrics"][0][u"values"].toArray().size(), 5);
        QCOMPARE(entry[u"metrics"][1][u"values"][4].toDouble(), 0.8);
        QCOMPARE(ask({u"loss"_s, u"none"_s}, {}, false, true)[u"metrics"].toArray().size(), 0);
        QVERIFY(ask({u"loss"_s}, {}, false, false)[u"metrics"][0][u"steps"].toArray().size() <= 510);
    }

    void parametersAlone()
    {
        const QJsonObject entry = ask({}, {u"lr"_s, u"none"_s}, true, false);
        QCOMPARE(entry[u"params"][u"lr"].toString(), u"0.1"_s);
        QVERIFY(entry[u"params"].toObject()[u"none"].isNull());
        QCOMPARE(entry[u"metrics"].toArray().size(), 0);
        QCOMPARE(entry[u"empty"].toBool(true), false);
    }

    void whatIsMissingIsAbsent()
    {
        const QJsonObject nothing =
            m_bench
                .post(u"experiments/multi-metric-chart"_s,
                    {{u"targetedExperiments"_s, QJsonArray{m_key}}, {u"metrics"_s, QJsonValue()}})
                .object();
        QCOMPARE(nothing[u"empty"].toBool(), true);
        QCOMPARE(nothing[u"experiments"].toObject().size(), 0);
        const QJsonObject unknown =
            m_bench
                .post(u"experiments/multi-metric-chart"_s,
                    {{u"targetedExperiments"_s, QJsonArray{u"no"_s}}, {u"metrics"_s, QJsonArray{u"loss"_s}}})
                .object();
        QCOMPARE(unknown[u"experiments"].toObject().size(), 0);
        QCOMPARE(ask({u"none"_s}, {}, true, true)[u"empty"].toBool(), true);
    }

    void manyExperimentsKeepTheirOrder()
    {
        QJsonArray keys{m_key};
        for (int i = 0; i < 30; ++i) {
            keys.append(m_bench.newExperiment());
            m_bench.post(u"write/experiment/metric"_s,
                {{u"experimentKey"_s, keys.last()}, {u"metricName"_s, u"acc"_s}, {u"metricValue"_s, i}});
        }
        const QJsonObject all =
            m_bench
                .post(u"experiments/multi-metric-chart"_s,
                    {{u"targetedExperiments"_s, keys}, {u"metrics"_s, QJsonArray{u"acc"_s}}})
                .object()[u"experiments"]
                .toObject();
        QCOMPARE(all.size(), 31);
        QCOMPARE(all[keys.last().toString()][u"metrics"][0][u"values"][0].toDouble(), 29.0);
    }

private:
    static QJsonObject point(const QString &name, const QJsonValue &value, int step)
    {
        return {{u"metricName"_s, name}, {u"metricValue"_s, value}, {u"step"_s, step},
            {u"epoch"_s, QJsonValue()}, {u"context"_s, QJsonValue()},
            {u"timestamp"_s, qint64(1'700'000'000'000) + step}};
    }
    QJsonObject ask(const QJsonArray &metrics, const QJsonArray &params, bool independent, bool full)
    {
        return m_bench
            .post(u"experiments/multi-metric-chart"_s,
                {{u"targetedExperiments"_s, QJsonArray{m_key}}, {u"metrics"_s, metrics},
                    {u"params"_s, params.isEmpty() ? QJsonValue() : QJsonValue(params)},
                    {u"independentMetrics"_s, independent}, {u"fetchFull"_s, full}})
            .object()[u"experiments"][m_key]
            .toObject();
    }

    Bench m_bench;
    QString m_key;
};

QTEST_GUILESS_MAIN(TestChart)
#include "tst_chart.moc"
