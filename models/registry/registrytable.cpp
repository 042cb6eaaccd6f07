// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/registry/registrytable.h"

#include "models/values/format.h"

using namespace Qt::StringLiterals;

RegistryTable::RegistryTable(QObject *parent)
    : RowTable<RegistryRow>(
        {
            {"name", tr("Model"), {}, Qt::AlignLeft, [](const RegistryRow &row) { return row.name; }, {}, {}},
            {"versions", tr("Versions"), {}, Qt::AlignRight,
                [](const RegistryRow &row) { return format::count(row.versions); },
                [](const RegistryRow &row) { return QVariant(row.versions); },
                [](const RegistryRow &row) { return QString::number(row.versions); }},
            {"latest", tr("Latest"), tr("The latest version"), Qt::AlignLeft,
                [](const RegistryRow &row) { return row.latest.isEmpty() ? format::missing() : row.latest; },
                {}, {}},
            {"stages", tr("Stages"), tr("Stages of the latest version"), Qt::AlignLeft,
                [](const RegistryRow &row) { return row.stages.join(u", "_s); }, {}, {}},
            {"visibility", tr("Visibility"), {}, Qt::AlignLeft,
                [](const RegistryRow &row) { return row.isPublic ? tr("Public") : tr("Private"); }, {}, {}},
            {"updated", tr("Last Updated"), {}, Qt::AlignLeft,
                [](const RegistryRow &row) { return format::time(row.updated, QDateTime::currentDateTime()); },
                [](const RegistryRow &row) { return QVariant(row.updated); },
                [](const RegistryRow &row) { return format::timeFull(row.updated); }},
            {"user", tr("By"), tr("Who registered the model"), Qt::AlignLeft,
                [](const RegistryRow &row) { return row.user; }, {}, {}},
            {"description", tr("Description"), {}, Qt::AlignLeft,
                [](const RegistryRow &row) { return row.description.simplified(); }, {},
                [](const RegistryRow &row) { return row.description; }},
        },
        [](const RegistryRow &row) { return row.id.isEmpty() ? row.name : row.id; }, parent)
{
}

void RegistryTable::setModels(const std::vector<api::RegistryModel> &models)
{
    std::vector<RegistryRow> rows;
    rows.reserve(models.size());
    for (const api::RegistryModel &model : models) {
        const api::ModelVersion latest = model.versions.empty() ? api::ModelVersion() : model.versions.front();
        rows.push_back({model.id, model.name, model.versionCount, latest.version, latest.stages,
            model.description, model.isPublic, model.updated, model.user});
    }
    setRows(std::move(rows));
}
