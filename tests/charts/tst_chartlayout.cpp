// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartlayout.h"
#include "models/charts/layouthistory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;

namespace {

const QStringList metrics{u"val/loss"_s, u"loss"_s, u"sys.cpu"_s, u"train/loss"_s, u"train/accuracy"_s};

// Metrics of the panels, section by section.
QString text(const ChartLayout &layout)
{
    QStringList sections;
    for (const ChartLayout::Section &section : layout.sections()) {
        QStringList panels;
        for (const std::size_t index : section.panels)
            panels << layout.panels[index].displayTitle();
        sections << section.name + u'[' + panels.join(u' ') + u']';
    }
    return sections.join(u' ');
}

PanelSettings everything()
{
    PanelSettings panel;
    panel.id = 7;
    panel.metrics = {u"loss"_s, u"a \"b\" ✓"_s};
    panel.expressions = {u"1 - loss"_s};
    panel.title = u"Both"_s;
    panel.section = u"mine"_s;
    panel.xAxis = XAxis{XAxis::Kind::Metric, u"samples"_s};
    panel.logarithmicX = true;
    panel.logarithmicY = false;
    panel.smoothing = Smoothing{Smoothing::Kind::Gaussian, 12};
    panel.showsRaw = false;
    panel.showsEnvelope = false;
    panel.grouping = Grouping{Grouping::Source::Other, u"seed"_s, Grouping::Centre::Median, Grouping::Band::Quantile, 0.1};
    panel.range = {ValueRange::Kind::Manual, -1, 2};
    panel.best = BestValue::Largest;
    panel.columns = 2;
    panel.height = 400;
    return panel;
}

} // namespace

class TestChartLayout : public QObject
{
    Q_OBJECT
private slots:
    void eachMetricHasAPanelInItsSection()
    {
        const ChartLayout layout = ChartLayout().completed(metrics);
        QCOMPARE(text(layout), u"[loss] val[val/loss] train[train/loss train/accuracy] sys[sys.cpu]"_s);
        QCOMPARE(layout.completed(metrics), layout);
        std::vector<int> ids;
        for (const PanelSettings &panel : layout.panels)
            ids.push_back(panel.id);
        QCOMPARE(ids, (std::vector{1, 2, 3, 4, 5}));
    }

    void whatWasRemovedStaysAway()
    {
        ChartLayout layout = ChartLayout().completed(metrics);
        layout = layout.without(*layout.indexOf(2));
        QCOMPARE(layout.removed, QStringList{u"loss"_s});
        QCOMPARE(layout.completed(metrics + QStringList{u"new"_s}).panels.size(), 5U);
        PanelSettings again;
        again.metrics = {u"loss"_s};
        layout = layout.withPanel(again);
        QVERIFY(layout.removed.isEmpty());
        QVERIFY(layout.indexOf(6)); // never an id that was given before
    }

    void panelsMove()
    {
        const ChartLayout layout = ChartLayout().completed(metrics);
        const std::size_t accuracy = *layout.indexOf(5);
        QCOMPARE(text(layout.shifted(accuracy, -1)), u"[loss] val[val/loss] train[train/accuracy train/loss] sys[sys.cpu]"_s);
        QCOMPARE(layout.shifted(accuracy, 1), layout); // the last one
        const ChartLayout other = layout.moved(accuracy, *layout.indexOf(2), {});
        QCOMPARE(text(other), u"[train/accuracy loss] val[val/loss] train[train/loss] sys[sys.cpu]"_s);
        const ChartLayout back = other.moved(*other.indexOf(5), other.panels.size(), u"train"_s);
        QVERIFY(!back.panels[*back.indexOf(5)].section); // where it belongs
        QCOMPARE(text(back), u"[loss] val[val/loss] train[train/loss train/accuracy] sys[sys.cpu]"_s);
    }

    void everyFieldIsWrittenAndRead()
    {
        ChartLayout layout;
        layout.settings.xAxis = {XAxis::Kind::WallTime, {}};
        layout.settings.logarithmicY = true;
        layout.settings.smoothing = {Smoothing::Kind::Ema, 0.6};
        layout.settings.showsRaw = false;
        layout.settings.grouping.source = Grouping::Source::Tag;
        layout.panels = {everything()};
        layout.removed = {u"x"_s};
        layout.folded = {u"sys"_s, QString()};
        const auto read = ChartLayout::fromJson(layout.toJson());
        QVERIFY(read);
        QCOMPARE(read->panels.front(), layout.panels.front());
        QCOMPARE(read->settings, layout.settings);
        QCOMPARE(read->removed, layout.removed);
    }

    void whatLaterVersionsAddIsIgnored()
    {
        QJsonObject panel = everything().toJson();
        panel[u"colour"_s] = u"red"_s;
        panel[u"best"_s] = u"funniest"_s;
        panel[u"smoothing"_s] = QJsonObject{{u"kind"_s, u"magic"_s}, {u"amount"_s, u"much"_s}};
        const PanelSettings read = PanelSettings::fromJson(panel);
        QCOMPARE(read.best, BestValue::None);
        QCOMPARE(read.smoothing, std::optional(Smoothing()));
        QCOMPARE(read.metrics, everything().metrics);
    }

    void badFilesAreRefusedWithAReason_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("half") << QByteArray("{\"kind\":\"perihelion-charts\",");
        QTest::newRow("a list") << QByteArray("[1]");
        QTest::newRow("something else") << QByteArray("{\"kind\":\"queries\"}");
        QTest::newRow("binary") << QByteArray("\x89PNG\r\n\0\1", 8);
    }
    void badFilesAreRefusedWithAReason()
    {
        QFETCH(QByteArray, file);
        QString problem;
        QVERIFY(!ChartLayout::fromJson(file, &problem));
        QVERIFY(problem.endsWith(u'.'));
    }

    void oddValuesBecomeUsualOnes()
    {
        const QJsonObject panel{{u"id"_s, -3}, {u"metrics"_s, QJsonArray{u"loss"_s, 5, u""_s, u"loss"_s}},
            {u"columns"_s, 4000}, {u"height"_s, -7}, {u"x"_s, QJsonObject{{u"kind"_s, u"metric"_s}}},
            {u"range"_s, QJsonObject{{u"kind"_s, u"manual"_s}, {u"low"_s, 5}, {u"high"_s, 1}}},
            {u"grouping"_s, QJsonObject{{u"quantile"_s, 7}}}};
        const QJsonObject all{{u"kind"_s, u"perihelion-charts"_s},
            {u"panels"_s, QJsonArray{panel, panel, 3, QJsonObject{{u"title"_s, u"nothing"_s}}}}};
        const auto layout = ChartLayout::fromJson(QJsonDocument(all).toJson());
        QVERIFY(layout);
        QCOMPARE(layout->panels.size(), 2U);
        QVERIFY(layout->panels[0].id > 0 && layout->panels[0].id != layout->panels[1].id);
        QCOMPARE(layout->panels[0].metrics, QStringList{u"loss"_s});
        QCOMPARE(layout->panels[0].columns, 12);
        QCOMPARE(layout->panels[0].height, 0);
        QCOMPARE(layout->panels[0].xAxis, std::optional(XAxis()));
        QCOMPARE(layout->panels[0].range, ValueRange());
        QCOMPARE(layout->panels[0].grouping->quantile, 0.5);
    }

    void aPanelDiffersWhereItSaysSo()
    {
        ChartSettings page;
        page.logarithmicY = true;
        PanelSettings panel;
        QCOMPARE(panel.resolved(page), page);
        panel.logarithmicY = false;
        QVERIFY(panel.resolved(page) != page);
        QVERIFY(!panel.resolved(page).logarithmicY);
    }

    void undoKeepsHowLinesAreDrawn()
    {
        LayoutHistory history;
        ChartLayout layout = ChartLayout().completed(metrics);
        history.keep(layout);
        ChartLayout changed = layout.without(0);
        changed.settings.logarithmicY = true;
        const ChartLayout back = history.undo(changed);
        QCOMPARE(back.panels, layout.panels);
        QVERIFY(back.settings.logarithmicY);
        QVERIFY(!history.canUndo());
        QCOMPARE(history.redo(back).panels, changed.panels);
    }
};

QTEST_GUILESS_MAIN(TestChartLayout)
#include "tst_chartlayout.moc"
