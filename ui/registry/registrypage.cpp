// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registry/registrypage.h"

#include "ui/registry/stagechip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/rowtableview.h"
#include "ui/widgets/textfilter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace {
constexpr int widestName = 300;
constexpr int widestStages = 240; // and the number of the others
} // namespace

RegistryPage::RegistryPage(QWidget *parent)
    : ListingPage(tr("Filter models"), parent)
{
    setModel(&m_models);
    const auto stages = [this](const QModelIndex &index) {
        return m_models.row(table()->proxy()->mapToSource(index).row()).stages;
    };
    table()->setItemDelegateForColumn(RegistryTable::Stages, new StagesDelegate(stages, this));
    table()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table(), &QWidget::customContextMenuRequested, this, &RegistryPage::showMenu);
}

void RegistryPage::setWorkspace(Session *session, const QString &workspace)
{
    if (session != m_session || workspace != m_workspace)
        m_models.clear();
    m_session = session;
    m_workspace = workspace;
    setTitle(tr("Models of %1").arg(workspace));
    if (session)
        reload();
    else
        m_latest.cancel();
}

void RegistryPage::refresh()
{
    reload();
}

void RegistryPage::reload()
{
    if (!m_session)
        return;
    if (m_models.rowCount() == 0)
        showLoading(tr("Loading models"));
    m_latest(m_session->client().registryModels(m_workspace))
        ->then(this,
            [this](const std::vector<api::RegistryModel> &models) {
                m_models.setModels(models);
                if (!models.empty()) {
                    showTable();
                    table()->setColumnWidth(RegistryTable::Name, qMin(widestName, table()->columnWidth(RegistryTable::Name)));
                    table()->setColumnWidth(RegistryTable::Stages, qMin(widestStages, table()->columnWidth(RegistryTable::Stages)));
                    return;
                }
                showNone();
                emit settled();
            })
        ->otherwise(this, [this](const api::Error &error) {
            if (m_models.rowCount() == 0 && error.kind != api::Error::Kind::NotFound) {
                showError(*m_session, error);
                return;
            }
            if (m_models.rowCount() > 0)
                emit refreshFailed(error.sentence());
            else
                showEmpty(u"package"_s, tr("This server has no model registry"),
                    tr("It is of a version before the registry, or the workspace is gone."));
            emit settled();
        });
}

void RegistryPage::showNone()
{
    showEmpty(u"package"_s, tr("No models yet"),
        tr("A training script logs a model with experiment.log_model(\"net\", \"model.bin\"). Register it with "
           "Experiment ▸ Register Model…, or from the script: experiment.register_model(\"net\")."));
}

void RegistryPage::activate(int row)
{
    if (m_session)
        emit placeActivated(place(row));
}

Place RegistryPage::place(int row) const
{
    return Place::ofRegistry(m_session->profile().id, m_workspace, m_models.row(row).name);
}

void RegistryPage::showMenu(const QPoint &point)
{
    const int row = table()->currentRow();
    if (row < 0 || !m_session)
        return;
    const Place chosen = place(row);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open"), this, [this, chosen] { emit placeActivated(chosen); });
    menu->addSeparator();
    const auto copies = [menu](const QString &title, const QString &text) {
        menu->addAction(title, menu, [text] { QGuiApplication::clipboard()->setText(text); });
    };
    copies(tr("Copy Name"), chosen.model);
    copies(tr("Copy as Python"), pythonText(chosen));
    menu->popup(table()->viewport()->mapToGlobal(point));
}
