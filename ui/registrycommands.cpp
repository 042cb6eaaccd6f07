// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registrycommands.h"

#include "models/session/sessions.h"
#include "ui/downloadcommands.h"
#include "ui/navigator.h"
#include "ui/pagestack.h"
#include "ui/registry/modelpage.h"
#include "ui/registry/registerdialog.h"

#include <QAction>

RegistryCommands::RegistryCommands(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    const Actions &actions = parts.actions;
    connect(actions[Actions::OpenRegistry], &QAction::triggered, this, [this] {
        const Place &place = m_parts.navigator.current();
        m_parts.navigator.go(Place::ofRegistry(place.server, place.workspace));
    });
    connect(actions[Actions::RegisterModel], &QAction::triggered, this, &RegistryCommands::registerModel);
    connect(actions[Actions::DownloadVersion], &QAction::triggered, this, &RegistryCommands::download);
    ofModel(Actions::EditModel, &ModelPage::editModel);
    ofModel(Actions::AddStage, &ModelPage::addStage);
    ofModel(Actions::EditComment, &ModelPage::editComment);
    ofModel(Actions::DeleteVersion, &ModelPage::deleteVersion);
    ofModel(Actions::DeleteModel, &ModelPage::deleteModel);
    parts.pages.setModelActions({actions[Actions::DownloadVersion], actions[Actions::EditModel], actions[Actions::DeleteModel]},
        {actions[Actions::DownloadVersion], actions[Actions::Copy], actions[Actions::AddStage], actions[Actions::EditComment], actions[Actions::DeleteVersion]});
}

void RegistryCommands::describe(const PageStack &pages, Actions::Situation &situation)
{
    const ModelPage *page = pages.modelShown();
    situation.showsModel = page && page->model().state() == RegisteredModel::State::Loaded;
    situation.showsVersion = page && page->version();
}

void RegistryCommands::ofModel(Actions::Id action, void (ModelPage::*slot)())
{
    connect(m_parts.actions[action], &QAction::triggered, this, [this, slot] {
        if (ModelPage *page = m_parts.pages.modelShown())
            (page->*slot)();
    });
}

void RegistryCommands::download()
{
    const ModelPage *page = m_parts.pages.modelShown();
    if (!page || page->model().state() != RegisteredModel::State::Loaded || !page->model().session())
        return;
    const api::ModelVersion *chosen = page->version();
    m_parts.downloads.downloadModel(page->model().session(), page->model().workspace(), page->model().details(),
        chosen ? chosen->version : QString());
}

void RegistryCommands::registerModel()
{
    const std::vector<ExperimentRef> chosen = m_parts.pages.chosenExperiments();
    const Place &place = m_parts.navigator.current();
    Session *session = m_parts.sessions.find(place.server);
    if (chosen.size() != 1 || !session)
        return;
    auto *dialog = new RegisterDialog(
        m_parts.changes, session, {place.workspace, chosen.front().key, chosen.front().name}, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}
