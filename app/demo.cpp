// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demo.h"

#include <kcompressiondevice.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

static void initializeResources()
{
    Q_INIT_RESOURCE(demo);
}

namespace demo {

static QString sentence(const QString &reason)
{
    return QCoreApplication::translate("demo", "The sample data could not be unpacked: %1").arg(reason);
}

Copy privateCopy()
{
    initializeResources();
    Copy copy;
    copy.folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/perihelion-demo-XXXXXX"_s);
    if (!copy.folder->isValid()) {
        copy.error = sentence(copy.folder->errorString());
        return copy;
    }

    KCompressionDevice packed(u":/demo/demo.sqlite.gz"_s, KCompressionDevice::GZip);
    QFile unpacked(copy.folder->filePath(u"demo.sqlite"_s));
    if (!packed.open(QIODevice::ReadOnly) || !unpacked.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        copy.error = sentence(packed.isOpen() ? unpacked.errorString() : packed.errorString());
        return copy;
    }
    QByteArray block(1 << 20, Qt::Uninitialized);
    qint64 read = 0;
    while ((read = packed.read(block.data(), block.size())) > 0) {
        if (unpacked.write(block.constData(), read) != read) {
            copy.error = sentence(unpacked.errorString());
            return copy;
        }
    }
    if (read < 0 || unpacked.size() == 0 || !unpacked.flush()) {
        copy.error = sentence(read < 0 ? packed.errorString() : unpacked.errorString());
        return copy;
    }
    copy.path = unpacked.fileName();
    return copy;
}

} // namespace demo
