// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartsheet.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestChartSheet : public QObject
{
    Q_OBJECT
private slots:
    void ticksOfStepsAreWhole()
    {
        ExportedChart chart;
        chart.x = {u"step"_s, ExportedAxis::Scale::Linear, true};
        ExportedLine line;
        line.exact = std::make_shared<const Series>(std::vector<double>(), std::vector<double>{1, 2, 3});
        line.drawn = {line.exact, Qt::red, Qt::SolidLine, 1.5, 1};
        chart.lines = {line};
        chart.view = {0, 2, 0, 4};
        const auto ticks = [&chart] {
            QStringList labels;
            for (const ChartSheet::Text &text : ChartSheet::layOut(chart, {1200, 600}).texts) {
                if (text.anchor == ChartSheet::Text::Anchor::Middle)
                    labels.append(text.text);
            }
            return labels;
        };
        QCOMPARE(ticks().first(2), QStringList({u"0"_s, u"1"_s}));
        chart.x.isWhole = false; // of fractions
        QVERIFY(ticks().contains(u"0.2"_s) || ticks().contains(u"0.25"_s));
    }
};

QTEST_MAIN(TestChartSheet)
#include "tst_chartsheet.moc"
