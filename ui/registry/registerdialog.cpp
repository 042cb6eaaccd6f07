// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registry/registerdialog.h"

#include "models/registry/semanticversion.h"
#include "models/values/format.h"
#include "ui/registry/stagebar.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/emptystate.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QStringListModel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostPlaces = 4; // where a model is registered already
constexpr int placeWidth = 200;
} // namespace

RegisterDialog::RegisterDialog(Changes &changes, Session *session, const Source &source, QWidget *parent)
    : QDialog(parent)
    , m_changes(changes)
    , m_session(session)
    , m_source(source)
    , m_stack(new QStackedWidget(this))
    , m_state(new EmptyState(m_stack))
    , m_form(nullptr)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
    , m_register(m_buttons->addButton(tr("Register Model"), QDialogButtonBox::AcceptRole))
{
    setWindowTitle(tr("Register a Model of %1")
                       .arg(fontMetrics().elidedText(source.experimentName, Qt::ElideMiddle, 320)));
    m_state->setAutoFillBackground(false);
    buildForm();
    m_stack->addWidget(m_state);
    m_register->setDefault(true);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &RegisterDialog::send);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(16);
    column->addWidget(m_stack, 1);
    column->addWidget(m_buttons);
    resize(540, 520);
    load();
}

void RegisterDialog::buildForm()
{
    auto *page = new QWidget(m_stack);
    m_model = new QComboBox(page);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_modelNote = new InlineNote(page);
    m_name = new QLineEdit(page);
    m_names = new QStringListModel(this);
    m_nameNote = new InlineNote(page);
    m_version = new QLineEdit(page);
    m_versionNote = new InlineNote(page);
    m_stages = new StageBar(page);
    m_stageNote = new InlineNote(page);
    m_comment = new QPlainTextEdit(page);
    m_comment->setTabChangesFocus(true);
    m_comment->setFixedHeight(56);
    m_description = new QLineEdit(page);
    m_public = new QCheckBox(tr("Everybody may see it"), page);
    m_outcome = new InlineNote(page);
    auto *completer = new QCompleter(m_names, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_name->setCompleter(completer);

    m_form = new QFormLayout(page);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setHorizontalSpacing(12);
    m_form->setVerticalSpacing(10);
    m_form->addRow(tr("&Logged model"), m_model);
    m_form->addRow({}, m_modelNote);
    m_form->addRow(tr("Register &as"), m_name);
    m_form->addRow({}, m_nameNote);
    m_form->addRow(tr("&Version"), m_version);
    m_form->addRow({}, m_versionNote);
    m_form->addRow(tr("&Stages"), m_stages);
    m_form->addRow({}, m_stageNote);
    m_form->addRow(tr("&Comment"), m_comment);
    m_form->addRow(tr("&Description"), m_description);
    m_form->addRow(tr("Visibility"), m_public);
    m_form->addRow({}, m_outcome);
    m_form->addItem(new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Expanding)); // takes what is left
    m_stack->addWidget(page);

    connect(m_model, &QComboBox::currentIndexChanged, this, &RegisterDialog::showModel);
    connect(m_name, &QLineEdit::textChanged, this, &RegisterDialog::checkName);
    connect(m_version, &QLineEdit::textChanged, this, &RegisterDialog::checkVersion);
    connect(m_stages, &StageBar::addRequested, this,
        [this](const QString &stage) { m_stages->setStages(m_stages->stages() + QStringList{stage}); });
    connect(m_stages, &StageBar::removeRequested, this, [this](const QString &stage) {
        QStringList left = m_stages->stages();
        left.removeAll(stage);
        m_stages->setStages(left);
    });
    connect(m_stages, &StageBar::problem, this,
        [this](const QString &sentence) { m_stageNote->say(InlineNote::Kind::Bad, sentence); });
}

void RegisterDialog::load()
{
    if (!m_session)
        return;
    m_state->setContent({}, tr("Loading the experiment’s models"), {});
    m_stack->setCurrentWidget(m_state);
    m_register->setEnabled(false);
    m_latestModels(m_session->client().experimentModels(m_source.experimentKey))
        ->then(this,
            [this](const std::vector<api::ExperimentModel> &models) {
                m_models = models;
                m_latestRegistry(m_session->client().registryModels(m_source.workspace))
                    ->then(this,
                        [this](const std::vector<api::RegistryModel> &registered) {
                            m_registered = registered;
                            showForm();
                        })
                    ->otherwise(this, [this](const api::Error &error) { showError(error); });
            })
        ->otherwise(this, [this](const api::Error &error) { showError(error); });
}

void RegisterDialog::showError(const api::Error &error)
{
    m_state->setContent(u"data-error"_s, tr("The models could not be loaded"), error.sentence());
    connect(m_state->addButton(tr("Retry")), &QPushButton::clicked, this, &RegisterDialog::load);
}

void RegisterDialog::showForm()
{
    if (m_models.empty()) {
        m_state->setContent(u"draw-cuboid"_s, tr("This experiment has logged no model"),
            tr("A training script logs one with experiment.log_model(\"net\", \"model.bin\")."));
        return;
    }
    QStringList names;
    QStringList stages;
    for (const api::RegistryModel &model : m_registered) {
        names += model.name;
        for (const api::ModelVersion &version : model.versions)
            stages += version.stages;
    }
    stages.removeDuplicates();
    m_names->setStringList(names);
    m_stages->setSuggestions(stages);
    for (const api::ExperimentModel &model : m_models)
        m_model->addItem(model.name.simplified());
    m_stack->setCurrentIndex(0);
    m_name->setFocus();
    m_name->selectAll();
}

const api::ExperimentModel *RegisterDialog::chosen() const
{
    const int index = m_model->currentIndex();
    return index < 0 ? nullptr : &m_models[static_cast<std::size_t>(index)];
}

const api::RegistryModel *RegisterDialog::existing() const
{
    const QString name = steps::normalisedModelName(m_name->text());
    // Names are looked up without regard to case (PROTOCOL-ANSWERS 7).
    const auto found = std::ranges::find_if(m_registered, [&name](const api::RegistryModel &model) {
        return !name.isEmpty() && model.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == m_registered.end() ? nullptr : &*found;
}

void RegisterDialog::showModel()
{
    const api::ExperimentModel *model = chosen();
    if (!model)
        return;
    QStringList places;
    for (const api::ExperimentModel::Registration &registration : model->registrations) {
        if (places.size() == mostPlaces) {
            places += tr("others");
            break;
        }
        places += fontMetrics().elidedText(registration.model, Qt::ElideMiddle, placeWidth) + u' ' + registration.version;
    }
    m_modelNote->say(InlineNote::Kind::Hint,
        places.isEmpty() ? tr("Not registered yet.") : tr("Registered already as %1.").arg(places.join(u", "_s)));
    m_name->setText(
        model->registrations.empty() ? steps::normalisedModelName(model->name) : model->registrations.front().model);
    checkName();
}

void RegisterDialog::checkName()
{
    const QString typed = m_name->text();
    const QString name = steps::normalisedModelName(typed);
    const api::RegistryModel *model = existing();
    m_outcome->clear();
    // Only a new model gets these; one that is there has its own.
    for (QWidget *field : {static_cast<QWidget *>(m_description), static_cast<QWidget *>(m_public)}) {
        field->setVisible(!model);
        m_form->labelForField(field)->setVisible(!model);
    }
    if (name.isEmpty()) {
        if (typed.isEmpty())
            m_nameNote->clear();
        else
            m_nameNote->say(InlineNote::Kind::Bad, tr("A name needs a letter or a digit."));
    } else if (model) {
        m_nameNote->say(InlineNote::Kind::Hint,
            tr("Adds a version to “%1”, which has %n.", nullptr, static_cast<int>(model->versionCount)).arg(model->name));
    } else if (name != typed) {
        m_nameNote->say(InlineNote::Kind::Hint, tr("A new model; it will be called “%1”.").arg(name));
    } else {
        m_nameNote->say(InlineNote::Kind::Hint, tr("A new model."));
    }

    const QString of = model ? model->name : QString();
    if (of != m_versionsOf) {
        m_versionsOf = of;
        m_versions.clear();
        m_latestDetails.cancel();
        if (model) {
            for (const api::ModelVersion &latest : model->versions)
                m_versions += latest.version;
            m_latestDetails(m_session->client().registryModelDetails(m_source.workspace, of))
                ->then(this,
                    [this](const api::RegistryModel &details) {
                        m_versions.clear();
                        for (const api::ModelVersion &version : details.versions)
                            m_versions += version.version;
                        suggestVersion();
                    })
                ->otherwise(this, [](const api::Error &) {}); // the server will say what it does not like
        }
    }
    suggestVersion();
}

// What a person has typed stays.
void RegisterDialog::suggestVersion()
{
    const QString next = semantic::next(m_versions);
    if (m_version->text() == m_suggested)
        m_version->setText(next);
    m_suggested = next;
    checkVersion();
}

void RegisterDialog::checkVersion()
{
    const QString version = m_version->text().trimmed();
    const QString name = steps::normalisedModelName(m_name->text());
    QString problem;
    if (!steps::isSemanticVersion(version))
        problem = tr("A version is three numbers, such as %1, with a pre-release where wanted: %1-rc.1.").arg(m_suggested);
    else if (m_versions.contains(version))
        problem = tr("“%1” has a version %2 already.").arg(m_versionsOf, version);
    const QString highest = semantic::highest(m_versions);
    if (!problem.isEmpty())
        m_versionNote->say(InlineNote::Kind::Bad, problem);
    else if (!highest.isEmpty() && semantic::compare(version, highest) < 0)
        m_versionNote->say(InlineNote::Kind::Warning, tr("It comes before %1, which stays the latest.").arg(highest));
    else
        m_versionNote->clear();
    m_register->setText(m_versionsOf.isEmpty() || !problem.isEmpty() ? tr("Register Model")
                                                                     : tr("Add Version %1").arg(version));
    m_register->setEnabled(chosen() && !name.isEmpty() && problem.isEmpty());
}

void RegisterDialog::send()
{
    const api::ExperimentModel *model = chosen();
    if (!model || !m_session)
        return;
    m_register->setEnabled(false);
    const QString name = m_versionsOf.isEmpty() ? steps::normalisedModelName(m_name->text()) : m_versionsOf;
    ChangeRun *run = m_changes.run(m_session,
        steps::registerModel({.workspace = m_source.workspace, .experimentModelId = model->id, .model = name,
            .version = m_version->text().trimmed(), .comment = m_comment->toPlainText(),
            .stages = m_stages->stages(), .description = m_description->text(),
            .isPublic = m_public->isChecked()}));
    run->keepFailures();
    connect(run, &ChangeRun::finished, this, [this](const Outcome &outcome) {
        if (!outcome.done.empty()) {
            accept();
            return;
        }
        checkVersion();
        if (!outcome.failed.empty())
            m_outcome->say(InlineNote::Kind::Bad, outcome.failed.front().reason);
    });
}
