// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/query/builderscene.h"

#include "models/query/pythontext.h"
#include "ui/query/clauserow.h"
#include "ui/query/groupcard.h"
#include "ui/query/querybuilder.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QTest>
#include <QTreeView>

// Parts of a query on their way to another place, by mouse and by keys.
class QueryMovingTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

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
};

QTEST_MAIN(QueryMovingTest)
#include "tst_querymoving.moc"
