// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registry/modelpage.h"

#include "models/values/format.h"
#include "ui/notes/noteseditor.h"
#include "ui/registry/modeldialog.h"
#include "ui/registry/modelhead.h"
#include "ui/registry/stagechip.h"
#include "ui/registry/versionpane.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/rowtableview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textfilter.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

ModelPage::ModelPage(Changes &changes, const Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_changes(changes)
    , m_head(new ModelHead(this))
    , m_filter(new SearchField(tr("Filter versions"), this))
    , m_count(new QLabel(this))
    , m_table(new RowTableView(tr("Versions"), this))
    , m_pane(new VersionPane(settings, this))
    , m_noVersions(new EmptyState(this))
    , m_notes(new NotesEditor(changes, settings, this))
    , m_state(new EmptyState(this))
    , m_rows(new QSplitter(Qt::Vertical, this))
    , m_content(new QStackedWidget(this))
    , m_tabs(new QTabWidget(this))
    , m_body(new QStackedWidget(this))
{
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Pages of the model"));
    m_tabs->addTab(makeVersions(), tr("Versions"));
    m_tabs->addTab(m_notes, tr("Notes"));
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        showNotes();
        emit situationChanged();
    });
    connect(m_notes, &NotesEditor::statusChanged, this, [this] {
        m_tabs->setTabText(1, m_notes->isEdited() ? tr("Notes •") : tr("Notes"));
        m_tabs->setTabToolTip(1, m_notes->isEdited() ? tr("There are changes that are not saved") : QString());
        emit situationChanged();
    });
    connectPane();
    connect(&m_model, &RegisteredModel::changed, this, &ModelPage::showModel);
    connect(&m_model, &RegisteredModel::experimentsChanged, this, &ModelPage::showVersion);
    connect(&m_model, &RegisteredModel::refreshFailed, this,
        [this](const api::Error &error) { emit refreshFailed(error.sentence()); });
    m_body->addWidget(m_tabs);
    m_body->addWidget(m_state);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_body, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

// The tabs are heard of until the last one is gone.
ModelPage::~ModelPage()
{
    m_tabs->disconnect(this);
    m_notes->disconnect(this);
}

QWidget *ModelPage::makeVersions()
{
    m_table->setRows(&m_model.versions());
    m_table->sortByColumn(VersionTable::Version, Qt::DescendingOrder);
    const auto stages = [this](const QModelIndex &index) {
        return m_model.versions().row(m_table->proxy()->mapToSource(index).row()).stages;
    };
    m_table->setItemDelegateForColumn(VersionTable::Stages, new StagesDelegate(stages, this));
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(VersionTable::Comment, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(96); // in a narrow window it keeps this
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->setMinimumHeight(120);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { showVersion(); });
    connect(m_table, &QTableView::activated, this, &ModelPage::openSource);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_table->proxy()->setText(text);
        showCount();
    });
    connect(m_filter, &SearchField::left, m_table, qOverload<>(&QWidget::setFocus));

    m_filter->setMaximumWidth(280);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(16, 6, 12, 6);
    bar->setSpacing(8);
    bar->addWidget(m_count, 1);
    bar->addWidget(m_filter, 1);
    auto *scroll = new QScrollArea(m_rows);
    scroll->setWidget(m_pane);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_rows->addWidget(m_table);
    m_rows->addWidget(scroll);
    m_rows->setChildrenCollapsible(false);
    m_rows->setStretchFactor(0, 1);
    m_rows->setStretchFactor(1, 1);
    m_noVersions->setContent(u"draw-cuboid"_s, tr("No versions yet"),
        tr("Add one from an experiment that logged the model: Experiment ▸ Register Model…"));
    m_content->addWidget(m_rows);
    m_content->addWidget(m_noVersions);
    auto *page = new QWidget(m_tabs);
    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(bar);
    rows->addWidget(m_content, 1);
    return page;
}

void ModelPage::connectPane()
{
    connect(m_pane, &VersionPane::stageAdded, this, [this](const QString &stage) {
        if (const api::ModelVersion *of = version())
            change(steps::setStage(target(*of), stage, true));
    });
    connect(m_pane, &VersionPane::stageRemoved, this, [this](const QString &stage) {
        if (const api::ModelVersion *of = version())
            change(steps::setStage(target(*of), stage, false));
    });
    connect(m_pane, &VersionPane::statusChosen, this, [this](const QString &status) {
        if (const api::ModelVersion *of = version())
            change(steps::setStatus(target(*of), of->status, status));
    });
    connect(m_pane, &VersionPane::commentEdited, this, &ModelPage::saveComment);
    connect(m_pane, &VersionPane::sourceActivated, this, &ModelPage::openSource);
    connect(m_pane, &VersionPane::fileChosen, this, &ModelPage::chooseFile);
}

void ModelPage::setModel(Session *session, const QString &workspace, const QString &model)
{
    if (session != m_model.session() || workspace != m_model.workspace() || model != m_model.name()) {
        m_chosen.clear();
        m_pane->clear();
        m_filter->clear();
        m_tabs->setCurrentIndex(0);
        m_notes->setSource(nullptr, {});
        m_head->setLoading(model);
        m_pane->setReadOnly(session && session->client().isReadOnly() ? tr("This server is read-only here.") : QString());
    }
    m_model.setModel(session, workspace, model);
}

void ModelPage::refresh()
{
    m_model.refresh();
    if (m_tabs->currentWidget() == m_notes)
        m_notes->refresh();
}

void ModelPage::copy()
{
    if (m_pane->hasFocusedFile())
        m_pane->copyFile();
    else
        m_table->copy();
}

void ModelPage::focusFilter()
{
    m_tabs->setCurrentIndex(0);
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void ModelPage::setActions(const QList<QAction *> &head, const QList<QAction *> &ofVersion)
{
    m_head->addButtons(head);
    m_table->addActions(ofVersion);
}

const api::ModelVersion *ModelPage::version() const
{
    return m_model.state() == RegisteredModel::State::Loaded ? m_model.version(m_chosen) : nullptr;
}

void ModelPage::showModel()
{
    if (m_model.state() != RegisteredModel::State::Loaded) {
        showState();
        emit situationChanged();
        return;
    }
    const api::RegistryModel &details = m_model.details();
    m_head->setModel(details);
    m_body->setCurrentWidget(m_tabs);
    m_content->setCurrentIndex(details.versions.empty() ? 1 : 0);
    m_filter->setEnabled(!details.versions.empty());
    m_table->setColumnHidden(VersionTable::Status,
        std::ranges::all_of(details.versions,
            [](const api::ModelVersion &of) { return of.status.isEmpty() || of.status == "None"_L1; }));
    m_pane->setChoices(m_model.stagesInUse(), m_model.allowedStatuses());
    if (m_chosen.isEmpty()) {
        m_table->fitColumns();
        if (!details.versions.empty())
            m_table->setCurrentRow(0);
    }
    showCount();
    showVersion();
    showNotes();
}

// What is not seen is not asked for.
void ModelPage::showNotes()
{
    if (m_tabs->currentWidget() != m_notes || m_model.state() != RegisteredModel::State::Loaded)
        return;
    const NotesSource source = NotesSource::ofModel(m_model.workspace(), m_model.details().name);
    if (m_notes->notes().session() != m_model.session() || m_notes->notes().source().subject != source.subject)
        m_notes->setSource(m_model.session(), source);
}

void ModelPage::showState()
{
    m_body->setCurrentWidget(m_state);
    if (m_model.state() == RegisteredModel::State::Loading) {
        m_state->setContent({}, tr("Loading"), {});
        return;
    }
    m_head->setLoading(m_model.name());
    if (m_model.isGone()) {
        m_state->setContent(u"draw-cuboid"_s, tr("This model isn’t there"),
            tr("It was deleted or renamed, or it never was in the registry of %1.").arg(m_model.workspace()));
        connect(m_state->addButton(tr("Go to the Registry")), &QPushButton::clicked, this, [this] {
            if (const Session *session = m_model.session())
                emit placeActivated(Place::ofRegistry(session->profile().id, m_model.workspace()));
        });
    } else {
        m_state->setContent(u"data-error"_s, tr("The model could not be loaded"), m_model.error().sentence());
    }
    connect(m_state->addButton(tr("Retry")), &QPushButton::clicked, this, &ModelPage::refresh);
}

void ModelPage::showCount()
{
    const int all = m_model.versions().rowCount();
    const int shown = m_table->proxy()->rowCount();
    m_count->setText(shown == all ? format::count(all) : tr("%1 of %2").arg(format::count(shown), format::count(all)));
}

void ModelPage::showVersion()
{
    if (m_model.state() != RegisteredModel::State::Loaded)
        return;
    const int row = m_table->currentRow();
    const QString id = row < 0 ? QString() : m_model.versions().row(row).id;
    // A filter may hide the chosen version: it stays chosen until another is.
    if (!id.isEmpty() || !m_model.version(m_chosen))
        m_chosen = id;
    const api::ModelVersion *of = version();
    m_pane->setVisible(of);
    if (of) {
        m_model.nameExperiment(of->experimentKey);
        m_pane->setVersion(m_model.session(), *of, m_model.experiment(of->experimentKey));
    }
    emit situationChanged();
}

steps::Version ModelPage::target(const api::ModelVersion &version) const
{
    return {m_model.workspace(), m_model.details().name, version.id, version.version};
}

// What fails is said beside the stages and the status.
void ModelPage::change(const Step &step)
{
    if (!m_model.session())
        return;
    m_pane->showStageProblem({});
    ChangeRun *run = m_changes.run(m_model.session(), step);
    run->keepFailures();
    connect(run, &ChangeRun::finished, this, [this, id = m_chosen](const Outcome &outcome) {
        if (outcome.failed.empty() || id != m_chosen)
            return;
        m_pane->showStageProblem(outcome.failed.front().reason);
        refresh(); // it may be that somebody else has done it
    });
}

void ModelPage::saveComment(const QString &before, const QString &comment)
{
    const api::ModelVersion *of = version();
    if (!of || !m_model.session())
        return;
    m_pane->showCommentProblem({});
    // A comment overwrites the one that is there: look first whether it is the one that was edited.
    ChangeRun *run = m_changes.run(
        m_model.session(), {steps::setComment(target(*of), before, comment)}, {.checksFirst = true});
    run->keepFailures();
    const QPointer<Session> session(m_model.session());
    connect(run, &ChangeRun::finished, this, [this, comment, session, id = of->id](const Outcome &outcome) {
        if (!outcome.done.empty()) {
            m_pane->commentSaved(session, id, comment);
        } else if (!outcome.failed.empty() && id == m_chosen) {
            const Outcome::Failure &failure = outcome.failed.front();
            m_pane->showCommentProblem(failure.reason);
            if (failure.why == Outcome::Failure::Why::Conflict && failure.now.isString())
                m_pane->commentChangedByOthers(failure.now.toString());
            refresh();
        }
    });
}

void ModelPage::openSource()
{
    const api::ModelVersion *of = version();
    const Session *session = m_model.session();
    if (!of || !session || of->experimentKey.isEmpty())
        return;
    const SourceExperiment source = m_model.experiment(of->experimentKey);
    if (source.state == SourceExperiment::State::Known)
        emit placeActivated({session->profile().id, source.workspace, source.project, of->experimentKey});
}

void ModelPage::chooseFile(const QString &assetId)
{
    const api::ModelVersion *of = version();
    if (!of)
        return;
    const auto asset = std::ranges::find(of->assets, assetId, &api::Asset::id);
    if (asset != of->assets.end())
        emit assetsChosen(of->experimentKey, {*asset});
}

void ModelPage::editModel()
{
    if (m_model.state() != RegisteredModel::State::Loaded || !m_model.session())
        return;
    auto *dialog = new ModelDialog(m_changes, m_model.session(), m_model.workspace(), m_model.details(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ModelPage::deleteModel()
{
    if (m_model.state() != RegisteredModel::State::Loaded || !m_model.session())
        return;
    const api::RegistryModel &details = m_model.details();
    QStringList versions;
    for (const api::ModelVersion &of : details.versions)
        versions += of.stages.isEmpty() ? of.version : of.version + u" – "_s + of.stages.join(u", "_s);
    const QString verb = tr("Delete Model");
    const Step step = steps::deleteModel(details.id, m_model.workspace(), details.name);
    ConfirmDialog::ask(
        {.title = tr("Delete the model “%1”?").arg(details.name),
            .sentence = versions.isEmpty()
                ? tr("It leaves the server for everyone and can’t be brought back.")
                : tr("It leaves the server for everyone with all its versions, its notes and its files here, and "
                     "can’t be brought back. The experiments it comes from stay."),
            .names = versions, .verb = verb, .typed = details.name},
        window(), this, [this, step, session = QPointer<Session>(m_model.session())] {
            if (session)
                m_changes.run(session, {step}, {.isConfirmed = true});
        });
}

void ModelPage::deleteVersion()
{
    const api::ModelVersion *of = version();
    if (!of || !m_model.session())
        return;
    const Step step = steps::deleteVersion(target(*of));
    ConfirmDialog::ask(
        {.title = tr("Delete version %1 of “%2”?").arg(of->version, m_model.details().name),
            .sentence = of->stages.isEmpty()
                ? tr("It leaves the server for everyone and can’t be brought back.")
                : tr("It is in use as %1. It leaves the server for everyone and can’t be brought back.")
                      .arg(of->stages.join(u", "_s)),
            .verb = tr("Delete Version"), .typed = of->version},
        window(), this, [this, step, session = QPointer<Session>(m_model.session())] {
            if (session)
                m_changes.run(session, {step}, {.isConfirmed = true});
        });
}

void ModelPage::addStage()
{
    m_tabs->setCurrentIndex(0);
    m_pane->focusStages();
}

void ModelPage::editComment()
{
    m_tabs->setCurrentIndex(0);
    m_pane->focusComment();
}
