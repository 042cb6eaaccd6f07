// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/target.h"

#include "app/commandline.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Target", text);
}

constexpr qint64 longestKeyFile = 64 * 1024;

Target withKeyOfFile(Target target, const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        target.problem = translated("The key file %1 can't be read: %2.").arg(name, file.errorString());
        return target;
    }
    target.apiKey = QString::fromUtf8(file.read(longestKeyFile)).section(u'\n', 0, 0).trimmed();
    target.profile.foundIn = name;
    if (target.apiKey.isEmpty())
        target.problem = translated("The first line of the key file %1 is empty.").arg(name);
    return target;
}

} // namespace

Target Target::ofCommandLine(const CommandLine &line, const Environment &environment)
{
    if (!line.url)
        return ofSurroundings(environment);
    Target target;
    target.profile.id = u"commandline"_s;
    target.profile.root = *line.url;
    target.profile.name = line.url->host();
    target.profile.keySource = Profile::KeySource::Found;
    if (!line.apiKeyFile.isEmpty())
        return withKeyOfFile(std::move(target), line.apiKeyFile);
    const Credentials found = Credentials::find(environment);
    if (!found.apiKey.isEmpty() && found.root == *line.url) {
        target.apiKey = found.apiKey;
        target.profile.foundIn = found.keyFoundIn;
    } else {
        target.problem = translated("There is no API key for %1: name a file that holds it with --api-key-file.")
                             .arg(line.url->toString());
    }
    return target;
}

Target Target::ofSurroundings(const Environment &environment)
{
    Target target;
    const Credentials found = Credentials::find(environment);
    if (found.apiKey.isEmpty())
        return target;
    target.profile.id = u"found"_s;
    target.profile.root = found.root;
    target.profile.name = found.root.host();
    target.profile.keySource = Profile::KeySource::Found;
    target.profile.foundIn = found.keyFoundIn;
    target.apiKey = found.apiKey;
    return target;
}
