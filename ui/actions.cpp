// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/actions.h"

#include "ui/widgets/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace {

struct Row
{
    Actions::Id id;
    Actions::Menu menu;
    const char *text;
    const char *icon;
    const char *shortcuts; // separated by "; "
    const char *help;
    Actions::Needs needs = Actions::Needs::Nothing;
    bool startsGroup = false;
    bool checkable = false;
    bool writes = false; // off where the server is read-only
};

using Menu = Actions::Menu;
using Needs = Actions::Needs;

// In the order of the menus.
constexpr Row table[] = {
    {Actions::Connect, Menu::File, QT_TRANSLATE_NOOP("Actions", "Connect to Server…"), "network-connect",
        "Ctrl+Shift+N", QT_TRANSLATE_NOOP("Actions", "Add a Comet server by its address and API key")},
    {Actions::SampleData, Menu::File, QT_TRANSLATE_NOOP("Actions", "Look at Sample Data"), "folder-sample",
        "", QT_TRANSLATE_NOOP("Actions", "Open recorded training runs in a private server on this computer")},
    {Actions::EditServer, Menu::File, QT_TRANSLATE_NOOP("Actions", "Edit Server…"), "document-edit", "",
        QT_TRANSLATE_NOOP("Actions", "Change the address, name or key of this server"), Needs::Server, true},
    {Actions::RemoveServer, Menu::File, QT_TRANSLATE_NOOP("Actions", "Disconnect from Server"),
        "network-disconnect", "", QT_TRANSLATE_NOOP("Actions", "Forget this server and its key here"),
        Needs::Server},
    {Actions::NewProject, Menu::File, QT_TRANSLATE_NOOP("Actions", "New Project…"), "folder-new", "Ctrl+N",
        QT_TRANSLATE_NOOP("Actions", "Make a project in this workspace"), Needs::Workspace, true, false, true},
    {Actions::SaveNotes, Menu::File, QT_TRANSLATE_NOOP("Actions", "Save Notes"), "document-save", "Ctrl+S",
        QT_TRANSLATE_NOOP("Actions", "Save the notes on the server"), Needs::EditedNotes, false, false, true},
    {Actions::ExportShown, Menu::File, QT_TRANSLATE_NOOP("Actions", "Export Table…"), "document-export",
        "Ctrl+E", QT_TRANSLATE_NOOP("Actions", "Write the rows and columns that are shown to a CSV file in UTF-8: spreadsheets ask on importing it"),
        Needs::Table, true},
    {Actions::ExportEverything, Menu::File, QT_TRANSLATE_NOOP("Actions", "Export Everything…"), "", "",
        QT_TRANSLATE_NOOP("Actions", "Write every experiment and column of the project to a CSV file in UTF-8"),
        Needs::Table},
    {Actions::Quit, Menu::File, QT_TRANSLATE_NOOP("Actions", "Quit"), "application-exit", "Ctrl+Q", "",
        Needs::Nothing, true},

    {Actions::Undo, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Undo"), "edit-undo", "Ctrl+Z",
        QT_TRANSLATE_NOOP("Actions", "Take back the last change on the server"), Needs::SetElsewhere},
    {Actions::Redo, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Redo"), "edit-redo", "Ctrl+Shift+Z; Ctrl+Y",
        QT_TRANSLATE_NOOP("Actions", "Do again what was taken back"), Needs::SetElsewhere},
    {Actions::Copy, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Copy"), "edit-copy", "Ctrl+C",
        QT_TRANSLATE_NOOP("Actions", "Copy the selected cells with exact values"), Needs::Cells, true},
    {Actions::CopyWithHeaders, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Copy with Headers"), "",
        "Ctrl+Shift+C", QT_TRANSLATE_NOOP("Actions", "Copy the selected cells below their titles"),
        Needs::Rows},
    {Actions::SelectAll, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Select All"), "edit-select-all", "Ctrl+A",
        QT_TRANSLATE_NOOP("Actions", "Select all experiments that are shown"), Needs::Table},
    {Actions::CopyPath, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Copy Path"), "", "",
        QT_TRANSLATE_NOOP("Actions", "Copy workspace/project/experiment"), Needs::Workspace, true},
    {Actions::CopyPython, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Copy as Python"), "text-x-python", "",
        QT_TRANSLATE_NOOP("Actions", "Copy the call that opens this place with Comet's Python API"),
        Needs::Workspace},
    {Actions::CopyLink, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Copy Web Link"), "insert-link", "",
        QT_TRANSLATE_NOOP("Actions", "Copy the address of this place on the server's web site"),
        Needs::WebPage},
    {Actions::Filter, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Filter…"), "view-filter", "Ctrl+F",
        QT_TRANSLATE_NOOP("Actions", "Show only rows with a text"), Needs::Server, true},
    {Actions::Query, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Query…"), "", "Ctrl+Shift+F",
        QT_TRANSLATE_NOOP("Actions", "Build a query of conditions on the experiments of the project"), Needs::Table},
    {Actions::Preferences, Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Preferences…"), "configure", "Ctrl+,",
        QT_TRANSLATE_NOOP("Actions", "Choose how the program looks, and what it keeps in memory"), Needs::Nothing, true},

    {Actions::ShowExperiments, Menu::View, QT_TRANSLATE_NOOP("Actions", "Experiments"), "view-list-details",
        "Ctrl+1", QT_TRANSLATE_NOOP("Actions", "Show the experiments of the project"), Needs::Project},
    {Actions::ShowCharts, Menu::View, QT_TRANSLATE_NOOP("Actions", "Charts"), "office-chart-line", "Ctrl+2",
        QT_TRANSLATE_NOOP("Actions", "Show the metrics of the project's experiments as charts"), Needs::Project},
    {Actions::ShowComparison, Menu::View, QT_TRANSLATE_NOOP("Actions", "Compare"), "office-chart-scatter", "Ctrl+3",
        QT_TRANSLATE_NOOP("Actions", "Compare the experiments of the table by their values"), Needs::Project},
    {Actions::ShowNotes, Menu::View, QT_TRANSLATE_NOOP("Actions", "Notes"), "note", "Ctrl+4",
        QT_TRANSLATE_NOOP("Actions", "Show the notes of the project"), Needs::Project},
    {Actions::ShowSettings, Menu::View, QT_TRANSLATE_NOOP("Actions", "Settings and Sharing"), "configure", "Ctrl+6",
        QT_TRANSLATE_NOOP("Actions", "Rename, describe, share or delete the project"), Needs::Project},
    {Actions::ShowNavigator, Menu::View, QT_TRANSLATE_NOOP("Actions", "Navigator"), "view-sidetree", "F9",
        QT_TRANSLATE_NOOP("Actions", "Show servers, workspaces and projects beside the page"),
        Needs::Nothing, true, true},
    {Actions::ShowRequests, Menu::View, QT_TRANSLATE_NOOP("Actions", "Requests"), "view-list-text", "F12",
        QT_TRANSLATE_NOOP("Actions", "Show what was asked of the server"), Needs::Nothing, false, true},
    {Actions::ShowDownloads, Menu::View, QT_TRANSLATE_NOOP("Actions", "Downloads"), "download", "Ctrl+J",
        QT_TRANSLATE_NOOP("Actions", "Show what is being downloaded, and what was"), Needs::Nothing, false, true},
    {Actions::ChooseColumns, Menu::View, QT_TRANSLATE_NOOP("Actions", "Columns…"), "view-table-of-contents-ltr", "Ctrl+Shift+L",
        QT_TRANSLATE_NOOP("Actions", "Choose the columns of the table"), Needs::Table, true},
    {Actions::ShowArchived, Menu::View, QT_TRANSLATE_NOOP("Actions", "Archived Experiments"),
        "application-x-archive", "Ctrl+5", QT_TRANSLATE_NOOP("Actions", "List the archived experiments of the project"),
        Needs::Table, false, true},
    {Actions::Refresh, Menu::View, QT_TRANSLATE_NOOP("Actions", "Refresh"), "view-refresh", "F5; Ctrl+R",
        QT_TRANSLATE_NOOP("Actions", "Ask the server again for what is shown"), Needs::Server, true},
    {Actions::ClearCache, Menu::View, QT_TRANSLATE_NOOP("Actions", "Clear Cache"), "edit-clear-history", "",
        QT_TRANSLATE_NOOP("Actions", "Forget the answers that are kept in memory"), Needs::Nothing},
    {Actions::SchemeSystem, Menu::View, QT_TRANSLATE_NOOP("Actions", "Light or Dark as the System"), "", "",
        "", Needs::Nothing, true, true},
    {Actions::SchemeLight, Menu::View, QT_TRANSLATE_NOOP("Actions", "Light"), "", "", "", Needs::Nothing,
        false, true},
    {Actions::SchemeDark, Menu::View, QT_TRANSLATE_NOOP("Actions", "Dark"), "", "", "", Needs::Nothing,
        false, true},
    {Actions::FullScreen, Menu::View, QT_TRANSLATE_NOOP("Actions", "Full Screen"), "view-fullscreen", "F11",
        "", Needs::Nothing, true, true},

    {Actions::Back, Menu::Go, QT_TRANSLATE_NOOP("Actions", "Back"), "go-previous", "Alt+Left",
        QT_TRANSLATE_NOOP("Actions", "Go to the place before"), Needs::Back},
    {Actions::Forward, Menu::Go, QT_TRANSLATE_NOOP("Actions", "Forward"), "go-next", "Alt+Right",
        QT_TRANSLATE_NOOP("Actions", "Go to the place after"), Needs::Forward},
    {Actions::Up, Menu::Go, QT_TRANSLATE_NOOP("Actions", "Up"), "go-up", "Alt+Up",
        QT_TRANSLATE_NOOP("Actions", "Go to the project of an experiment, the workspace of a project"),
        Needs::Server},
    {Actions::StartPage, Menu::Go, QT_TRANSLATE_NOOP("Actions", "Start Page"), "go-home", "Alt+Home", ""},
    {Actions::GoTo, Menu::Go, QT_TRANSLATE_NOOP("Actions", "Go to Anything…"), "edit-find", "Ctrl+K",
        QT_TRANSLATE_NOOP("Actions", "Go to a workspace, project or experiment by its path, name or key"),
        Needs::Nothing, true},
    {Actions::OpenRegistry, Menu::Go, QT_TRANSLATE_NOOP("Actions", "Model Registry"), "package", "Ctrl+Shift+R",
        QT_TRANSLATE_NOOP("Actions", "Go to the registered models of this workspace"), Needs::Workspace},
    {Actions::OpenInBrowser, Menu::Go, QT_TRANSLATE_NOOP("Actions", "Open in Web Browser"),
        "internet-services", "", QT_TRANSLATE_NOOP("Actions", "Open this place on the server's web site"),
        Needs::WebPage},

    {Actions::OpenExperiment, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Open"), "document-open", "",
        QT_TRANSLATE_NOOP("Actions", "Open the page of the selected experiment"), Needs::Rows},
    {Actions::CopyKey, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Copy Key"), "", "",
        QT_TRANSLATE_NOOP("Actions", "Copy the keys of the selected experiments"), Needs::Experiment},
    {Actions::RenameExperiment, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Rename…"), "edit-rename", "F2",
        QT_TRANSLATE_NOOP("Actions", "Give the experiment another name"), Needs::OneExperiment, true, false, true},
    {Actions::AddTags, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Add Tag…"), "tag", "Ctrl+T",
        QT_TRANSLATE_NOOP("Actions", "Tag the selected experiments"), Needs::Experiment, false, false, true},
    {Actions::RemoveTags, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Remove Tag…"), "", "Ctrl+Shift+T",
        QT_TRANSLATE_NOOP("Actions", "Take a tag from the selected experiments"), Needs::Experiment, false, false,
        true},
    {Actions::LogOther, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Log Other Value…"), "note", "",
        QT_TRANSLATE_NOOP("Actions", "Set one of the values that are neither metric nor parameter"),
        Needs::Experiment, false, false, true},
    {Actions::MoveExperiments, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Move or Link…"), "edit-move",
        "Ctrl+M", QT_TRANSLATE_NOOP("Actions", "Move the experiments to another project, or show them there too"),
        Needs::Experiment, true, false, true},
    {Actions::RegisterModel, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Register Model…"), "package", "",
        QT_TRANSLATE_NOOP("Actions", "Put a model that the experiment logged into the model registry"),
        Needs::OneExperiment, false, false, true},
    {Actions::StopExperiments, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Stop…"), "media-playback-stop", "",
        QT_TRANSLATE_NOOP("Actions", "Ask the training script to stop"), Needs::RunningExperiment, false, false,
        true},
    {Actions::DownloadModel, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Download Model…"), "download",
        "Ctrl+Shift+D", QT_TRANSLATE_NOOP("Actions", "Download the files of a model that the experiment logged"),
        Needs::OneExperiment},
    {Actions::Archive, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Archive"), "archive-insert", "Del",
        QT_TRANSLATE_NOOP("Actions", "Put the experiments aside; they can be restored"), Needs::ActiveExperiment,
        true, false, true},
    {Actions::Restore, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Restore"), "archive-extract", "",
        QT_TRANSLATE_NOOP("Actions", "Take the experiments out of the archive"), Needs::ArchivedExperiment, false,
        false, true},
    {Actions::DeleteExperiments, Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "Delete…"), "edit-delete",
        "Shift+Del", QT_TRANSLATE_NOOP("Actions", "Delete archived experiments for good"), Needs::OnlyArchived,
        false, false, true},

    {Actions::EditModel, Menu::Registry, QT_TRANSLATE_NOOP("Actions", "Edit Model…"), "document-edit",
        "Alt+Return", QT_TRANSLATE_NOOP("Actions", "Change the name, description or visibility of the model"),
        Needs::Model, false, false, true},
    {Actions::DownloadVersion, Menu::Registry, QT_TRANSLATE_NOOP("Actions", "Download Model…"), "download",
        "Ctrl+Shift+D", QT_TRANSLATE_NOOP("Actions", "Download a version of the model"), Needs::Model},
    {Actions::AddStage, Menu::Registry, QT_TRANSLATE_NOOP("Actions", "Add Stage…"), "tag", "",
        QT_TRANSLATE_NOOP("Actions", "Add a stage to the chosen version"), Needs::ModelVersion, true, false, true},
    {Actions::EditComment, Menu::Registry, QT_TRANSLATE_NOOP("Actions", "Edit Comment"), "edit-rename", "F2",
        QT_TRANSLATE_NOOP("Actions", "Change the comment of the chosen version"), Needs::ModelVersion, false,
        false, true},
    {Actions::DeleteVersion, Menu::Registry, QT_TRANSLATE_NOOP("Actions", "Delete Version…"), "", "",
        QT_TRANSLATE_NOOP("Actions", "Delete the chosen version for good"), Needs::ModelVersion, true, false, true},
    {Actions::DeleteModel, Menu::Registry, QT_TRANSLATE_NOOP("Actions", "Delete Model…"), "edit-delete",
        "Shift+Del", QT_TRANSLATE_NOOP("Actions", "Delete the model with all its versions for good"),
        Needs::Model, false, false, true},

    {Actions::Shortcuts, Menu::Help, QT_TRANSLATE_NOOP("Actions", "Keyboard Shortcuts"),
        "input-keyboard", "F1; Ctrl+?", ""},
    {Actions::About, Menu::Help, QT_TRANSLATE_NOOP("Actions", "About Perihelion"), "help-about", "", ""},
};

constexpr std::pair<Menu, const char *> menus[] = {
    {Menu::File, QT_TRANSLATE_NOOP("Actions", "&File")},
    {Menu::Edit, QT_TRANSLATE_NOOP("Actions", "&Edit")},
    {Menu::View, QT_TRANSLATE_NOOP("Actions", "&View")},
    {Menu::Go, QT_TRANSLATE_NOOP("Actions", "&Go")},
    {Menu::Experiment, QT_TRANSLATE_NOOP("Actions", "E&xperiment")},
    {Menu::Registry, QT_TRANSLATE_NOOP("Actions", "&Registry")},
    {Menu::Help, QT_TRANSLATE_NOOP("Actions", "&Help")},
};

QIcon iconOf(const Row &row)
{
    return *row.icon ? theme::icon(QString::fromLatin1(row.icon)) : QIcon();
}

bool isPossible(Needs needs, const Actions::Situation &situation)
{
    const Place &place = situation.place;
    switch (needs) {
    case Needs::Nothing:
    case Needs::SetElsewhere:
        return true;
    case Needs::Server:
        return !place.isNull();
    case Needs::Workspace:
        return !place.workspace.isEmpty();
    case Needs::Project:
        return situation.showsProject;
    case Needs::EditedNotes:
        return situation.hasEditedNotes;
    case Needs::Table:
        return situation.showsTable;
    case Needs::Rows:
        return situation.selected > 0;
    case Needs::Experiment:
        return situation.experiments > 0 || !place.experiment.isEmpty();
    case Needs::OneExperiment:
        return situation.experiments == 1;
    case Needs::ActiveExperiment:
        return situation.experiments > situation.archived;
    case Needs::ArchivedExperiment:
        return situation.archived > 0;
    case Needs::OnlyArchived:
        return situation.archived > 0 && situation.experiments == situation.archived;
    case Needs::RunningExperiment:
        return situation.running > 0;
    case Needs::Model:
        return situation.showsModel;
    case Needs::ModelVersion:
        return situation.showsVersion;
    case Needs::Cells:
        return situation.showsTable || !place.experiment.isEmpty() || place.registry;
    case Needs::WebPage:
        return situation.hasWebPage;
    case Needs::Back:
        return situation.canGoBack;
    case Needs::Forward:
        return situation.canGoForward;
    }
    return true;
}

} // namespace

Actions::Actions(QWidget *window)
    : QObject(window)
{
    for (const Row &row : table) {
        auto *action = new QAction(iconOf(row), tr(row.text), window);
        const QString help = *row.help ? tr(row.help) : QString();
        action->setStatusTip(help);
        action->setCheckable(row.checkable);
        action->setShortcuts(QKeySequence::listFromString(QString::fromLatin1(row.shortcuts)));
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        const QString title = QString(action->text()).remove(u"…"_s);
        m_toolTips[row.id] = keys.isEmpty() ? title : tr("%1 (%2)").arg(title, keys);
        action->setToolTip(m_toolTips[row.id]);
        window->addAction(action); // shortcuts work while the menu bar is hidden
        m_actions.emplace(row.id, action);
    }
    m_actions.at(Quit)->setMenuRole(QAction::QuitRole);
    m_actions.at(About)->setMenuRole(QAction::AboutRole);
    auto *schemes = new QActionGroup(this);
    for (const Id id : {SchemeSystem, SchemeLight, SchemeDark})
        schemes->addAction(m_actions.at(id));
}

void Actions::fill(QMenuBar *bar)
{
    for (const auto &[menu, title] : menus) {
        QMenu *shown = bar->addMenu(tr(title));
        m_menus.append(shown);
        for (const Row &row : table) {
            if (row.menu != menu)
                continue;
            if (row.startsGroup)
                shown->addSeparator();
            shown->addAction(m_actions.at(row.id));
        }
    }
}

void Actions::update(const Situation &situation)
{
    for (const Row &row : table) {
        if (row.needs == Needs::SetElsewhere)
            continue;
        const bool isOff = row.writes && situation.isReadOnly;
        m_actions.at(row.id)->setEnabled(!isOff && isPossible(row.needs, situation));
        setReason(row.id, isOff ? tr("This server is read-only here.") : QString());
    }
    if (!situation.tagRemovalObstacle.isEmpty()) {
        m_actions.at(RemoveTags)->setEnabled(false);
        setReason(RemoveTags, situation.tagRemovalObstacle);
    }
    for (QMenu *menu : std::as_const(m_menus)) // for the reasons; else they only say what the menu says
        menu->setToolTipsVisible(situation.isReadOnly || !situation.tagRemovalObstacle.isEmpty());
}

void Actions::setReason(Id id, const QString &reason)
{
    const QString &toolTip = m_toolTips.at(id);
    m_actions.at(id)->setToolTip(reason.isEmpty() ? toolTip : toolTip + u'\n' + reason);
}

void Actions::reloadIcons()
{
    for (const Row &row : table)
        m_actions.at(row.id)->setIcon(iconOf(row));
}
