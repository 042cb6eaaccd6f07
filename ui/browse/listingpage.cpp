// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/listingpage.h"

#include "models/values/format.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/rowtableview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textfilter.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

ListingPage::ListingPage(const QString &filterHint, QWidget *parent)
    : QWidget(parent)
    , m_head(new QHBoxLayout)
    , m_title(new QLabel(this))
    , m_count(new QLabel(this))
    , m_filter(new SearchField(filterHint, this))
    , m_table(new RowTableView(filterHint, this))
    , m_proxy(m_table->proxy())
    , m_state(new EmptyState(this))
    , m_stack(new QStackedWidget(this))
{
    connect(m_table, &QTableView::activated, this,
        [this](const QModelIndex &index) { activate(m_proxy->mapToSource(index).row()); });

    m_title->setFont(theme::headingFont(m_title->font()));
    m_title->setTextFormat(Qt::PlainText);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_filter->setMaximumWidth(320);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy->setText(text);
        showCount();
    });
    connect(m_filter, &SearchField::left, m_table, qOverload<>(&QWidget::setFocus));
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_proxy, signal, this, &ListingPage::showCount);
    connect(m_proxy, &QAbstractItemModel::modelReset, this, &ListingPage::showCount);

    m_head->setContentsMargins(12, 6, 12, 6);
    m_head->setSpacing(12);
    m_head->addWidget(m_title);
    m_head->addWidget(m_count);
    m_head->addStretch(1);
    m_head->addWidget(m_filter, 1);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_state);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_head);
    column->addWidget(m_stack, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void ListingPage::setModel(QAbstractItemModel *model)
{
    m_table->setRows(model);
}

void ListingPage::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void ListingPage::copy()
{
    m_table->copy();
}

void ListingPage::setHeadActions(const QList<QAction *> &actions)
{
    m_headActions = actions;
    for (QAction *action : actions) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setAccessibleName(action->text());
        m_head->addWidget(button);
    }
}

void ListingPage::setTitle(const QString &title)
{
    m_title->setText(title);
}

bool ListingPage::showsTable() const
{
    return m_stack->currentWidget() == m_table;
}

void ListingPage::showCount()
{
    const int all = m_proxy->sourceModel()->rowCount();
    const int shown = m_proxy->rowCount();
    m_count->setVisible(showsTable());
    m_count->setText(shown == all ? format::count(all)
                                  : tr("%1 of %2").arg(format::count(shown), format::count(all)));
}

void ListingPage::showTable()
{
    m_stack->setCurrentWidget(m_table);
    m_filter->setEnabled(true);
    showCount();
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_proxy->index(0, 0));
    m_table->fitColumns();
    emit settled();
}

void ListingPage::showLoading(const QString &sentence)
{
    showEmpty({}, sentence, {});
}

EmptyState *ListingPage::showEmpty(const QString &icon, const QString &title, const QString &sentence)
{
    m_state->setContent(icon, title, sentence);
    m_stack->setCurrentWidget(m_state);
    m_filter->setEnabled(false);
    showCount();
    return m_state;
}

void ListingPage::showError(Session &session, const api::Error &error)
{
    const QString id = session.profile().id;
    const bool wrongKey = error.kind == api::Error::Kind::Unauthorized;
    const bool unreachable = error.kind == api::Error::Kind::Offline || error.kind == api::Error::Kind::Timeout
        || error.kind == api::Error::Kind::Tls;
    const QString title = wrongKey ? tr("The server didn’t accept the API key")
        : unreachable              ? tr("%1 can’t be reached").arg(session.profile().name)
                                   : tr("%1 didn’t answer as expected").arg(session.profile().name);
    EmptyState *state = showEmpty(wrongKey ? u"object-locked"_s : u"network-disconnect"_s, title, error.sentence());
    const auto addRetry = [this, state] {
        connect(state->addButton(tr("Retry")), &QPushButton::clicked, this, [this] { reload(); });
    };
    const auto addEdit = [this, state, id](const QString &text) {
        connect(state->addButton(text), &QPushButton::clicked, this,
            [this, id] { emit editServerRequested(id); });
    };
    if (session.profile().keySource == Profile::KeySource::Demo) {
        addRetry();
    } else if (wrongKey) {
        addEdit(tr("Edit Key…"));
        addRetry();
    } else {
        addRetry();
        addEdit(tr("Edit Address…"));
    }
    emit settled();
}

ServerPage::ServerPage(QWidget *parent)
    : ListingPage(tr("Filter workspaces"), parent)
{
    setModel(&m_workspaces);
}

void ServerPage::setSession(Session *session, bool listsWorkspaces)
{
    disconnect(m_stateConnection);
    if (session != m_session) {
        m_latest.cancel();
        m_workspaces.clear();
    }
    m_session = session;
    m_listsWorkspaces = listsWorkspaces;
    if (!session)
        return;
    setTitle(session->profile().name);
    m_stateConnection = connect(session, &Session::stateChanged, this, &ServerPage::showState);
    showState();
}

void ServerPage::refresh()
{
    reload();
}

void ServerPage::reload()
{
    if (!m_session)
        return;
    if (m_session->state() == Session::State::Failed)
        m_session->connectToServer();
    else
        showState();
}

void ServerPage::showState()
{
    if (!m_session)
        return;
    if (m_session->state() == Session::State::Connecting) {
        showLoading(tr("Connecting to %1").arg(m_session->profile().root.host()));
        return;
    }
    if (m_session->state() == Session::State::Failed) {
        showError(*m_session, m_session->error());
        return;
    }
    if (!m_listsWorkspaces)
        return;
    if (m_workspaces.rowCount() == 0)
        showLoading(tr("Loading workspaces"));
    m_latest(m_session->client().workspaces())
        ->then(this,
            [this](const QStringList &names) {
                m_workspaces.setWorkspaces(names, m_session->account().defaultWorkspace);
                if (!names.isEmpty()) {
                    showTable();
                    return;
                }
                showEmpty(u"folder"_s, tr("No workspaces"),
                    tr("%1 is not a member of any workspace on this server. Ask its administrator.")
                        .arg(m_session->account().userName));
                emit settled();
            })
        ->otherwise(this, [this](const api::Error &error) {
            if (m_workspaces.rowCount() == 0) {
                showError(*m_session, error);
                return;
            }
            showTable();
            emit refreshFailed(error.sentence());
        });
}

void ServerPage::activate(int row)
{
    if (m_session)
        emit placeActivated({m_session->profile().id, m_workspaces.row(row).name, {}, {}});
}

WorkspacePage::WorkspacePage(QWidget *parent)
    : ListingPage(tr("Filter projects"), parent)
{
    setModel(&m_projects);
}

void WorkspacePage::setWorkspace(Session *session, const QString &workspace)
{
    if (session != m_session || workspace != m_workspace)
        m_projects.clear();
    m_session = session;
    m_workspace = workspace;
    setTitle(workspace);
    reload();
}

void WorkspacePage::refresh()
{
    reload();
}

void WorkspacePage::reload()
{
    if (!m_session)
        return;
    if (m_projects.rowCount() == 0)
        showLoading(tr("Loading projects"));
    m_latest(m_session->client().projects(m_workspace))
        ->then(this,
            [this](const std::vector<api::Project> &projects) {
                m_projects.setProjects(projects);
                if (!projects.empty()) {
                    showTable();
                    return;
                }
                EmptyState *none = showEmpty(u"folder"_s, tr("No projects yet"),
                    tr("A project appears here when a training script logs to it: "
                       "Experiment(workspace=\"%1\", project_name=\"…\").").arg(m_workspace));
                for (QAction *action : headActions()) {
                    QPushButton *button = none->addButton(action->text());
                    button->setEnabled(action->isEnabled());
                    connect(button, &QPushButton::clicked, action, &QAction::trigger);
                }
                emit settled();
            })
        ->otherwise(this, [this](const api::Error &error) {
            if (m_projects.rowCount() == 0) {
                showError(*m_session, error);
                return;
            }
            emit refreshFailed(error.sentence());
            emit settled();
        });
}

void WorkspacePage::activate(int row)
{
    if (m_session)
        emit placeActivated({m_session->profile().id, m_workspace, m_projects.row(row).name, {}});
}
