// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the layout of a ChartsPage is edited, kept and exchanged.

#include "models/session/settings.h"
#include "ui/charts/chartbar.h"
#include "ui/charts/chartgrid.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/chartspage.h"
#include "ui/charts/metricchooser.h"
#include "ui/charts/paneldialog.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QSaveFile>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

constexpr auto layoutKind = "charts1"; // the number is the version of ChartLayout

} // namespace

void ChartsPage::makeLayoutMenu()
{
    QMenu *menu = m_bar->layoutMenu();
    menu->addAction(tr("Undo Layout Change"), this, [this] { undo(false); });
    menu->addAction(tr("Redo Layout Change"), this, [this] { undo(true); });
    menu->addSeparator();
    menu->addAction(tr("Export Layout…"), this, &ChartsPage::exportLayout);
    menu->addAction(tr("Import Layout…"), this, &ChartsPage::importLayout);
    menu->addAction(tr("A Panel for Each Metric"), this, [this] {
        ChartLayout layout;
        layout.settings = m_layout.settings;
        edit(layout.completed(m_metrics));
    });
    m_bar->setCanUndo(false, false);
    connect(m_grid, &ChartGrid::foldRequested, this,
        [this](const QString &section, bool isFolded) { edit(m_layout.withFolded(section, isFolded)); });
    connect(m_grid, &ChartGrid::moveRequested, this, [this](int id, std::size_t before, const QString &section) {
        if (const auto index = m_layout.indexOf(id))
            edit(m_layout.moved(*index, before, section));
    });
    connect(m_grid, &ChartGrid::sizeRequested, this, [this](int id, int columns, int height) {
        const auto index = m_layout.indexOf(id);
        if (!index)
            return;
        PanelSettings panel = m_layout.panels[*index];
        panel.columns = columns;
        panel.height = height;
        edit(m_layout.with(*index, panel));
    });
    connect(m_chooser, &MetricChooser::chosenChanged, this, [this](const QStringList &names) {
        if (m_chooserFor != 0) {
            if (const auto index = m_layout.indexOf(m_chooserFor); index && !names.isEmpty()) {
                PanelSettings panel = m_layout.panels[*index];
                panel.metrics = names;
                edit(m_layout.with(*index, panel));
            }
            return;
        }
        ChartLayout layout = m_layout;
        for (const QString &name : names) {
            if (!m_chosen.contains(name)) {
                PanelSettings panel;
                panel.metrics = {name};
                layout = layout.withPanel(panel);
            }
        }
        for (std::size_t i = layout.panels.size(); i-- > 0;) {
            const QStringList &its = layout.panels[i].metrics;
            if (its.size() == 1 && m_chosen.contains(its.constFirst()) && !names.contains(its.constFirst()))
                layout = layout.without(i);
        }
        m_chosen = names;
        edit(layout);
    });
}

// The person changes something: it can be undone.
void ChartsPage::edit(const ChartLayout &layout)
{
    if (layout == m_layout)
        return;
    m_history.keep(m_layout);
    showLayout(layout);
    m_saving.start();
}

void ChartsPage::setLayoutShown(const ChartLayout &layout)
{
    edit(layout);
}

bool ChartsPage::undo(bool again)
{
    if (again ? !m_history.canRedo() : !m_history.canUndo())
        return false;
    showLayout(again ? m_history.redo(m_layout) : m_history.undo(m_layout));
    m_saving.start();
    return true;
}

void ChartsPage::showLayout(const ChartLayout &layout)
{
    m_layout = layout.completed(m_metrics);
    m_bar->setSettings(m_layout.settings);
    m_bar->setCanUndo(m_history.canUndo(), m_history.canRedo());
    m_grid->setCharts(m_layout);
    for (const PanelSettings &settings : m_layout.panels) {
        for (ChartPanel *panel : {m_grid->panel(settings.id), m_windows.value(settings.id).data()}) {
            if (!panel || (panel->panel() == settings && panel->feed().settings() == settings.resolved(m_layout.settings)))
                continue;
            panel->setPanel(settings, m_layout.settings);
            panel->feed().setGroupOf(m_groupOf);
            panel->feed().setRuns(m_runs);
            panel->feed().update();
        }
    }
    m_wanting.start();
    showPlace();
}

void ChartsPage::restoreLayout(const QString &subject)
{
    m_history.clear();
    for (const QPointer<ChartPanel> &window : std::as_const(m_windows))
        delete window;
    m_windows.clear();
    ChartLayout layout;
    layout.folded = {u"sys"_s}; // many, and seldom what is looked for
    if (!subject.isEmpty()) {
        const QByteArray kept = m_settings.layout(QString::fromLatin1(layoutKind), subject);
        layout = ChartLayout::fromJson(kept).value_or(layout);
    }
    showLayout(layout);
    if (layout.settings.grouping.isActive())
        emit groupingChosen(layout.settings.grouping);
}

void ChartsPage::keepLayout()
{
    m_saving.stop();
    if (!m_subject.isEmpty())
        m_settings.setLayout(QString::fromLatin1(layoutKind), m_subject, m_layout.toJson());
}

void ChartsPage::choosePanels()
{
    m_chooserFor = 0;
    m_chosen.clear();
    for (const PanelSettings &panel : m_layout.panels) {
        if (panel.metrics.size() == 1 && panel.expressions.isEmpty())
            m_chosen += panel.metrics;
    }
    m_chooser->setNames(m_metrics);
    m_chooser->setChosen(m_chosen);
    m_chooser->popUpBelow(m_bar->addButton());
}

void ChartsPage::addMetrics(int panelId)
{
    const auto index = m_layout.indexOf(panelId);
    ChartPanel *panel = m_grid->panel(panelId);
    if (!index || !panel)
        return;
    m_chooserFor = panelId;
    m_chooser->setNames(m_metrics);
    m_chooser->setChosen(m_layout.panels[*index].metrics);
    m_chooser->popUpBelow(panel->view());
}

void ChartsPage::removePanel(int panelId)
{
    if (const auto index = m_layout.indexOf(panelId))
        edit(m_layout.without(*index));
}

void ChartsPage::openSettings(int panelId)
{
    const auto index = m_layout.indexOf(panelId);
    if (!index)
        return;
    auto *dialog = new PanelDialog(m_layout.panels[*index], m_layout.settings, m_metrics, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PanelDialog::chosen, this, [this, panelId](const PanelSettings &panel) {
        if (const auto now = m_layout.indexOf(panelId))
            edit(m_layout.with(*now, panel));
    });
    dialog->open();
}

// The same panel once more, beside the page; it follows all that the page does.
void ChartsPage::openWindow(int panelId)
{
    QPointer<ChartPanel> &window = m_windows[panelId];
    const auto index = m_layout.indexOf(panelId);
    if (window || !index) {
        if (window)
            window->activateWindow();
        return;
    }
    window = new ChartPanel(m_loader, ChartPanel::Place::Window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setWindowTitle(m_layout.panels[*index].displayTitle());
    window->setPanel(m_layout.panels[*index], m_layout.settings);
    window->resize(900, 560);
    connectPanel(window, panelId);
    window->feed().setGroupOf(m_groupOf);
    window->feed().setRuns(m_runs);
    window->feed().update();
    connect(window, &QObject::destroyed, &m_wanting, qOverload<>(&QTimer::start));
    window->show();
    m_wanting.start();
}

void ChartsPage::exportLayout()
{
    auto *dialog = new QFileDialog(window(), tr("Export Layout"), QDir::homePath(), tr("Layouts of charts (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(u"charts.json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        const QByteArray text = m_layout.toJson();
        const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
        const QString name = QDir::toNativeSeparators(path);
        emit message(isWritten ? tr("Exported to %1.").arg(name)
                               : tr("%1 could not be written: %2").arg(name, file.errorString()));
    });
    dialog->open();
}

void ChartsPage::importLayout()
{
    auto *dialog = new QFileDialog(window(), tr("Import Layout"), QDir::homePath(), tr("Layouts of charts (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const QString name = QDir::toNativeSeparators(path);
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            emit message(tr("%1 could not be read: %2").arg(name, file.errorString()));
            return;
        }
        QString problem;
        const auto layout = ChartLayout::fromJson(file.readAll(), &problem);
        if (layout)
            edit(*layout);
        emit message(layout ? tr("The layout of %1 is shown.").arg(name)
                            : tr("%1 could not be imported. %2").arg(name, problem));
    });
    dialog->open();
}
