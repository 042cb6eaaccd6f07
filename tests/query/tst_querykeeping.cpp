// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/query/builderscene.h"

#include "ui/query/querybuilder.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/promptdialog.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

// Queries that are kept: by name, in files, and the recent ones.
class QueryKeepingTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void queriesAreSavedOpenedRenamedAndDeleted()
    {
        Scene scene;
        QVERIFY(scene.open());
        auto *python = scene.named<QPlainTextEdit>(u"The query in Python"_s);
        python->setPlainText(u"Metric(\"loss\") > 0.25"_s);
        QVERIFY(scene.saveAs(u"high & low"_s));
        QTRY_COMPARE(scene.named<QLabel>(u"The saved query"_s)->text(), u"high & low"_s);

        python->setPlainText(u"Metric(\"loss\") > 0.35"_s);
        QVERIFY(scene.saveAs(u"highest"_s));
        // The name of another one: asks first.
        QVERIFY(scene.saveAs(u"high & low"_s));
        QVERIFY(scene.answer<ConfirmDialog>({}, u"Cancel"_s));
        QSignalSpy applied(&scene.builder, &QueryBuilder::applied);
        QVERIFY(scene.triggerQueries(u"high && low"_s));
        QCOMPARE(scene.python(), u"Metric(\"loss\") > 0.25"_s);
        QTRY_COMPARE(applied.count(), 1);

        QVERIFY(scene.triggerQueries(u"Re&name “high && low”…"_s));
        QVERIFY(scene.answer<PromptDialog>(u"high"_s, u"Rename"_s));
        SavedQueries saved(scene.settings);
        const QString subject = u"lab/"_s + scene.project.workspace + u'/' + scene.project.name;
        saved.setSubject(subject);
        QCOMPARE(saved.names(), (QStringList{u"high"_s, u"highest"_s}));
        QCOMPARE(saved.recent().size(), 1);
        QVERIFY(scene.triggerQueries(u"&Delete “high”…"_s));
        QVERIFY(scene.answer<ConfirmDialog>({}, u"Delete"_s));
        saved.setSubject(subject);
        QCOMPARE(saved.names(), QStringList{u"highest"_s});
    }

    void queriesGoToFilesAndComeBack()
    {
        Scene scene;
        QVERIFY(scene.open());
        auto *python = scene.named<QPlainTextEdit>(u"The query in Python"_s);
        python->setPlainText(u"Metric(\"loss\") > 0.25"_s);
        QVERIFY(scene.saveAs(u"high"_s));
        const auto choose = [&](const QString &file) {
            auto *dialog = scene.builder.findChild<QFileDialog *>();
            dialog->selectFile(scene.folder.filePath(file));
            QTest::keyClick(dialog, Qt::Key_Return);
            return QTest::qWaitFor([&] { return !dialog->isVisible(); });
        };
        QSignalSpy message(&scene.builder, &QueryBuilder::message);
        QVERIFY(scene.triggerQueries(u"&Export All…"_s));
        QVERIFY(choose(u"out"_s)); // the ending comes by itself
        QTRY_COMPARE(message.count(), 1);
        QVERIFY(message.last().first().toString().contains(u"out.json"_s));
        QTRY_VERIFY(!scene.builder.findChild<QFileDialog *>());

        QVERIFY(scene.triggerQueries(u"&Delete “high”…"_s));
        QVERIFY(scene.answer<ConfirmDialog>({}, u"Delete"_s));
        QVERIFY(scene.triggerQueries(u"&Import…"_s));
        QVERIFY(choose(u"out.json"_s));
        QTRY_COMPARE(message.last().first().toString(), u"Imported one query."_s);
        QTRY_VERIFY(!scene.builder.findChild<QFileDialog *>());
        python->clear();
        QVERIFY(scene.triggerQueries(u"high"_s));
        QCOMPARE(scene.python(), u"Metric(\"loss\") > 0.25"_s);

        // What is no file of queries is said, and nothing is lost.
        QFile garbage(scene.folder.filePath(u"garbage.json"_s));
        QVERIFY(garbage.open(QIODevice::WriteOnly) && garbage.write("{\"queries\": 7}") > 0);
        garbage.close();
        QVERIFY(scene.triggerQueries(u"&Import…"_s));
        QVERIFY(choose(u"garbage.json"_s));
        QTRY_VERIFY2(message.last().first().toString().contains(u"not a file of queries"_s),
            qPrintable(message.last().first().toString()));
        QVERIFY(scene.triggerQueries(u"high"_s));
    }

    void recentQueriesAreOpenedAgain()
    {
        Scene scene;
        QVERIFY(scene.open());
        auto *python = scene.named<QPlainTextEdit>(u"The query in Python"_s);
        QSignalSpy applied(&scene.builder, &QueryBuilder::applied);
        for (const QString &text : {u"Metric(\"loss\") > 0.25"_s, u"Tag(\"good\")"_s}) {
            python->setPlainText(text);
            QTest::keyClick(python, Qt::Key_Return, Qt::ControlModifier);
            QTRY_COMPARE(applied.count(), text.startsWith(u'M') ? 1 : 2);
        }
        auto *button = scene.find<QToolButton>([](const QToolButton *one) { return one->text() == u"Queries"_s; }, 0);
        emit button->menu()->aboutToShow();
        QAction *recent = nullptr;
        for (QAction *action : button->menu()->actions()) {
            if (action->text() == u"&Recent"_s)
                recent = action;
        }
        QVERIFY(recent && recent->menu());
        QCOMPARE(recent->menu()->actions().size(), 2);
        QCOMPARE(recent->menu()->actions().first()->text(), u"Tag(\"good\")"_s);
        recent->menu()->actions().last()->trigger();
        QCOMPARE(scene.python(), u"Metric(\"loss\") > 0.25"_s);
        QTRY_COMPARE(applied.count(), 3);
    }
};

QTEST_MAIN(QueryKeepingTest)
#include "tst_querykeeping.moc"
