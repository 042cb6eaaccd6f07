// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/values/rowtable.h"

// The files of one experiment, or of one version of a model, in the server's order (PROTOCOL 4.5). Owned
// by whoever shows them.
class AssetTable : public RowTable<api::Asset>
{
    Q_OBJECT
public:
    enum Column { Name, Type, Step, Size, Created };

    explicit AssetTable(QObject *parent = nullptr);

    void setAssets(std::vector<api::Asset> assets) { setRows(std::move(assets)); }
};
