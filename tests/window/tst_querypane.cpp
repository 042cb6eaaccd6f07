// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"
#include "tests/window/house.h"

#include "models/query/pythontext.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/querypane.h"
#include "ui/navigator.h"
#include "ui/query/querybuilder.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

// A window on a project of six runs: loss 0 to 0.5, the first two tagged "good".
struct Scene
{
    LocalProject project;
    QTemporaryDir folder;
    House house{folder.filePath(u"settings.conf"_s)};
    ExperimentsPage *page = nullptr;

    Scene()
    {
        for (int run = 0; run < 6; ++run)
            addRun(run);
    }
    void addRun(int run)
    {
        const QString key = project.addExperiment(u"run-%1"_s.arg(run));
        project.logMetric(key, u"loss"_s, run / 10.0, 0);
        if (run < 2)
            project.addTag(key, u"good"_s);
    }
    bool open()
    {
        Session *session = house.connectTo(project.root(), project.apiKey());
        house.window.navigator().go({u"lab"_s, project.workspace, project.name, {}});
        return QTest::qWaitFor([&] {
            page = house.window.pages().experimentsShown();
            return page && page->loader()->isLoaded() && session->state() == Session::State::Ready;
        }, 10'000) && QTest::qWaitForWindowActive(&house.window);
    }
    QueryBuilder *builder() const { return page->query()->findChild<QueryBuilder *>(); }
    void type(const QString &python)
    {
        builder()->findChild<QPlainTextEdit *>()->setPlainText(python);
    }
};

} // namespace

class QueryPaneTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void isBuiltAppliedAndCleared()
    {
        Scene scene;
        QVERIFY(scene.open());
        QTest::keyClick(&scene.house.window, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(scene.builder()->isVisible());
        scene.type(u"(Metric(\"loss\") > 0.25) | Tag(\"good\")"_s);
        QTest::keyClick(scene.builder()->findChild<QPlainTextEdit *>(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(scene.page->table()->rowCount(), 5);
        QTest::keyClick(scene.builder(), Qt::Key_Escape);
        QVERIFY(!scene.builder()->isVisible());

        // The line says what is applied, and leads back or away.
        const auto button = [&](const QString &text) -> QToolButton * {
            for (QToolButton *one : scene.page->query()->findChildren<QToolButton *>()) {
                if (one->isVisible() && one->text() == text)
                    return one;
            }
            return nullptr;
        };
        QTRY_VERIFY(button(u"Edit Query"_s));
        QTest::mouseClick(button(u"Edit Query"_s), Qt::LeftButton);
        QVERIFY(scene.builder()->isVisible());
        QCOMPARE(query::toPython(scene.builder()->expression()), u"(Metric(\"loss\") > 0.25) | Tag(\"good\")"_s);
        QTest::keyClick(scene.builder(), Qt::Key_Escape);
        QTRY_VERIFY(button(u"Clear Query"_s));
        QTest::mouseClick(button(u"Clear Query"_s), Qt::LeftButton);
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);
        QVERIFY(!button(u"Clear Query"_s));
    }

    void isAskedAgainWithARefresh()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.page->query()->apply(query::fromPython(u"Metric(\"loss\") > 0.25"_s).expression);
        QTRY_COMPARE(scene.page->table()->rowCount(), 3);
        scene.addRun(6);
        scene.house.action(Actions::Refresh)->trigger();
        QTRY_COMPARE(scene.page->table()->rowCount(), 4);
    }

    void findingNothingOffersToClear()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.page->query()->apply(query::fromPython(u"Metric(\"loss\") > 100"_s).expression);
        const auto nothing = [&]() -> EmptyState * {
            for (EmptyState *state : scene.page->findChildren<EmptyState *>()) {
                if (state->isVisible() && state->title() == u"The query finds nothing"_s)
                    return state;
            }
            return nullptr;
        };
        QTRY_VERIFY(nothing());
        QVERIFY(press(nothing(), u"Clear Query"_s));
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);
    }

    void anotherProjectHasNoQuery()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.page->query()->apply(query::fromPython(u"Tag(\"good\")"_s).expression);
        QTRY_COMPARE(scene.page->table()->rowCount(), 2);
        scene.project.addProject(u"other"_s);
        scene.house.window.navigator().go({u"lab"_s, scene.project.workspace, u"other"_s, {}});
        QTRY_VERIFY(!scene.page->query()->isApplied());
        scene.house.window.navigator().back();
        QTRY_COMPARE(scene.page->table()->rowCount(), 6);
    }
};

QTEST_MAIN(QueryPaneTest)
#include "tst_querypane.moc"
