// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QUrl>

// The surroundings of the program as a value, so that a test can give its own.
struct Environment
{
    QHash<QString, QString> variables;
    QString home;
    QString currentFolder;

    static Environment current();
};

// The server address and key that a Comet SDK on this machine would use, and where each was found
// (PROTOCOL 1.1, 1.3): COMET_API_KEY and COMET_URL_OVERRIDE, ./.env, the file of COMET_CONFIG or
// COMET_INI, ./.comet.config, ~/.comet.config; the first that has a value wins, each value by itself.
struct Credentials
{
    QString apiKey; // empty where there is none
    QString keyFoundIn; // "COMET_API_KEY", "./.env", "~/.comet.config": for people
    QUrl root; // scheme, host and port; comet.com where nothing is configured
    QString rootFoundIn; // empty where nothing is configured
    QStringList remarks; // sentences on what was read differently from how it was written

    bool isEmpty() const { return apiKey.isEmpty() && rootFoundIn.isEmpty(); }

    static Credentials find(const Environment &environment = Environment::current());
};

// An address as a person types it.
struct ServerAddress
{
    QUrl root; // scheme, host and port; invalid where problem says why
    QString dropped; // "/clientlib/": path, query, user and password, which take no part
    bool schemeAdded = false; // none was typed
    QString problem; // a sentence

    static ServerAddress parse(const QString &text);
};

// The address inside a "smart" key, <key>*<base64 of {"baseUrl": ...}>; invalid in any other key. The
// whole string stays the key.
QUrl baseUrlInKey(const QString &apiKey);
