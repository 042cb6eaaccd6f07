// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/values/textcolumn.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cmath>
#include <limits>
#include <optional>
#include <vector>

// What the server's answers say, as values. Times are milliseconds since 1970 UTC, 0 where unknown; also where what
// was sent can't be a time of logging, see canBeTime().
namespace api {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

// Whether something can have been logged then: from 2000 to 2100. Seconds that were sent for milliseconds all lie in
// the first weeks of 1970, as does a 0, and microseconds tens of thousands of years ahead: a guess at what was meant
// would look like a fact, and one such time in a chart would squeeze all others into a line.
inline constexpr double earliestTime = 946'684'800'000;
inline constexpr double latestTime = 4'102'444'800'000;
constexpr bool canBeTime(double milliseconds)
{
    return milliseconds >= earliestTime && milliseconds < latestTime;
}

struct Account
{
    QString userName;
    QString defaultWorkspace;
};

// PROTOCOL 3.1, PROJECT.
struct Project
{
    QString id;
    QString name;
    QString workspace;
    QString owner;
    QString description;
    qint64 experimentCount = -1; // -1 where the server does not say
    qint64 lastUpdated = 0;
    bool isPublic = false;
};

enum class State : quint8 { Unknown, Running, Finished, Crashed };

// The listing of a project, column by column, in the server's order (PROTOCOL 3.2, EXP). All columns
// have the same length.
struct Experiments
{
    TextColumn keys;
    TextColumn names; // empty where the experiment has none
    TextColumn users; // empty where the listing does not say
    std::vector<qint64> starts;
    std::vector<qint64> ends;
    std::vector<qint64> durations; // milliseconds
    std::vector<quint8> archived; // 0 or 1
    std::vector<State> states; // Unknown where the listing does not say

    std::size_t size() const { return keys.size(); }
};

enum class Archived : quint8 { No, Yes, Both };

// PROTOCOL 4.1.
struct Metadata
{
    QString key;
    QString name;
    QString workspace;
    QString project;
    QString projectId;
    QString user;
    QString fileName;
    QString filePath;
    QString optimizationId;
    qint64 start = 0;
    qint64 end = 0;
    qint64 duration = 0; // milliseconds
    bool archived = false;
    bool throttled = false;
    State state = State::Unknown;
};

// PROTOCOL 4.2: a metric, parameter or other, with the text the server keeps. A null QString is null. Steps are texts,
// too: they may be fractions, and whole ones may have more digits than any number here.
struct Summary
{
    QString name;
    QString current;
    QString minimum;
    QString maximum;
    qint64 currentTime = 0;
    qint64 minimumTime = 0;
    qint64 maximumTime = 0;
    QString currentStep;
    QString minimumStep;
    QString maximumStep;
    QString context;
};
using Summaries = std::vector<Summary>;

// PROTOCOL 5.2.
struct Column
{
    enum class Source : quint8 { Metadata, Metric, Parameter, Other, Environment, Tag, Unknown };
    QString name;
    Source source = Source::Unknown;
    QString type; // string, boolean, double, datetime, timenumber
};
using Columns = std::vector<Column>;

// One metric of one experiment. Columns are as long as values, or empty where the server sends null;
// a single missing entry is NaN. NaN and infinities of values are kept as they were logged.
struct MetricSeries
{
    QString name;
    std::vector<double> values;
    std::vector<double> steps;
    std::vector<double> epochs;
    std::vector<double> timestamps; // milliseconds since 1970 UTC; those that can't be are missing
    std::vector<double> durations; // as sent: unit and origin are not sure (PROTOCOL U11)
};

// PROTOCOL 6: what is asked, and what comes back.
struct ChartQuestion
{
    QStringList experiments;
    std::optional<QStringList> metrics; // nothing is sent as null
    std::optional<QStringList> parameters;
    bool independent = true; // false: only the steps at which every metric has a value
    bool full = false; // false: a sample of about 500 points a series
};

struct ChartedExperiment
{
    QString key;
    std::vector<MetricSeries> metrics; // those it has, in the server's order
    QStringList parameters; // aligned with ChartQuestion::parameters; null where it lacks one
};
using ChartAnswer = std::vector<ChartedExperiment>;

// PROTOCOL 5.3: a condition of project/query, as much of it as browsing needs.
struct Rule
{
    Column column;
    QString op; // equal, is_not_null, ...
    QString jsonValue; // a JSON literal: "\"text\"", 1, null
};

// PROTOCOL 1.5: how the server says that a write was done, and the ids that it gave out for it. What an
// answer does not have is empty.
struct Acknowledgement
{
    QString message;
    QString projectId; // of a project created
    QString shareCode; // of a share key created
    QString registryModelId; // of a model registered
    QString registryModelItemId; // of its version
};

// What is to be different in a project (PROTOCOL 3.1) or registry model (3.3); nothing stays as it is.
struct PropertyChange
{
    std::optional<QString> name = {};
    std::optional<QString> description = {};
    std::optional<bool> isPublic = {};
};

// PROTOCOL 4.5, as much of it as lists of files need.
struct Asset
{
    QString id;
    QString name; // may hold slashes
    QString type; // "asset" where the server does not say
    qint64 size = -1; // bytes; -1 where the server does not say
    QString step; // as Summary's; null where it has none
    qint64 created = 0;
    bool isRemote = false; // kept elsewhere: link says where, and there are no bytes to be had here
    QString link;

    bool operator==(const Asset &) const = default;
};

// PROTOCOL 7, ITEM.
struct ModelVersion
{
    QString id; // registryModelItemId
    QString version; // "1.0.1"
    QString comment;
    QStringList stages; // newer servers call them tags
    QString status; // of newer servers; null where there is none
    QString experimentKey; // empty where the experiment is gone
    QString experimentModelId;
    QString experimentModelName;
    QString user;
    qint64 created = 0;
    qint64 updated = 0;
    std::vector<Asset> assets;
};

// PROTOCOL 7, OVERVIEW and DETAILS.
struct RegistryModel
{
    QString id;
    QString name;
    QString description;
    QString user;
    qint64 versionCount = 0;
    qint64 created = 0;
    qint64 updated = 0;
    bool isPublic = false;
    std::vector<ModelVersion> versions; // DETAILS: all, in the server's order; OVERVIEW: the latest
};

// PROTOCOL 4: a model that an experiment logged, and where it is registered.
struct ExperimentModel
{
    struct Registration
    {
        QString model;
        QString version;
    };
    QString id;
    QString experimentKey;
    QString name;
    std::vector<Registration> registrations;
};

// PROTOCOL 7: what register_model() asks for. The name is normalised already, the version semantic.
struct Registration
{
    QString experimentModelId;
    QString model;
    QString version = QStringLiteral("1.0.0");
    QString comment;
    QStringList stages;
    QString description; // of a model that is not there yet, as is isPublic
    bool isPublic = false;
};

} // namespace api
