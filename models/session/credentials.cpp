// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/credentials.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

// One place where settings are kept: names as in the environment (COMET_API_KEY) and their values.
struct Layer
{
    QString name; // for people
    QHash<QString, QString> values;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("Credentials", text);
}

// Nothing of ours is larger; a device or a log named by mistake is not read to its end.
constexpr qint64 largestFile = 1 << 20;

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.read(largestFile));
    if (text.startsWith(QChar(0xFEFF)))
        text.remove(0, 1);
    return text.split(u'\n');
}

// " # text" and " ; text" behind a value is a comment; a # inside a word is not.
QString withoutComment(const QString &value)
{
    for (qsizetype i = 1; i < value.size(); ++i) {
        if ((value[i] == u'#' || value[i] == u';') && value[i - 1].isSpace())
            return value.left(i).trimmed();
    }
    return value.trimmed();
}

bool isQuoted(const QString &value)
{
    return value.size() >= 2 && (value.front() == u'"' || value.front() == u'\'')
        && value.back() == value.front();
}

std::pair<QString, QString> assignment(const QString &line)
{
    const qsizetype equals = line.indexOf(u'=');
    if (equals < 1)
        return {};
    return {line.left(equals).trimmed().toUpper(), withoutComment(line.mid(equals + 1))};
}

Layer iniLayer(const QString &name, const QString &path)
{
    Layer layer{name, {}};
    QString section;
    for (const QString &raw : linesOf(path)) {
        const QString line = raw.trimmed();
        if (line.startsWith(u'#') || line.startsWith(u';'))
            continue;
        if (line.startsWith(u'[')) {
            section = line.mid(1, line.indexOf(u']') - 1).trimmed().toUpper();
            continue;
        }
        const auto [key, value] = assignment(line);
        if (!key.isEmpty() && !section.isEmpty())
            layer.values.insert(section + u'_' + key, value);
    }
    return layer;
}

Layer dotEnvLayer(const QString &name, const QString &path)
{
    Layer layer{name, {}};
    for (const QString &raw : linesOf(path)) {
        QString line = raw.trimmed();
        if (line.startsWith(u'#'))
            continue;
        if (line.startsWith("export "_L1))
            line.remove(0, 7);
        auto [key, value] = assignment(line);
        if (key.isEmpty())
            continue;
        if (isQuoted(value))
            value = value.mid(1, value.size() - 2);
        layer.values.insert(key, value);
    }
    return layer;
}

QString forPeople(const QString &path, const QString &home)
{
    return !home.isEmpty() && path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

QString configuredFile(const Environment &environment)
{
    QString path = environment.variables.value(u"COMET_CONFIG"_s);
    if (path.isEmpty())
        path = environment.variables.value(u"COMET_INI"_s);
    if (path.isEmpty())
        return {};
    if (path == u'~' || path.startsWith("~/"_L1))
        path.replace(0, 1, environment.home);
    path = QDir(environment.currentFolder).absoluteFilePath(path);
    return QFileInfo(path).isDir() ? path + "/.comet.config"_L1 : path;
}

std::vector<Layer> layers(const Environment &environment, QStringList &remarks)
{
    std::vector<Layer> all;
    for (const char *variable : {"COMET_API_KEY", "COMET_URL_OVERRIDE"}) {
        const QString name = QString::fromLatin1(variable);
        all.push_back({name, {{name, environment.variables.value(name)}}});
    }
    if (!environment.currentFolder.isEmpty())
        all.push_back(dotEnvLayer(u"./.env"_s, environment.currentFolder + "/.env"_L1));
    if (const QString path = configuredFile(environment); !path.isEmpty()) {
        const QString name = forPeople(path, environment.home);
        if (!QFileInfo(path).isReadable())
            remarks << tr("COMET_CONFIG names %1, which can't be read.").arg(name);
        all.push_back(iniLayer(name, path));
    }
    if (!environment.currentFolder.isEmpty() && environment.currentFolder != environment.home)
        all.push_back(iniLayer(u"./.comet.config"_s, environment.currentFolder + "/.comet.config"_L1));
    if (!environment.home.isEmpty())
        all.push_back(iniLayer(u"~/.comet.config"_s, environment.home + "/.comet.config"_L1));
    return all;
}

void findKey(const std::vector<Layer> &all, Credentials &found)
{
    for (const Layer &layer : all) {
        QString key = layer.values.value(u"COMET_API_KEY"_s).trimmed();
        // Nobody's key has quotes, but a file from a shell's habit may: the SDK would send them.
        if (isQuoted(key)) {
            key = key.mid(1, key.size() - 2).trimmed();
            found.remarks << tr("The quotes around the API key in %1 were left out.").arg(layer.name);
        }
        if (key.startsWith("_SECRET_-"_L1)) {
            found.remarks << tr("The API key in %1 points to a secret manager and was passed over.")
                                 .arg(layer.name);
            continue;
        }
        if (key.isEmpty())
            continue;
        found.apiKey = key;
        found.keyFoundIn = layer.name;
        return;
    }
}

void findRoot(const std::vector<Layer> &all, Credentials &found)
{
    for (const Layer &layer : all) {
        QString text = layer.values.value(u"COMET_URL_OVERRIDE"_s).trimmed();
        if (isQuoted(text))
            text = text.mid(1, text.size() - 2);
        if (text.isEmpty())
            continue;
        const ServerAddress address = ServerAddress::parse(text);
        if (!address.problem.isEmpty()) {
            found.remarks << tr("The server address in %1 can't be used: %2").arg(layer.name, address.problem);
            continue;
        }
        found.root = address.root;
        found.rootFoundIn = layer.name;
        return;
    }
    found.root = baseUrlInKey(found.apiKey);
    if (found.root.isValid())
        found.rootFoundIn = found.keyFoundIn;
    else
        found.root = QUrl(u"https://www.comet.com"_s);
}

} // namespace

Environment Environment::current()
{
    Environment environment;
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    for (const QString &name : system.keys())
        environment.variables.insert(name, system.value(name));
    environment.home = QDir::homePath();
    environment.currentFolder = QDir::currentPath();
    return environment;
}

Credentials Credentials::find(const Environment &environment)
{
    Credentials found;
    const std::vector<Layer> all = layers(environment, found.remarks);
    findKey(all, found);
    findRoot(all, found);
    return found;
}

ServerAddress ServerAddress::parse(const QString &text)
{
    ServerAddress address;
    QString typed = text.trimmed();
    if (typed.isEmpty()) {
        address.problem = tr("Type the address of the server, for example https://www.comet.com.");
        return address;
    }
    if (!typed.contains("://"_L1)) {
        // A server on this machine has no certificate; any other should.
        const bool local = typed.startsWith("localhost"_L1) || typed.startsWith("127."_L1)
            || typed.startsWith("[::1]"_L1);
        typed.prepend(local ? "http://"_L1 : "https://"_L1);
        address.schemeAdded = true;
    }
    const QUrl url(typed, QUrl::TolerantMode);
    if (!url.isValid() || url.host().isEmpty() || typed.contains(u' ')) {
        address.problem = tr("“%1” is not an address. It looks like https://comet.example.org.").arg(text.trimmed());
        return address;
    }
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1) {
        address.problem = tr("An address starts with https:// or http://, not with %1://.").arg(url.scheme());
        return address;
    }
    address.root.setScheme(url.scheme());
    address.root.setHost(url.host());
    address.root.setPort(url.port());
    if (url.path() != u'/')
        address.dropped = url.path();
    if (url.hasQuery())
        address.dropped += u'?' + url.query();
    return address;
}

QUrl baseUrlInKey(const QString &apiKey)
{
    const qsizetype star = apiKey.indexOf(u'*');
    if (star < 1)
        return {};
    const QByteArray json = QByteArray::fromBase64(apiKey.mid(star + 1).toLatin1());
    const QString text = QJsonDocument::fromJson(json).object().value("baseUrl"_L1).toString();
    return text.isEmpty() ? QUrl() : ServerAddress::parse(text).root;
}
