// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/tint.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

class TestTint : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { theme::apply(*qApp, theme::Scheme::Light); }

    void aTintFollowsTheScheme()
    {
        theme::apply(*qApp, theme::Scheme::Light);
        QWidget window;
        QLabel label(&window);
        theme::tint(&label, &theme::Tokens::secondary);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QColor light = colourOf(label);
        QCOMPARE(light, theme::tokens(window.palette()).secondary);
        theme::apply(*qApp, theme::Scheme::Dark);
        QTRY_VERIFY(theme::isDark(window.palette()));
        QCOMPARE(colourOf(label), theme::tokens(window.palette()).secondary);
        QVERIFY(colourOf(label) != light);
        QCOMPARE(label.palette().color(QPalette::Base), window.palette().color(QPalette::Base));
        theme::apply(*qApp, theme::Scheme::Light);
        QTRY_COMPARE(colourOf(label), light);
    }

    void aLaterTintCounts()
    {
        QLabel label;
        theme::tint(&label, &theme::Tokens::secondary);
        theme::tint(&label, &theme::Tokens::bad);
        QCOMPARE(colourOf(label), theme::tokens(label.palette()).bad);
        theme::apply(*qApp, theme::Scheme::Dark);
        QCOMPARE(colourOf(label), theme::tokens(label.palette()).bad);
        QCOMPARE(label.children().size(), 1); // one follower
    }

private:
    static QColor colourOf(const QLabel &label) { return label.palette().color(QPalette::WindowText); }
};

QTEST_MAIN(TestTint)
#include "tst_tint.moc"
