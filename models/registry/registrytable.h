// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/values/rowtable.h"

struct RegistryRow
{
    QString id;
    QString name;
    qint64 versions = 0;
    QString latest; // version; empty where there is none
    QStringList stages; // of the latest
    QString description;
    bool isPublic = false;
    qint64 updated = 0;
    QString user;

    bool operator==(const RegistryRow &) const = default;
};

// The registered models of one workspace. Owned by the page that shows them.
class RegistryTable : public RowTable<RegistryRow>
{
    Q_OBJECT
public:
    enum Column { Name, Versions, Latest, Stages, Visibility, Updated, User, Description };

    explicit RegistryTable(QObject *parent = nullptr);

    void setModels(const std::vector<api::RegistryModel> &models);
};
