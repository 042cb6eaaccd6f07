// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/chartexporting.h"
#include "app/commandline.h"
#include "app/localserver/server.h"
#include "app/printing.h"
#include "app/program.h"
#include "app/target.h"
#include "app/tour.h"
#include "models/api/trust.h"
#include "ui/mainwindow.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QTimer>

#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;

namespace {

enum ExitCode { Fine = 0, Failed = 1, BadUsage = 2 };

void say(std::FILE *where, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), where);
    std::fflush(where);
}

int complain(const QString &sentence, ExitCode code)
{
    say(stderr, "perihelion: "_L1 + sentence + u'\n');
    return code;
}

void nameProgram()
{
    QCoreApplication::setApplicationName(u"perihelion"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(PERIHELION_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Perihelion"_s);
    QGuiApplication::setDesktopFileName(u"io.github.perihelion.Perihelion"_s);
}

int serve(const CommandLine &line)
{
    localserver::Options options;
    options.port = line.port;
    options.data = QFile::encodeName(line.data).toStdString();
    options.apiKey = line.apiKey.toStdString();
    return localserver::serve(options);
}

// Work for a server without a window, from when its session is there. work(session, end, fail) begins it;
// end(text) ends the program well, after writing the text.
using End = std::function<void(const QString &)>;
int workFor(QCoreApplication &application, const CommandLine &line,
    const std::function<void(Session *, const End &end, const End &fail)> &work)
{
    SampleData sampleData; // outlives the sessions that ask its server
    Sessions sessions;
    int result = Failed;
    const End end = [&result](const QString &text) {
        say(stdout, text);
        result = Fine;
        QCoreApplication::exit(result);
    };
    const End fail = [&result](const QString &sentence) {
        result = complain(sentence, Failed);
        QCoreApplication::exit(result);
    };
    QObject::connect(
        &sessions, &Sessions::added, &application, [&](Session *session) {
            if (const QString unchecked = api::uncheckedSentence(session->profile().root); !unchecked.isEmpty())
                complain(unchecked, Fine);
            work(session, end, fail);
        });
    if (line.demo) {
        QObject::connect(&sampleData, &SampleData::ready, &sessions, &Sessions::add);
        QObject::connect(&sampleData, &SampleData::failed, &application, fail);
        sampleData.start();
    } else {
        const Target target = Target::ofCommandLine(line, Environment::current());
        if (!target.problem.isEmpty())
            return complain(target.problem, Failed);
        if (target.isNone()) {
            return complain(QCoreApplication::translate("main",
                                "No server is known here: use --demo, or --url with --api-key-file."),
                Failed);
        }
        sessions.add(target.profile, target.apiKey);
    }
    QCoreApplication::exec();
    return result;
}

int print(int argc, char **argv, const CommandLine &line)
{
    QCoreApplication application(argc, argv);
    return workFor(application, line, [&](Session *session, const End &end, const End &fail) {
        auto *printing = new Printing(*session, line, session);
        QObject::connect(printing, &Printing::printed, &application, end);
        QObject::connect(printing, &Printing::failed, &application, fail);
    });
}

int exportChart(int argc, char **argv, const CommandLine &line)
{
    qputenv("QT_QPA_PLATFORM", "offscreen"); // only for fonts
    QGuiApplication application(argc, argv);
    return workFor(application, line, [&](Session *session, const End &end, const End &fail) {
        auto *exporting = new ChartExporting(*session, line.chart, session);
        QObject::connect(exporting, &ChartExporting::exported, &application,
            [end](const QString &path) { end(path + u'\n'); });
        QObject::connect(exporting, &ChartExporting::remarked, &application,
            [](const QString &sentence) { complain(sentence, Fine); });
        QObject::connect(exporting, &ChartExporting::failed, &application, fail);
    });
}

int takeTour(int argc, char **argv, const CommandLine &line)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // pictures need no display, and none should flicker
    QApplication application(argc, argv);
    Tour tour(line.tour);
    int result = Failed;
    QObject::connect(&tour, &Tour::pictureTaken, &application,
        [](const QString &path) { say(stdout, path + u'\n'); });
    QObject::connect(&tour, &Tour::finished, &application, [&result](const QString &problem) {
        result = problem.isEmpty() ? int(Fine) : complain(problem, Failed);
        QCoreApplication::exit(result);
    });
    tour.start();
    QApplication::exec();
    return result;
}

int openWindow(int argc, char **argv, const CommandLine &line)
{
    QApplication application(argc, argv);
    {
        const Settings settings; // the look comes before the first widget
        theme::apply(application, static_cast<theme::Scheme>(settings.scheme.value()));
    }
    Program program(line);
    program.window().show();
    QTimer::singleShot(0, &program, &Program::start);
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    nameProgram();
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));

    CommandLine line;
    {
        // Reading the arguments needs an application, and no display.
        int count = 1;
        const QCoreApplication application(count, argv);
        line = CommandLine::parse(arguments);
    }
    switch (line.mode) {
    case CommandLine::Mode::Say:
        say(stdout, line.text);
        return Fine;
    case CommandLine::Mode::BadUsage:
        return complain(line.text, BadUsage);
    case CommandLine::Mode::Serve:
        return serve(line);
    case CommandLine::Mode::Print:
        return print(argc, argv, line);
    case CommandLine::Mode::ExportChart:
        return exportChart(argc, argv, line);
    case CommandLine::Mode::Tour:
        return takeTour(argc, argv, line);
    case CommandLine::Mode::Window:
        return openWindow(argc, argv, line);
    }
    return Failed;
}
