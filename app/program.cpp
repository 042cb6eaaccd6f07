// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/program.h"

#include "app/openpath.h"
#include "app/target.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/querypane.h"
#include "ui/mainwindow.h"
#include "ui/navigator.h"
#include "ui/pagestack.h"
#include "ui/project/projectpage.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QIcon>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

Program::Program(const CommandLine &line, const QString &settingsPath)
    : m_line(line)
    , m_settings(settingsPath)
    , m_environment(Environment::current())
    , m_changes(m_sessions, m_tasks,
          QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/perihelion/changes.json"_L1)
    , m_servers(m_sessions, m_settings, m_keychain, m_environment)
    , m_window(std::make_unique<MainWindow>(
          MainWindow::House{m_sessions, m_servers, m_settings, m_keychain, m_tasks, m_changes, m_environment}))
{
    QApplication::setWindowIcon(QIcon(u":/perihelion/icon.svg"_s));
    connect(m_window.get(), &MainWindow::sampleDataRequested, &m_sampleData, &SampleData::start);
    connect(&m_sampleData, &SampleData::failed, m_window.get(), &MainWindow::showError);
    connect(&m_sampleData, &SampleData::ready, this, [this](const Profile &profile, const QString &apiKey) {
        if (!m_sessions.find(profile.id))
            m_servers.connectTo(profile, apiKey);
        if (m_window->navigator().current().isNull())
            m_window->navigator().go({profile.id, {}, {}, {}});
    });
    connect(&m_servers, &Servers::restored, this, &Program::addFound);
}

Program::~Program()
{
    m_window.reset(); // before what it shows
}

void Program::start()
{
    if (m_line.demo && m_line.open.isEmpty())
        m_line.open = QLatin1String(SampleData::showcase);
    if (!m_line.open.isEmpty()) {
        m_window->setFirstPlace({});
        connect(&m_sessions, &Sessions::added, this, &Program::openPath, Qt::SingleShotConnection);
    }
    if (m_line.demo) {
        m_sampleData.start();
    } else if (m_line.url) {
        const Target target = Target::ofCommandLine(m_line, m_environment);
        if (target.problem.isEmpty())
            m_sessions.add(target.profile, target.apiKey);
        else
            m_window->showError(target.problem);
    } else {
        m_servers.restore();
    }
}

void Program::addFound()
{
    if (!m_settings.profiles().empty())
        return;
    const Target target = Target::ofSurroundings(m_environment);
    if (target.isNone())
        return;
    m_sessions.add(target.profile, target.apiKey);
    m_window->messages().post(MessageBar::Kind::Information,
        tr("Connected to %1 with the API key found in %2.")
            .arg(target.profile.root.host(), target.profile.foundIn));
}

void Program::openPath(Session *session)
{
    auto *finder = new OpenPath(*session, m_line.open, session);
    connect(finder, &OpenPath::found, m_window.get(),
        [this](const Place &place) {
            m_window->navigator().go(place);
            const ProjectPage *page = m_window->pages().projectShown();
            if (m_line.query && page)
                page->experiments()->query()->apply(*m_line.query);
        });
    connect(finder, &OpenPath::failed, m_window.get(), &MainWindow::showError);
}
