// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/request.h"
#include "app/localserver/rules.h"
#include "tests/localserver/bench.h"

using namespace Qt::StringLiterals;

// The rules of queries one by one, and project/query and experiments/search over real experiments.
class TestQuery : public QObject {
    Q_OBJECT
private slots:
    void rules_data()
    {
        using Value = std::optional<std::string>;
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("operation");
        QTest::addColumn<QByteArray>("operand"); // JSON
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("missing");
        QTest::addColumn<bool>("passes");
        int row = 0;
        const auto add = [&](const char *type, const char *operation, const char *operand, const Value &value,
                             bool passes) {
            QTest::addRow(
                "%d: %s %s %s %s", ++row, type, value ? value->c_str() : "(missing)", operation, operand)
                << QByteArray(type) << QByteArray(operation) << QByteArray(operand)
                << QByteArray::fromStdString(value.value_or("")) << !value << passes;
        };
        add("double", "equal", "5", "5.0", true);
        add("double", "equal", "\"5\"", "5.0", true);
        add("double", "not_equal", "5", "5.0", false);
        add("double", "less", "0.1", "1.0E-5", true);
        add("double", "less", "0.1", "0.1", false);
        add("double", "less_or_equal", "0.1", "0.1", true);
        add("double", "greater", "0.98", "0.99", true);
        add("double", "greater", "10", "9", false);
        add("double", "greater_or_equal", "9", "9", true);
        add("double", "greater", "0", "Infinity", true);
        add("double", "greater", "0", "NaN", false);
        add("double", "not_equal", "0", "NaN", true);
        add("double", "greater", "0", "words", false);
        add("double", "between", "[\"2\",\"3\"]", "2.0", true);
        add("double", "between", "[2,3]", "3", true);
        add("double", "between", "[\"2\",\"3\"]", "3.01", false);
        add("double", "not_between", "[\"2\",\"3\"]", "3.01", true);
        add("string", "equal", "\"adam\"", "adam", true);
        add("string", "equal", "\"Adam\"", "adam", false);
        add("string", "equal", "\"5\"", "5.0", false);
        add("string", "less", "\"b\"", "a", true);
        add("string", "contains", "\"da\"", "adam", true);
        add("string", "contains", "\"DA\"", "adam", false);
        add("string", "not_contains", "\"da\"", "adam", false);
        add("string", "begins_with", "\"ad\"", "adam", true);
        add("string", "begins_with", "\"dam\"", "adam", false);
        add("string", "not_begins_with", "\"dam\"", "adam", true);
        add("string", "ends_with", "\"dam\"", "adam", true);
        add("string", "ends_with", "\"madam\"", "adam", false);
        add("string", "not_ends_with", "\"dam\"", "adam", false);
        add("string", "contains", "\"ü\"", "gru\u0308n", true);
        add("string", "not_contains", "\"u\u0308\"", "grün", false);
        add("string", "begins_with", "\"e\u0301\"", "été", true);
        add("string", "not_begins_with", "\"e\"", "été", true);
        add("string", "ends_with", "\"é\"", "e\u0301te\u0301", true);
        add("string", "equal", "\"é\"", "e\u0301", false);
        add("string", "is_null", "null", std::nullopt, true);
        add("string", "is_null", "null", "", false);
        add("string", "is_not_null", "null", "x", true);
        add("string", "is_not_null", "null", std::nullopt, false);
        add("string", "is_empty", "null", "", true);
        add("string", "is_empty", "null", std::nullopt, false);
        add("string", "is_not_empty", "null", "x", true);
        add("string", "is_not_empty", "null", std::nullopt, false);
        add("string", "not_equal", "\"x\"", std::nullopt, false);
        add("string", "not_contains", "\"x\"", std::nullopt, false);
        add("double", "not_between", "[1,2]", std::nullopt, false);
        add("boolean", "equal", "1", "true", true);
        add("boolean", "equal", "0", "1", false);
        add("boolean", "not_equal", "1", "0", true);
        add("timenumber", "greater", "120", "120.5", true);
        add("datetime", "less", "\"2019-09-24 05:00:00\"", "1569301199999", true);
        add("datetime", "less", "\"2019-09-24 05:00:00\"", "1569301200000", false);
        add("datetime", "greater_or_equal", "\"2019-09-24 05:00:00+00:00\"", "1569301200000", true);
        add("datetime", "equal", "\"2019-09-24 07:00:00.500000+02:00\"", "1569301200500", true);
    }
    void rules()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, operation);
        QFETCH(QByteArray, operand);
        QFETCH(QByteArray, value);
        QFETCH(bool, missing);
        const localserver::Json rule{{"field", "x"}, {"type", type.toStdString()},
            {"operator", operation.toStdString()}, {"value", localserver::parsed(operand.toStdString())}};
        const auto tree = localserver::ruleTree(
            {{"condition", "AND"}, {"rules", localserver::Json::array({rule})}}, "params");
        QTEST(localserver::passes(
                  tree.children.at(0), missing ? std::nullopt : std::optional(value.toStdString())),
            "passes");
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("group");
        QTest::newRow("no group") << QByteArray("5");
        QTest::newRow("no rule") << QByteArray("{\"condition\":\"AND\",\"rules\":[5]}");
        QTest::newRow("condition") << QByteArray("{\"condition\":\"XOR\",\"rules\":[]}");
        QTest::newRow("operator") << QByteArray(
            "{\"rules\":[{\"field\":\"x\",\"operator\":\"like\",\"value\":1}]}");
        QTest::newRow("between one") << QByteArray(
            "{\"rules\":[{\"field\":\"x\",\"operator\":\"between\",\"value\":[1]}]}");
        QByteArray deep = "{\"rules\":[]}";
        for (int i = 0; i < 100; ++i)
            deep = "{\"rules\":[" + deep + "]}";
        QTest::newRow("bottomless") << deep;
    }
    void nonsenseIsRefused()
    {
        QFETCH(QByteArray, group);
        QVERIFY_THROWS_EXCEPTION(
            std::exception, localserver::ruleTree(localserver::parsed(group.toStdString()), "params"));
        const QByteArray body =
            "{\"workspaceName\":\"w\",\"projectName\":\"p\",\"predicates\":[{\"source\":\"params\",\"query\":"
            + group + "}]}";
        QCOMPARE(m_bench.ask("POST", u"project/query"_s, body).status, 400);
    }

    void initTestCase()
    {
        m_a = make(u"a"_s, 0.9, u"adam"_s, {u"good"_s, u"x"_s});
        m_b = make(u"b"_s, 0.5, u"sgd"_s, {u"good"_s});
        m_c = make(u"c"_s, 0.1, {}, {});
        m_old = make(u"old"_s, 0.95, u"adam"_s, {});
        m_bench.get(u"write/experiment/archive?experimentKey="_s + m_old);
        m_bench.post(u"write/experiment/html"_s, {{u"experimentKey"_s, m_b}, {u"html"_s, u"<p>"_s}});
        m_bench.post(
            u"write/experiment/system-details"_s, {{u"experimentKey"_s, m_c}, {u"os"_s, u"Linux-6"_s}});
        m_bench.post(u"write/experiment/set-start-end-time"_s,
            {{u"experimentKey"_s, m_a}, {u"startTimeMillis"_s, 1000}, {u"endTimeMillis"_s, 131'000}});
    }

    void predicates_data()
    {
        QTest::addColumn<QByteArray>("predicates");
        QTest::addColumn<QString>("found"); // names
        QTest::newRow("none") << QByteArray("") << u"abc"_s;
        QTest::newRow("metric") << group("metrics", rule("acc", "double", "greater", "0.4")) << u"ab"_s;
        QTest::newRow("two sources") << group("metrics", rule("acc", "double", "greater", "0.4")) + ','
                + group("params", rule("opt", "string", "begins_with", "\"s\""))
                                     << u"b"_s;
        QTest::newRow("two rules") << group(
            "metrics", rule("acc", "double", "greater", "0.4") + ',' + rule("acc", "double", "less", "0.8"))
                                   << u"b"_s;
        QTest::newRow("or") << group("metrics",
            rule("acc", "double", "greater", "0.8") + ',' + rule("acc", "double", "less", "0.2"), "OR")
                            << u"ac"_s;
        QTest::newRow("nested") << group("metrics",
            rule("acc", "double", "greater", "0.2") + ",{\"condition\":\"OR\",\"rules\":["
                + rule("acc", "double", "less", "0.6") + ',' + rule("acc", "double", "equal", "7") + "]}")
                                << u"b"_s;
        QTest::newRow("sources in the rules")
            << QByteArray("{\"source\":\"nested\",\"query\":{\"condition\":\"OR\",\"rules\":["
                   + rule("acc", "double", "less", "0.2", "metrics") + ','
                   + rule("opt", "string", "equal", "\"adam\"", "params") + "]}}")
            << u"ac"_s;
        QTest::newRow("missing") << group("params", rule("opt", "string", "is_null", "null")) << u"c"_s;
        QTest::newRow("negative of missing")
            << group("params", rule("opt", "string", "not_equal", "\"adam\"")) << u"b"_s;
        QTest::newRow("two tags") << group(
            "tag", rule("good", "string", "equal", "\"good\"") + ',' + rule("x", "string", "equal", "\"x\""))
                                  << u"a"_s;
        QTest::newRow("other") << group("log_other", rule("Name", "string", "equal", "\"b\"")) << u"b"_s;
        QTest::newRow("html") << group("metadata", rule("hasHtml", "boolean", "equal", "1")) << u"b"_s;
        QTest::newRow("no html") << group("metadata", rule("hasHtml", "boolean", "equal", "0")) << u"ac"_s;
        QTest::newRow("duration") << group("metadata", rule("duration", "timenumber", "greater", "120"))
                                  << u"a"_s;
        QTest::newRow("start") << group(
            "metadata", rule("start_server_timestamp", "datetime", "less", "\"2019-09-24 05:00:00\""))
                               << u"a"_s;
        QTest::newRow("environment") << group("env_details", rule("os", "string", "begins_with", "\"Linux\""))
                                     << u"c"_s;
    }
    void predicates()
    {
        QFETCH(QByteArray, predicates);
        QTEST(query(predicates, "false"), "found");
    }

    void archivedOnesAreApart()
    {
        QCOMPARE(query("", "true"), u"old"_s);
        QCOMPARE(query(group("metrics", rule("acc", "double", "less", "0.9")), "true"), QString());
    }

    void unknownThingsAreRefused()
    {
        const QByteArray body = "{\"workspaceName\":\"w\",\"projectName\":\"no\",\"predicates\":[]}";
        QCOMPARE(m_bench.ask("POST", u"project/query"_s, body).status, 404);
        const QByteArray source = "{\"workspaceName\":\"w\",\"projectName\":\"p\",\"predicates\":["
            + group("stars", rule("x", "string", "equal", "1")) + "]}";
        QCOMPARE(m_bench.ask("POST", u"project/query"_s, source).status, 400);
    }

    void searchGoesByPages()
    {
        const QString id =
            m_bench.get(u"project?workspaceName=w&projectName=p"_s).object()[u"projectId"].toString();
        const QJsonObject either{{u"condition"_s, u"OR"_s}, {u"valid"_s, true},
            {u"rules"_s,
                QJsonArray{QJsonObject{{u"condition"_s, u"AND"_s},
                               {u"rules"_s, QJsonArray{leaf(u"acc"_s, u"metrics"_s, u"greater"_s, 0.8)}}},
                    leaf(u"opt"_s, u"params"_s, u"equal"_s, u"sgd"_s)}}};
        const auto search = [&](const QJsonValue &tree, int page, bool deleted) {
            return m_bench
                .post(u"experiments/search"_s,
                    {{u"projectId"_s, id}, {u"rulesTree"_s, tree}, {u"limit"_s, 1}, {u"page"_s, page},
                        {u"deleted"_s, deleted}})
                .object()[u"experiments"]
                .toArray();
        };
        QSet<QString> found;
        for (const int page : {1, 2})
            found.insert(search(either, page, false)[0][u"experimentKey"].toString());
        QCOMPARE(found, (QSet<QString>{m_a, m_b}));
        QCOMPARE(search(either, 3, false).size(), 0);
        QCOMPARE(search(QJsonValue(), 1, true)[0][u"experimentKey"].toString(), m_old);
        QVERIFY(search(QJsonValue(), 1, false)[0][u"server_timestamp"].toInteger() > 0);
    }

private:
    static QByteArray rule(const QByteArray &name, const QByteArray &type, const QByteArray &operation,
        const QByteArray &value, const QByteArray &source = {})
    {
        return "{\"id\":\"" + name + "\",\"field\":\"" + name + "\",\"type\":\"" + type + "\",\"operator\":\""
            + operation + "\",\"value\":" + value
            + (source.isEmpty() ? QByteArray() : ",\"source\":\"" + source + '"') + '}';
    }
    static QByteArray group(
        const QByteArray &source, const QByteArray &rules, const QByteArray &condition = "AND")
    {
        return "{\"source\":\"" + source + "\",\"negated\":true,\"query\":{\"condition\":\"" + condition
            + "\",\"valid\":true,\"rules\":[" + rules + "]}}";
    }
    static QJsonObject leaf(
        const QString &name, const QString &source, const QString &operation, const QJsonValue &value)
    {
        return {{u"id"_s, name}, {u"field"_s, name}, {u"source"_s, source},
            {u"type"_s, value.isDouble() ? u"double"_s : u"string"_s}, {u"operator"_s, operation},
            {u"value"_s, value}};
    }
    QString make(const QString &name, double acc, const QString &opt, const QJsonArray &tags)
    {
        const QString key = m_bench.newExperiment(u"p"_s, name);
        m_bench.post(u"write/experiment/metric"_s,
            {{u"experimentKey"_s, key}, {u"metricName"_s, u"acc"_s}, {u"metricValue"_s, 7},
                {u"timestamp"_s, 1}});
        m_bench.post(u"write/experiment/metric"_s,
            {{u"experimentKey"_s, key}, {u"metricName"_s, u"acc"_s}, {u"metricValue"_s, acc}});
        if (!opt.isEmpty())
            m_bench.post(u"write/experiment/parameter"_s,
                {{u"experimentKey"_s, key}, {u"parameterName"_s, u"opt"_s}, {u"parameterValue"_s, opt}});
        m_bench.post(u"write/experiment/tags"_s, {{u"experimentKey"_s, key}, {u"addedTags"_s, tags}});
        m_names.insert(key, name);
        return key;
    }
    // The names of what is found, in order of the alphabet.
    QString query(const QByteArray &predicates, const QByteArray &archived)
    {
        const QByteArray body = "{\"workspaceName\":\"w\",\"projectName\":\"p\",\"predicates\":[" + predicates
            + "],\"archived\":" + archived + '}';
        const Bench::Answer answer = m_bench.ask("POST", u"project/query"_s, body);
        if (answer.status != 200)
            return answer.message();
        QStringList names;
        const QJsonArray keys = answer.object()[u"experimentKeys"].toArray();
        for (const QJsonValue &key : keys)
            names.append(m_names.value(key.toString()));
        names.sort();
        return names.join(QString());
    }

    Bench m_bench;
    QString m_a, m_b, m_c, m_old;
    QHash<QString, QString> m_names;
};

QTEST_GUILESS_MAIN(TestQuery)
#include "tst_query.moc"
