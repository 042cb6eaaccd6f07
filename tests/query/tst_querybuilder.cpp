// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/query/sweep.h"

#include "models/query/pythontext.h"
#include "models/session/settings.h"
#include "ui/query/clauserow.h"
#include "ui/query/countgauge.h"
#include "ui/query/groupcard.h"
#include "ui/query/querybuilder.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/promptdialog.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace query;

namespace {

// A builder over six runs, two of them good.
struct Scene : Sweep
{
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.conf"_s)};
    QueryBuilder builder{settings};

    Scene()
        : Sweep(6, 2)
    {
        builder.resize(1000, 500);
        builder.show();
    }
    bool open()
    {
        builder.setProject(session, project.workspace, project.name, api::Archived::No);
        return read(&builder, api::Archived::No, [this](auto listing) { builder.setListing(listing); },
                   [this](const api::Columns &columns) { builder.setColumns(columns); })
            && QTest::qWaitForWindowActive(&builder);
    }
    // The nth visible one, waited for: new parts come into sight with the next layout.
    template<typename Widget>
    Widget *find(const std::function<bool(const Widget *)> &isMeant, int nth) const
    {
        const auto now = [&]() -> Widget * {
            int left = nth;
            for (Widget *widget : builder.findChildren<Widget *>()) {
                if (widget->isVisible() && isMeant(widget) && left-- == 0)
                    return widget;
            }
            return nullptr;
        };
        if (!QTest::qWaitFor([&] { return now() != nullptr; }))
            qFatal("the widget does not come into sight");
        return now();
    }
    template<typename Widget>
    Widget *named(const QString &name, int nth = 0) const
    {
        return find<Widget>([name](const Widget *widget) { return widget->accessibleName() == name; }, nth);
    }
    void press(const QString &text)
    {
        QTest::mouseClick(find<QAbstractButton>(
                              [text](const QAbstractButton *button) {
                                  return button->text() == text || button->accessibleName() == text;
                              }, 0),
            Qt::LeftButton);
    }
    // New parts have their places with the next layout, which goes from card to card.
    void layOut()
    {
        for (int depth = 0; depth < 4; ++depth)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }
    // Of the condition about a tag; empty where there is none.
    Path pathOf(const QString &tag, const Path &below = {}) const
    {
        const QList<Expression> &children = builder.expression().at(below)->children();
        for (int i = 0; i < static_cast<int>(children.size()); ++i) {
            const Path path = below + Path{i};
            if (children[i].clause().name == tag)
                return path;
            if (const Path inside = pathOf(tag, path); !inside.isEmpty())
                return inside;
        }
        return {};
    }
    QString python() const { return named<QPlainTextEdit>(u"The query in Python"_s)->toPlainText(); }
    QString status() const { return named<QLabel>(u"What the query finds"_s)->text(); }
    bool says(const QString &text) const
    {
        return QTest::qWaitFor([&] { return status().startsWith(text); }, 10'000);
    }
    // Types into the dialog that is shown and chooses the verb.
    template<typename Dialog>
    bool answer(const QString &text, const QString &verb)
    {
        Dialog *dialog = nullptr;
        const auto find = [&] {
            for (Dialog *one : builder.findChildren<Dialog *>()) {
                if (one->isVisible())
                    dialog = one;
            }
            return dialog != nullptr;
        };
        if (!QTest::qWaitFor(find))
            return false;
        if (!text.isEmpty()) {
            auto *field = dialog->template findChild<QLineEdit *>();
            field->selectAll();
            QTest::keyClicks(field, text);
        }
        for (QPushButton *button : dialog->template findChildren<QPushButton *>()) {
            if (button->text().remove(u'&') == verb && button->isEnabled()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return true;
            }
        }
        return false;
    }
    bool triggerQueries(const QString &text)
    {
        auto *button = find<QToolButton>([](const QToolButton *one) { return one->text() == u"Queries"_s; }, 0);
        emit button->menu()->aboutToShow();
        for (QAction *action : button->menu()->actions()) {
            if (action->text() == text && action->isEnabled()) {
                action->trigger();
                return true;
            }
        }
        return false;
    }
    void choose(QComboBox *combo, const QString &text)
    {
        combo->setCurrentIndex(combo->findText(text));
        emit combo->activated(combo->currentIndex());
    }
};

} // namespace

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

    void partsAreMovedWrappedAndSwitchedOffByKeys()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.open(fromPython(u"(Metric('loss') < 0.35) & Tag('good') & (Parameter('optimizer') == 'sgd')"_s).expression);
        auto *first = scene.named<QComboBox>(u"Kind of variable"_s);
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
        const QString moved = u"Tag(\"good\") & (Metric(\"loss\") < 0.35) & (Parameter(\"optimizer\") == \"sgd\")"_s;
        QCOMPARE(scene.python(), moved);
        for (const QString &field : {u"Value"_s, u"Variable"_s}) { // in which there is nothing to undo
            scene.named<QLineEdit>(field)->setFocus();
            QTest::keyClick(scene.named<QLineEdit>(field), Qt::Key_Z, Qt::ControlModifier);
            QVERIFY(scene.python().startsWith(u"(Metric"_s));
            scene.named<QLineEdit>(field)->setFocus();
            QTest::keyClick(scene.named<QLineEdit>(field), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
            QCOMPARE(scene.python(), moved);
        }
        scene.named<QComboBox>(u"Kind of variable"_s)->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(scene.builder.expression().children().size(), 4);
        scene.named<QComboBox>(u"Kind of variable"_s)->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete, Qt::AltModifier);
        QCOMPARE(scene.builder.expression().children().size(), 3);
        scene.press(u"Condition counts"_s);
        QCOMPARE(scene.python(), u"(Metric(\"loss\") < 0.35) & (Parameter(\"optimizer\") == \"sgd\")"_s);
        QCOMPARE(scene.builder.expression().children().size(), 3);
        QVERIFY2(scene.says(u"2 of 6"_s), qPrintable(scene.status()));
    }

    void partsGoIntoAndOutOfGroupsByKeys()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.open(fromPython(u"Tag('a') & (Tag('b') | Tag('c')) & Tag('d')"_s).expression);
        const auto press = [&](int row, Qt::Key key) {
            scene.named<QComboBox>(u"Kind of variable"_s, row)->setFocus();
            QTest::keyClick(QApplication::focusWidget(), key, Qt::ControlModifier);
            return scene.python();
        };
        QCOMPARE(press(0, Qt::Key_BracketRight), u"(Tag(\"a\") | Tag(\"b\") | Tag(\"c\")) & Tag(\"d\")"_s);
        QCOMPARE(press(3, Qt::Key_BracketRight), u"Tag(\"a\") | Tag(\"b\") | Tag(\"c\") | Tag(\"d\")"_s);
        QCOMPARE(press(1, Qt::Key_BracketLeft), u"(Tag(\"a\") | Tag(\"c\") | Tag(\"d\")) & Tag(\"b\")"_s);
        // It goes on with the part that was moved.
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(scene.python(), u"Tag(\"b\") & (Tag(\"a\") | Tag(\"c\") | Tag(\"d\"))"_s);
        for (int i = 0; i < 4; ++i)
            scene.press(u"Undo in the query"_s);
        QCOMPARE(scene.python(), u"Tag(\"a\") & (Tag(\"b\") | Tag(\"c\")) & Tag(\"d\")"_s);
    }

    void partsAreDraggedByTheirGrips()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.open(fromPython(u"Tag('a') & (Tag('b') | Tag('c')) & Tag('d')"_s).expression);
        auto *first = scene.named<QWidget>(u"Drag to move"_s); // of a; the second is the group's
        const auto grip = [&](const QString &tag) -> QWidget * {
            for (ClauseRow *row : scene.builder.findChildren<ClauseRow *>()) {
                if (row->isVisible() && row->path() == scene.pathOf(tag))
                    return row->findChild<PartGrip *>();
            }
            return nullptr;
        };
        QCOMPARE(grip(u"a"_s), first);
        const auto start = [&](QWidget *from, QWidget *to, int above) {
            scene.layOut();
            QTest::mousePress(from, Qt::LeftButton);
            QTest::mouseMove(from, from->rect().center() + QPoint(0, 30));
            const QPoint target = to->mapToGlobal(QPoint(4, to->height() / 2 - above));
            QTest::mouseMove(from, from->mapFromGlobal(target));
            return target;
        };
        const auto drag = [&](QWidget *from, QWidget *to, int above) {
            const QPoint target = start(from, to, above);
            QTest::mouseRelease(from, Qt::LeftButton, {}, from->mapFromGlobal(target));
            return scene.python();
        };
        // Between two groups, before c, and out again behind d.
        QCOMPARE(drag(grip(u"a"_s), grip(u"c"_s), 4), u"(Tag(\"b\") | Tag(\"a\") | Tag(\"c\")) & Tag(\"d\")"_s);
        QTRY_VERIFY(grip(u"a"_s));
        QCOMPARE(drag(grip(u"a"_s), grip(u"d"_s), -6), u"(Tag(\"b\") | Tag(\"c\")) & Tag(\"d\") & Tag(\"a\")"_s);
        scene.press(u"Undo in the query"_s);
        QCOMPARE(scene.python(), u"(Tag(\"b\") | Tag(\"a\") | Tag(\"c\")) & Tag(\"d\")"_s);

        // A whole group; not into itself.
        auto *group = scene.named<QWidget>(u"Drag to move"_s);
        QVERIFY(group->parentWidget()->parentWidget() != scene.builder.findChild<GroupCard *>());
        const QString before = scene.python();
        QCOMPARE(drag(group, grip(u"c"_s), 4), before);
        QCOMPARE(drag(group, grip(u"d"_s), -6), u"Tag(\"d\") & (Tag(\"b\") | Tag(\"a\") | Tag(\"c\"))"_s);

        // Escape lets go.
        QTRY_VERIFY(grip(u"d"_s));
        QWidget *dragged = grip(u"d"_s);
        const QPoint target = start(dragged, grip(u"c"_s), 4);
        QTest::keyClick(&scene.builder, Qt::Key_Escape);
        QTest::mouseRelease(dragged, Qt::LeftButton, {}, dragged->mapFromGlobal(target));
        QCOMPARE(scene.python(), u"Tag(\"d\") & (Tag(\"b\") | Tag(\"a\") | Tag(\"c\"))"_s);
        QVERIFY(scene.builder.isVisible());
    }

    void variablesAreDroppedIntoGroups()
    {
        Scene scene;
        QVERIFY(scene.open());
        scene.builder.open(fromPython(u"Tag('a') & (Tag('b') | Tag('c'))"_s).expression);
        auto *tree = scene.named<QTreeView>(u"Variables"_s);
        const QModelIndexList found
            = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, u"optimizer"_s, 1, Qt::MatchRecursive);
        QCOMPARE(found.size(), 1);
        QVERIFY(found.front().flags() & Qt::ItemIsDragEnabled);
        const std::unique_ptr<QMimeData> content(tree->model()->mimeData(found));
        auto *root = scene.builder.findChild<GroupCard *>();
        ClauseRow *b = nullptr;
        for (ClauseRow *row : scene.builder.findChildren<ClauseRow *>()) {
            if (row->path() == Path{1, 0})
                b = row;
        }
        QTRY_VERIFY(b && b->isVisible());
        scene.layOut();
        const QPoint at = b->mapTo(root, QPoint(30, b->height() - 2));
        QDragEnterEvent enter(at, Qt::CopyAction, content.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(root, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(at, Qt::CopyAction, content.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(root, &drop);
        QCOMPARE(scene.builder.expression().at({1, 1})->clause().name, u"optimizer"_s);
        QTRY_VERIFY(qobject_cast<QLineEdit *>(scene.builder.focusWidget()));
        QTest::keyClicks(scene.builder.focusWidget(), u"adam"_s);
        QCOMPARE(scene.python(), u"Tag(\"a\") & (Tag(\"b\") | (Parameter(\"optimizer\") == \"adam\") | Tag(\"c\"))"_s);
        // Anything else is none of its business.
        QMimeData other;
        other.setText(u"optimizer"_s);
        QDragEnterEvent stranger(at, Qt::CopyAction, &other, Qt::LeftButton, {});
        stranger.ignore();
        QCoreApplication::sendEvent(root, &stranger);
        QVERIFY(!stranger.isAccepted());
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

    void queriesAreSavedOpenedRenamedAndDeleted()
    {
        Scene scene;
        QVERIFY(scene.open());
        auto *python = scene.named<QPlainTextEdit>(u"The query in Python"_s);
        python->setPlainText(u"Metric(\"loss\") > 0.25"_s);
        scene.press(u"Save Query…"_s);
        QVERIFY(scene.answer<PromptDialog>(u"high & low"_s, u"Save"_s));
        QTRY_COMPARE(scene.named<QLabel>(u"The saved query"_s)->text(), u"high & low"_s);

        python->setPlainText(u"Metric(\"loss\") > 0.35"_s);
        scene.press(u"Save Query…"_s);
        QVERIFY(scene.answer<PromptDialog>(u"highest"_s, u"Save"_s));
        // The name of another one: asks first.
        scene.press(u"Save Query…"_s);
        QVERIFY(scene.answer<PromptDialog>(u"high & low"_s, u"Save"_s));
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
        scene.press(u"Save Query…"_s);
        QVERIFY(scene.answer<PromptDialog>(u"high"_s, u"Save"_s));
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
