// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/navigator.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class tst_navigator : public QObject
{
    Q_OBJECT

private slots:
    void startsAtTheStart();
    void keepsTheWay();
    void aNewWayCutsTheOldOneOff();
    void goesUpStepByStep();
    void forgetsAServer();
    void followsAProject();
    void recentPlacesComeOnce();
};

namespace {
Place at(const QString &server, const QString &workspace = {}, const QString &project = {})
{
    return {server, workspace, project, {}};
}
} // namespace

void tst_navigator::startsAtTheStart()
{
    Navigator navigator;
    QVERIFY(navigator.current().isNull());
    QVERIFY(!navigator.canGoBack() && !navigator.canGoForward() && !navigator.canGoUp());
    navigator.back();
    navigator.forward();
    QVERIFY(navigator.current().isNull());
}

void tst_navigator::keepsTheWay()
{
    Navigator navigator;
    QSignalSpy changed(&navigator, &Navigator::placeChanged);
    navigator.go(at(u"a"_s));
    navigator.go(at(u"a"_s)); // where we are already
    navigator.go(at(u"a"_s, u"w"_s));
    QCOMPARE(changed.count(), 2);
    navigator.back();
    QCOMPARE(navigator.current(), at(u"a"_s));
    QVERIFY(navigator.canGoForward());
    navigator.forward();
    QCOMPARE(navigator.current(), at(u"a"_s, u"w"_s));
    QVERIFY(!navigator.canGoForward());
}

void tst_navigator::aNewWayCutsTheOldOneOff()
{
    Navigator navigator;
    navigator.go(at(u"a"_s));
    navigator.go(at(u"b"_s));
    navigator.back();
    navigator.go(at(u"c"_s));
    QVERIFY(!navigator.canGoForward());
    navigator.back();
    QCOMPARE(navigator.current(), at(u"a"_s));
}

void tst_navigator::goesUpStepByStep()
{
    Navigator navigator;
    navigator.go({u"a"_s, u"w"_s, u"p"_s, u"k"_s});
    navigator.up();
    QCOMPARE(navigator.current(), at(u"a"_s, u"w"_s, u"p"_s));
    navigator.up();
    navigator.up();
    QCOMPARE(navigator.current(), at(u"a"_s));
    navigator.up();
    QVERIFY(navigator.current().isNull());
    navigator.go(Place::ofRegistry(u"a"_s, u"w"_s, u"net"_s));
    navigator.up();
    QCOMPARE(navigator.current(), Place::ofRegistry(u"a"_s, u"w"_s));
    navigator.up();
    QCOMPARE(navigator.current(), at(u"a"_s, u"w"_s));
}

void tst_navigator::forgetsAServer()
{
    Navigator navigator;
    navigator.go(at(u"a"_s));
    navigator.go(at(u"b"_s));
    navigator.go(at(u"a"_s, u"w"_s));
    QSignalSpy changed(&navigator, &Navigator::placeChanged);
    navigator.forget(u"a"_s);
    QCOMPARE(navigator.current(), at(u"b"_s));
    QCOMPARE(changed.count(), 1);
    navigator.forget(u"nobody"_s);
    QCOMPARE(changed.count(), 1);
    navigator.forget(u"b"_s);
    QVERIFY(navigator.current().isNull());
    QVERIFY(!navigator.canGoBack());
}

void tst_navigator::followsAProject()
{
    Navigator navigator;
    navigator.go(at(u"a"_s, u"w"_s));
    navigator.go(at(u"a"_s, u"w"_s, u"p"_s));
    navigator.go({u"a"_s, u"w"_s, u"p"_s, u"key"_s});
    navigator.go(at(u"a"_s, u"other"_s, u"p"_s));
    navigator.back();
    QSignalSpy changed(&navigator, &Navigator::placeChanged);
    navigator.moveProject(at(u"a"_s, u"w"_s, u"p"_s), at(u"a"_s, u"w"_s, u"q"_s));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(navigator.current(), (Place{u"a"_s, u"w"_s, u"q"_s, u"key"_s}));
    navigator.moveProject(at(u"a"_s, u"w"_s, u"q"_s), at(u"a"_s, u"w"_s)); // it was deleted
    QCOMPARE(navigator.current(), at(u"a"_s, u"w"_s));
    navigator.back();
    QVERIFY(navigator.current().isNull()); // the places of the project have become one
    navigator.forward();
    navigator.forward();
    QCOMPARE(navigator.current(), at(u"a"_s, u"other"_s, u"p"_s)); // of the same name, another one
    QVERIFY(!navigator.canGoForward());
}

void tst_navigator::recentPlacesComeOnce()
{
    Navigator navigator;
    for (const QString &server : {u"a"_s, u"b"_s, u"a"_s, u"c"_s})
        navigator.go(at(server));
    const std::vector<Place> expected{at(u"a"_s), at(u"b"_s)};
    QCOMPARE(navigator.recent(), expected);
}

QTEST_APPLESS_MAIN(tst_navigator)
#include "tst_navigator.moc"
