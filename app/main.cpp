// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/server.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"serve"_s, QCoreApplication::translate("main", "Serves on 127.0.0.1 until it is stopped.")},
                       {u"port"_s, QCoreApplication::translate("main", "Port to serve on; any free one where not given."), u"N"_s},
                       {u"data"_s, QCoreApplication::translate("main", "Database to serve."), u"FILE"_s},
                       {u"api-key"_s, QCoreApplication::translate("main", "Key that clients must send."), u"KEY"_s}});
    parser.process(application);
    localserver::Options options;
    options.port = std::uint16_t(parser.value(u"port"_s).toUShort());
    options.data = parser.value(u"data"_s).toStdString();
    options.apiKey = parser.value(u"api-key"_s).toStdString();
    if (!parser.isSet(u"serve"_s))
        parser.showHelp(1);
    return localserver::serve(options);
}
