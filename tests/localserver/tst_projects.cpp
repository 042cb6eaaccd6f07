// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/localserver/bench.h"

using namespace Qt::StringLiterals;

// Projects: their names, their share keys, and what moves between them.
class TestProjects : public QObject {
    Q_OBJECT
private slots:
    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("code"); // 0: is taken
        QTest::newRow("slash") << u"a/b"_s << 0;
        QTest::newRow("spaces") << u"  a  b "_s << 0;
        QTest::newRow("emoji") << u"🚀 rocket ⭐"_s << 0;
        QTest::newRow("right to left") << u"مشروع"_s << 0;
        QTest::newRow("HTML") << u"<b onclick=\"x\">&amp;</b>"_s << 0;
        QTest::newRow("quotes and percent") << u"'; DROP TABLE projects; -- %41+%"_s << 0;
        QTest::newRow("100 characters") << QString(100, u'ä') << 0;
        QTest::newRow("100 emoji") << u"🚀"_s.repeated(100) << 0;
        QTest::newRow("101 characters") << QString(101, u'a') << 1341241;
        QTest::newRow("300 characters") << QString(300, u'ä') << 1341241;
        QTest::newRow("blank") << u" \t\n"_s << 98219;
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(int, code);
        QJsonObject body{{u"workspaceName"_s, u"names"_s}, {u"projectName"_s, name}};
        const Bench::Answer made = m_bench.post(u"write/project/create"_s, body);
        QCOMPARE(made.status, code ? 400 : 200);
        QTEST(made.code(), "code");
        const Bench::Answer found = project(u"names"_s, name);
        QCOMPARE(found.status == 200, code == 0);

        // The same when an experiment makes the project, and when one is renamed.
        body[u"workspaceName"] = u"other names"_s;
        QCOMPARE(m_bench.post(u"write/experiment/create"_s, body).code(), code);
        m_bench.newExperiment(u"to be renamed"_s);
        QCOMPARE(m_bench
                     .post(u"write/project/update"_s,
                         {{u"workspaceName"_s, u"w"_s}, {u"projectName"_s, u"to be renamed"_s},
                             {u"newProjectName"_s, name}})
                     .code(),
            code);
        if (code)
            return;
        QCOMPARE(found.object()[u"projectName"].toString(), name);
        QCOMPARE(project(u"w"_s, name).object()[u"projectName"].toString(), name);
        QCOMPARE(
            m_bench.post(u"write/project/delete"_s, {{u"projectId"_s, found.object()[u"projectId"]}}).status,
            200);
        QCOMPARE(project(u"names"_s, name).status, 404);
    }

    void withoutAName()
    {
        QCOMPARE(m_bench.post(u"write/project/create"_s, {{u"workspaceName"_s, u"w"_s}}).status, 400);
        QCOMPARE(
            m_bench
                .post(u"write/project/create"_s, {{u"workspaceName"_s, u" "_s}, {u"projectName"_s, u"p"_s}})
                .code(),
            90219);
        QCOMPARE(m_bench.post(u"write/workspace/new"_s, {{u"name"_s, u" "_s}}).code(), 90219);
    }

    void renamingToATakenNameChangesNothing()
    {
        m_bench.newExperiment(u"taken"_s);
        m_bench.newExperiment(u"mine"_s);
        QCOMPARE(m_bench
                     .post(u"write/project/update"_s,
                         {{u"workspaceName"_s, u"w"_s}, {u"projectName"_s, u"mine"_s},
                             {u"newProjectName"_s, u"taken"_s}, {u"newProjectDescription"_s, u"d"_s}})
                     .status,
            400);
        QCOMPARE(project(u"w"_s, u"mine"_s).object()[u"projectDescription"].toString(), QString());
    }

    void shareKeys()
    {
        m_bench.newExperiment(u"shared"_s);
        const QString of = u"?projectId="_s + project(u"w"_s, u"shared"_s).object()[u"projectId"].toString();
        const auto codes = [&] {
            return m_bench.get(u"project/get-project-share-links"_s + of).object()[u"shareCodes"].toArray();
        };
        QCOMPARE(codes(), QJsonArray());
        const QString first =
            m_bench.get(u"write/project/add-share-link"_s + of).object()[u"shareCode"].toString();
        const QString second =
            m_bench.get(u"write/project/add-share-link"_s + of).object()[u"shareCode"].toString();
        QVERIFY(!first.isEmpty() && first != second);
        QCOMPARE(codes(), (QJsonArray{first, second}));
        const QString away = u"write/project/delete-project-share-link"_s;
        QCOMPARE(m_bench.get(away + of + u"&shareCode="_s + first).status, 200);
        QCOMPARE(codes(), QJsonArray{second});
        const Bench::Answer again = m_bench.get(away + of + u"&shareCode="_s + first);
        QCOMPARE(again.status, 404);
        QVERIFY(again.message().contains(first));
        QCOMPARE(m_bench.get(away + of).status, 400);

        // A key is one project's alone.
        m_bench.newExperiment(u"not shared"_s);
        const QString other =
            u"?projectId="_s + project(u"w"_s, u"not shared"_s).object()[u"projectId"].toString();
        QCOMPARE(m_bench.get(away + other + u"&shareCode="_s + second).status, 404);
        for (const QString &path :
            {u"project/get-project-share-links"_s, u"write/project/add-share-link"_s, away})
            QCOMPARE(m_bench.get(path + u"?projectId=none&shareCode=x"_s).status, 404);
        QCOMPARE(codes(), QJsonArray{second});
        m_bench.stop();
        m_bench.start();
        QCOMPARE(codes(), QJsonArray{second});
    }

    void movedAllOrNone()
    {
        QJsonArray keys;
        for (int i = 0; i < 150; ++i)
            keys.append(m_bench.newExperiment(u"many"_s));
        const auto move = [&](const QString &workspace, const QString &project, const QJsonArray &what,
                              bool link = false) {
            return m_bench.post(u"write/experiment/move"_s,
                {{u"targetWorkspaceName"_s, workspace}, {u"targetProjectName"_s, project},
                    {u"experimentKeys"_s, what}, {u"symlink"_s, link}});
        };
        Bench::Answer answer = move(u"w"_s, u"nowhere"_s, keys);
        QCOMPARE(answer.status, 404);
        QVERIFY(answer.message().contains(u"w/nowhere"_s));
        QCOMPARE(move(u"nowhere"_s, u"many"_s, keys).code(), 90219);
        QCOMPARE(project(u"w"_s, u"nowhere"_s).status, 404); // was not made
        m_bench.newExperiment(u"target"_s);
        QJsonArray withUnknown = keys;
        withUnknown.append(u"unknown"_s);
        answer = move(u"w"_s, u"target"_s, withUnknown);
        QCOMPARE(answer.code(), 90211);
        QCOMPARE(count(u"many"_s), 150);
        QCOMPARE(count(u"target"_s), 1);

        QCOMPARE(move(u"w"_s, u"target"_s, keys, true).status, 200);
        QCOMPARE(count(u"many"_s), 150);
        QCOMPARE(count(u"target"_s), 151);
        QCOMPARE(move(u"w"_s, u"target"_s, keys).status, 200); // to where they are linked
        QCOMPARE(count(u"many"_s), 0);
        QCOMPARE(count(u"target"_s), 151);
        QCOMPARE(move(u"w"_s, u"target"_s, keys).status, 200); // to where they are
        QCOMPARE(count(u"target"_s), 151);
    }

    void theLinkGoesWithTheOriginal()
    {
        const QString key = m_bench.newExperiment(u"home"_s);
        m_bench.get(u"write/project/symlink?projectName=away&experimentKey="_s + key);
        QCOMPARE(count(u"away"_s), 1);
        QCOMPARE(m_bench
                     .post(u"write/project/delete"_s,
                         {{u"workspaceName"_s, u"w"_s}, {u"projectName"_s, u"away"_s},
                             {u"deleteAllExperiments"_s, true}})
                     .status,
            200);
        QCOMPARE(count(u"home"_s), 1); // only the link was there
        m_bench.get(u"write/project/symlink?projectName=away&experimentKey="_s + key);
        m_bench.get(u"write/experiment/delete?experimentKey="_s + key);
        QCOMPARE(count(u"away"_s), 0);
        QCOMPARE(count(u"home"_s), 0);
    }

    void unknownExperiments()
    {
        for (const QString &action : {u"archive"_s, u"restore"_s, u"delete"_s, u"stop"_s}) {
            const QString path = u"write/experiment/"_s + action;
            const Bench::Answer answer = m_bench.get(path + u"?experimentKey=none"_s);
            QCOMPARE(answer.status, 400);
            QCOMPARE(answer.code(), 90211);
            QCOMPARE(m_bench.get(path).code(), 90998);
        }
    }

private:
    Bench::Answer project(const QString &workspace, const QString &name)
    {
        return m_bench.get(u"project?workspaceName=%1&projectName=%2"_s.arg(
            workspace, QString::fromUtf8(QUrl::toPercentEncoding(name))));
    }
    int count(const QString &name)
    {
        return project(u"w"_s, name).object()[u"numberOfExperiments"].toInt(-1);
    }

    Bench m_bench;
};

QTEST_GUILESS_MAIN(TestProjects)
#include "tst_projects.moc"
