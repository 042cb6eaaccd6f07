// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/textfilter.h"

#include <QAbstractItemModelTester>
#include <QStandardItemModel>
#include <QTest>

using namespace Qt::StringLiterals;

class TextFilterTest : public QObject
{
    Q_OBJECT
private slots:
    void rowsHaveTheTextInAnyColumn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("rows");
        QTest::newRow("nothing") << QString() << 3;
        QTest::newRow("first column") << u"ALP"_s << 1;
        QTest::newRow("second column") << u"12.5"_s << 1;
        QTest::newRow("a letter and its accent") << u"e\u0301t"_s << 2;
        QTest::newRow("one character") << u"ét"_s << 2;
        QTest::newRow("no pattern") << u".*"_s << 0;
        QTest::newRow("not across columns") << u"alpha12"_s << 0;
    }
    void rowsHaveTheTextInAnyColumn()
    {
        QFETCH(QString, text);
        QStandardItemModel model(3, 2);
        const QStringList cells{u"alpha"_s, u"12.5"_s, u"ÉTÉ"_s, u"1"_s, u"x"_s, u"e\u0301te\u0301"_s};
        for (int i = 0; i < cells.size(); ++i)
            model.setItem(i / 2, i % 2, new QStandardItem(cells[i]));
        TextFilter filter;
        QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.setSourceModel(&model);
        filter.setText(text);
        QTEST(filter.rowCount(), "rows");
        filter.setText({});
        QCOMPARE(filter.rowCount(), 3);
    }
};

QTEST_GUILESS_MAIN(TextFilterTest)
#include "tst_textfilter.moc"
