// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/downloadcommands.h"

#include "models/browse/experimentref.h"
#include "models/downloads/downloads.h"
#include "models/session/sessions.h"
#include "ui/actions.h"
#include "ui/downloads/downloadsdock.h"
#include "ui/downloads/existingfilesdialog.h"
#include "ui/navigator.h"
#include "ui/pagestack.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QDesktopServices>
#include <QEvent>
#include <QMainWindow>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;
using State = Download::State;

namespace {

// Of all files together; -1 where one of them is not known.
qint64 sizeOf(const std::vector<api::Asset> &assets)
{
    qint64 size = 0;
    for (const api::Asset &asset : assets) {
        if (asset.size < 0)
            return -1;
        size += asset.size;
    }
    return assets.empty() ? -1 : size;
}

} // namespace

DownloadCommands::DownloadCommands(const Parts &parts, QMainWindow *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
    , m_downloads(new Downloads(this))
    , m_dock(new DownloadsDock(*m_downloads, window))
{
    window->addDockWidget(Qt::BottomDockWidgetArea, m_dock);
    m_dock->hide();
    QAction *show = parts.actions[Actions::ShowDownloads];
    connect(show, &QAction::toggled, m_dock, &QWidget::setVisible);
    connect(m_dock->toggleViewAction(), &QAction::toggled, show, &QAction::setChecked);
    connect(parts.actions[Actions::DownloadModel], &QAction::triggered, this, [this] {
        const std::vector<ExperimentRef> chosen = m_parts.pages.chosenExperiments();
        if (chosen.size() == 1 && session())
            downloadExperimentModel(session(), chosen.front().key, chosen.front().name);
    });
    connect(&parts.pages, &PageStack::assetsChosen, this,
        [this](const QString &experimentKey, const std::vector<api::Asset> &assets) {
        if (session())
            downloadAssets(session(), experimentKey, assets);
    });
    connect(m_dock, &DownloadsDock::questionRequested, this, &DownloadCommands::askAboutExisting);
    connect(m_downloads, &Downloads::asked, this, &DownloadCommands::askAboutExisting);
    connect(m_downloads, &Downloads::ended, this, &DownloadCommands::report);
    window->installEventFilter(this);
}

void DownloadCommands::downloadModel(
    Session *session, const QString &workspace, const api::RegistryModel &model, const QString &version)
{
    DownloadDialog::Content content{tr("Download Model"), tr("Model"), tr("%1 / %2").arg(workspace, model.name),
        tr("&Version"), {}, 0};
    content.choices.push_back({tr("Latest version"), tr("%1, latest").arg(model.name),
        RegistryDownload{workspace, model.name}});
    QStringList stages;
    for (const api::ModelVersion &of : model.versions) {
        if (!version.isEmpty() && of.version == version)
            content.chosen = static_cast<int>(content.choices.size());
        content.choices.push_back({of.version, u"%1 %2"_s.arg(model.name, of.version),
            RegistryDownload{workspace, model.name, of.version}, sizeOf(of.assets)});
        stages += of.stages;
    }
    stages.removeDuplicates();
    for (const QString &stage : std::as_const(stages)) {
        content.choices.push_back({tr("Stage “%1”").arg(stage), u"%1 %2"_s.arg(model.name, stage),
            RegistryDownload{workspace, model.name, {}, stage}});
    }
    ask(session, content);
}

void DownloadCommands::downloadExperimentModel(
    Session *session, const QString &experimentKey, const QString &experimentName)
{
    const auto failed = [this](const api::Error &error) { m_parts.messages.post(MessageBar::Kind::Error, error.sentence()); };
    m_models(session->client().experimentModels(experimentKey))
        ->then(this, [this, session = QPointer<Session>(session), experimentKey, experimentName](
                         const std::vector<api::ExperimentModel> &models) {
            if (models.empty()) {
                m_parts.messages.post(MessageBar::Kind::Information, tr("“%1” has logged no model.").arg(experimentName));
                return;
            }
            DownloadDialog::Content content{
                tr("Download Model"), tr("Experiment"), experimentName, tr("&Model"), {}, 0};
            for (const api::ExperimentModel &model : models)
                content.choices.push_back({model.name, model.name, ModelDownload{experimentKey, model.name}});
            if (session)
                ask(session, content);
        })
        ->otherwise(this, failed);
}

void DownloadCommands::downloadAssets(
    Session *session, const QString &experimentKey, const std::vector<api::Asset> &assets)
{
    DownloadDialog::Content content{tr("Download Files"), tr("Files"), {}, {}, {}, 0};
    for (const api::Asset &asset : assets) {
        if (asset.isRemote) {
            m_parts.messages.post(MessageBar::Kind::Information,
                tr("“%1” is not on this server but at %2.").arg(asset.name, asset.link));
            continue;
        }
        content.choices.push_back({asset.name, asset.name, AssetDownload{experimentKey, asset.id, asset.name}, asset.size});
    }
    if (content.choices.empty())
        return;
    const auto count = static_cast<int>(content.choices.size());
    if (count == 1) {
        content.title = tr("Download File");
        content.subjectLabel = tr("File");
        content.subject = content.choices.front().text;
    } else {
        content.subject = tr("%1 files").arg(count);
    }
    ask(session, content);
}

void DownloadCommands::ask(Session *session, const DownloadDialog::Content &content)
{
    auto *dialog = new DownloadDialog(content, m_parts.settings, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, session = QPointer<Session>(session)] {
        if (!session) {
            m_parts.messages.post(MessageBar::Kind::Error, tr("The server was closed meanwhile. Connect to it again."));
            return;
        }
        m_dock->show();
        m_dock->raise();
        for (const DownloadRequest &request : dialog->requests())
            m_dock->showDownload(m_downloads->add(session->client(), request));
    });
    dialog->open();
}

void DownloadCommands::askAboutExisting(int id)
{
    const Download *download = m_downloads->find(id);
    if (m_question || !download || !download->question)
        return;
    auto *question = new ExistingFilesDialog(download->title, *download->question, m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    m_question = question;
    connect(question, &QDialog::finished, this, [this, question, id] {
        m_question.clear();
        m_downloads->answer(id, question->answer());
        askNext();
    });
    question->open();
}

void DownloadCommands::askNext()
{
    const auto &rows = m_downloads->rows();
    const auto next = std::ranges::find_if(rows, [](const Download &row) { return row.state == State::Asking; });
    if (next != rows.end())
        askAboutExisting(next->id);
}

void DownloadCommands::report(int id)
{
    const Download *download = m_downloads->find(id);
    if (!download)
        return;
    if (download->state == State::Done && m_downloads->unfinished() == 0) {
        m_parts.messages.post(MessageBar::Kind::Success, tr("“%1” is downloaded.").arg(download->title),
            tr("Open Folder"), this,
            [folder = download->folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    } else if (download->state == State::Failed && !m_dock->isVisible()) { // where it is seen already
        m_parts.messages.post(MessageBar::Kind::Error,
            tr("“%1” could not be downloaded. %2").arg(download->title, download->error), tr("Retry"), this,
            [this, id] { m_downloads->retry(id); });
    }
}

Session *DownloadCommands::session() const
{
    return m_parts.sessions.find(m_parts.navigator.current().server);
}

bool DownloadCommands::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Close || watched != m_window || mayClose())
        return QObject::eventFilter(watched, event);
    event->ignore();
    return true;
}

bool DownloadCommands::mayClose()
{
    const int unfinished = m_downloads->unfinished();
    if (m_isClosing || unfinished == 0)
        return true;
    ConfirmDialog::ask({.title = unfinished == 1 ? tr("Quit during a Download?")
                                                 : tr("Quit during %1 Downloads?").arg(unfinished),
                           .sentence = tr("What has come so far is deleted."), .verb = tr("Quit"), .isDestructive = false},
        m_window, this, [this] {
            m_isClosing = true;
            m_window->close();
        });
    return false;
}
