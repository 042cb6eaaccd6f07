// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/charts/exportedcharts.h"

#include <QDateTime>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace exportedcharts;
using Format = ExportOptions::Format;

namespace {

// One that can import matplotlib; empty where there is none.
QString pythonWithMatplotlib()
{
    for (const QString &python : {u"python3"_s, u"/usr/bin/python3"_s}) {
        QProcess probe;
        probe.start(python, {u"-c"_s, u"import matplotlib, numpy"_s});
        if (probe.waitForFinished(60'000) && probe.exitCode() == 0)
            return python;
    }
    return {};
}

} // namespace

class TestChartScript : public QObject
{
    Q_OBJECT
private slots:
    void pictureAndScriptTellTheirZone_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("from"); // UTC
        QTest::addColumn<QString>("title");
        QTest::addColumn<int>("offset"); // seconds, at the left edge
        QTest::newRow("east") << QByteArray("Asia/Kathmandu") << u"2024-02-01T00:15:00Z"_s << u"wall time (UTC+05:45)"_s << 20700;
        QTest::newRow("west") << QByteArray("America/Los_Angeles") << u"2024-07-01T05:00:00Z"_s << u"wall time (UTC-07:00)"_s << -25200;
        QTest::newRow("clocks change") << QByteArray("Europe/Paris") << u"2024-10-26T20:00:00Z"_s << u"wall time (Europe/Paris)"_s << 7200;
        QTest::newRow("none") << QByteArray("UTC") << u"2024-10-26T20:00:00Z"_s << u"wall time (UTC)"_s << 0;
    }
    void pictureAndScriptTellTheirZone()
    {
        QFETCH(const QByteArray, zone);
        QFETCH(const QString, from);
        QFETCH(const QString, title);
        QFETCH(int, offset);
        const QByteArray zoneBefore = qgetenv("TZ");
        qputenv("TZ", zone);
        const auto left = static_cast<double>(QDateTime::fromString(from, Qt::ISODate).toMSecsSinceEpoch());
        ExportedChart chart;
        chart.title = u"loss"_s;
        chart.x = {u"wall time"_s, ExportedAxis::Scale::WallTime};
        std::vector<double> times;
        for (int hour = 0; hour < 12; ++hour)
            times.push_back(left + hour * 3.6e6);
        chart.lines = {lineOf(u"a"_s, std::make_shared<const Series>(times, falling(12, 1)), Qt::red)};
        chart.view = {times.front(), times.back(), -1, 3};
        ExportOptions options;
        options.format = Format::Svg;
        const QString svg = QString::fromUtf8(exported(chart, options));
        options.format = Format::Script;
        const QString path = m_folder.filePath(u"times.py"_s);
        QCOMPARE(writeExport(chart, options, path), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString script = QString::fromUtf8(file.readAll());
        zoneBefore.isNull() ? qunsetenv("TZ") : qputenv("TZ", zoneBefore);
        QVERIFY(svg.contains(u'>' + title + u'<'));
        QVERIFY(script.contains(u"X_TITLE = \"%1\"\n"_s.arg(title)));
        QVERIFY(script.contains(u"ZONE_OFFSET = %1\n"_s.arg(offset)));

        const QString interpreter = pythonWithMatplotlib();
        if (interpreter.isEmpty())
            QSKIP("python3 has no matplotlib here");
        // What its labels say at the left edge, wherever it is run.
        const QByteArray ask = "import runpy, sys\nsys.argv = ['chart.py', '" + m_folder.filePath(u"times.png"_s).toUtf8()
            + "']\nscript = runpy.run_path('" + path.toUtf8() + "')\n"
              "import matplotlib.dates\naxis = script['axes'].xaxis\n"
              "print(matplotlib.dates.num2date(script['left'], axis.get_major_formatter()._tz).isoformat())\n";
        QProcess reader;
        reader.start(interpreter, {u"-c"_s, QString::fromUtf8(ask)});
        QVERIFY(reader.waitForFinished(60'000));
        const QString said = QString::fromUtf8(reader.readAllStandardOutput()).trimmed();
        const QDateTime edge = QDateTime::fromString(from, Qt::ISODate).toOffsetFromUtc(offset);
        QVERIFY2(said.startsWith(edge.toString(u"yyyy-MM-dd'T'HH:mm:ss"_s)), qPrintable(said + QString::fromUtf8(reader.readAllStandardError())));
    }

    // Run by Python, with the very numbers.
    void theScriptDrawsAndHoldsTheData()
    {
        const QString interpreter = pythonWithMatplotlib();
        if (interpreter.isEmpty())
            QSKIP("python3 has no matplotlib here");
        const ExportedChart chart = richChart();
        ExportOptions options;
        options.format = Format::Script;
        options.size = {800, 500};
        const QString script = m_folder.filePath(u"chart.py"_s);
        QCOMPARE(writeExport(chart, options, script), QString());
        QProcess python;
        python.setProcessChannelMode(QProcess::MergedChannels);
        python.start(interpreter, {u"-W"_s, u"error"_s, u"-W"_s, u"ignore:Glyph"_s, script, m_folder.filePath(u"chart.png"_s)});
        QVERIFY(python.waitForFinished(60'000));
        const QByteArray said = python.readAll();
        QVERIFY2(python.exitCode() == 0 && said.isEmpty(), said.constData());
        QCOMPARE(QImage(m_folder.filePath(u"chart.png"_s)).size(), options.size);

        // The same numbers, bit by bit.
        const QByteArray ask = "import runpy, sys\nsys.argv = ['chart.py', '" + m_folder.filePath(u"again.png"_s).toUtf8()
            + "']\nlines = runpy.run_path('" + script.toUtf8() + "')['LINES']\n"
            "for line in lines:\n    for x, y in zip(line['x'], line['y']): print(float(x).hex(), float(y).hex())\n";
        QProcess reader;
        reader.start(interpreter, {u"-c"_s, QString::fromUtf8(ask)});
        QVERIFY(reader.waitForFinished(60'000));
        const QList<QByteArray> rows = reader.readAllStandardOutput().trimmed().split('\n');
        qsizetype row = 0;
        for (const ExportedLine &line : chart.lines) {
            for (std::size_t i = 0; i < line.exact->size(); ++i, ++row) {
                QVERIFY(row < rows.size());
                const QList<QByteArray> numbers = rows[row].split(' ');
                QVERIFY(isSame(std::strtod(numbers[0].constData(), nullptr), line.exact->steps()[i]));
                QVERIFY2(isSame(std::strtod(numbers[1].constData(), nullptr), line.exact->values()[i]), numbers[1].constData());
            }
        }
        QCOMPARE(row, rows.size());
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestChartScript)
#include "tst_chartscript.moc"
