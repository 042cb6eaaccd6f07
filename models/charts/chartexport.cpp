// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartexport.h"

#include "models/charts/chartpicture.h"
#include "models/charts/chartscript.h"
#include "models/charts/charttable.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace {

constexpr double usualDpi = 96;

struct Ending
{
    ExportOptions::Format format;
    const char *text;
};
constexpr Ending endings[] = {{ExportOptions::Format::Png, "png"}, {ExportOptions::Format::Svg, "svg"},
    {ExportOptions::Format::Pdf, "pdf"}, {ExportOptions::Format::Csv, "csv"}, {ExportOptions::Format::Script, "py"}};

void writeTable(const ExportedChart &chart, const ExportOptions &options, QIODevice &device)
{
    const bool isLong = options.shape == ExportOptions::Shape::Long;
    if (options.points == ExportOptions::Points::Raw)
        (isLong ? writeRawLong : writeRawWide)(chart, device);
    else
        (isLong ? writeShownLong : writeShownWide)(chart, device);
}

// A file that takes less than it was given (a full disk) has failed; QSaveFile says so only when it is asked again.
class WholeWrites : public QIODevice
{
public:
    explicit WholeWrites(QIODevice &device)
        : m_device(device)
    {
        open(WriteOnly | Unbuffered);
    }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        qint64 written = 0;
        while (written < size) {
            const qint64 taken = m_device.write(data + written, size - written);
            if (taken <= 0)
                return -1;
            written += taken;
        }
        return written;
    }

private:
    QIODevice &m_device;
};

// False where a picture of that size can't be made. What the device does not take it remembers itself.
bool writeTo(const ExportedChart &chart, const ExportOptions &options, QIODevice &device)
{
    switch (options.format) {
    case ExportOptions::Format::Png: {
        const QImage image = paintedChart(chart, options.size, options.dpi / usualDpi);
        if (image.isNull())
            return false;
        QBuffer png; // Qt's writer leaks its rows where a device fails
        png.open(QIODevice::WriteOnly);
        image.save(&png, "PNG");
        device.write(png.data());
        return true;
    }
    case ExportOptions::Format::Svg:
        device.write(svgChart(chart, options.size));
        return true;
    case ExportOptions::Format::Pdf:
        device.write(pdfChart(chart, options.size));
        return true;
    case ExportOptions::Format::Csv:
        writeTable(chart, options, device);
        return true;
    case ExportOptions::Format::Script:
        writeScript(chart, options.size, device);
        return true;
    }
    return false;
}

QString translated(const char *text)
{
    return QCoreApplication::translate("ChartExport", text);
}

} // namespace

QSize ExportOptions::pixels() const
{
    return (QSizeF(size) * (dpi / usualDpi)).toSize();
}

QString ExportOptions::ending(Format format)
{
    for (const Ending &ending : endings) {
        if (ending.format == format)
            return QString::fromLatin1(ending.text);
    }
    return {};
}

std::optional<ExportOptions::Format> ExportOptions::formatOf(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (const Ending &ending : endings) {
        if (suffix == QLatin1StringView(ending.text))
            return ending.format;
    }
    return {};
}

QByteArray exported(const ExportedChart &chart, const ExportOptions &options)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    return writeTo(chart, options, buffer) ? buffer.data() : QByteArray();
}

QString writeExport(const ExportedChart &chart, const ExportOptions &options, const QString &path)
{
    const auto failed = [&](const QString &why) {
        return translated("%1 could not be written: %2.").arg(QDir::toNativeSeparators(path), why);
    };
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return failed(file.errorString());
    WholeWrites whole(file);
    if (!writeTo(chart, options, whole)) {
        file.cancelWriting();
        return translated("A picture of %1 × %2 pixels is too large.")
            .arg(options.pixels().width()).arg(options.pixels().height());
    }
    return file.commit() ? QString() : failed(file.errorString());
}
