// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/experimentcommands.h"

#include "models/changes/stepkinds.h"
#include "models/session/gather.h"
#include "models/values/format.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/movedialog.h"
#include "ui/browse/navigatorpanel.h"
#include "ui/changes/otherdialog.h"
#include "ui/navigator.h"
#include "ui/pagestack.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/promptdialog.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QStringList keysOf(const std::vector<ExperimentRef> &experiments)
{
    QStringList keys;
    for (const ExperimentRef &experiment : experiments)
        keys += experiment.key;
    return keys;
}

QStringList namesOf(const std::vector<ExperimentRef> &experiments)
{
    QStringList names;
    for (const ExperimentRef &experiment : experiments)
        names += experiment.name;
    return names;
}

// "Archive “run-7”?", "Archive 12 Experiments?": what a step is called, as a question.
QString question(const std::vector<Step> &steps)
{
    return ExperimentCommands::tr("%1?").arg(stepkinds::verb(steps));
}

} // namespace

ExperimentCommands::ExperimentCommands(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    on(Actions::Archive, &ExperimentCommands::archive);
    on(Actions::Restore, &ExperimentCommands::restore);
    on(Actions::DeleteExperiments, &ExperimentCommands::remove);
    on(Actions::StopExperiments, &ExperimentCommands::stop);
    on(Actions::RenameExperiment, &ExperimentCommands::rename);
    on(Actions::AddTags, &ExperimentCommands::addTags);
    on(Actions::RemoveTags, &ExperimentCommands::removeTags);
    on(Actions::LogOther, &ExperimentCommands::logOther);
    on(Actions::MoveExperiments, &ExperimentCommands::move);
    const Actions &actions = parts.actions;
    connect(actions[Actions::ShowArchived], &QAction::triggered, this, [this](bool on) {
        if (ExperimentsPage *page = m_parts.pages.experimentsShown())
            page->listArchived(on);
    });
    const QList<QAction *> inStrip{actions[Actions::AddTags], actions[Actions::MoveExperiments],
        actions[Actions::Archive], actions[Actions::Restore], actions[Actions::DeleteExperiments]};
    QList<QAction *> inMenu;
    for (const Actions::Id id : {Actions::RenameExperiment, Actions::AddTags, Actions::RemoveTags, Actions::LogOther,
             Actions::MoveExperiments, Actions::RegisterModel, Actions::StopExperiments, Actions::Archive,
             Actions::Restore, Actions::DeleteExperiments})
        inMenu += actions[id];
    m_parts.pages.setSelectionActions(inStrip, inMenu);
    connect(&m_parts.panel, &NavigatorPanel::experimentsDropped, this, &ExperimentCommands::dropped);
}

QString ExperimentCommands::tagRemovalObstacle(const Session &session)
{
    return stepkinds::obstacle(steps::removeTags({}, {}, {}), session.version());
}

void ExperimentCommands::on(
    Actions::Id action, void (ExperimentCommands::*slot)(Session *, const Experiments &))
{
    connect(m_parts.actions[action], &QAction::triggered, this, [this, slot] {
        Session *session = m_parts.sessions.find(m_parts.navigator.current().server);
        const Experiments experiments = m_parts.pages.chosenExperiments();
        if (session && !experiments.empty())
            (this->*slot)(session, experiments);
    });
}

void ExperimentCommands::run(Session *session, std::vector<Step> steps, bool isConfirmed)
{
    if (!steps.empty())
        m_parts.changes.run(session, std::move(steps), {.checksFirst = false, .isConfirmed = isConfirmed});
}

void ExperimentCommands::archive(Session *session, const Experiments &experiments)
{
    std::vector<Step> all;
    for (const ExperimentRef &experiment : experiments) {
        if (!experiment.isArchived)
            all.push_back(steps::setArchived(experiment.key, experiment.name, true));
    }
    run(session, std::move(all));
}

void ExperimentCommands::restore(Session *session, const Experiments &experiments)
{
    std::vector<Step> all;
    for (const ExperimentRef &experiment : experiments) {
        if (experiment.isArchived)
            all.push_back(steps::setArchived(experiment.key, experiment.name, false));
    }
    run(session, std::move(all));
}

void ExperimentCommands::remove(Session *session, const Experiments &experiments)
{
    std::vector<Step> all;
    for (const ExperimentRef &experiment : experiments)
        all.push_back(steps::deleteExperiment(experiment.key, experiment.name));
    const QString lost = tr("Metrics, parameters, files and everything else they logged are deleted on %1 for good. "
                            "This can’t be undone.").arg(session->profile().name);
    ConfirmDialog::ask({.title = question(all), .sentence = lost, .names = namesOf(experiments),
                           .verb = stepkinds::verb(all)},
        m_window, session, [this, session, all] { run(session, all, true); });
}

void ExperimentCommands::stop(Session *session, const Experiments &experiments)
{
    std::vector<Step> all;
    QStringList names;
    for (const ExperimentRef &experiment : experiments) {
        if (!experiment.mayBeRunning())
            continue;
        all.push_back(steps::stop(experiment.key, experiment.name));
        names += experiment.name;
    }
    ConfirmDialog::ask(
        {.title = question(all),
            .sentence = tr("The training script is asked to stop. It does so when it looks next, which may take a "
                           "while, and it can’t be made to go on."),
            .names = names, .verb = stepkinds::verb(all)},
        m_window, session, [this, session, all] { run(session, all, true); });
}

void ExperimentCommands::rename(Session *session, const Experiments &experiments)
{
    const ExperimentRef experiment = experiments.front();
    PromptDialog::ask({.title = tr("Rename Experiment"), .label = tr("Name"), .text = experiment.name,
                          .verb = tr("Rename")},
        m_window, session, [this, session, experiment](const QString &name) {
            if (name != experiment.name)
                run(session, {steps::rename(experiment.key, experiment.name, name)});
        });
}

void ExperimentCommands::addTags(Session *session, const Experiments &experiments)
{
    QStringList known;
    if (const ExperimentsPage *page = m_parts.pages.experimentsShown())
        known = page->knownTags();
    const auto askServer = [session](const QString &key) { return session->client().tags(key); };
    PromptDialog::ask(
        {.title = tr("Add Tag"), .label = tr("Tag for %1").arg(stepkinds::subjects(namesOf(experiments))),
            .verb = tr("Add Tag"), .completions = known},
        m_window, session, [this, session, experiments, askServer](const QString &tag) {
            // Only those that do not have it: undo must not take away what was there before.
            const api::Client::Freshly freshly(session->client());
            auto *tags = new Gather<QStringList>(keysOf(experiments), askServer, session);
            connect(tags, &GatherBase::failed, this,
                [this](const api::Error &error) { emit failed(error.sentence()); });
            connect(tags, &GatherBase::gathered, this, [this, tags, session, experiments, tag] {
                std::vector<Step> all;
                for (const ExperimentRef &experiment : experiments) {
                    if (!tags->value(experiment.key).contains(tag))
                        all.push_back(steps::addTags(experiment.key, experiment.name, {tag}));
                }
                if (all.empty())
                    emit failed(tr("Tagged “%1” already.").arg(tag));
                run(session, std::move(all));
            });
        });
}

void ExperimentCommands::removeTags(Session *session, const Experiments &experiments)
{
    const api::Client::Freshly freshly(session->client());
    auto *tags = new Gather<QStringList>(
        keysOf(experiments), [session](const QString &key) { return session->client().tags(key); }, session);
    connect(tags, &GatherBase::failed, this, [this](const api::Error &error) { emit failed(error.sentence()); });
    connect(tags, &GatherBase::gathered, this, [this, tags, session, experiments] {
        QStringList all;
        QHash<QString, QStringList> tagsOf;
        for (const ExperimentRef &experiment : experiments) {
            tagsOf.insert(experiment.key, tags->value(experiment.key));
            all += tags->value(experiment.key);
        }
        all.removeDuplicates();
        all.sort();
        if (all.isEmpty()) {
            emit failed(tr("The selected experiments have no tags."));
            return;
        }
        const auto problem = [all](const QString &tag) {
            return all.contains(tag) ? QString() : tr("None of them has this tag.");
        };
        PromptDialog::ask({.title = tr("Remove Tag"), .label = tr("Tag: %1").arg(all.join(u", "_s)), .text = all.front(),
                              .verb = tr("Remove Tag"), .completions = all, .problem = problem},
            m_window, session, [this, session, experiments, tagsOf](const QString &tag) {
                std::vector<Step> steps;
                for (const ExperimentRef &experiment : experiments) {
                    if (tagsOf[experiment.key].contains(tag))
                        steps.push_back(steps::removeTags(experiment.key, experiment.name, {tag}));
                }
                run(session, std::move(steps));
            });
    });
}

void ExperimentCommands::logOther(Session *session, const Experiments &experiments)
{
    QStringList known;
    if (const ExperimentsPage *page = m_parts.pages.experimentsShown())
        known = page->knownOthers();
    auto *dialog = new OtherDialog(stepkinds::subjects(namesOf(experiments)), known, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, session, [this, dialog, session, experiments] {
        const QString name = dialog->name();
        const QString value = dialog->value();
        // What is there now, for undo.
        const api::Client::Freshly freshly(session->client());
        auto *others = new Gather<api::Summaries>(
            keysOf(experiments), [session](const QString &key) { return session->client().others(key); }, session);
        connect(others, &GatherBase::failed, this,
            [this](const api::Error &error) { emit failed(error.sentence()); });
        connect(others, &GatherBase::gathered, this, [this, others, session, experiments, name, value] {
            std::vector<Step> all;
            for (const ExperimentRef &experiment : experiments) {
                QString before;
                for (const api::Summary &other : others->value(experiment.key)) {
                    if (other.name == name)
                        before = other.current.isNull() ? u""_s : other.current;
                }
                if (before.isNull() || before != value)
                    all.push_back(steps::logOther(experiment.key, experiment.name, name, before, value));
            }
            run(session, std::move(all));
        });
    });
    dialog->open();
}

void ExperimentCommands::move(Session *session, const Experiments &experiments)
{
    const Place here = m_parts.navigator.current();
    auto *dialog = new MoveDialog(*m_parts.panel.model(), here, namesOf(experiments), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, session, [this, dialog, experiments] {
        takeTo(dialog->target(), dialog->asLinks(), experiments);
    });
    dialog->open();
}

void ExperimentCommands::takeTo(const Place &target, bool asLinks, const Experiments &experiments)
{
    Session *session = m_parts.sessions.find(target.server);
    if (!session)
        return;
    const Place &here = m_parts.navigator.current();
    const QStringList keys = keysOf(experiments);
    const QString &label = experiments.front().name;
    if (asLinks)
        run(session, steps::link(keys, label, {target.workspace, target.project}));
    else
        run(session, steps::move(keys, label, {here.workspace, here.project}, {target.workspace, target.project}));
}

void ExperimentCommands::dropped(const Place &target, const QPoint &global)
{
    const Experiments experiments = m_parts.pages.chosenExperiments();
    const Session *session = m_parts.sessions.find(target.server);
    if (experiments.empty() || !session || session->client().isReadOnly())
        return;
    auto *menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Move or link"));
    const QStringList names = namesOf(experiments);
    const QString what = stepkinds::subjects(names);
    menu->addAction(tr("Move %1 Here").arg(what), this,
        [this, target, experiments] { takeTo(target, false, experiments); });
    menu->addAction(tr("Link %1 Here").arg(what), this,
        [this, target, experiments] { takeTo(target, true, experiments); });
    menu->addSeparator();
    menu->addAction(tr("Cancel"));
    menu->popup(global);
}
