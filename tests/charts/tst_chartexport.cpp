// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/charts/exportedcharts.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>
#include <csignal>
#include <sys/resource.h>

using namespace exportedcharts;
using Format = ExportOptions::Format;
using Shape = ExportOptions::Shape;

namespace {

// A hundred noisy lines.
ExportedChart largeChart(std::size_t count)
{
    ExportedChart chart;
    chart.title = u"train/loss"_s;
    chart.x.title = u"step"_s;
    chart.y.title = chart.title;
    for (unsigned i = 0; i < 100; ++i) {
        const auto series = std::make_shared<const Series>(std::vector<double>(), falling(count, i));
        chart.lines.push_back(lineOf(u"run %1"_s.arg(i), series, QColor::fromHsv(static_cast<int>(i) * 3, 200, 200)));
    }
    chart.view = {0, static_cast<double>(count - 1), -0.2, 2.4};
    return chart;
}

// RFC 4180.
std::vector<QStringList> parsed(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    std::vector<QStringList> rows{{}};
    QString field;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'"') {
            if (isQuoted && i + 1 < text.size() && text[i + 1] == u'"') {
                field += c;
                ++i;
            } else {
                isQuoted = !isQuoted;
            }
        } else if (!isQuoted && (c == u',' || c == u'\n')) {
            rows.back().append(std::exchange(field, {}));
            if (c == u'\n')
                rows.emplace_back();
        } else {
            field += c;
        }
    }
    rows.pop_back();
    return rows;
}

double numberOf(const QString &text)
{
    if (text == u"NaN")
        return noNumber;
    if (text.endsWith(u"Infinity"))
        return text.startsWith(u'-') ? -infinity : infinity;
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    if (!isNumber)
        qWarning("no number: %s", qPrintable(text));
    return value;
}

ExportOptions table(ExportOptions::Points points, Shape shape)
{
    ExportOptions options;
    options.format = Format::Csv;
    options.points = points;
    options.shape = shape;
    return options;
}

} // namespace

class TestChartExport : public QObject
{
    Q_OBJECT
private slots:
    void formatsByEnding()
    {
        QCOMPARE(ExportOptions::formatOf(u"/tmp/a.b/chart.PNG"_s), Format::Png);
        QCOMPARE(ExportOptions::formatOf(u"x.svg"_s), Format::Svg);
        QCOMPARE(ExportOptions::formatOf(u"x.pdf"_s), Format::Pdf);
        QCOMPARE(ExportOptions::formatOf(u"x.csv"_s), Format::Csv);
        QCOMPARE(ExportOptions::formatOf(u"x.py"_s), Format::Script);
        QVERIFY(!ExportOptions::formatOf(u"x.docx"_s));
        QVERIFY(!ExportOptions::formatOf(u"png"_s));
    }

    void vectorsOfAHundredLinesStaySmall_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("svg") << int(Format::Svg);
        QTest::newRow("pdf") << int(Format::Pdf);
    }
    void vectorsOfAHundredLinesStaySmall()
    {
        QFETCH(int, format);
        ExportOptions options;
        options.format = static_cast<Format>(format);
        const QByteArray bytes = exported(largeChart(15000), options);
        qInfo("%lld bytes", static_cast<long long>(bytes.size()));
        QVERIFY(bytes.size() > 100'000);
        QVERIFY2(bytes.size() <= 2'000'000, QByteArray::number(bytes.size()).constData());
    }

    void aPictureHasItsSizeAndResolution()
    {
        ExportOptions options;
        options.size = {640, 400};
        options.dpi = 192;
        const QImage image = QImage::fromData(exported(richChart(), options));
        QCOMPARE(image.size(), QSize(1280, 800));
        QCOMPARE(std::lround(image.dotsPerMeterX() * 0.0254), 192L);
        int blue = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                blue += image.pixelColor(x, y) == QColor(Qt::blue) ? 1 : 0;
        }
        QVERIFY(blue > 500);
        QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
    }

    void svgIsWellFormedAndSaysAll()
    {
        ExportOptions options;
        options.format = Format::Svg;
        QXmlStreamReader reader(exported(richChart(), options));
        QStringList texts;
        int paths = 0;
        int polygons = 0;
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement() && reader.name() == u"text")
                texts.append(reader.readElementText());
            else if (reader.isStartElement() && reader.name() == u"path")
                ++paths;
            else if (reader.isStartElement() && reader.name() == u"polygon")
                ++polygons;
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(texts.contains(u"val/loss"_s));
        QVERIFY(texts.contains(u"TWEMA 0.9"_s));
        QVERIFY(texts.contains(u"step"_s));
        QVERIFY(texts.contains(u"_private"_s));
        QVERIFY(paths > 4);
        QCOMPARE(polygons, 3); // of ∞, -∞ and NaN, however near they are
    }

    // The smallest and the largest value of every column are among the vertices.
    void vectorsKeepASpike()
    {
        ExportedChart chart = largeChart(50000);
        std::vector<double> values(1'000'000, 0.5);
        values[654'321] = 2;
        chart.lines = {lineOf(u"spike"_s, std::make_shared<const Series>(std::vector<double>(), values), Qt::red)};
        chart.view = {0, 999'999, 0, 3};
        ExportOptions options;
        options.format = Format::Svg;
        const QString svg = QString::fromUtf8(exported(chart, options));
        static const QRegularExpression plot(u"<rect width=\"([\\d.]+)\" height=\"([\\d.]+)\"/></clipPath>"_s);
        const double height = plot.match(svg).captured(2).toDouble();
        static const QRegularExpression tall(u"v(-?\\d+)"_s);
        double longest = 0;
        for (auto found = tall.globalMatch(svg); found.hasNext();)
            longest = std::max(longest, std::abs(found.next().captured(1).toDouble()));
        QVERIFY2(std::abs(longest / 10 - height / 2) < 0.2, QByteArray::number(longest).constData());
    }

    void shownLongReadsBack()
    {
        const ExportedChart chart = richChart();
        const auto rows = parsed(exported(chart, table(ExportOptions::Points::AsShown, Shape::Long)));
        QCOMPARE(rows.front(), QStringList({u"line"_s, u"part"_s, u"step"_s, u"val/loss"_s, u"low"_s, u"high"_s, u"key"_s}));
        std::size_t row = 1;
        for (const ExportedLine &line : chart.lines) {
            for (std::size_t i = 0; i < line.exact->size(); ++i, ++row) {
                QCOMPARE(rows[row][0], line.name);
                QCOMPARE(rows[row][1], line.part);
                QCOMPARE(numberOf(rows[row][2]), line.exact->steps()[i]);
                QVERIFY(isSame(numberOf(rows[row][3]), line.exact->values()[i]));
                if (line.exactLow)
                    QCOMPARE(numberOf(rows[row][4]), line.exactLow->values()[i]);
                else
                    QVERIFY(rows[row][4].isEmpty() && rows[row][5].isEmpty());
                QCOMPARE(rows[row][6], line.key);
            }
        }
        QCOMPARE(row, rows.size());
    }

    void shownIsWhatIsInView()
    {
        ExportedChart chart = richChart();
        chart.view.x0 = 10;
        chart.view.x1 = 12;
        chart.lines.resize(1);
        const auto rows = parsed(exported(chart, table(ExportOptions::Points::AsShown, Shape::Wide)));
        QCOMPARE(rows.size(), std::size_t{4});
        QCOMPARE(rows[0], QStringList({u"step"_s, oddName + u" (raw)"_s}));
        QCOMPARE(rows[1][0], u"10"_s);
        QCOMPARE(rows[3][0], u"12"_s);
        QCOMPARE(numberOf(rows[2][1]), chart.lines[0].exact->values()[11]);
    }

    // On logarithmic axes what is drawn is log10 and shorter; what is written is what was logged.
    void shownOnLogarithmicAxesHasTheValuesThemselves()
    {
        ExportedChart chart;
        chart.x = {u"step"_s, ExportedAxis::Scale::Logarithmic};
        ExportedLine line = lineOf(u"a"_s, std::make_shared<const Series>(std::vector<double>{0, 1, 10, 100}, std::vector<double>{4, 5, 6, 7}), Qt::red);
        line.drawn.series = std::make_shared<const Series>(std::vector<double>{0, 1, 2}, std::vector<double>{5, 6, 7});
        chart.lines = {line};
        chart.view = {0.5, 2, 0, 10};
        const QByteArray text = exported(chart, table(ExportOptions::Points::AsShown, Shape::Long));
        QCOMPARE(text, QByteArray("line,part,step,y,key\na,,10,6,\na,,100,7,\n"));
    }

    void rawLongReadsBack()
    {
        const ExportedChart chart = richChart();
        const auto rows = parsed(exported(chart, table(ExportOptions::Points::Raw, Shape::Long)));
        QCOMPARE(rows.front(),
            QStringList({u"run"_s, u"key"_s, u"metric"_s, u"step"_s, u"epoch"_s, u"time_ms"_s, u"duration"_s, u"value"_s}));
        QCOMPARE(rows.size(), std::size_t{7});
        QCOMPARE(rows[1], QStringList({oddName, u"k1"_s, u"val/loss"_s, u"0"_s, u"0"_s, u"1731404460123"_s, QString(), u"0.1"_s}));
        QCOMPARE(rows[2][7], u"NaN"_s);
        QCOMPARE(rows[3][4], QString());
        QCOMPARE(numberOf(rows[3][7]), 1e-300);
        QCOMPARE(rows[4][7], u"Infinity"_s);
        QCOMPARE(rows[6], QStringList({u"two"_s, u"k2"_s, u"val/loss"_s, u"20"_s, QString(), QString(), QString(), u"6"_s}));
    }

    void rawWideReadsBack()
    {
        const auto rows = parsed(exported(richChart(), table(ExportOptions::Points::Raw, Shape::Wide)));
        QCOMPARE(rows.front(), QStringList({u"step"_s, oddName + u" epoch"_s, oddName + u" time_ms"_s, oddName, u"two"_s}));
        QCOMPARE(rows.size(), std::size_t{6}); // 0, 10 twice, 20, 30
        QCOMPARE(rows[2], QStringList({u"10"_s, u"0"_s, u"1731404461000"_s, u"NaN"_s, u"5"_s}));
        QCOMPARE(rows[3][0], u"10"_s);
        QCOMPARE(rows[3][4], QString());
        QCOMPARE(rows[4], QStringList({u"20"_s, QString(), QString(), QString(), u"6"_s}));
    }

    void timesAreWrittenInUtc()
    {
        ExportedChart chart;
        chart.x = {u"wall time"_s, ExportedAxis::Scale::WallTime};
        chart.lines = {lineOf(u"a"_s, std::make_shared<const Series>(std::vector<double>{1731404460123}, std::vector<double>{1}), Qt::red)};
        chart.view = {1731404460000, 1731404461000, 0, 1};
        QCOMPARE(exported(chart, table(ExportOptions::Points::AsShown, Shape::Wide)),
            QByteArray("wall time,a\n2024-11-12T09:41:00.123Z,1\n"));
    }

    void whatHasNoXHasAnEmptyOne()
    {
        ExportedChart chart;
        chart.x.title = u"step"_s;
        chart.lines = {lineOf(u"a"_s, std::make_shared<const Series>(std::vector<double>{0.25, 9223372036854775808.0}, std::vector<double>{1, 100000}), Qt::red),
            lineOf(u"b"_s, std::make_shared<const Series>(std::vector<double>{0.25}, std::vector<double>{4}), Qt::blue)};
        chart.lines[0].withoutX = {2, noNumber};
        chart.lines[0].key = u"k1"_s;
        chart.lines[1].exactLow = chart.lines[1].exactHigh = chart.lines[1].exact;
        chart.view = {0, 1e19, 0, 10};
        QCOMPARE(exported(chart, table(ExportOptions::Points::AsShown, Shape::Long)),
            QByteArray("line,part,step,y,low,high,key\na,,0.25,1,,,k1\na,,9223372036854775808,100000,,,k1\na,,,2,,,k1\na,,,NaN,,,k1\nb,,0.25,4,4,4,\n"));
        QCOMPARE(exported(chart, table(ExportOptions::Points::AsShown, Shape::Wide)),
            QByteArray("step,a,b,b low,b high\n0.25,1,4,4,4\n9223372036854775808,100000,,,\n,2,,,\n,NaN,,,\n"));
    }

    void rawPointsWithoutAStepHaveAnEmptyOne()
    {
        const auto points = [](std::vector<double> values, std::vector<double> steps, std::vector<double> epochs) {
            return std::make_shared<const Points>(Points::Columns{std::move(values), std::move(steps), std::move(epochs), {}, {}});
        };
        ExportedChart chart;
        chart.points = {{u"k"_s, u"a"_s, u"m"_s, points({1, 2, 3}, {-0.5, noNumber, 9007199254740992}, {0.25, 0.5, 0.75})},
            {u"l"_s, u"b"_s, u"m"_s, points({5, 6}, {}, {})}};
        QCOMPARE(exported(chart, table(ExportOptions::Points::Raw, Shape::Long)),
            QByteArray("run,key,metric,step,epoch,time_ms,duration,value\na,k,m,-0.5,0.25,,,1\na,k,m,,0.5,,,2\n"
                       "a,k,m,9007199254740992,0.75,,,3\nb,l,m,,,,,5\nb,l,m,,,,,6\n"));
        QCOMPARE(exported(chart, table(ExportOptions::Points::Raw, Shape::Wide)),
            QByteArray("step,a epoch,a,b\n-0.5,0.25,1,\n9007199254740992,0.75,3,\n,0.5,2,5\n,,,6\n"));
    }

    // Every number that is written is read back as the same double, and a whole one has no exponent.
    void numbersReadBack()
    {
        const std::vector<double> values{100000, -3000000, 1e15, 9007199254740991.0, 123456.75, 1e300, 5e-324, 0.1, -0.0, 1e21};
        ExportedChart chart;
        chart.lines = {lineOf(u"a"_s, std::make_shared<const Series>(std::vector<double>(), values), Qt::red)};
        chart.view = {0, 10, 0, 1};
        const auto rows = parsed(exported(chart, table(ExportOptions::Points::AsShown, Shape::Long)));
        ExportOptions options;
        options.format = Format::Script;
        const QString script = QString::fromUtf8(exported(chart, options));
        for (std::size_t i = 0; i < values.size(); ++i) {
            const QString &text = rows[i + 1][3];
            QCOMPARE(text.toDouble(), values[i]);
            if (std::abs(values[i]) < 9007199254740992.0 && values[i] == std::trunc(values[i]))
                QVERIFY2(!text.contains(u'e'), qPrintable(text));
            QVERIFY2(script.contains(text), qPrintable(text));
        }
    }

    // Also between milliseconds, where the x of a group may be.
    void timesAreAlwaysTimes()
    {
        ExportedChart chart;
        chart.x = {u"wall time"_s, ExportedAxis::Scale::WallTime};
        chart.lines = {lineOf(u"a"_s, std::make_shared<const Series>(std::vector<double>{1731404460123.4}, std::vector<double>{1}), Qt::red)};
        chart.view = {1731404460000, 1731404461000, 0, 1};
        QCOMPARE(exported(chart, table(ExportOptions::Points::AsShown, Shape::Long)),
            QByteArray("line,part,wall time,y,key\na,,2024-11-12T09:41:00.123Z,1,\n"));
    }

    void aMissingFolderIsSaid()
    {
        for (const Format format : {Format::Png, Format::Svg, Format::Pdf, Format::Csv, Format::Script}) {
            ExportOptions options;
            options.format = format;
            const QString path = m_folder.filePath(u"missing/chart."_s + ExportOptions::ending(format));
            const QString sentence = writeExport(richChart(), options, path);
            QVERIFY2(sentence.startsWith(path + u" could not be written: "_s), qPrintable(sentence));
        }
    }

    // What was there before stays.
    void aFullDiskIsSaid_data()
    {
        QTest::addColumn<int>("format");
        for (const Format format : {Format::Png, Format::Svg, Format::Pdf, Format::Csv, Format::Script})
            QTest::newRow(qPrintable(ExportOptions::ending(format))) << int(format);
    }
    void aFullDiskIsSaid()
    {
        QFETCH(int, format);
        ExportOptions options;
        options.format = static_cast<Format>(format);
        const QString path = m_folder.filePath(u"full."_s + ExportOptions::ending(options.format));
        QFile before(path);
        QVERIFY(before.open(QIODevice::WriteOnly));
        before.write("before");
        before.close();
        const ExportedChart chart = largeChart(1000);
        std::signal(SIGXFSZ, SIG_IGN); // a write beyond the limit fails, as on a full disk
        rlimit limit{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
        rlimit small = limit;
        small.rlim_cur = 5000;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const QString sentence = writeExport(chart, options, path);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
        QVERIFY2(sentence.startsWith(path + u" could not be written: "_s), qPrintable(sentence));
        QVERIFY(before.open(QIODevice::ReadOnly));
        QCOMPARE(before.readAll(), QByteArray("before"));
        QCOMPARE(QDir(m_folder.path()).entryList({u"full."_s + ExportOptions::ending(options.format) + u"*"_s}).size(), 1);
    }

    void anEmptyChartCanBeWritten()
    {
        for (const Format format : {Format::Png, Format::Svg, Format::Pdf, Format::Csv, Format::Script}) {
            ExportOptions options;
            options.format = format;
            QVERIFY(!exported({}, options).isEmpty());
        }
    }

    void tooLargeAPictureIsSaid()
    {
        ExportOptions options;
        options.size = {100'000, 100'000};
        options.dpi = 9600;
        QVERIFY(writeExport(richChart(), options, m_folder.filePath(u"large.png"_s)).contains(u"too large"));
        QVERIFY(!QFile::exists(m_folder.filePath(u"large.png"_s)));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestChartExport)
#include "tst_chartexport.moc"
