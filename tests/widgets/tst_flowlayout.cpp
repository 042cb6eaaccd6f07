// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/flowlayout.h"

#include <QTest>
#include <QWidget>

class TestFlowLayout : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_widget = std::make_unique<QWidget>();
        m_flow = new FlowLayout(m_widget.get());
        m_flow->setContentsMargins(0, 0, 0, 0);
        m_flow->setSpacing(10);
        for (QWidget *&one : m_three) {
            one = new QWidget(m_widget.get());
            one->setFixedSize(100, 20);
            m_flow->addWidget(one);
        }
    }

    void aRowEndsWhereTheWidthDoes()
    {
        QCOMPARE(m_flow->heightNeeded(320), 20);
        QCOMPARE(m_flow->heightNeeded(319), 50);
        QCOMPARE(m_flow->heightNeeded(100), 80);
        m_widget->resize(250, 100);
        m_widget->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_widget.get()));
        QCOMPARE(m_three[1]->pos(), QPoint(110, 0));
        QCOMPARE(m_three[2]->pos(), QPoint(0, 30));
    }

    void whatIsHiddenTakesNoRoom()
    {
        m_three[2]->hide();
        QCOMPARE(m_flow->heightNeeded(210), 20); // beside it there is no room for anything
        m_three[1]->hide();
        QCOMPARE(m_flow->heightNeeded(100), 20);
        m_three[2]->show();
        m_widget->resize(250, 100);
        m_widget->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_widget.get()));
        QCOMPARE(m_three[2]->pos(), QPoint(110, 0));
    }

private:
    std::unique_ptr<QWidget> m_widget;
    FlowLayout *m_flow = nullptr;
    std::array<QWidget *, 3> m_three{};
};

QTEST_MAIN(TestFlowLayout)
#include "tst_flowlayout.moc"
