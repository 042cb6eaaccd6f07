// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/project/projectsettings.h"

#include "models/values/format.h"
#include "ui/project/deleteprojectdialog.h"
#include "ui/project/projectform.h"
#include "ui/project/sharekeys.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

constexpr int widest = 640; // lines of text longer than this are hard to read

bool areEqual(const steps::Properties &left, const steps::Properties &right)
{
    return left.name == right.name && left.description == right.description && left.isPublic == right.isPublic;
}

QString subjectOf(const QString &projectId)
{
    return projectId.isEmpty() ? QString() : u"settings/"_s + projectId;
}

// The fields as a draft keeps them.
QString asText(const steps::Properties &properties)
{
    const QJsonObject object{{u"name"_s, properties.name}, {u"description"_s, properties.description},
        {u"isPublic"_s, properties.isPublic}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

steps::Properties fromText(const QString &text)
{
    const QJsonDocument object = QJsonDocument::fromJson(text.toUtf8());
    return {object["name"_L1].toString(), object["description"_L1].toString(), object["isPublic"_L1].toBool()};
}

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(theme::headingFont(label->font()));
    return label;
}

QLabel *selectable(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(name);
    return label;
}

QLabel *wrapped(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ProjectSettings::ProjectSettings(
    Changes &changes, ProjectDetails &details, const Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_changes(changes)
    , m_details(details)
    , m_state(new EmptyState(this))
    , m_body(new QStackedWidget(this))
    , m_draft(settings)
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(makeContent());
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_body->addWidget(scroll);
    m_body->addWidget(m_state);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_body);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    connect(&details, &ProjectDetails::changed, this, &ProjectSettings::showDetails);
    showDetails();
}

QWidget *ProjectSettings::makeContent()
{
    auto *content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    m_form = new ProjectForm(content);
    connect(m_form, &ProjectForm::edited, this, &ProjectSettings::showButtons);
    connect(m_form, &ProjectForm::edited, this, &ProjectSettings::keepDraft);
    m_keys = new ShareKeys(m_changes, m_details, content);
    connect(m_keys, &ShareKeys::message, this, &ProjectSettings::message);

    const auto button = [&](const QString &text, auto slot) {
        auto *made = new QPushButton(text, content);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, slot);
        return made;
    };
    m_discard = button(tr("Discard"), &ProjectSettings::discard);
    m_save = button(tr("Save Changes"), &ProjectSettings::save);
    m_save->setDefault(true); // the one to press
    m_delete = button(tr("Delete Project…"), &ProjectSettings::remove);
    m_delete->setIcon(theme::icon(u"edit-delete"_s));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_discard);
    buttons->addWidget(m_save);

    auto *end = new QHBoxLayout;
    end->setSpacing(16);
    end->addWidget(wrapped(tr("A deleted project can’t be brought back."), content), 1);
    end->addWidget(m_delete);

    auto *column = new QVBoxLayout;
    column->setSpacing(10);
    column->addWidget(m_form);
    column->addLayout(buttons);
    column->addSpacing(14);
    column->addWidget(heading(tr("Details"), content));
    column->addWidget(makeFacts(content));
    column->addSpacing(14);
    column->addWidget(heading(tr("Share Keys"), content));
    column->addWidget(wrapped(tr("Whoever has a link with a share key can read the project without an account."), content));
    column->addWidget(m_keys);
    column->addSpacing(14);
    column->addWidget(heading(tr("Delete"), content));
    column->addLayout(end);
    column->addStretch(1);
    auto *inner = new QWidget(content);
    inner->setMaximumWidth(widest);
    inner->setLayout(column);
    column->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(24, 20, 24, 20);
    row->addWidget(inner, widest);
    row->addStretch(1);
    return content;
}

QWidget *ProjectSettings::makeFacts(QWidget *parent)
{
    auto *facts = new QWidget(parent);
    auto *form = new QFormLayout(facts);
    form->setContentsMargins(0, 0, 0, 0);
    form->setLabelAlignment(Qt::AlignRight);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    m_id = selectable(tr("Project id"), facts);
    m_owner = selectable(tr("Owner"), facts);
    m_updated = selectable(tr("Last updated"), facts);
    m_experiments = selectable(tr("Experiments"), facts);
    m_copyId = new QToolButton(facts);
    m_copyId->setIcon(theme::icon(u"edit-copy"_s));
    m_copyId->setAutoRaise(true);
    m_copyId->setToolTip(tr("Copy Project Id"));
    m_copyId->setAccessibleName(m_copyId->toolTip());
    connect(m_copyId, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_id->text());
        emit message(tr("Copied %1").arg(m_id->text()));
    });
    auto *id = new QHBoxLayout;
    id->setSpacing(4);
    id->addWidget(m_id);
    id->addWidget(m_copyId);
    id->addStretch(1);
    form->addRow(tr("Project id"), id);
    form->addRow(tr("Owner"), m_owner);
    form->addRow(tr("Last updated"), m_updated);
    form->addRow(tr("Experiments"), m_experiments);
    m_form->alignLabels(*form, m_updated);
    return facts;
}

steps::Properties ProjectSettings::known() const
{
    const api::Project &project = m_details.project();
    return {project.name, project.description, project.isPublic};
}

void ProjectSettings::showDetails()
{
    using State = ProjectDetails::State;
    m_body->setCurrentIndex(m_details.state() == State::Loaded ? 0 : 1);
    if (m_details.state() == State::Failed) {
        m_state->setContent(u"data-error"_s,
            m_details.isGone() ? tr("This project isn’t there any more") : tr("The project could not be loaded"),
            m_details.isGone() ? tr("It was deleted or moved by somebody else.") : m_details.error().sentence());
        connect(m_state->addButton(tr("Retry")), &QPushButton::clicked, &m_details, &ProjectDetails::refresh);
    } else if (m_details.state() != State::Loaded) {
        m_state->setContent({}, m_details.state() == State::Loading ? tr("Loading") : QString(), {});
    } else {
        // What is being edited stays; the rest follows the server.
        if (!m_draft.isOpenFor(m_details.session(), subjectOf(m_details.project().id))) {
            showSubject();
        } else if (areEqual(m_form->properties(), m_before)) {
            m_before = known();
            m_form->setProperties(m_before);
        }
        showFacts();
    }
    m_subject = m_details.project().id;
    showButtons();
}

// Another project: what was typed for it the last time, else what the server has.
void ProjectSettings::showSubject()
{
    m_before = known();
    steps::Properties shown = m_before;
    const auto draft = m_draft.open(m_details.session(), subjectOf(m_details.project().id));
    m_form->say(true, {});
    if (draft && draft->text == asText(m_before)) {
        m_draft.forget(); // saved, and the program ended before it heard of it
    } else if (draft) {
        m_before = fromText(draft->base);
        shown = fromText(draft->text);
        m_form->say(true,
            tr("Typed %1, not saved yet.").arg(format::time(draft->changed, QDateTime::currentDateTime())));
    }
    m_form->setProperties(shown);
}

void ProjectSettings::keepDraft()
{
    if (m_draft.isOpenFor(m_details.session(), subjectOf(m_subject)))
        m_draft.edited(asText(m_before), asText(m_form->properties()));
}

void ProjectSettings::showFacts()
{
    const api::Project &project = m_details.project();
    const auto shown = [](const QString &text) { return text.isEmpty() ? format::missing() : text; };
    m_id->setText(shown(project.id));
    m_copyId->setVisible(!project.id.isEmpty());
    m_owner->setText(shown(project.owner));
    m_updated->setText(format::time(project.lastUpdated, QDateTime::currentDateTime()));
    m_updated->setToolTip(format::timeFull(project.lastUpdated));
    m_experiments->setText(
        project.experimentCount < 0 ? format::missing() : format::count(project.experimentCount));
    m_experiments->setToolTip(tr("Experiments that are not archived"));
}

void ProjectSettings::showButtons()
{
    const Session *session = m_details.session();
    const bool isReadOnly = session && session->client().isReadOnly();
    const bool canWrite = session && !isReadOnly && !m_isSaving && !m_details.project().id.isEmpty();
    const bool isEdited = !areEqual(m_form->properties(), m_before);
    const QString reason = isReadOnly ? tr("This server is read-only here.") : QString();
    m_form->setReadOnly(reason);
    m_save->setEnabled(canWrite && isEdited && m_form->isAcceptable());
    m_discard->setEnabled(canWrite && isEdited);
    m_delete->setEnabled(canWrite);
    for (QPushButton *button : {m_save, m_discard, m_delete})
        button->setToolTip(reason);
}

void ProjectSettings::save()
{
    if (!m_details.session())
        return;
    m_isSaving = true;
    showButtons();
    const steps::Properties after = m_form->properties();
    // What somebody else has written meanwhile is not overwritten unseen.
    ChangeRun *run = m_changes.run(
        m_details.session(), {steps::updateProject(m_subject, m_before, after)}, {.checksFirst = true});
    run->keepFailures();
    const QPointer<Session> session(m_details.session());
    connect(run, &ChangeRun::finished, this, [this, after, session, id = m_subject](const Outcome &outcome) {
        m_isSaving = false;
        if (!outcome.done.empty())
            m_draft.forget(session, subjectOf(id), asText(after)); // another page may be open by now
        if (id == m_subject && !outcome.done.empty()) {
            m_before = after;
            keepDraft();
            m_form->say(true, tr("Saved."));
        } else if (id == m_subject && !outcome.failed.empty()) {
            m_form->say(false, outcome.failed.front().reason);
            if (outcome.failed.front().why == Outcome::Failure::Why::Conflict) {
                m_before = known(); // saved once more, it takes the place of what is there now
                const QJsonValue now = outcome.failed.front().now;
                if (now["name"_L1].isString())
                    m_before.name = now["name"_L1].toString();
                if (now["description"_L1].isString())
                    m_before.description = now["description"_L1].toString();
                if (now["isPublic"_L1].isBool())
                    m_before.isPublic = now["isPublic"_L1].toBool();
            }
        }
        showButtons();
    });
}

void ProjectSettings::discard()
{
    m_before = known();
    m_form->setProperties(m_before);
    m_form->say(true, {});
    m_draft.forget();
    showButtons();
    m_details.refresh();
}

void ProjectSettings::remove()
{
    const api::Project project = m_details.project();
    auto *dialog = new DeleteProjectDialog(project, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (Session *session = m_details.session()) {
        const api::Client::Freshly freshly(session->client());
        session->client()
            .experiments(project.workspace, project.name, api::Archived::Yes)
            ->then(dialog, [dialog](const api::Experiments &archived) { dialog->setArchived(static_cast<qint64>(archived.size())); })
            ->otherwise(dialog, [](const api::Error &) {}); // the choice stays as it is
    }
    connect(dialog, &QDialog::accepted, this,
        [this, dialog, project, session = QPointer<Session>(m_details.session())] {
            if (session)
                m_changes.run(session,
                    {steps::deleteProject(
                        project.id, {project.workspace, project.name}, dialog->withExperiments())},
                    {.isConfirmed = true});
        });
    dialog->open();
}
