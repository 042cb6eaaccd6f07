// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/runlist.h"
#include "models/charts/visibleruns.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;

class TestRunList : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_list = std::make_unique<RunList>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_list.get());
        m_list->setRuns({{{u"a"_s, u"alpha"_s, 0, true}, true}, {{u"b"_s, u"beta"_s, 0, true}, false},
            {{u"c"_s, {}, 1, true}, true}, {{u"d"_s, u"delta"_s, 2, true}, true}});
    }
    void cleanup()
    {
        m_tester.reset();
        m_list.reset();
    }

    void thoseShownComeFirstLargestValueFirst()
    {
        QCOMPARE(m_list->listedKeys(), (QStringList{u"a"_s, u"c"_s, u"d"_s, u"b"_s}));
        m_list->setValues({{u"a"_s, 1}, {u"d"_s, 3}, {u"c"_s, std::numeric_limits<double>::quiet_NaN()}, {u"b"_s, 9}});
        QCOMPARE(m_list->listedKeys(), (QStringList{u"d"_s, u"a"_s, u"c"_s, u"b"_s}));
        QCOMPARE(m_list->shownCount(), 3);
        QCOMPARE(m_list->index(0).data(RunList::ValueTextRole).toString(), u"3"_s);
        QCOMPARE(m_list->index(2).data().toString(), u"c"_s); // no name: the key
        QVERIFY(!m_list->index(3).data(RunList::ValueRole).isValid()); // not shown: nothing to say
        QVERIFY(m_list->index(3).data(Qt::AccessibleTextRole).toString().contains(u"not shown"_s));
    }

    void aRowIsHeldWhileOthersMove()
    {
        const QPersistentModelIndex held = m_list->indexOf(u"d"_s);
        m_list->setValues({{u"a"_s, 1}, {u"d"_s, 3}});
        QCOMPARE(held.data(RunList::KeyRole).toString(), u"d"_s);
        m_list->setFilter(u"ELT"_s);
        QCOMPARE(m_list->listedKeys(), QStringList{u"d"_s});
        QCOMPARE(held.data(RunList::KeyRole).toString(), u"d"_s);
        m_list->setRuns({{{u"z"_s, u"zeta"_s, 0, true}, true}});
        QVERIFY(!held.isValid());
    }

    void coloursOfGroupsWin()
    {
        m_list->setColours({{u"c"_s, 5}});
        QCOMPARE(m_list->indexOf(u"c"_s).data(RunList::ColourRole).toInt(), 5);
        QCOMPARE(m_list->indexOf(u"d"_s).data(RunList::ColourRole).toInt(), 2);
        QVERIFY(!m_list->indexOf(u"b"_s).data(RunList::ColourRole).isValid());
    }

    void theSelectionCountsUntilAnEyeIsTouched()
    {
        VisibleRuns visible;
        QSignalSpy changed(&visible, &VisibleRuns::changed);
        visible.setSelected({u"a"_s, u"b"_s});
        QCOMPARE(visible.shown(), (QStringList{u"a"_s, u"b"_s}));
        visible.setShown({u"c"_s, u"a"_s}, true);
        QCOMPARE(visible.shown(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
        visible.setSelected({u"z"_s});
        QCOMPARE(visible.shown(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
        visible.setShown({u"a"_s, u"b"_s, u"c"_s}, false);
        QVERIFY(visible.shown().isEmpty());
        visible.followSelection();
        QCOMPARE(visible.shown(), QStringList{u"z"_s});
        QCOMPARE(changed.size(), 4);
    }

    void whileNothingIsChosenTheFirstAreShown()
    {
        VisibleRuns visible;
        QVERIFY(visible.wantsFirst());
        visible.setFirst({u"a"_s, u"b"_s});
        QVERIFY(!visible.wantsFirst());
        QCOMPARE(visible.shown(), (QStringList{u"a"_s, u"b"_s}));
        visible.setSelected({u"z"_s});
        QCOMPARE(visible.shown(), QStringList{u"z"_s});
        visible.setSelected({});
        QCOMPARE(visible.shown(), (QStringList{u"a"_s, u"b"_s}));
        visible.setShown({u"a"_s}, false); // the eye of one of them
        QCOMPARE(visible.shown(), QStringList{u"b"_s});
        visible.setShown({u"b"_s}, false);
        QVERIFY(visible.shown().isEmpty());
        QVERIFY(!visible.wantsFirst());
        visible.clear();
        QVERIFY(visible.wantsFirst());
    }

    void aRunKeepsItsColour()
    {
        VisibleRuns visible;
        visible.setShown({u"a"_s, u"b"_s}, true);
        visible.setShown({u"a"_s}, false);
        visible.setShown({u"c"_s, u"a"_s}, true);
        QCOMPARE(visible.colourOf(u"a"_s), 0);
        QCOMPARE(visible.colourOf(u"b"_s), 1);
        QCOMPARE(visible.colourOf(u"c"_s), 2);
    }

private:
    std::unique_ptr<RunList> m_list;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestRunList)
#include "tst_runlist.moc"
