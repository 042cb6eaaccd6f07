// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/values/rowtable.h"

// The source of a version, as far as it is known.
struct SourceExperiment
{
    enum class State { Unknown, Known, Gone };
    State state = State::Unknown;
    QString name = {}; // what people call it; of Known
    QString workspace = {};
    QString project = {};

    bool operator==(const SourceExperiment &) const = default;
};

struct VersionRow
{
    QString id;
    QString version;
    QStringList stages;
    QString status;
    QString comment;
    QString experiment; // what is shown for it
    QString user;
    qint64 created = 0;
    qint64 size = -1; // bytes of all files; -1 where unknown
    int rank = 0; // from the lowest version up

    bool operator==(const VersionRow &) const = default;
};

// The versions of one model, the highest first. Owned by the page that shows them.
class VersionTable : public RowTable<VersionRow>
{
    Q_OBJECT
public:
    enum Column { Version, Stages, Status, Comment, Experiment, User, Created, Size };

    explicit VersionTable(QObject *parent = nullptr);

    // versions in the order to be shown; experiments by key.
    void setVersions(const std::vector<api::ModelVersion> &versions,
        const QHash<QString, SourceExperiment> &experiments);
};
