// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/experiment/valuetable.h"

#include "models/values/format.h"
#include "models/values/number.h"

namespace {

QString shown(const QString &text)
{
    if (text.isNull())
        return format::missing();
    return text.isEmpty() ? ValueTable::tr("(empty)") : text;
}

QVariant sortable(const QString &text)
{
    const std::optional<double> value = number::read(text);
    return value ? QVariant(*value) : QVariant(text);
}

QString stateName(api::State state, bool archived)
{
    const QString name = state == api::State::Running ? ValueTable::tr("Running")
        : state == api::State::Crashed                ? ValueTable::tr("Crashed")
        : state == api::State::Finished               ? ValueTable::tr("Finished")
                                                      : ValueTable::tr("Unknown");
    return archived ? ValueTable::tr("%1, archived").arg(name) : name;
}

} // namespace

ValueTable::ValueTable(const QString &nameTitle, QObject *parent)
    : RowTable<ValueRow>(
        {
            {"name", nameTitle, {}, Qt::AlignLeft, [](const ValueRow &row) { return row.name; }, {}, {}},
            {"value", tr("Value"), {}, Qt::AlignLeft, [](const ValueRow &row) { return shown(row.value); },
                [](const ValueRow &row) { return sortable(row.value); },
                [](const ValueRow &row) { return row.exact.isEmpty() ? row.value : row.exact; }},
        },
        [](const ValueRow &row) { return row.name; }, parent)
{
}

void ValueTable::setSummaries(const api::Summaries &summaries)
{
    std::vector<ValueRow> rows;
    rows.reserve(summaries.size());
    for (const api::Summary &summary : summaries)
        rows.push_back({summary.name, summary.current, {}});
    setRows(std::move(rows));
}

void ValueTable::setMetadata(const api::Metadata &metadata)
{
    const QDateTime now = QDateTime::currentDateTime();
    const auto text = [](const QString &value) { return value.isEmpty() ? QString() : value; };
    const auto time = [&now](const QString &name, qint64 when) {
        return when > 0 ? ValueRow{name, format::time(when, now), format::timeFull(when)}
                        : ValueRow{name, {}, {}};
    };
    std::vector<ValueRow> rows{
        {tr("Name"), text(metadata.name), {}},
        {tr("Key"), metadata.key, {}},
        {tr("State"), stateName(metadata.state, metadata.archived), {}},
        {tr("User"), text(metadata.user), {}},
        {tr("Workspace"), text(metadata.workspace), {}},
        {tr("Project"), text(metadata.project), {}},
        time(tr("Started"), metadata.start),
        time(tr("Ended"), metadata.state == api::State::Running ? 0 : metadata.end),
        {tr("Duration"), metadata.duration > 0 ? format::duration(metadata.duration) : QString(),
            metadata.duration > 0 ? QString::number(metadata.duration) : QString()},
        {tr("File"), text(metadata.filePath.isEmpty() ? metadata.fileName : metadata.filePath), {}},
    };
    if (!metadata.optimizationId.isEmpty())
        rows.push_back({tr("Optimization"), metadata.optimizationId, {}});
    if (metadata.throttled)
        rows.push_back({tr("Throttled"), tr("Yes: the server dropped some of what was logged"), {}});
    setRows(std::move(rows));
}
