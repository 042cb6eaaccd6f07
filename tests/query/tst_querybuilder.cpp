// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/query/builderscene.h"

#include "models/query/pythontext.h"
#include "ui/query/countgauge.h"
#include "ui/query/querybuilder.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <algorithm>

class QueryBuilderTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void aConditionIsTypedAndCounted()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.focusFirst();
        auto *name = scene.named<QLineEdit>(u"Variable"_s);
        QVERIFY(name);
        QTest::keyClicks(name, u"loss"_s);
        auto *value = scene.named<QLineEdit>(u"Value"_s);
        QTest::keyClicks(value, u"0.25"_s);
        QCOMPARE(scene.python(), u"Metric(\"loss\") > 0.25"_s);
        QVERIFY2(scene.says(u"3 of 6 experiments match"_s), qPrintable(scene.status()));
        QSignalSpy applied(&scene.builder, &QueryBuilder::applied);
        QTest::keyClick(value, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(applied.count(), 1);
        QCOMPARE(applied.first().at(1).value<std::shared_ptr<const KeySet>>()->size(), std::size_t{3});
    }

    // A list that pops up may have the focus meanwhile, and the server may answer.
    void typingGoesOnWhereTheCursorIs()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.focusFirst();
        scene.named<QTreeView>(u"Variables"_s)->setFocus();
        auto *name = scene.named<QLineEdit>(u"Variable"_s);
        QTest::keyClicks(name, u"ls"_s);
        QTest::keyClick(name, Qt::Key_Left);
        QTest::keyClicks(name, u"os"_s);
        QCOMPARE(name->text(), u"loss"_s);
        scene.builder.setColumns({{u"loss"_s, Source::Metric, u"double"_s}, {u"loss_2"_s, Source::Metric, u"double"_s}});
        QCOMPARE(name->text(), u"loss"_s);
        QCOMPARE(name->cursorPosition(), 3);

        auto *value = scene.named<QLineEdit>(u"Value"_s);
        QTest::keyClicks(value, u"5e"_s); // not a number any more
        QCOMPARE(value->text(), u"5e"_s);
        QTest::keyClicks(value, u"1"_s);
        QCOMPARE(scene.python(), u"Metric(\"loss\") > 50.0"_s);
        scene.choose(scene.named<QComboBox>(u"Operator"_s), u"is between"_s);
        auto *other = scene.named<QLineEdit>(u"Second value"_s);
        QTest::keyClicks(other, u"1"_s);
        QCOMPARE(scene.python(), u"Metric(\"loss\").between(50.0, 50.01)"_s);
        QTest::keyClicks(other, u"e"_s);
        QCOMPARE(other->text(), u"50.01e"_s);
        QCOMPARE(value->text(), u"5e1"_s); // as typed, though there is no pair any more
    }

    void whatIsNotFinishedIsKeptAndDoesNotCount()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.focusFirst();
        QCOMPARE(scene.python(), QString());
        const auto says = [&](const QString &remark) {
            return std::ranges::any_of(scene.builder.findChildren<CountGauge *>(),
                [&](const CountGauge *gauge) { return gauge->isVisible() && gauge->remark() == remark; });
        };
        QTRY_VERIFY(says(u"no variable yet"_s));
        QTest::keyClicks(scene.named<QLineEdit>(u"Variable"_s), u"loss"_s);
        QCOMPARE(scene.python(), QString());
        QVERIFY(says(u"no value yet"_s));
        scene.press(u"Condition"_s);
        scene.choose(scene.named<QComboBox>(u"Kind of variable"_s, 1), u"Tag"_s);
        QTRY_VERIFY(says(u"no tag yet"_s));
        QTest::keyClicks(scene.named<QLineEdit>(u"Variable"_s, 1), u"good"_s);
        QCOMPARE(scene.python(), u"Tag(\"good\")"_s);
        QVERIFY2(scene.says(u"2 of 6 experiments match"_s), qPrintable(scene.status()));
        QVERIFY2(scene.says(u"2 of 6 experiments match, says the server. One condition is not finished and does not "
                            "count."_s), qPrintable(scene.status()));

        // Python written by hand does not lose it either.
        scene.named<QPlainTextEdit>(u"The query in Python"_s)->setPlainText(u"~Tag(\"good\")"_s);
        QCOMPARE(scene.builder.expression().children().size(), 2);
        QCOMPARE(scene.builder.expression().children().last().clause().name, u"loss"_s);
        QVERIFY2(scene.says(u"4 of 6 experiments match"_s), qPrintable(scene.status()));

        // A text that can't be its value is said.
        QTest::keyClicks(scene.named<QLineEdit>(u"Value"_s), u"many"_s);
        QVERIFY(std::ranges::any_of(scene.builder.findChildren<QLabel *>(), [](const QLabel *label) {
            return label->isVisible() && label->text().startsWith(u"“many” does not fit"_s);
        }));
        QVERIFY(says(u"no count"_s));
    }

    void groupsAreBuiltByMouse()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.press(u"Condition"_s);
        scene.choose(scene.named<QComboBox>(u"Kind of variable"_s), u"Tag"_s);
        QTest::keyClicks(scene.named<QLineEdit>(u"Variable"_s), u"good"_s);
        QVERIFY2(scene.says(u"2 of 6"_s), qPrintable(scene.status()));
        scene.press(u"Group"_s);
        scene.choose(scene.named<QComboBox>(u"Kind of variable"_s, 1), u"Parameter"_s);
        QTest::keyClicks(scene.named<QLineEdit>(u"Variable"_s, 1), u"optimizer"_s);
        // The list has parameters now.
        QCOMPARE(scene.named<QComboBox>(u"Variable"_s, 1)->findText(u"optimizer"_s), 0);
        QCOMPARE(scene.named<QComboBox>(u"Variable"_s, 1)->findText(u"loss"_s), -1);
        QCOMPARE(scene.named<QComboBox>(u"Operator"_s, 1)->currentText(), u"has a value"_s);
        scene.choose(scene.named<QComboBox>(u"Operator"_s, 1), u"is"_s);
        QTest::keyClicks(scene.named<QLineEdit>(u"Value"_s), u"sgd"_s);
        QCOMPARE(scene.python(), u"Tag(\"good\") & (Parameter(\"optimizer\") == \"sgd\")"_s);
        QVERIFY2(scene.says(u"1 of 6"_s), qPrintable(scene.status()));

        scene.press(u"Any of"_s); // the outer one
        QCOMPARE(scene.python(), u"Tag(\"good\") | (Parameter(\"optimizer\") == \"sgd\")"_s);
        QVERIFY2(scene.says(u"4 of 6"_s), qPrintable(scene.status()));
        scene.press(u"None of"_s);
        QVERIFY2(scene.says(u"2 of 6"_s), qPrintable(scene.status()));
        scene.press(u"Remove group"_s);
        QVERIFY2(scene.says(u"4 of 6"_s), qPrintable(scene.status()));
    }

    void pythonIsEditedBothWays()
    {
        Scene scene;
        QVERIFY(scene.open());
        auto *python = scene.named<QPlainTextEdit>(u"The query in Python"_s);
        python->setPlainText(u"(Metric('loss') < 0.35) & ~Tag('good')"_s);
        QCOMPARE(scene.named<QComboBox>(u"Kind of variable"_s, 1)->currentText(), u"Tag"_s);
        QCOMPARE(scene.named<QComboBox>(u"Operator"_s, 1)->currentText(), u"is not there"_s);
        QVERIFY2(scene.says(u"2 of 6"_s), qPrintable(scene.status()));
        QCOMPARE(scene.python(), u"(Metric('loss') < 0.35) & ~Tag('good')"_s); // as the person wrote it
        python->setPlainText(u"(Metric('loss') < 0.35) &"_s);
        const auto *problem = [&]() -> QLabel * {
            for (QLabel *label : scene.builder.findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().startsWith(u"Character "_s))
                    return label;
            }
            return nullptr;
        }();
        QVERIFY(problem);
        QCOMPARE(scene.builder.expression().children().size(), 2); // nothing is lost
    }

    void undoGoesBackFieldByField()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.focusFirst();
        QTest::keyClicks(scene.named<QLineEdit>(u"Variable"_s), u"loss"_s);
        QTest::keyClicks(scene.named<QLineEdit>(u"Value"_s), u"0.25"_s);
        scene.press(u"Undo in the query"_s);
        QCOMPARE(scene.named<QLineEdit>(u"Value"_s)->text(), QString());
        QCOMPARE(scene.named<QLineEdit>(u"Variable"_s)->text(), u"loss"_s);
        scene.press(u"Redo in the query"_s);
        QCOMPARE(scene.python(), u"Metric(\"loss\") > 0.25"_s);
    }

    void unknownVariablesAreSaidWithTheNearest()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.open(fromPython(u"Metric('los') < 0.35"_s).expression);
        const auto problem = [&] {
            for (QLabel *label : scene.builder.findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().contains(u"Metric(\"loss\")"_s))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(problem());
    }

    void valuesSeenAreTakenByClick()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.setValues([](Source, const QString &) { return QStringList{u"adam"_s, u"sgd"_s}; });
        scene.builder.open(fromPython(u"(Parameter('optimizer') == 'x') | (Parameter('optimizer') == 'y')"_s).expression);
        for (int row = 0; row < 2; ++row) {
            auto *value = scene.named<QLineEdit>(u"Value"_s, row);
            value->clear();
            QTest::mouseClick(value, Qt::LeftButton);
            QVERIFY(value->completer());
            QAbstractItemView *list = value->completer()->popup();
            QTRY_VERIFY(list->isVisible());
            QCOMPARE(list->model()->rowCount(), 2);
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(row, 0)).center());
            QTRY_VERIFY(!list->isVisible());
            QTRY_COMPARE(value->text(), row == 0 ? u"adam"_s : u"sgd"_s);
        }
        QCOMPARE(scene.python(), u"(Parameter(\"optimizer\") == \"adam\") | (Parameter(\"optimizer\") == \"sgd\")"_s);
    }

    void tagsAreOffered()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.setValues([](Source source, const QString &) {
            return source == Source::Tag ? QStringList{u"bad"_s, u"good"_s} : QStringList();
        });
        scene.builder.setColumns({{u"loss"_s, Source::Metric, u"double"_s}});
        auto *tree = scene.named<QTreeView>(u"Variables"_s);
        const QModelIndexList found = tree->model()->match(
            tree->model()->index(0, 0), Qt::DisplayRole, u"good"_s, 1, Qt::MatchRecursive | Qt::MatchExactly);
        QCOMPARE(found.size(), 1);
        tree->setCurrentIndex(found.first());
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(scene.python(), u"Tag(\"good\")"_s);
        QCOMPARE(scene.named<QComboBox>(u"Variable"_s)->findText(u"bad"_s) >= 0, true);
    }

    void variablesAreFoundAndChosenByKeys()
    {
        Scene scene;
        QVERIFY(scene.open());
        auto *search = scene.named<QLineEdit>(u"Find a variable"_s);
        auto *tree = scene.named<QTreeView>(u"Variables"_s);
        QTest::keyClicks(search, u"OPTIM"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_COMPARE(scene.builder.focusWidget(), tree);
        QCOMPARE(tree->currentIndex().data().toString(), u"optimizer"_s);
        QTest::keyClick(tree, Qt::Key_Return);
        QTRY_VERIFY(qobject_cast<QLineEdit *>(scene.builder.focusWidget()));
        QTest::keyClicks(scene.builder.focusWidget(), u"adam"_s);
        QCOMPARE(scene.python(), u"Parameter(\"optimizer\") == \"adam\""_s);

        QTest::keyClicks(search, u"x"_s);
        QVERIFY(!tree->indexAt({5, 5}).isValid());
        search->clear();
        QVERIFY(tree->indexAt({5, 5}).isValid());
    }

    void whetherVariablesAreShownIsRemembered()
    {
        Scene scene;
        scene.press(u"Variables"_s);
        QueryBuilder other(scene.settings);
        other.show();
        QVERIFY(!other.findChild<QTreeView *>()->isVisible());
        QVERIFY(!scene.builder.findChild<QTreeView *>()->isVisible());
    }

    void loadedValuesAreCountedBeforeTheServerAnswers()
    {
        Scene scene;
        QVERIFY(scene.open());
        // One run less than the server knows above the limit.
        scene.builder.setLoaded([](const Expression &) -> ValuesOf {
            return [](const Variable &variable) -> std::optional<ValueColumn> {
                if (variable.name != u"loss"_s)
                    return std::nullopt;
                ValueColumn column(6);
                for (std::size_t row = 0; row < 6; ++row)
                    column.setNumber(row, row < 2 ? 1 : 0);
                return column;
            };
        });
        auto *python = scene.named<QPlainTextEdit>(u"The query in Python"_s);
        python->setPlainText(u"Metric(\"loss\") > 0.25"_s);
        QVERIFY2(scene.status().startsWith(u"2 of 6 experiments match, counted here"_s), qPrintable(scene.status()));
        QVERIFY(scene.says(u"3 of 6 experiments match, says the server. By the values loaded here it would be 2."_s));
        python->setPlainText(u"(Metric(\"loss\") > 0.25) & (Parameter(\"optimizer\") == \"adam\")"_s);
        QVERIFY2(scene.status().startsWith(u"Counting"_s), qPrintable(scene.status())); // not all is loaded
        QVERIFY(scene.says(u"1 of 6 experiments match"_s));
    }

    void tabGoesAsOneReads()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.focusFirst();
        scene.press(u"Group"_s); // which is newer than all that follows
        scene.builder.focusFirst();
        scene.named<QComboBox>(u"Operator"_s, 1);
        QStringList met;
        for (int i = 0; i < 40 && !met.contains(u"The query in Python"_s); ++i) {
            QWidget *at = scene.builder.focusWidget();
            auto *button = qobject_cast<QAbstractButton *>(at);
            met += button && !button->text().isEmpty() ? button->text() : at->accessibleName();
            QTest::keyClick(at, Qt::Key_Tab);
        }
        const QString all = met.join(u'|');
        QVERIFY2(all.startsWith(u"Variable|Operator|Value|More|Remove condition|"_s), qPrintable(all));
        QVERIFY2(all.endsWith(u"Kind of variable|Variable|Operator|More|Remove condition|Condition|Group|Condition|Group|The query in Python"_s),
            qPrintable(all));
    }

    void everythingThatTakesFocusHasAName()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.open(fromPython(u"(Metric('loss').between(1, 2)) & (Tag('good') | Tag('b'))"_s).expression);
        for (QWidget *widget : scene.builder.findChildren<QWidget *>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(!face || !face->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }

    void itIsCopiedForOthers_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("begins");
        const QString good = u"Tag('good')"_s;
        QTest::newRow("expression") << u"&Expression"_s << good << u"Tag(\"good\")"_s;
        QTest::newRow("script") << u"&Python Script"_s << good << u"import os\n"_s;
        QTest::newRow("curl") << u"&curl Command"_s << good << u"curl -X POST -H \"Authorization: $COMET_API_KEY\""_s;
        QTest::newRow("JSON") << u"&JSON"_s << good << u"{\"condition\": \"AND\""_s;
        QTest::newRow("English") << u"E&nglish"_s << good << u"the tag “good” is there"_s;
        QTest::newRow("nothing") << u"&Python Script"_s << QString() << u"before"_s;
        QTest::newRow("unknown") << u"&JSON"_s << u"Metric('nope') > 1"_s << u"before"_s;
    }
    void itIsCopiedForOthers()
    {
        QFETCH(QString, title);
        QFETCH(QString, text);
        QFETCH(QString, begins);
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.open(fromPython(text).expression);
        QApplication::clipboard()->setText(u"before"_s);
        QSignalSpy message(&scene.builder, &QueryBuilder::message);
        const auto *menu = scene.builder.findChild<CopyMenu *>();
        QVERIFY(menu);
        const QList<QAction *> actions = menu->actions();
        const auto action = std::find_if(
            actions.cbegin(), actions.cend(), [&](const QAction *one) { return one->text() == title; });
        QVERIFY(action != actions.cend());
        (*action)->trigger();
        QCOMPARE(message.count(), 1);
        const QString copied = QApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(begins), qPrintable(copied));
        QVERIFY(!copied.contains(scene.project.apiKey()));
    }
};

QTEST_MAIN(QueryBuilderTest)
#include "tst_querybuilder.moc"
