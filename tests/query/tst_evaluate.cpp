// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/rules.h"
#include "models/api/querybody.h"
#include "models/query/evaluate.h"
#include "models/query/normalform.h"
#include "models/query/pythontext.h"
#include "models/query/wire.h"
#include "tests/query/randomexpressions.h"

#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using namespace query;

// Evaluation by the values at hand, held against the local server, which was written from PROTOCOL 5
// independently: what is sent to it and what is evaluated here must mean the same.
class TestEvaluate : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void holds_data();
    void holds();
    void agreesWithTheServer();
    void agreesBranchByBranch();
    void knowsWhatItDoesNotKnow();
    void countsParts();
    void negationIsNotTheRest();
    void askingForNothingFindsAll();

private:
    using Row = std::map<std::pair<Source, QString>, QString>; // without those that are missing

    static constexpr std::size_t rows = 80;
    bool passes(const localserver::RuleTree &tree, const Row &row) const;
    Marks byServer(const localserver::RuleTree &tree) const;
    Expression comparable(int depth);

    const Variables m_variables{RandomExpressions::columns()};
    RandomExpressions m_random{5};
    std::vector<Row> m_rows;
    std::map<std::pair<Source, QString>, ValueColumn> m_values;
    ValuesOf m_valuesOf;
};

namespace {

ValueColumn columnOf(const QStringList &texts) // null where missing
{
    ValueColumn column(static_cast<std::size_t>(texts.size()));
    for (qsizetype i = 0; i < texts.size(); ++i)
        column.setText(static_cast<std::size_t>(i), texts[i]);
    return column;
}

Source sourceOf(const std::string &wire)
{
    for (const Source source :
        {Source::Metric, Source::Parameter, Source::Other, Source::Metadata, Source::Environment, Source::Tag}) {
        if (api::sourceName(source) == QByteArray::fromStdString(wire))
            return source;
    }
    return Source::Unknown;
}

} // namespace

void TestEvaluate::initTestCase()
{
    const QStringList texts{u"adam"_s, u"x"_s, u""_s, u"5"_s, u"5.0"_s, u"Grün"_s, u"adamx"_s, u"\"x"_s, u"0.5"_s, u"true"_s};
    const QStringList numbers{u"0"_s, u"5"_s, u"12.5"_s, u"1.0E-5"_s, u"NaN"_s, u"Infinity"_s, u"words"_s, u"-3"_s, u"17"_s, u"1e16"_s};
    const QStringList times{u"0"_s, u"1569301200000"_s, u"-62135596800000"_s, u"253402300799000"_s};
    for (std::size_t i = 0; i < rows; ++i) {
        Row row;
        for (const api::Column &column : RandomExpressions::columns()) {
            if (m_random.chance(25))
                continue;
            const QStringList &pool = column.type == "string"_L1 ? texts
                : column.type == "datetime"_L1                   ? times
                : column.type == "boolean"_L1                    ? QStringList{u"0"_s, u"1"_s}
                                                                 : numbers;
            row[{column.source, column.name}] = pool[m_random.below(static_cast<int>(pool.size()))];
        }
        if (m_random.chance(60))
            row[{Source::Tag, {}}] = m_random.chance(50) ? u"a"_s : u"b\u001f a\u001fadam\u001f%1"_s;
        m_rows.push_back(row);
    }
    for (const api::Column &column : RandomExpressions::columns()) {
        QStringList all;
        for (const Row &row : m_rows) {
            const auto found = row.find({column.source, column.name});
            all += found == row.end() ? QString() : found->second;
        }
        m_values.emplace(std::pair(column.source, column.name), columnOf(all));
    }
    QStringList tags;
    for (const Row &row : m_rows)
        tags += row.contains({Source::Tag, {}}) ? row.at({Source::Tag, {}}) : QString();
    m_values.emplace(std::pair(Source::Tag, QString()), columnOf(tags));
    m_valuesOf = [this](const Variable &variable) {
        return std::optional(
            m_values.at({variable.source, variable.source == Source::Tag ? QString() : variable.name}));
    };
}

// What the local server makes of it.
bool TestEvaluate::passes(const localserver::RuleTree &tree, const Row &row) const
{
    if (!tree.isRule()) {
        bool result = tree.all;
        for (const localserver::RuleTree &child : tree.children)
            result = tree.all ? result && passes(child, row) : result || passes(child, row);
        return result;
    }
    const Source source = sourceOf(tree.source);
    const QString name = QString::fromStdString(tree.name);
    if (source == Source::Tag) {
        const auto tags = row.find({Source::Tag, {}});
        const bool has = tags != row.end() && tags->second.split(u'\x1f').contains(name);
        return localserver::passes(tree, has ? tree.name : std::string());
    }
    const auto found = row.find({source, name});
    return localserver::passes(
        tree, found == row.end() ? std::nullopt : std::optional(found->second.toStdString()));
}

Marks TestEvaluate::byServer(const localserver::RuleTree &tree) const
{
    Marks marks;
    for (const Row &row : m_rows)
        marks.push_back(passes(tree, row) ? Yes : No);
    return marks;
}

// Without what JSON can't say: infinite numbers, halves of characters; and tags without a name, which the
// server takes for no tag.
Expression TestEvaluate::comparable(int depth)
{
    while (true) {
        const Expression expression = m_random.expression(depth);
        const QString text = toPython(expression);
        if (!text.contains("\\ud800"_L1) && !text.contains("float("_L1) && !text.contains("Tag(\"\")"_L1)
            && !text.contains("nan"_L1) && !text.contains("inf"_L1))
            return expression;
    }
}

void TestEvaluate::holds_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text"); // of x
    QTest::addColumn<QString>("value"); // null where missing
    QTest::addColumn<bool>("holds");
    const auto add = [](const char *type, const char *text, const char *value, bool holds) {
        QTest::addRow("%s: %s, %s", type, text, value ? value : "(missing)")
            << QString::fromLatin1(type) << QString::fromUtf8(text) << QString::fromUtf8(value) << holds;
    };
    add("double", "Parameter('x') == 5", "5.0", true);
    add("double", "Parameter('x') < .1", "1.0E-5", true);
    add("double", "Parameter('x') > 0", "NaN", false);
    add("double", "Parameter('x') != 0", "NaN", true);
    add("double", "~(Parameter('x') > 0)", "NaN", false);
    add("double", "Parameter('x').between(2, 3)", "3", true);
    add("double", "~Parameter('x').between(2, 3)", nullptr, false);
    for (const char *type : {"double", "string"}) {
        add(type, "Parameter('x') == 2**53", "9007199254740992", true);
        add(type, "Parameter('x') == 2**53", "9007199254740993", false);
        add(type, "Parameter('x') == 2**53 + 1", "9007199254740992", false);
        add(type, "Parameter('x') == 2**53 + 1", "9007199254740993", true);
        add(type, "Parameter('x') != 2**64", "18446744073709551615", true);
        add(type, "Parameter('x') == -2**63", " -9223372036854775808 ", true);
        add(type, "Parameter('x') == 5", "+5.", true);
        add(type, "Parameter('x') == 10**20", "1e20", true);
    }
    add("double", "Parameter('x') > 2**53", "9007199254740993", true);
    add("double", "Parameter('x') <= 2**53 - 1", "9007199254740992", false);
    add("double", "Parameter('x').between(2**53 + 1, 2**53 + 1)", "9007199254740992", false);
    add("double", "Parameter('x') > 10", "1e400", true);
    add("double", "Parameter('x') > .001", "auto", false);
    add("double", "Parameter('x') > .001", "1_000", false);
    add("double", "Parameter('x') < .001", " ", false);
    add("double", "Parameter('x') > 0", "words", false);
    add("double", "Parameter('x') != 0", "words", true);
    add("double", "Parameter('x') != 0", nullptr, false);
    add("double", "Parameter('x') == None", nullptr, true);
    add("double", "~(Parameter('x') == None)", nullptr, false);
    add("double", "Parameter('x') == ''", nullptr, false);
    add("string", "Parameter('x') == ''", "", true);
    add("string", "Parameter('x') == None", "", false);
    add("string", "Parameter('x') == '5'", "5.0", false);
    add("string", "Parameter('x') == 5", "5.0", true);
    add("string", "Parameter('x') == 'Adam'", "adam", false);
    add("string", "Parameter('x').contains('DA')", "adam", false);
    add("string", "Parameter('x').endswith('5')", "12.5", true);
    add("string", "Parameter('x') < 'b'", "10", true);
    add("string", "~Parameter('x').contains('q')", nullptr, false);
    add("string", "Parameter('x').contains('ü')", "gru\u0308n", true);
    add("string", "Parameter('x').contains('u\u0308')", "grün", true);
    add("string", "Parameter('x').contains('u')", "grün", false);
    add("string", "Parameter('x').startswith('e\u0301')", "été", true);
    add("string", "Parameter('x').endswith('é')", "e\u0301te\u0301", true);
    add("string", "~Parameter('x').endswith('é')", "e\u0301te\u0301", false);
    add("string", "Parameter('x') == 'é'", "e\u0301", false);
    add("double", "Parameter('x').contains('5')", "12.0", false);
    add("boolean", "Parameter('x') == True", "true", true);
    add("boolean", "Parameter('x') == True", "1", true);
    add("boolean", "Parameter('x') != True", "0", true);
    add("timenumber", "Parameter('x') > 120", "120.5", true);
    add("datetime", "Parameter('x') < datetime(2019, 9, 24, 5)", "1569301199999", true);
    add("datetime", "Parameter('x') < datetime(2019, 9, 24, 5)", "1569301200000", false);
    add("datetime", "Parameter('x') == '2019-09-24 05:00:00'", "1569301200000", true);
    add("datetime", "Parameter('x') == datetime(2019, 9, 24, 7, 0, 0, 500000, tzinfo=timezone(timedelta(hours=2)))",
        "1569301200500", true);
}

void TestEvaluate::holds()
{
    QFETCH(QString, type);
    QFETCH(QString, text);
    QFETCH(QString, value);
    const Variables variables({{u"x"_s, Source::Parameter, type}});
    const Evaluation evaluation = evaluated(fromPython(text).expression, variables, 1,
        [&](const Variable &) { return std::optional(columnOf({value})); });
    QTEST(evaluation.marks.front() == Yes, "holds");
}

void TestEvaluate::agreesWithTheServer()
{
    int found = 0;
    for (int i = 0; i < 4'000; ++i) {
        const Expression expression = comparable(i % 4);
        const Marks marks = evaluated(expression, m_variables, rows, m_valuesOf).marks;
        found += static_cast<int>(std::count(marks.begin(), marks.end(), Yes));
        std::vector<QByteArray> sent{predicates(expression, m_variables, Form::Newest)};
        if (isConjunction(expression))
            sent.push_back(predicates(expression, m_variables, Form::Reference));
        for (const QByteArray &text : sent) {
            const auto tree = localserver::ruleTreeOfPredicates(localserver::parsed(text.toStdString()));
            if (byServer(tree) != marks)
                QFAIL(qPrintable(toPython(expression) + u'\n' + QString::fromUtf8(text)));
        }
        const QByteArray search = rulesTree(expression, m_variables);
        if (byServer(localserver::ruleTree(localserver::parsed(search.toStdString()), {})) != marks)
            QFAIL(qPrintable(toPython(expression) + u'\n' + QString::fromUtf8(search)));
    }
    QVERIFY(found > 4'000);
}

void TestEvaluate::agreesBranchByBranch()
{
    int split = 0;
    for (int i = 0; i < 1'000; ++i) {
        const Expression expression = comparable(i % 4);
        const auto all = branches(expression, 64);
        if (!all)
            continue;
        ++split;
        Marks marks(rows, No);
        for (const Branch &branch : *all) {
            const Expression part = Expression::all(branch);
            QVERIFY(isConjunction(part));
            const Marks more = evaluated(part, m_variables, rows, m_valuesOf).marks;
            for (std::size_t row = 0; row < rows; ++row)
                marks[row] = std::max(marks[row], more[row]);
        }
        if (marks != evaluated(expression, m_variables, rows, m_valuesOf).marks)
            QFAIL(qPrintable(toPython(expression)));
    }
    QVERIFY(split > 500);
}

void TestEvaluate::knowsWhatItDoesNotKnow()
{
    const Variables variables({{u"x"_s, Source::Metric, u"double"_s}, {u"y"_s, Source::Metric, u"double"_s}});
    ValueColumn x(3); // not loaded, 1, 5
    x.setNumber(1, 1);
    x.setNumber(2, 5);
    const auto marks = [&](const char *text) {
        return evaluated(fromPython(QString::fromLatin1(text)).expression, variables, 3,
            [&](const Variable &variable) { return variable.name == "x"_L1 ? std::optional(x) : std::nullopt; })
            .marks;
    };
    QCOMPARE(marks("Metric('x') > 2"), (Marks{Unknown, No, Yes}));
    QCOMPARE(marks("~(Metric('x') > 2)"), (Marks{Unknown, Yes, No}));
    QCOMPARE(marks("Metric('y') == None"), (Marks{Unknown, Unknown, Unknown}));
    QCOMPARE(marks("(Metric('x') > 2) & (Metric('y') > 1)"), (Marks{Unknown, No, Unknown}));
    QCOMPARE(marks("(Metric('x') > 2) | (Metric('y') > 1)"), (Marks{Unknown, Unknown, Yes}));
    QCOMPARE(marks("~((Metric('x') > 2) | (Metric('y') > 1))"), (Marks{Unknown, Unknown, No}));
}

void TestEvaluate::countsParts()
{
    const Variables variables({{u"x"_s, Source::Metric, u"double"_s}});
    const ValueColumn x = columnOf({u"1"_s, u"2"_s, u"3"_s, QString()});
    Expression expression = fromPython(u"~((Metric('x') > 1) | (Metric('x') == 3)) & (Metric('x') < 9)"_s).expression;
    const ValuesOf valuesOf = [&](const Variable &) { return std::optional(x); };
    Count count = evaluated(expression, variables, 4, valuesOf).count;
    QCOMPARE(count.yes, 1u);
    QCOMPARE(count.parts.size(), 2u);
    QCOMPARE(count.parts[0].yes, 1u);
    QCOMPARE(count.parts[0].parts[0].yes, 2u); // by itself, without the negation around it
    QCOMPARE(count.parts[0].parts[1].yes, 1u);
    QCOMPARE(count.parts[1].yes, 3u);
    expression = expression.replaced({0}, expression.children()[0].switchedOn(false));
    count = evaluated(expression, variables, 4, valuesOf).count;
    QCOMPARE(count.yes, 3u);
    QCOMPARE(count.parts[0].yes, 1u);
}

void TestEvaluate::negationIsNotTheRest()
{
    for (int i = 0; i < 500; ++i) {
        const Expression expression = comparable(i % 4);
        const Marks marks = evaluated(expression, m_variables, rows, m_valuesOf).marks;
        const Marks negated = evaluated(expression.negated(), m_variables, rows, m_valuesOf).marks;
        QCOMPARE(evaluated(withNegationInside(expression.negated()), m_variables, rows, m_valuesOf).marks, negated);
        QCOMPARE(evaluated(expression.negated().negated(), m_variables, rows, m_valuesOf).marks, marks);
    }
}

void TestEvaluate::askingForNothingFindsAll()
{
    const Expression tag({Source::Tag, u"nobody has it"_s, Operator::Equal, {}});
    for (const Expression &expression : {Expression(), Expression::any({}), Expression::all({}, true), tag.switchedOn(false),
             Expression::any({tag.switchedOn(false)}, true)}) {
        const Evaluation evaluation = evaluated(expression, m_variables, rows, m_valuesOf);
        QCOMPARE(evaluation.marks, Marks(rows, Yes));
        QCOMPARE(evaluation.count.yes, rows);
    }
    QCOMPARE(evaluated(tag, m_variables, rows, m_valuesOf).count.yes, 0u);
}

QTEST_GUILESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
