// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/registry/versiontable.h"

#include "models/values/format.h"

using namespace Qt::StringLiterals;

namespace {

QString sizeText(qint64 size)
{
    return size < 0 ? format::missing() : format::bytes(size);
}

QString experimentText(const api::ModelVersion &version, const SourceExperiment &experiment)
{
    if (version.experimentKey.isEmpty() || experiment.state == SourceExperiment::State::Gone)
        return VersionTable::tr("(deleted)");
    return experiment.state == SourceExperiment::State::Known ? experiment.name : version.experimentKey.left(9);
}

qint64 sizeOf(const api::ModelVersion &version)
{
    qint64 sum = version.assets.empty() ? -1 : 0;
    for (const api::Asset &asset : version.assets) {
        if (asset.size < 0)
            return -1;
        sum += asset.size;
    }
    return sum;
}

} // namespace

VersionTable::VersionTable(QObject *parent)
    : RowTable<VersionRow>(
        {
            {"version", tr("Version"), {}, Qt::AlignLeft, [](const VersionRow &row) { return row.version; },
                [](const VersionRow &row) { return QVariant(row.rank); }, {}},
            {"stages", tr("Stages"), {}, Qt::AlignLeft,
                [](const VersionRow &row) { return row.stages.join(u", "_s); }, {}, {}},
            {"status", tr("Status"), {}, Qt::AlignLeft, [](const VersionRow &row) { return row.status; }, {}, {}},
            {"comment", tr("Comment"), {}, Qt::AlignLeft,
                [](const VersionRow &row) { return row.comment.simplified(); }, {},
                [](const VersionRow &row) { return row.comment; }},
            {"experiment", tr("Experiment"), tr("Where the version comes from"), Qt::AlignLeft,
                [](const VersionRow &row) { return row.experiment; }, {}, {}},
            {"user", tr("By"), {}, Qt::AlignLeft, [](const VersionRow &row) { return row.user; }, {}, {}},
            {"created", tr("Created"), {}, Qt::AlignLeft,
                [](const VersionRow &row) { return format::time(row.created, QDateTime::currentDateTime()); },
                [](const VersionRow &row) { return QVariant(row.created); },
                [](const VersionRow &row) { return format::timeFull(row.created); }},
            {"size", tr("Size"), {}, Qt::AlignRight, [](const VersionRow &row) { return sizeText(row.size); },
                [](const VersionRow &row) { return QVariant(row.size); },
                [](const VersionRow &row) { return row.size < 0 ? QString() : QString::number(row.size); }},
        },
        [](const VersionRow &row) { return row.id.isEmpty() ? row.version : row.id; }, parent)
{
}

void VersionTable::setVersions(
    const std::vector<api::ModelVersion> &versions, const QHash<QString, SourceExperiment> &experiments)
{
    std::vector<VersionRow> rows;
    rows.reserve(versions.size());
    for (const api::ModelVersion &version : versions) {
        rows.push_back({version.id, version.version, version.stages, version.status, version.comment,
            experimentText(version, experiments.value(version.experimentKey)), version.user, version.created,
            sizeOf(version), static_cast<int>(versions.size() - rows.size())});
    }
    setRows(std::move(rows));
}
