// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demo.h"
#include "app/localserver/server.h"
#include "models/browse/projectloader.h"
#include "models/query/pythontext.h"
#include "models/query/queryrun.h"
#include "models/query/tablevalues.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace query;

// Asked of the server or evaluated on what the table has loaded: the sample data give the same answer.
class TestTableValues : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void agreesWithTheServer_data();
    void agreesWithTheServer();
    void knowsNotWhatIsNotLoaded();

private:
    int below(std::size_t end) { return m_random.bounded(static_cast<int>(end)); }
    bool isWhole(const ExperimentTable &table) const; // every value is loaded
    Expression clause(const ExperimentTable &table, const api::Columns &columns);

    demo::Copy m_copy;
    std::unique_ptr<localserver::Server> m_server;
    std::unique_ptr<api::Client> m_client;
    QRandomGenerator m_random{7};
};

bool TestTableValues::isWhole(const ExperimentTable &table) const
{
    for (std::size_t experiment = 0; experiment < table.experimentCount(); ++experiment) {
        if (!table.areTagsKnown(experiment))
            return false;
        for (const TableColumn &column : table.columns()) {
            if (!column.isFixed() && !table.values(column)->isLoaded(experiment))
                return false;
        }
    }
    return true;
}

void TestTableValues::initTestCase()
{
    m_copy = demo::privateCopy();
    QVERIFY2(m_copy.error.isEmpty(), qPrintable(m_copy.error));
    localserver::Options options;
    options.data = QFile::encodeName(m_copy.path).toStdString();
    m_server = std::make_unique<localserver::Server>(options);
    m_client = std::make_unique<api::Client>(
        QUrl(QString::fromStdString(m_server->url())), QString::fromStdString(m_server->apiKey()));
}

// About a value that some experiment has.
Expression TestTableValues::clause(const ExperimentTable &table, const api::Columns &columns)
{
    const auto experiment = static_cast<std::size_t>(below(table.experimentCount()));
    if (below(8) == 0 && !table.tags(experiment).isEmpty())
        return Expression({Source::Tag, table.tags(experiment).first(), Operator::Equal, {}}, below(3) == 0);
    const api::Column &column = columns[static_cast<std::size_t>(below(columns.size()))];
    const auto operators = operatorsFor(column.type);
    Clause clause{column.source, column.name, operators[static_cast<std::size_t>(below(operators.size()))], {}};
    const auto values = valuesOf(table, Expression(clause))({clause.source, clause.name});
    const QString text = values ? values->text(experiment) : QString();
    const Number number = Number::real(text.toDouble());
    switch (operandOf(clause.op)) {
    case Operand::Nothing:
        break;
    case Operand::Pair:
        clause.value = Pair(Number::real(number.value - below(3)), Number::real(number.value + below(3)));
        break;
    case Operand::Text:
        clause.value = text.mid(below(3), 1 + below(4));
        break;
    default:
        if (column.type == "string"_L1)
            clause.value = text.isEmpty() ? u"x"_s : text;
        else if (column.type == "datetime"_L1)
            clause.value = Moment{QDateTime::fromMSecsSinceEpoch(text.toLongLong(), Qt::UTC).date(), below(86'400) * 1'000'000LL, {}};
        else
            clause.value = number;
    }
    return Expression(clause, below(5) == 0);
}

void TestTableValues::agreesWithTheServer_data()
{
    QTest::addColumn<QString>("workspace");
    QTest::addColumn<QString>("project");
    QTest::newRow("sweep") << u"vision-lab"_s << u"digits-sweep"_s;
    QTest::newRow("with NaN") << u"playground"_s << u"divergence"_s;
    QTest::newRow("functions") << u"playground"_s << u"test-functions"_s;
    QTest::newRow("ablation") << u"clinic"_s << u"wine-ablation"_s;
}

void TestTableValues::agreesWithTheServer()
{
    QFETCH(QString, workspace);
    QFETCH(QString, project);
    ExperimentTable table;
    ProjectLoader loader(table);
    loader.open(m_client.get(), workspace, project);
    QTRY_VERIFY_WITH_TIMEOUT(loader.isLoaded(), 30'000);
    api::Columns columns; // what the table can have
    std::vector<TableColumn> shown{{TableColumn::Source::Tags, {}}};
    for (const api::Column &column : loader.available()) {
        const auto place = tableColumn({column.source, column.name});
        if (!place || place->source == TableColumn::Source::State || column.source == Source::Tag
            || column.name.startsWith("sys."_L1) || place->source == TableColumn::Source::Name)
            continue;
        if (!place->isFixed() && shown.size() < 60)
            shown.push_back(*place);
        else if (!place->isFixed())
            continue;
        columns.push_back(column);
    }
    QVERIFY(columns.size() > 5);
    loader.showColumns(shown);
    loader.loadEverything();
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(table), 30'000);

    const Variables variables(loader.available());
    int some = 0;
    for (int i = 0; i < 150; ++i) {
        QList<Expression> parts;
        for (int count = 1 + below(3); count > 0; --count)
            parts += below(3) == 0 ? Expression::any({clause(table, columns), clause(table, columns)}, below(3) == 0)
                                   : clause(table, columns);
        const Expression expression = below(2) == 0 ? Expression::all(parts) : Expression::any(parts, below(4) == 0);
        QVERIFY(problems(expression, variables).empty());
        QueryRun run(*m_client, {workspace, project, expression, variables, api::Archived::No, i % 2 ? u"3.60.0"_s : u""_s});
        QSignalSpy finished(&run, &QueryRun::finished);
        QVERIFY(finished.wait());
        const Evaluation evaluation
            = evaluated(expression, variables, table.experimentCount(), valuesOf(table, expression));
        QVERIFY2(evaluation.count.unknown == 0, qPrintable(toPython(expression)));
        for (std::size_t experiment = 0; experiment < table.experimentCount(); ++experiment) {
            const bool isFound = run.keys()->contains(table.experiments().keys.view(experiment));
            if (isFound != (evaluation.marks[experiment] == Yes))
                QFAIL(qPrintable(u"%1 of %2"_s.arg(toPython(expression), table.displayName(experiment))));
        }
        some += evaluation.count.yes > 0 && evaluation.count.yes < table.experimentCount();
    }
    QVERIFY2(some > 10, qPrintable(QString::number(some)));
}

void TestTableValues::knowsNotWhatIsNotLoaded()
{
    api::Experiments listing;
    listing.keys.append("k");
    listing.names.append("");
    listing.users.append("me");
    listing.starts = {1000};
    listing.ends = {3000};
    listing.durations = {2000};
    listing.archived = {0};
    listing.states = {api::State::Unknown};
    ExperimentTable table;
    table.setExperiments(std::make_shared<api::Experiments>(listing));
    QTRY_COMPARE(table.rowCount(), 1);
    const Variables variables({{u"duration"_s, Source::Metadata, u"timenumber"_s}, {u"runActive"_s, Source::Metadata, u"boolean"_s},
        {u"user_name"_s, Source::Metadata, u"string"_s}, {u"os"_s, Source::Environment, u"string"_s}, {u"x"_s, Source::Metric, u"double"_s}});
    const auto mark = [&](const char *text) {
        const Expression expression = fromPython(QString::fromLatin1(text)).expression;
        return evaluated(expression, variables, 1, valuesOf(table, expression)).marks.front();
    };
    QCOMPARE(mark("Metadata('duration') == 2"), Yes);
    QCOMPARE(mark("Metadata('user_name') == 'me'"), Yes);
    QCOMPARE(mark("Other('Name') == None"), Yes);
    QCOMPARE(mark("Metadata('runActive') == False"), Unknown);
    QCOMPARE(mark("Environment('os') == 'Linux'"), Unknown);
    QCOMPARE(mark("Metric('x') == None"), Unknown);
    QCOMPARE(mark("Tag('a')"), Unknown);
    table.setTags(0, {});
    QCOMPARE(mark("Tag('a')"), No);
    QCOMPARE(mark("~Tag('a')"), Yes);
    table.setTags(0, {u"b"_s, u"a"_s});
    QCOMPARE(mark("Tag('a')"), Yes);
}

QTEST_GUILESS_MAIN(TestTableValues)
#include "tst_tablevalues.moc"
