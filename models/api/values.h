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

// What the server's answers say, as values. Times are milliseconds since 1970 UTC, 0 where unknown.
namespace api {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

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

// PROTOCOL 4.2: a metric, parameter or other, with the text the server keeps. A null QString is null.
struct Summary
{
    QString name;
    QString current;
    QString minimum;
    QString maximum;
    qint64 currentTime = 0;
    qint64 minimumTime = 0;
    qint64 maximumTime = 0;
    std::optional<qint64> currentStep;
    std::optional<qint64> minimumStep;
    std::optional<qint64> maximumStep;
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
    std::vector<double> timestamps; // milliseconds since 1970 UTC
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

} // namespace api
