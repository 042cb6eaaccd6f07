// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"

#include "app/separated.h"

#include "models/query/normalform.h"
#include "models/query/pythontext.h"
#include "models/session/credentials.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

struct Options
{
    QCommandLineOption demo{u"demo"_s, translated("Opens the sample data in a private server.")};
    QCommandLineOption url{u"url"_s, translated("Connects to the Comet server at this address."), u"URL"_s};
    QCommandLineOption apiKeyFile{
        u"api-key-file"_s, translated("Reads the API key for --url from a file."), u"FILE"_s};
    QCommandLineOption open{u"open"_s,
        translated("Opens a place: workspace, project or experiment; a name that holds a / in quotes ('w/\"a/b\"') or "
                   "as 'a\\/b'."),
        u"WORKSPACE[/PROJECT[/EXPERIMENT]]"_s};
    QCommandLineOption print{u"print"_s,
        translated("Prints a place as tab-separated text instead of opening a window; \"\" lists the workspaces."),
        u"PATH"_s};
    QCommandLineOption query{u"query"_s,
        translated("Only the experiments of --print or --open that satisfy an expression: "
                   "(Metric(\"loss\") < .1) & ~Tag(\"bad\")."),
        u"EXPR"_s};
    QCommandLineOption archived{
        u"archived"_s, translated("The archived experiments of --print instead of the others.")};
    QCommandLineOption explain{u"explain"_s,
        translated("Prints what --query would send instead of sending it, a JSON body a line: to project/query "
                   "(query, also without FORM), the same as all servers know it (reference), or to "
                   "experiments/search (search). Or how others ask the same: python, curl."),
        u"FORM"_s};
    QCommandLineOption exportChart{u"export-chart"_s,
        translated("Writes metrics of the project (or experiment) that is named last as .png, .svg, .pdf, .csv, or as a "
                   "matplotlib script (.py)."),
        u"FILE"_s};
    QCommandLineOption metrics{u"metrics"_s,
        translated("The metrics of --export-chart, with commas between them; a name that holds a comma in quotes "
                   "('\"a,b\"') or as 'a\\,b'."),
        u"NAMES"_s};
    QCommandLineOption xAxis{u"x"_s,
        translated("What they are drawn over: step, epoch, time, elapsed, or a metric (metric:NAME where it is called "
                   "like one of these)."),
        u"AXIS"_s};
    QCommandLineOption smooth{
        u"smooth"_s, translated("Smooths them: twema:0.9, ema:0.9, gaussian:10, average:11."), u"KIND:AMOUNT"_s};
    QCommandLineOption groupBy{u"group-by"_s,
        translated("Draws mean and deviation of the runs with the same parameter, or tag:NAME, other:NAME, tags."),
        u"NAME"_s};
    QCommandLineOption size{u"size"_s, translated("Of the picture, in pixels."), u"1600x1000"_s};
    QCommandLineOption tour{
        u"tour"_s, translated("Takes pictures of the window on the sample data."), u"DIR"_s};
    QCommandLineOption serve{u"serve"_s, translated("Runs a Comet-compatible server on this computer, until Ctrl+C. Scripts log to it where "
                   "COMET_URL_OVERRIDE and COMET_API_KEY are set to the url and apiKey it prints.")};
    QCommandLineOption port{u"port"_s, translated("The port of --serve; without, that of last time where it is free, else any."), u"N"_s};
    QCommandLineOption data{u"data"_s, translated("The database of --serve; without, perihelion/server.db in the data folder."), u"FILE"_s};
    QCommandLineOption apiKey{u"api-key"_s, translated("The key that --serve accepts; without, that of last time."), u"KEY"_s};
    QCommandLineOption version{u"version"_s, translated("Prints the version.")};
    QCommandLineOption help{u"help"_s, translated("Prints this.")};

    QList<QCommandLineOption> all() const
    {
        return {demo, url, apiKeyFile, open, print, query, archived, explain, exportChart, metrics, xAxis, smooth, groupBy, size, tour, serve, port, data, apiKey, version, help};
    }
};

CommandLine badUsage(const QString &sentence)
{
    CommandLine line;
    line.mode = CommandLine::Mode::BadUsage;
    line.text = sentence;
    return line;
}

// Which options make no sense together, as a sentence; empty where all is well.
QString conflict(const QCommandLineParser &parser, const Options &o)
{
    const auto has = [&parser](const QCommandLineOption &option) { return parser.isSet(option); };
    const auto name = [](const QCommandLineOption &option) { return u"--"_s + option.names().constFirst(); };
    const auto onlyWith = [&](const QCommandLineOption &option, const QCommandLineOption &needed) {
        return has(option) && !has(needed)
            ? translated("%1 needs %2.").arg(name(option), name(needed))
            : QString();
    };
    const auto notBoth = [&](const QCommandLineOption &one, const QCommandLineOption &other) {
        return has(one) && has(other)
            ? translated("%1 and %2 can't be used together.").arg(name(one), name(other))
            : QString();
    };
    QStringList found{onlyWith(o.port, o.serve), onlyWith(o.data, o.serve), onlyWith(o.apiKey, o.serve),
        onlyWith(o.apiKeyFile, o.url), onlyWith(o.explain, o.query), onlyWith(o.explain, o.print),
        onlyWith(o.archived, o.print), notBoth(o.demo, o.url), notBoth(o.print, o.tour),
        notBoth(o.print, o.open), notBoth(o.tour, o.open), notBoth(o.tour, o.url), onlyWith(o.exportChart, o.metrics)};
    for (const QCommandLineOption &other : {o.metrics, o.xAxis, o.smooth, o.groupBy, o.size})
        found.append(onlyWith(other, o.exportChart));
    for (const QCommandLineOption &other : {o.print, o.open, o.tour, o.query})
        found.append(notBoth(o.exportChart, other));
    for (const QCommandLineOption &other : {o.demo, o.url, o.open, o.print, o.query, o.tour, o.exportChart})
        found.append(notBoth(o.serve, other));
    found.removeAll(QString());
    return found.isEmpty() ? QString() : found.constFirst();
}

QString readServe(const QCommandLineParser &parser, const Options &o, CommandLine &line)
{
    line.mode = CommandLine::Mode::Serve;
    line.data = parser.value(o.data);
    line.apiKey = parser.value(o.apiKey);
    if (parser.isSet(o.data) && line.data.isEmpty())
        return translated("--data needs the name of a file.");
    if (parser.isSet(o.apiKey) && line.apiKey.isEmpty())
        return translated("--api-key needs a key.");
    if (parser.isSet(o.port)) {
        bool isPort = false;
        line.port = parser.value(o.port).toUShort(&isPort);
        if (!isPort)
            return translated("--port needs a number from 0 to 65535, not \"%1\".").arg(parser.value(o.port));
    }
    return {};
}

QString readQuery(const QCommandLineParser &parser, const Options &o, CommandLine &line)
{
    const QString path = parser.isSet(o.print) ? line.print : line.open;
    if (separated(path, u'/').size() != 2)
        return translated("--query needs a project: --print WORKSPACE/PROJECT.");
    const QString text = parser.value(o.query);
    const query::Reading reading = query::fromPython(text);
    if (reading.problem) {
        return translated("--query: at character %1: %2")
            .arg(text.left(reading.problem->position).toUcs4().size() + 1)
            .arg(reading.problem->message);
    }
    if (query::asksNothing(reading.expression))
        return translated("--query needs an expression.");
    line.query = reading.expression;
    if (!parser.isSet(o.explain))
        return {};
    static const QHash<QString, CommandLine::Explain> forms{{u"query"_s, CommandLine::Explain::Query},
        {u"reference"_s, CommandLine::Explain::Reference}, {u"search"_s, CommandLine::Explain::Search},
        {u"python"_s, CommandLine::Explain::Python}, {u"curl"_s, CommandLine::Explain::Curl}};
    const QString form = parser.value(o.explain);
    line.explain = forms.value(form, CommandLine::Explain::No);
    return line.explain == CommandLine::Explain::No
        ? translated("--explain knows query, reference, search, python and curl, not \"%1\".").arg(form)
        : QString();
}

QString readChart(const QCommandLineParser &parser, const Options &o, CommandLine &line)
{
    line.mode = CommandLine::Mode::ExportChart;
    const QStringList paths = parser.positionalArguments();
    if (paths.size() != 1)
        return translated("--export-chart needs one project: WORKSPACE/PROJECT.");
    line.chart.path = paths.constFirst();
    QStringList problems{line.chart.readFile(parser.value(o.exportChart)), line.chart.readMetrics(parser.values(o.metrics))};
    if (parser.isSet(o.xAxis))
        problems.append(line.chart.readXAxis(parser.value(o.xAxis)));
    if (parser.isSet(o.smooth))
        problems.append(line.chart.readSmoothing(parser.value(o.smooth)));
    if (parser.isSet(o.groupBy))
        problems.append(line.chart.readGrouping(parser.value(o.groupBy)));
    if (parser.isSet(o.size))
        problems.append(line.chart.readSize(parser.value(o.size)));
    problems.removeAll(QString());
    return problems.isEmpty() ? QString() : problems.constFirst();
}

// QCommandLineParser has no options whose value may be missing.
QStringList withForm(QStringList arguments)
{
    for (QString &argument : arguments) {
        if (argument == "--explain"_L1)
            argument = u"--explain=query"_s;
    }
    return arguments;
}

} // namespace

CommandLine CommandLine::parse(const QStringList &arguments)
{
    const Options options;
    QCommandLineParser parser;
    parser.setApplicationDescription(
        translated("A desktop browser for Comet experiment-tracking servers."));
    parser.addOptions(options.all());
    if (!parser.parse(withForm(arguments)))
        return badUsage(translated("%1 See --help.").arg(parser.errorText().section(u'\n', 0, 0)));
    CommandLine line;
    if (parser.isSet(options.help) || parser.isSet(options.version)) {
        line.mode = Mode::Say;
        line.text = parser.isSet(options.help) ? parser.helpText()
                                               : u"Perihelion %1\n"_s.arg(QStringLiteral(PERIHELION_VERSION));
        return line;
    }
    if (!parser.positionalArguments().isEmpty() && !parser.isSet(options.exportChart)) {
        return badUsage(
            translated("\"%1\" was not understood. See --help.").arg(parser.positionalArguments().constFirst()));
    }
    if (const QString sentence = conflict(parser, options); !sentence.isEmpty())
        return badUsage(sentence);

    line.demo = parser.isSet(options.demo);
    line.apiKeyFile = parser.value(options.apiKeyFile);
    line.open = parser.value(options.open);
    line.print = parser.value(options.print);
    line.archived = parser.isSet(options.archived);
    line.tour = parser.value(options.tour);
    if (parser.isSet(options.query)) {
        if (const QString sentence = readQuery(parser, options, line); !sentence.isEmpty())
            return badUsage(sentence);
    }
    if (parser.isSet(options.url)) {
        const ServerAddress address = ServerAddress::parse(parser.value(options.url));
        if (!address.problem.isEmpty())
            return badUsage(translated("--url: %1").arg(address.problem));
        line.url = address.root;
    }
    if (parser.isSet(options.serve)) {
        if (const QString sentence = readServe(parser, options, line); !sentence.isEmpty())
            return badUsage(sentence);
    } else if (parser.isSet(options.print)) {
        line.mode = Mode::Print;
    } else if (parser.isSet(options.exportChart)) {
        if (const QString sentence = readChart(parser, options, line); !sentence.isEmpty())
            return badUsage(sentence);
    } else if (parser.isSet(options.tour)) {
        if (line.tour.isEmpty())
            return badUsage(translated("--tour needs the name of a folder."));
        line.mode = Mode::Tour;
    }
    return line;
}
