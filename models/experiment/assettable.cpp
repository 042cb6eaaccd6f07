// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/experiment/assettable.h"

#include "models/values/format.h"
#include "models/values/number.h"

using namespace Qt::StringLiterals;

AssetTable::AssetTable(QObject *parent)
    : RowTable<api::Asset>(
        {
            {"name", tr("File"), {}, Qt::AlignLeft, [](const api::Asset &asset) { return asset.name; }, {}, {}},
            {"type", tr("Type"), tr("What the training script logged it as"), Qt::AlignLeft,
                [](const api::Asset &asset) {
                    return asset.isRemote ? tr("%1, kept elsewhere").arg(asset.type) : asset.type;
                },
                {}, [](const api::Asset &asset) { return asset.isRemote ? asset.link : asset.type; }},
            {"step", tr("Step"), tr("The step it was logged at"), Qt::AlignRight,
                [](const api::Asset &asset) { return format::step(asset.step); },
                [](const api::Asset &asset) {
                    const std::optional<double> step = number::read(asset.step);
                    return step ? QVariant(*step) : QVariant();
                },
                [](const api::Asset &asset) { return asset.step; }},
            {"size", tr("Size"), {}, Qt::AlignRight,
                [](const api::Asset &asset) { return asset.size < 0 ? format::missing() : format::bytes(asset.size); },
                [](const api::Asset &asset) { return QVariant(asset.size); },
                [](const api::Asset &asset) { return asset.size < 0 ? QString() : QString::number(asset.size); }},
            {"created", tr("Created"), {}, Qt::AlignLeft,
                [](const api::Asset &asset) { return format::time(asset.created, QDateTime::currentDateTime()); },
                [](const api::Asset &asset) { return QVariant(asset.created); },
                [](const api::Asset &asset) { return format::timeFull(asset.created); }},
        },
        [](const api::Asset &asset) { return asset.id; }, parent)
{
}
