// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/project/sharekeys.h"

#include "models/session/place.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>

using namespace Qt::StringLiterals;
using State = ProjectDetails::State;

namespace {

constexpr int rowHeight = 28;
constexpr int shownRows = 4;

} // namespace

ShareKeys::ShareKeys(Changes &changes, ProjectDetails &details, QWidget *parent)
    : QWidget(parent)
    , m_changes(changes)
    , m_details(details)
    , m_list(new QListWidget(this))
    , m_note(new InlineNote(this))
{
    m_list->setAccessibleName(tr("Share keys"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setFixedHeight(shownRows * rowHeight + 2);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_list, &QListWidget::currentRowChanged, this, &ShareKeys::showButtons);

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    const auto button = [&](const QString &text, const QString &icon, auto slot) {
        auto *made = new QPushButton(theme::icon(icon), text, this);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, slot);
        row->addWidget(made);
        return made;
    };
    m_create = button(tr("Create Share Key"), u"list-add"_s, &ShareKeys::create);
    row->addStretch(1);
    m_retry = button(tr("Retry"), u"view-refresh"_s, [this] { m_details.refreshKeys(); });
    m_copyLink = button(tr("Copy Link"), u"insert-link"_s,
        [this] { copy(linkOf(chosen()), tr("The link is on the clipboard.")); });
    m_copyKey = button(
        tr("Copy Key"), u"edit-copy"_s, [this] { copy(chosen(), tr("The key is on the clipboard.")); });
    m_delete = button(tr("Delete Key…"), u"edit-delete"_s, &ShareKeys::remove);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_list);
    column->addLayout(row);
    column->addWidget(m_note);
    connect(&details, &ProjectDetails::keysChanged, this, &ShareKeys::showKeys);
    connect(&details, &ProjectDetails::changed, this, [this] {
        if (m_details.project().id != m_subject)
            m_note->clear();
        m_subject = m_details.project().id;
        showButtons();
    });
    showKeys();
}

QUrl ShareKeys::link(const QUrl &root, const QString &workspace, const QString &project, const QString &key)
{
    QUrl link = webLink(root, {u"any"_s, workspace, project, {}});
    link.setQuery(u"shareable="_s + QString::fromLatin1(QUrl::toPercentEncoding(key)), QUrl::StrictMode);
    return link;
}

QString ShareKeys::linkOf(const QString &key) const
{
    const Session *session = m_details.session();
    const api::Project &project = m_details.project();
    return session && !key.isEmpty()
        ? link(session->profile().root, project.workspace, project.name, key).toString(QUrl::FullyEncoded)
        : QString();
}

QString ShareKeys::chosen() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void ShareKeys::showKeys()
{
    const QString before = m_wanted.isEmpty() ? chosen() : m_wanted;
    m_list->clear();
    const State state = m_details.keysState();
    if (state == State::Loaded) {
        for (const QString &key : m_details.shareKeys()) {
            auto *item = new QListWidgetItem(theme::icon(u"object-locked"_s), key, m_list);
            item->setData(Qt::UserRole, key);
            item->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
            item->setSizeHint({0, rowHeight});
            item->setToolTip(linkOf(key));
            if (key == before)
                m_list->setCurrentItem(item);
        }
        if (chosen() == m_wanted)
            m_wanted.clear();
        if (m_list->currentRow() < 0 && m_list->count() > 0)
            m_list->setCurrentRow(0);
    }
    if (m_list->count() == 0) {
        const QString text = state == State::Failed ? m_details.keysError().sentence()
            : state == State::Loaded                ? tr("No share keys: only members can see a private project.")
            : state == State::Loading               ? tr("Loading share keys")
                                                    : QString();
        auto *item = new QListWidgetItem(text, m_list);
        item->setFlags(Qt::NoItemFlags);
        item->setSizeHint({0, rowHeight});
    }
    showButtons();
}

void ShareKeys::showButtons()
{
    const Session *session = m_details.session();
    const bool isReadOnly = session && session->client().isReadOnly();
    const bool isLoaded = session && m_details.state() == State::Loaded && !m_details.project().id.isEmpty();
    const bool isChosen = isLoaded && !chosen().isEmpty();
    const QString reason = isReadOnly ? tr("This server is read-only here.") : QString();
    m_create->setEnabled(isLoaded && !isReadOnly && !m_isCreating);
    m_create->setToolTip(reason.isEmpty() ? tr("Make a key and copy its link") : reason);
    m_copyLink->setEnabled(isChosen);
    m_copyKey->setEnabled(isChosen);
    m_delete->setEnabled(isChosen && !isReadOnly);
    m_delete->setToolTip(reason.isEmpty() ? tr("Links with this key stop working at once") : reason);
    m_retry->setVisible(m_details.keysState() == State::Failed);
}

void ShareKeys::copy(const QString &text, const QString &sentence)
{
    if (text.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(text);
    m_note->say(InlineNote::Kind::Good, sentence);
    emit message(tr("Copied %1").arg(text));
}

void ShareKeys::create()
{
    if (!m_details.session())
        return;
    m_isCreating = true;
    showButtons();
    const api::Project project = m_details.project();
    ChangeRun *run = m_changes.run(m_details.session(), steps::createShareKey(project.id, project.name));
    run->keepFailures();
    connect(run, &ChangeRun::finished, this, [this, id = project.id](const Outcome &outcome) {
        m_isCreating = false;
        showButtons();
        if (id != m_details.project().id)
            return;
        const QString key = outcome.answers.empty() ? QString() : outcome.answers.front().shareCode;
        if (!key.isEmpty())
            copy(linkOf(key), tr("Share key created. Its link is on the clipboard: whoever has it can read the project."));
        else if (!outcome.failed.empty())
            m_note->say(InlineNote::Kind::Bad, outcome.failed.front().reason);
        m_wanted = key;
        m_details.refreshKeys();
    });
}

void ShareKeys::remove()
{
    const QString key = chosen();
    if (key.isEmpty() || !m_details.session())
        return;
    ConfirmDialog::ask(
        {.title = tr("Delete this share key?"),
            .sentence = tr("Links with the key %1 stop working at once. A new key will be a different one.").arg(key),
            .verb = tr("Delete Share Key")},
        window(), this, [this, key, id = m_details.project().id, session = QPointer<Session>(m_details.session())] {
            if (!session)
                return;
            ChangeRun *run = m_changes.run(session, {steps::deleteShareKey(id, key)}, {.isConfirmed = true});
            run->keepFailures();
            connect(run, &ChangeRun::finished, this, [this](const Outcome &outcome) {
                if (outcome.failed.empty())
                    m_note->clear();
                else
                    m_note->say(InlineNote::Kind::Bad, outcome.failed.front().reason);
                m_details.refreshKeys();
            });
        });
}
