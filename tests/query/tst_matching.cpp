// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/query/sweep.h"

#include "models/query/clausetext.h"
#include "models/query/draft.h"
#include "models/query/matching.h"
#include "models/query/pythontext.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace query;

namespace {

// Ten runs, three of them good; the last is archived.
struct Scene : Sweep
{
    Matching matching;

    Scene()
        : Sweep(10, 3)
    {
        project.archive(keys.back());
    }
    bool open(api::Archived archived = api::Archived::No)
    {
        matching.setProject(session, project.workspace, project.name, archived);
        return read(&matching, archived, [this](auto listing) { matching.setListing(listing); },
            [this](const api::Columns &columns) { matching.setVariables(Variables(columns)); });
    }
    void ask(const QString &python)
    {
        const Reading reading = fromPython(python);
        if (reading.problem)
            qFatal("%s", qPrintable(reading.problem->message));
        matching.ask(reading.expression);
    }
    std::optional<std::size_t> count(const QString &python)
    {
        ask(python);
        if (!QTest::qWaitFor([&] { return !matching.isRunning(); }, 10'000))
            return std::nullopt;
        return matching.count({});
    }
};

using Known = std::optional<std::size_t>;

} // namespace

class MatchingTest : public QObject
{
    Q_OBJECT

private slots:
    void countsEveryPart()
    {
        Scene scene;
        QVERIFY(scene.open());
        QCOMPARE(scene.count(u"(Metric('loss') < 0.55) & ((Parameter('optimizer') == 'sgd') | Tag('good'))"_s), Known(5));
        QCOMPARE(scene.matching.count({0}), Known(6));
        QCOMPARE(scene.matching.count({1}), Known(6)); // four sgd that are not archived, run-0 and run-2
        QCOMPARE(scene.matching.count({1, 0}), Known(4));
        QCOMPARE(scene.matching.count({1, 1}), Known(3));
        QCOMPARE(scene.matching.count({5}), Known());
        QCOMPARE(scene.matching.conditions(), 3);
        const auto found = scene.matching.found();
        QVERIFY(found);
        QCOMPARE(found->size(), std::size_t{5});
        QVERIFY(found->contains(scene.keys[2].toStdString()));
        QVERIFY(!found->contains(scene.keys[4].toStdString()));
    }

    void negationGoesInside()
    {
        Scene scene;
        QVERIFY(scene.open());
        QCOMPARE(scene.count(u"~((Metric('loss') < 0.55) & (Parameter('optimizer') == 'sgd'))"_s), Known(6));
        QCOMPARE(scene.count(u"~((Metric('loss') < 0.55) | (Parameter('optimizer') == 'sgd'))"_s), Known(2));
        QCOMPARE(scene.count(u"~Tag('good')"_s), Known(6));
        QCOMPARE(scene.count(u"~(Tag('good') | (Metric('loss') > 0.7))"_s), Known(5));
        // Where there is no value nothing holds, neither a condition nor its opposite.
        scene.project.addExperiment(u"bare"_s);
        QVERIFY(scene.open());
        QCOMPARE(scene.count(u"Metric('loss') < 0.55"_s), Known(6));
        QCOMPARE(scene.count(u"~(Metric('loss') < 0.55)"_s), Known(3));
        QCOMPARE(scene.count(u"Metric('loss') == None"_s), Known(1));
    }

    void archivedOnesAreAskedApart()
    {
        Scene scene;
        QVERIFY(scene.open(api::Archived::Yes));
        QCOMPARE(scene.count(u"Metric('loss') > 0.5"_s), Known(1));
        QVERIFY(scene.open(api::Archived::Both));
        QCOMPARE(scene.count(u"Metric('loss') > 0.5"_s), Known(4));
    }

    void whatIsKnownIsNotAskedAgain()
    {
        Scene scene;
        QVERIFY(scene.open());
        QCOMPARE(scene.count(u"(Metric('loss') < 0.55) & Tag('good')"_s), Known(3));
        scene.ask(u"(Metric('loss') < 0.55) | Tag('good')"_s);
        QVERIFY(!scene.matching.isRunning());
        QCOMPARE(scene.matching.count({}), Known(6));
        scene.ask(u"Metric('loss') < 0.25"_s); // and what nobody wants any more is given up
        QVERIFY(scene.matching.isRunning());
        scene.ask(u"Tag('good')"_s);
        QVERIFY(!scene.matching.isRunning());
        QCOMPARE(scene.matching.count({}), Known(3));
    }

    void saysWhatIsInTheWay()
    {
        Scene scene;
        QVERIFY(scene.open());
        QCOMPARE(scene.count(u"(Metric('loss') < 0.25) & (Metric('loss') > 5) & Tag('good')"_s), Known(0));
        const auto hint = scene.matching.hint();
        QVERIFY(hint);
        QCOMPARE(hint->path, Path{1});
        QCOMPARE(hint->count, std::size_t{3});
    }

    void whatIsIncompleteOrUnknownHasNoCount()
    {
        Scene scene;
        QVERIFY(scene.open());
        QCOMPARE(scene.count(u"(Metric('nothing') < 0.25) & Tag('good')"_s), Known());
        QCOMPARE(scene.matching.count({1}), Known(3));
        QVERIFY(!scene.matching.found());
        // Switched off it does not count.
        const Expression whole = scene.matching.expression();
        scene.matching.ask(whole.replaced({0}, whole.at({0})->switchedOn(false)));
        QCOMPARE(scene.matching.count({}), Known(3));
    }

    void aServerThatIsGoneIsSaid()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.project.stopServer();
        QCOMPARE(scene.count(u"Tag('good')"_s), Known());
        QVERIFY(!scene.matching.error().isEmpty());
        QVERIFY(!scene.matching.error({}).isEmpty());
    }

    void draftsAreUndoneStepByStep()
    {
        Draft draft;
        QSignalSpy changed(&draft, &Draft::changed);
        const auto clause = [](const QString &name) {
            return Expression(Clause{Source::Metric, name, Operator::IsNotNull, {}});
        };
        draft.start(Expression());
        draft.edit(Expression::all({clause(u"a"_s)}));
        draft.edit(Expression::all({clause(u"ab"_s)}), u"name/0"_s);
        draft.edit(Expression::all({clause(u"abc"_s)}), u"name/0"_s); // typed on
        QCOMPARE(changed.count(), 4);
        draft.undo();
        QCOMPARE(draft.expression(), Expression::all({clause(u"a"_s)}));
        draft.redo();
        QCOMPARE(draft.expression(), Expression::all({clause(u"abc"_s)}));
        QVERIFY(!draft.canRedo());
        draft.undo();
        draft.undo();
        QCOMPARE(draft.expression(), Expression());
        QVERIFY(!draft.canUndo());
        draft.edit(Expression::all({clause(u"z"_s)}));
        QVERIFY(!draft.canRedo());
    }

    void valuesAreReadAsPeopleTypeThem_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("python"); // empty: it is none
        QTest::newRow("whole") << u"double"_s << u"12"_s << u"12"_s;
        QTest::newRow("real") << u"double"_s << u" 1e-3 "_s << u"0.001"_s;
        QTest::newRow("no number") << u"double"_s << u"abc"_s << QString();
        QTest::newRow("nothing") << u"double"_s << QString() << QString();
        QTest::newRow("seconds") << u"timenumber"_s << u"90"_s << u"90"_s;
        QTest::newRow("minutes") << u"timenumber"_s << u"10 min"_s << u"600"_s;
        QTest::newRow("hours") << u"timenumber"_s << u"2h 5 min"_s << u"7500"_s;
        QTest::newRow("half") << u"timenumber"_s << u"1.5 h"_s << u"5400"_s;
        QTest::newRow("clock") << u"timenumber"_s << u"1:30:00"_s << u"5400"_s;
        QTest::newRow("milliseconds") << u"timenumber"_s << u"250 ms"_s << u"0.25"_s;
        QTest::newRow("no duration") << u"timenumber"_s << u"soon"_s << QString();
        QTest::newRow("truth") << u"boolean"_s << u"true"_s << u"True"_s;
        QTest::newRow("no truth") << u"boolean"_s << u"yes"_s << QString();
        QTest::newRow("day") << u"datetime"_s << u"2026-11-01"_s << u"datetime(2026, 11, 1)"_s;
        QTest::newRow("minute") << u"datetime"_s << u"2026-11-01 09:30"_s << u"datetime(2026, 11, 1, 9, 30)"_s;
        QTest::newRow("no day") << u"datetime"_s << u"2026-13-01"_s << QString();
        QTest::newRow("text") << u"string"_s << u" a \"b\""_s << u"\" a \\\"b\\\"\""_s;
    }
    void valuesAreReadAsPeopleTypeThem()
    {
        QFETCH(QString, type);
        QFETCH(QString, text);
        QFETCH(QString, python);
        const std::optional<Value> value = valueFromText(text, type);
        QCOMPARE(value.has_value(), !python.isEmpty());
        if (!value)
            return;
        const Value expected = fromPython(u"Metric('m') == "_s + python).expression.clause().value;
        QVERIFY2(*value == expected, qPrintable(pythonValue(*value)));
        QVERIFY(valueFromText(valueText(*value, type), type) == value); // and back
    }

    void anotherVariableKeepsWhatFits()
    {
        const Clause number{Source::Metric, u"loss"_s, Operator::Less, query::Number::real(0.5)};
        const Clause text = withVariable(number, Source::Parameter, u"optimizer"_s, u"string"_s);
        QCOMPARE(text.op, Operator::Less);
        QCOMPARE(std::get<QString>(text.value), u"0.5"_s);
        const Clause truth = withVariable(number, Source::Metadata, u"hasHtml"_s, u"boolean"_s);
        QCOMPARE(truth.op, Operator::Equal);
        QVERIFY(!truth.isComplete());
        QVERIFY(withVariable(number, Source::Tag, u"good"_s, u"string"_s).isComplete());
        const Clause between = withOperator(number, Operator::Between);
        QVERIFY(between.isComplete());
        QVERIFY(withOperator(between, Operator::Greater).isComplete());
    }
};

QTEST_GUILESS_MAIN(MatchingTest)
#include "tst_matching.moc"
