// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/messagebar.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = MessageBar::Kind;

class MessageBarTest : public QObject
{
    Q_OBJECT

private slots:
    void theNewestIsSeen()
    {
        MessageBar bar;
        bar.post(Kind::Error, u"The server can't be reached."_s);
        bar.post(Kind::Success, u"Project deleted."_s);
        QCOMPARE(bar.text(), u"Project deleted."_s);
        QCOMPARE(bar.waiting(), 2);
        bar.dismiss();
        QCOMPARE(bar.text(), u"The server can't be reached."_s); // nobody has seen to it yet
        bar.dismiss();
        QVERIFY(bar.isHidden());
        QVERIFY(bar.text().isEmpty());
    }

    void aSuccessGivesWay()
    {
        MessageBar bar;
        bar.post(Kind::Success, u"One."_s);
        bar.post(Kind::Success, u"Two."_s);
        QCOMPARE(bar.text(), u"Two."_s);
        QCOMPARE(bar.waiting(), 1);
        bar.post(Kind::Warning, u"Three."_s);
        QCOMPARE(bar.waiting(), 1);
    }

    void theSameComesToTheFrontOnce()
    {
        MessageBar bar;
        for (const QString &text : {u"a"_s, u"b"_s, u"c"_s, u"a"_s})
            bar.post(Kind::Error, text);
        QCOMPARE(bar.waiting(), 3);
        QStringList seen;
        for (; !bar.text().isEmpty(); bar.dismiss())
            seen += bar.text();
        QCOMPARE(seen, QStringList({u"a"_s, u"c"_s, u"b"_s}));
    }

    void theActionIsThatOfTheMessageSeen()
    {
        MessageBar bar;
        QStringList done;
        for (const QString &text : {u"old"_s, u"new"_s})
            bar.post(Kind::Warning, text, u"Do It"_s, this, [&done, text] { done += text; });
        bar.show();
        auto *action = bar.findChild<QPushButton *>();
        QTest::mouseClick(action, Qt::LeftButton);
        QTest::mouseClick(action, Qt::LeftButton);
        QCOMPARE(done, QStringList({u"new"_s, u"old"_s}));
        QVERIFY(bar.isHidden());
    }

    void htmlIsText()
    {
        MessageBar bar;
        bar.post(Kind::Error, u"<b>bold</b> & more"_s);
        for (const QLabel *label : bar.findChildren<QLabel *>()) {
            if (label->text() == bar.text())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }
};

QTEST_MAIN(MessageBarTest)
#include "tst_messagebar.moc"
