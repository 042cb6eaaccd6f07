// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/downloads/destination.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStorageInfo>

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Destination)
};

} // namespace

Destination lookAt(const QString &folder)
{
    Destination destination;
    QFileInfo there(folder);
    destination.isNew = !there.exists();
    while (!there.exists() && !there.isRoot())
        there.setFile(there.path()); // the folder that it will be made in
    if (!there.isDir())
        destination.problem = Text::tr("“%1” is a file. Choose a folder.").arg(there.filePath());
    else if (!there.isWritable())
        destination.problem = Text::tr("Nothing can be written in “%1”. Choose another folder.").arg(there.filePath());
    if (const QStorageInfo storage(there.filePath()); storage.isValid())
        destination.available = storage.bytesAvailable();
    return destination;
}
