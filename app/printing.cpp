// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/printing.h"

#include "app/projectquery.h"
#include "models/browse/experimenttable.h"
#include "models/browse/printing.h"
#include "models/browse/projectloader.h"
#include "models/browse/projecttable.h"
#include "models/experiment/experimentvalues.h"

using namespace Qt::StringLiterals;

namespace {

// One value is one cell, whatever it holds.
QString escaped(QString text)
{
    return text.replace(u'\\', "\\\\"_L1).replace(u'\t', "\\t"_L1).replace(u'\n', "\\n"_L1).replace(
        u'\r', "\\r"_L1);
}

QString line(QStringList cells)
{
    for (QString &cell : cells)
        cell = escaped(cell);
    return cells.join(u'\t') + u'\n';
}

QStringList titles(const QAbstractItemModel &model)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells.append(model.headerData(column, Qt::Horizontal).toString());
    return cells;
}

QStringList exactCells(const QAbstractItemModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells.append(model.index(row, column).data(rowtable::ExactRole).toString());
    return cells;
}

QString tsv(const QAbstractItemModel &model)
{
    QString text = line(titles(model));
    for (int row = 0; row < model.rowCount(); ++row)
        text += line(exactCells(model, row));
    return text;
}

// Tables of several shapes below one header: what a shape lacks stays empty.
QString sectionTsv(const QString &section, const QAbstractItemModel &model, int width)
{
    QString text;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells{section};
        cells.append(exactCells(model, row));
        while (cells.size() < width)
            cells.append(QString());
        text += line(cells);
    }
    return text;
}

} // namespace

Printing::Printing(Session &session, const CommandLine &line, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_line(line)
{
    auto *finder = new OpenPath(session, line.print, this);
    connect(finder, &OpenPath::found, this, &Printing::print);
    connect(finder, &OpenPath::failed, this, &Printing::failed);
}

Printing::~Printing() = default;

void Printing::print(const Place &place)
{
    if (place.workspace.isEmpty())
        printWorkspaces();
    else if (place.project.isEmpty())
        printProjects(place.workspace);
    else if (m_line.query)
        query(place);
    else if (place.experiment.isEmpty())
        printExperiments(place, nullptr);
    else
        printExperiment(place.experiment);
}

void Printing::printWorkspaces()
{
    m_session.client().workspaces()
        ->then(this,
            [this](const QStringList &names) {
                WorkspaceTable table;
                table.setWorkspaces(names, m_session.account().defaultWorkspace);
                emit printed(tsv(table));
            })
        ->otherwise(this, [this](const api::Error &error) { emit failed(error.sentence()); });
}

void Printing::printProjects(const QString &workspace)
{
    m_session.client().projects(workspace)
        ->then(this,
            [this](const std::vector<api::Project> &projects) {
                ProjectTable table;
                table.setProjects(projects);
                emit printed(tsv(table));
            })
        ->otherwise(this, [this](const api::Error &error) { emit failed(error.sentence()); });
}

void Printing::query(const Place &place)
{
    auto *query = new ProjectQuery(m_session, place, m_line, this);
    connect(query, &ProjectQuery::failed, this, &Printing::failed);
    connect(query, &ProjectQuery::explained, this, &Printing::printed);
    connect(query, &ProjectQuery::found, this,
        [this, place](const std::shared_ptr<const KeySet> &keys) { printExperiments(place, keys); });
}

void Printing::printExperiments(const Place &place, const std::shared_ptr<const KeySet> &keys)
{
    m_table = std::make_unique<ExperimentTable>();
    m_loader = std::make_unique<ProjectLoader>(*m_table);
    if (m_line.archived)
        m_loader->setArchived(api::Archived::Yes);
    connect(m_loader.get(), &ProjectLoader::loaded, this, [this] {
        if (m_loader->values().isIncomplete() && !std::exchange(m_askedAll, true))
            m_loader->loadEverything();
        else if (!std::exchange(m_done, true))
            emit printed(printing::tsv(*m_table));
    });
    // A table with holes must not look like the whole.
    const auto failedPart = [this](const api::Error &error) {
        if (!std::exchange(m_done, true))
            emit failed(error.sentence());
    };
    connect(&m_loader->values(), &ValueLoader::failed, this, failedPart);
    connect(m_loader.get(), &ProjectLoader::partFailed, this, failedPart);
    connect(m_loader.get(), &ProjectLoader::stateChanged, this, [this] {
        if (m_loader->state() == ProjectLoader::State::Failed && !std::exchange(m_done, true))
            emit failed(m_loader->error().sentence());
    });
    m_loader->open(&m_session.client(), place.workspace, place.project);
    m_table->setFound(keys);
}

void Printing::printExperiment(const QString &key)
{
    m_values = std::make_unique<ExperimentValues>();
    connect(m_values.get(), &ExperimentValues::partChanged, this, &Printing::experimentPartChanged);
    m_values->setExperiment(&m_session, key);
}

void Printing::experimentPartChanged()
{
    using Part = ExperimentValues::Part;
    for (const Part part :
        {Part::Metadata, Part::Metrics, Part::Parameters, Part::Others, Part::Tags, Part::Assets}) {
        if (m_values->state(part) == ExperimentValues::State::Loading)
            return;
        if (m_values->state(part) == ExperimentValues::State::Failed) {
            if (!std::exchange(m_done, true))
                emit failed(m_values->error(part).sentence());
            return;
        }
    }
    if (std::exchange(m_done, true))
        return;
    QStringList header{tr("Section"), tr("Name")};
    header.append(titles(m_values->metrics()).mid(1));
    const int width = static_cast<int>(header.size());
    QString text = line(header);
    text += sectionTsv(tr("Overview"), m_values->facts(), width);
    text += sectionTsv(tr("Metric"), m_values->metrics(), width);
    text += sectionTsv(tr("Parameter"), m_values->parameters(), width);
    text += sectionTsv(tr("Other"), m_values->others(), width);
    for (const QString &tag : m_values->tags()) {
        QStringList cells{tr("Tag"), tag};
        while (cells.size() < width)
            cells.append(QString());
        text += line(cells);
    }
    text += sectionTsv(tr("Asset"), m_values->assets(), width);
    emit printed(text);
}
