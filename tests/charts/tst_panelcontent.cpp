// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/panelcontent.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

using Role = PanelLine::Role;
using Why = PanelOmission::Why;
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

PointsPointer points(Points::Columns columns)
{
    return std::make_shared<const Points>(std::move(columns));
}

PanelRun run(const QString &key, const QHash<QString, PointsPointer> &metrics, const QString &group = {})
{
    return {{key, key, 0, true}, metrics, group};
}

// Three runs of 100 steps; the value is the number of the run plus a wave.
PanelQuestion threeRuns()
{
    PanelQuestion question;
    for (int number = 0; number < 3; ++number) {
        Points::Columns loss;
        Points::Columns rate;
        for (int step = 0; step < 100; ++step) {
            loss.steps.push_back(step);
            loss.values.push_back(number + std::sin(step * 0.7));
            loss.times.push_back(1.7e12 + 1000.0 * step * (number + 1));
            rate.steps.push_back(step);
            rate.values.push_back(std::pow(0.9, step));
        }
        rate.times = loss.times;
        question.runs.push_back(run(QStringLiteral("run%1").arg(number),
            {{u"loss"_s, points(std::move(loss))}, {u"rate"_s, points(std::move(rate))}}, number == 1 ? u"b"_s : u"a"_s));
    }
    question.series = {Derivation::read(u"loss"_s).derivation};
    return question;
}

QString roles(const PanelContent &content)
{
    const QMap<Role, QString> names{{Role::Plain, u"plain"_s}, {Role::Raw, u"raw"_s}, {Role::Smoothed, u"smoothed"_s},
        {Role::Member, u"member"_s}, {Role::Centre, u"centre"_s}};
    QStringList words;
    for (const PanelLine &line : content.lines)
        words.append(names[line.role] + (line.run ? QString::number(*line.run) : QString()) + (line.group ? u"g%1"_s.arg(*line.group) : QString()));
    return words.join(u' ');
}

} // namespace

class TestPanelContent : public QObject
{
    Q_OBJECT
private slots:
    void plainLinesAreThePointsThemselves()
    {
        const PanelQuestion question = threeRuns();
        const PanelContent content = panelContent(question);
        QCOMPARE(roles(content), u"plain0 plain1 plain2"_s);
        QCOMPARE(content.points, 300U);
        QVERIFY(content.omissions.empty() && content.groups.empty());
        const PanelLine &line = content.lines[1];
        QCOMPARE(line.points, question.runs[1].metrics[u"loss"_s]);
        QCOMPARE(line.drawn, line.points->series()); // nothing is copied
        QCOMPARE(line.exact, line.drawn);
        QCOMPARE(line.pointOf(7), 7U);
        QVERIFY(!line.low && !line.high);
    }

    void smoothedLinesLieOverRawOnes()
    {
        PanelQuestion question = threeRuns();
        question.smoothing = {Smoothing::Kind::Ema, 0.9};
        const PanelContent content = panelContent(question);
        QCOMPARE(roles(content), u"raw0 raw1 raw2 smoothed0 smoothed1 smoothed2"_s);
        const Series &raw = *content.lines[0].exact;
        const Series &smooth = *content.lines[3].exact;
        QCOMPARE(smooth.values(), smoothed(question.smoothing, raw.steps(), raw.values()));
        QCOMPARE(smooth.sharedSteps(), raw.sharedSteps());
        question.showsRaw = false;
        QCOMPARE(roles(panelContent(question)), u"smoothed0 smoothed1 smoothed2"_s);
        question.smoothing.amount = 0;
        QCOMPARE(roles(panelContent(question)), u"plain0 plain1 plain2"_s);
    }

    void groupsNameTheirMembers()
    {
        PanelQuestion question = threeRuns();
        question.runs.push_back(run(u"without"_s, question.runs[0].metrics));
        question.runs.push_back(run(u"empty"_s, question.runs[1].metrics, u""_s));
        std::rotate(question.runs.begin(), question.runs.begin() + 3, question.runs.begin() + 4); // the one without first
        question.runs.push_back(run(u"waiting"_s, {}, u"a"_s));
        question.grouping.source = Grouping::Source::Parameter;
        question.grouping.name = u"lr"_s;
        PanelContent content = panelContent(question);
        QCOMPARE(roles(content), u"member0g3 member1g0 member2g1 member3g0 member4g2 centreg0 centreg1 centreg2 centreg3"_s);
        QCOMPARE(content.groups[0].value, u"a"_s);
        QCOMPARE(content.groups[0].members, (std::vector<std::size_t>{1, 3}));
        QVERIFY(content.groups[2].value.isEmpty() && !content.groups[2].value.isNull());
        QVERIFY(content.groups[3].value.isNull()); // without the parameter: last
        QCOMPARE(content.groups[3].members, std::vector<std::size_t>{0});
        QCOMPARE(content.omissions.size(), 1U);
        QCOMPARE(content.omissions[0].why, Why::NoMetric);
        QCOMPARE(content.omissions[0].run, 5U);
        const PanelLine &centre = content.lines[5];
        QCOMPARE(*centre.group, 0U);
        QVERIFY(!centre.run && !centre.points);
        QCOMPARE(content.groups[0].counts, std::vector<std::uint32_t>(100, 2));
        const double wave = std::sin(0.7 * 5);
        QVERIFY(std::abs(centre.exact->values()[5] - (1 + wave)) < 1e-12); // of 0 and 2
        QVERIFY(std::abs(centre.exactHigh->values()[5] - (1 + wave + std::sqrt(2.0))) < 1e-12);
        QVERIFY(std::abs(centre.low->values()[5] - (1 + wave - std::sqrt(2.0))) < 1e-12);
        QVERIFY(std::isnan(content.lines[6].exactLow->values()[5])); // one run deviates from nothing

        question.showsRaw = false;
        question.grouping.band = Grouping::Band::None;
        content = panelContent(question);
        QCOMPARE(roles(content), u"centreg0 centreg1 centreg2 centreg3"_s);
        QVERIFY(!content.lines[0].low && !content.lines[0].exactHigh);
    }

    void groupsAreOfSmoothedMembers()
    {
        PanelQuestion question = threeRuns();
        question.grouping.source = Grouping::Source::Tag;
        question.smoothing = {Smoothing::Kind::Ema, 0.9};
        const PanelContent content = panelContent(question);
        QCOMPARE(roles(content), u"member0g0 member1g1 member2g0 centreg0 centreg1"_s);
        QCOMPARE(content.lines[4].exact->values(), content.lines[1].exact->values());
        QVERIFY(content.lines[1].exact->values() != question.runs[1].metrics[u"loss"_s]->values());
    }

    void severalSeries()
    {
        PanelQuestion question = threeRuns();
        question.series = {Derivation::read(u"1 - loss"_s).derivation, Derivation::read(u"rate"_s).derivation};
        PanelContent content = panelContent(question);
        QCOMPARE(content.lines.size(), 6U);
        QCOMPARE(content.lines[0].series, 0U);
        QCOMPARE(content.lines[5].series, 1U);
        QCOMPARE(content.lines[0].exact->values()[0], 1.0);
        QCOMPARE(content.lines[0].points->times(), question.runs[0].metrics[u"loss"_s]->times());
        question.grouping.source = Grouping::Source::Other;
        content = panelContent(question);
        QCOMPARE(content.groups.size(), 4U);
        QCOMPARE(content.groups[2].series, 1U);
    }

    void everyAxis()
    {
        PanelQuestion question = threeRuns();
        question.xAxis = {XAxis::Kind::ElapsedTime, {}};
        PanelContent content = panelContent(question);
        QVERIFY(content.lines.empty()); // nobody knows when they began
        QCOMPARE(content.omissions.size(), 3U);
        QCOMPARE(content.omissions[1].why, Why::NoX);
        question.runs[0].start = 1.7e12 + 10'000;
        question.runs[1].start = 1.7e12 - 5000;
        content = panelContent(question);
        QCOMPARE(content.lines[1].drawn->steps()[2], 9.0); // seconds since the run's start
        QCOMPARE(content.lines[1].drawn->values().data(), content.lines[1].points->values().data());
        QCOMPARE(content.lines[0].drawn->steps().first(), -10.0);
        QCOMPARE(content.beforeStart, 10U);
        QVERIFY(!content.isWholeX);
        question.xAxis = {XAxis::Kind::Metric, u"rate"_s};
        content = panelContent(question);
        QCOMPARE(content.lines[0].exact->steps().last(), 1.0);
        QCOMPARE(content.lines[0].pointOf(99), 0U); // the rate falls: the first point is the last one on x
        question.xAxis = {XAxis::Kind::Epoch, {}};
        content = panelContent(question);
        QVERIFY(content.lines.empty());
        QCOMPARE(content.omissions.size(), 3U);
        QCOMPARE(content.omissions[2].why, Why::NoX);
        QCOMPARE(content.omissions[2].run, 2U);
        QCOMPARE(content.points, 0U);
    }

    void wholeStepsAreKnown_data()
    {
        using Kind = XAxis::Kind;
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("step"); // of one run's second point, the others are whole
        QTest::addColumn<bool>("isWhole");
        QTest::newRow("whole") << int(Kind::Step) << 7.0 << true;
        QTest::newRow("a fraction") << int(Kind::Step) << 7.5 << false;
        QTest::newRow("epochs") << int(Kind::Epoch) << 7.0 << true;
        QTest::newRow("fractions of epochs") << int(Kind::Epoch) << 0.25 << false;
        QTest::newRow("a metric") << int(Kind::Metric) << 7.0 << false;
    }
    void wholeStepsAreKnown()
    {
        QFETCH(int, kind);
        QFETCH(double, step);
        QFETCH(bool, isWhole);
        PanelQuestion question;
        question.series = {Derivation::read(u"loss"_s).derivation};
        question.xAxis.kind = static_cast<XAxis::Kind>(kind);
        question.xAxis.metric = question.xAxis.kind == XAxis::Kind::Metric ? u"loss"_s : QString();
        question.runs = {run(u"a"_s, {{u"loss"_s, points({{1, 2, 3}, {0, 1, 2}, {0, 1, 2}, {}, {}})}}),
            run(u"b"_s, {{u"loss"_s, points({{1, 2, 3}, {0, step, 9}, {0, step, 9}, {}, {}})}})};
        const PanelContent content = panelContent(question);
        QCOMPARE(content.lines.size(), 2U);
        QCOMPARE(content.isWholeX, isWhole);
    }

    void pointsWithoutAStepAreCounted()
    {
        PanelQuestion question;
        question.series = {Derivation::read(u"m"_s).derivation, Derivation::read(u"m - n"_s).derivation};
        const PointsPointer gap = points({{0, 1, 2, 3, 4, 5}, {0, 1, 2, noNumber, 4, 5}, {}, {1.7e12, 1.7e12 + 1, 1.7e12 + 2, 1.7e12 + 3, 1.7e12 + 4, 1.7e12 + 5}, {}});
        const PointsPointer order = points({{7, 8, 9}, {}, {}, {}, {}});
        question.runs = {run(u"a"_s, {{u"m"_s, gap}, {u"n"_s, gap}}), run(u"b"_s, {{u"m"_s, order}, {u"n"_s, order}})};
        PanelContent content = panelContent(question);
        QCOMPARE(content.lines[0].exact->size(), 5U);
        QCOMPARE(content.omissions.size(), 2U);
        QCOMPARE(content.omissions[0].why, Why::PointsWithoutX);
        QCOMPARE(content.omissions[0].points, 1U);
        QCOMPARE(content.omissions[0].of, 6U);
        QCOMPARE(content.omissions[1].why, Why::PointsWithoutStep);
        QCOMPARE(content.omissions[1].points, 2U); // one of each metric
        QCOMPARE(content.counted, 2U); // both series of b
        QCOMPARE(content.stepped, 2U);
        QCOMPARE(content.lines[1].exact->steps().last(), 2.0);
        question.series.resize(1);
        question.xAxis.kind = XAxis::Kind::WallTime;
        content = panelContent(question);
        QCOMPARE(content.lines[0].exact->size(), 6U);
        QCOMPARE(content.omissions.size(), 1U); // b has no times
        QCOMPARE(content.omissions[0].why, Why::NoX);
        QCOMPARE(content.omissions[0].of, 3U);
        QCOMPARE(content.counted, 0U);
    }

    void pointsWithoutAPlaceAreCounted()
    {
        PanelQuestion question;
        question.series = {Derivation::read(u"m"_s).derivation};
        question.runs = {run(u"a"_s, {{u"m"_s, points({{5, -1, 0, noNumber, 100}, {-1, 0, 1, 2, 3}, {1, noNumber, noNumber, 2, 3}, {}, {}})}})};
        question.logarithmicX = true;
        question.logarithmicY = true;
        const PanelContent content = panelContent(question);
        QCOMPARE(content.omissions.size(), 2U);
        QCOMPARE(content.omissions[0].why, Why::NotPositiveX);
        QCOMPARE(content.omissions[0].points, 2U);
        QCOMPARE(content.omissions[1].why, Why::NotPositiveY);
        QCOMPARE(content.omissions[1].points, 2U);
        const PanelLine &line = content.lines[0];
        QCOMPARE(line.skipped, 2U);
        QCOMPARE(line.drawn->size(), 3U);
        QCOMPARE(line.exact->size(), 5U);
        QCOMPARE(line.drawn->steps()[2], std::log10(3.0));
        QCOMPARE(line.drawn->values()[2], 2.0);
        QVERIFY(std::isnan(line.drawn->values()[0]));
        question.xAxis.kind = XAxis::Kind::Epoch;
        question.logarithmicY = false;
        const PanelContent epochs = panelContent(question);
        QCOMPARE(epochs.omissions[0].why, Why::PointsWithoutX);
        QCOMPARE(epochs.omissions[0].points, 2U);
        QCOMPARE(epochs.lines[0].pointOf(1), 3U);
        // Nothing left at all.
        question.runs[0].metrics[u"m"_s] = points({{1, 2}, {-2, -1}, {}, {}, {}});
        question.xAxis.kind = XAxis::Kind::Step;
        QVERIFY(panelContent(question).lines.empty());
        QCOMPARE(panelContent(question).omissions[0].points, 2U);
    }

    void aBandReachesDownOnALogarithmicAxis()
    {
        PanelQuestion question;
        question.series = {Derivation::read(u"m"_s).derivation};
        question.grouping.source = Grouping::Source::Parameter;
        question.runs = {run(u"a"_s, {{u"m"_s, points({{1, 1}, {}, {}, {}, {}})}}),
            run(u"b"_s, {{u"m"_s, points({{9, 1.5}, {}, {}, {}, {}})}})};
        question.logarithmicY = true;
        const PanelLine centre = panelContent(question).lines.back();
        QVERIFY(centre.exactLow->values()[0] < 0); // 5 - 5.66
        QVERIFY(std::abs(centre.low->values()[0] - std::log10(centre.exactLow->values()[1] / 10)) < 1e-12);
        QVERIFY(std::abs(centre.low->values()[1] - std::log10(centre.exactLow->values()[1])) < 1e-12);
        QCOMPARE(centre.drawn->values()[0], std::log10(5.0));
    }

    void whatIsStillTrueIsKept()
    {
        PanelQuestion question = threeRuns();
        question.grouping.source = Grouping::Source::Parameter;
        question.smoothing = {Smoothing::Kind::Twema, 0.5};
        question.logarithmicX = true;
        const PanelContent before = panelContent(question);
        // One run grows; the others, and the group it is not in, are the same objects.
        PanelQuestion grown = question;
        grown.runs[1].metrics[u"loss"_s] = points({{1, 2, 3}, {0, 1, 2}, {}, {}, {}});
        const PanelContent after = panelContent(grown, nullptr, &question, &before);
        QCOMPARE(roles(after), roles(before));
        QCOMPARE(after.lines[0].drawn, before.lines[0].drawn);
        QVERIFY(after.lines[1].drawn != before.lines[1].drawn);
        QCOMPARE(after.lines[3].drawn, before.lines[3].drawn);
        QCOMPARE(after.lines[3].low, before.lines[3].low);
        QCOMPARE(after.groups[0].counts, before.groups[0].counts);
        QVERIFY(after.lines[4].drawn != before.lines[4].drawn);
        QCOMPARE(after.lines[4].exact->size(), 3U);
    }

    // Whatever changes, the content is what it would be without one before.
    void whatIsKeptIsStillTrue_data()
    {
        QTest::addColumn<bool>("isGrouped");
        QTest::addColumn<bool>("isOverMetric");
        for (const bool isGrouped : {false, true}) {
            for (const bool isOverMetric : {false, true})
                QTest::addRow("%s over %s", isGrouped ? "groups" : "lines", isOverMetric ? "a metric" : "steps") << isGrouped << isOverMetric;
        }
    }
    void whatIsKeptIsStillTrue()
    {
        QFETCH(bool, isGrouped);
        QFETCH(bool, isOverMetric);
        PanelQuestion question = threeRuns();
        question.smoothing = {Smoothing::Kind::Twema, 0.5};
        question.logarithmicX = true;
        if (isGrouped)
            question.grouping.source = Grouping::Source::Parameter;
        if (isOverMetric)
            question.xAxis = {XAxis::Kind::Metric, u"rate"_s};
        const PanelContent before = panelContent(question);
        const auto same = [&](const PanelQuestion &changed) {
            const PanelContent fresh = panelContent(changed);
            const PanelContent kept = panelContent(changed, nullptr, &question, &before);
            bool isSame = roles(fresh) == roles(kept) && fresh.omissions.size() == kept.omissions.size() && fresh.points == kept.points;
            for (std::size_t i = 0; isSame && i < fresh.lines.size(); ++i) {
                const PanelLine &a = fresh.lines[i];
                const PanelLine &b = kept.lines[i];
                isSame = a.drawn->steps().isSame(b.drawn->steps()) && a.exact->steps().isSame(b.exact->steps())
                    && Steps(a.drawn->values()).isSame(Steps(b.drawn->values()))
                    && Steps(a.exact->values()).isSame(Steps(b.exact->values())) && a.skipped == b.skipped && a.order == b.order
                    && (!a.low == !b.low) && (!a.low || Steps(a.low->values()).isSame(Steps(b.low->values())));
            }
            return isSame;
        };
        QVERIFY(same(question));
        const auto changed = [&](auto change) {
            PanelQuestion other = question;
            change(other);
            return same(other);
        };
        QVERIFY(changed([](PanelQuestion &other) { other.smoothing.amount = 0.9; }));
        QVERIFY(changed([](PanelQuestion &other) { other.smoothing.amount = 0; }));
        QVERIFY(changed([](PanelQuestion &other) { other.logarithmicY = true; }));
        QVERIFY(changed([](PanelQuestion &other) { other.logarithmicX = false; }));
        QVERIFY(changed([](PanelQuestion &other) { other.grouping = {}; }));
        QVERIFY(changed([](PanelQuestion &other) { other.grouping.band = Grouping::Band::MinMax; }));
        QVERIFY(changed([](PanelQuestion &other) { other.showsRaw = false; }));
        QVERIFY(changed([](PanelQuestion &other) { other.xAxis.kind = XAxis::Kind::ElapsedTime; }));
        QVERIFY(changed([](PanelQuestion &other) { other.xAxis = {XAxis::Kind::Metric, u"rate"_s}; }));
        QVERIFY(changed([](PanelQuestion &other) { std::reverse(other.runs.begin(), other.runs.end()); }));
        QVERIFY(changed([](PanelQuestion &other) { other.runs.erase(other.runs.begin()); }));
        QVERIFY(changed([](PanelQuestion &other) { other.runs[0].group = u"b"_s; }));
        QVERIFY(changed([](PanelQuestion &other) { other.series.insert(other.series.begin(), Derivation::read(u"rate * 2"_s).derivation); }));
        QVERIFY(changed([](PanelQuestion &other) { other.series.clear(); }));
        QVERIFY(changed([](PanelQuestion &other) { other.runs[0].metrics[u"rate"_s] = points({{3, 4}, {5, 6}, {}, {}, {}}); }));
        QVERIFY(changed([](PanelQuestion &other) { other.runs[0].metrics.remove(u"rate"_s); }));
        QVERIFY(changed([](PanelQuestion &other) { other.xAxis.kind = XAxis::Kind::Step; }));
    }

    void cancelled()
    {
        const std::atomic_bool isCancelled = true;
        const PanelContent content = panelContent(threeRuns(), &isCancelled);
        QVERIFY(content.lines.empty() && content.sources.empty());
    }

    void nothing() { QVERIFY(panelContent({}).lines.empty()); }
};

QTEST_GUILESS_MAIN(TestPanelContent)
#include "tst_panelcontent.moc"
