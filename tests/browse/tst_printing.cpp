// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/printing.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

namespace {

const TableColumn note{Source::Parameter, u"note"_s};
const TableColumn loss{Source::MetricMinimum, u"loss"_s};

void fill(ExperimentTable &table)
{
    auto all = std::make_shared<api::Experiments>();
    for (const char *key : {"k1", "k2", "k3"}) {
        all->keys.append(key);
        all->users.append("ada");
        all->starts.push_back(1'700'000'000'000);
        all->ends.push_back(0);
        all->durations.push_back(1500);
        all->archived.push_back(0);
        all->states.push_back(api::State::Finished);
    }
    for (const char *name : {"first", "", "third, \"best\""})
        all->names.append(name);
    table.setExperiments(all);
    table.setColumns({{Source::Name, {}}, note, loss});
    table.edit(note, [](ValueColumn &values) {
        values.setText(0, u"a\tb\nc"_s);
        values.setMissing(1);
        values.setText(2, u"=1+1"_s);
    });
    table.edit(loss, [](ValueColumn &values) { values.setNumber(0, 0.1234567890123); });
}

} // namespace

class PrintingTest : public QObject
{
    Q_OBJECT
private slots:
    void tsvHoldsEveryExperimentInTheServersOrder()
    {
        ExperimentTable table;
        fill(table);
        table.setFilter({RowFilter::Mode::Text, u"third"_s});
        const QStringList lines = printing::tsv(table).split(u'\n');
        QCOMPARE(lines.size(), 5); // header, three, and the end of the last
        QCOMPARE(lines[0], u"Name\tKey\tState\tStarted\tEnded\tDuration (ms)\tTags\tUser\tnote (parameter)"
                            "\tloss (metric, min)"_s);
        QVERIFY(lines[1].startsWith(u"first\tk1\tFinished\t"_s));
        QVERIFY(lines[1].endsWith(u"\t1500\t\tada\ta\\tb\\nc\t0.1234567890123"_s));
        QVERIFY(lines[2].startsWith(u"\tk2\t"_s));
        QVERIFY(lines[2].endsWith(u"\tada\t\t"_s));
    }

    void cellsAreAsOnScreen()
    {
        ExperimentTable table;
        fill(table);
        QCOMPARE(printing::cells(table, {2, 0}, {note, {Source::Name, {}}}, true),
            u"note (parameter)\tName\n=1+1\t\"third, \"\"best\"\"\"\n\"a\tb\nc\"\tfirst"_s);
        QCOMPARE(printing::cells(table, {0, 99}, {{Source::Name, {}}}, false), u"first"_s);
    }

    void csvOfWhatIsShown()
    {
        ExperimentTable table;
        fill(table);
        table.setSort({{{Source::Key, {}}, true}});
        table.setFilter({RowFilter::Mode::Pattern, u"k[13]"_s});
        QByteArray text;
        printing::csv(table, {{Source::Name, {}}, loss}, printing::Extent::Shown,
            [&](const QByteArray &line) { text += line; });
        QCOMPARE(text, "Name,\"loss (metric, min)\"\r\n\"third, \"\"best\"\"\",\r\nfirst,0.1234567890123\r\n"_ba);
    }

    void csvHoldsTextsAsTheyWereLogged()
    {
        ExperimentTable table;
        fill(table);
        table.setColumns({note, loss});
        const auto written = [&table](const QString &text) {
            table.edit(note, [&text](ValueColumn &values) { values.setText(0, text); });
            QList<QByteArray> lines;
            printing::csv(table, {note, loss}, printing::Extent::Shown, [&](const QByteArray &line) { lines += line; });
            return lines.value(1);
        };
        QCOMPARE(written(u"a\r\nb\rc\nd"_s), "\"a\r\nb\rc\nd\",0.1234567890123\r\n"_ba);
        QCOMPARE(written(u"\ta;b "_s), "\ta;b ,0.1234567890123\r\n"_ba);
        QCOMPARE(written(u"\"q\""_s), "\"\"\"q\"\"\",0.1234567890123\r\n"_ba);
        for (const QString &text : {u"=1+1"_s, u"+49"_s, u"-x"_s, u"@sum"_s, u"0012"_s, u"18446744073709551616"_s, u"한국어"_s})
            QCOMPARE(written(text), text.toUtf8() + ",0.1234567890123\r\n");
    }

    void csvOfEverythingIgnoresTheFilter()
    {
        ExperimentTable table;
        fill(table);
        table.setFilter({RowFilter::Mode::Text, u"nothing"_s});
        int lines = 0;
        QByteArray header;
        printing::csv(table, {note}, printing::Extent::Everything, [&](const QByteArray &line) {
            if (lines++ == 0)
                header = line;
        });
        QCOMPARE(lines, 4);
        QCOMPARE(header, "Name,Key,State,Started,Ended,Duration (ms),Tags,User,note (parameter)\r\n"_ba);
    }

    void aFileIsReplacedOnlyWhenComplete()
    {
        ExperimentTable table;
        fill(table);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"out.csv"_s);
        QCOMPARE(printing::writeCsv(table, {{Source::Name, {}}}, printing::Extent::Shown, path), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "Name\r\nfirst\r\n\"\"\r\n\"third, \"\"best\"\"\"\r\n"_ba);
        QVERIFY(!printing::writeCsv(table, {}, printing::Extent::Shown, folder.filePath(u"no/such/folder/x.csv"_s))
                     .isEmpty());
    }
};

QTEST_GUILESS_MAIN(PrintingTest)
#include "tst_printing.moc"
