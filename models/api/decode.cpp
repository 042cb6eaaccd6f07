// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/decode.h"

#include "models/api/numberreader.h"
#include "models/api/reader.h"

#include <QHash>

#include <algorithm>

namespace api::decode {

namespace {

void readProject(Value value, Project &project)
{
    std::optional<bool> isPublic;
    forEachField(value, [&](std::string_view key, Value &field) {
        if (key == "projectId")
            project.id = text(field);
        else if (key == "projectName")
            project.name = text(field);
        else if (key == "workspaceName")
            project.workspace = text(field);
        else if (key == "ownerUserName")
            project.owner = text(field);
        else if (key == "projectDescription")
            project.description = text(field);
        else if (key == "numberOfExperiments")
            project.experimentCount = integer(field).value_or(-1);
        else if (key == "lastUpdated")
            project.lastUpdated = time(field);
        else if (key == "public") // the recorded answers; "isPublic" is the documentation's
            isPublic = flag(field);
        else if (key == "isPublic" && !isPublic)
            isPublic = flag(field);
    });
    if (project.name.isEmpty())
        fail("projectName is missing");
    project.isPublic = isPublic.value_or(false);
}

// running and hasCrashed, as far as an answer has them (PROTOCOL 4.1).
struct StateFlags
{
    std::optional<bool> running;
    std::optional<bool> crashed;

    bool take(std::string_view key, Value &value)
    {
        if (key != "running" && key != "hasCrashed")
            return false;
        (key == "running" ? running : crashed) = flag(value);
        return true;
    }
    State state() const
    {
        if (running.value_or(false))
            return State::Running;
        if (crashed.value_or(false))
            return State::Crashed;
        return running || crashed ? State::Finished : State::Unknown;
    }
};

class ExperimentsReader
{
public:
    ExperimentsReader(Experiments &experiments, Archived wanted)
        : m_experiments(experiments), m_wanted(wanted)
    {
    }

    void read(Value &value)
    {
        m_key.clear();
        m_name.clear();
        m_user.clear();
        qint64 start = 0;
        qint64 end = 0;
        std::optional<qint64> duration;
        bool isArchived = false;
        StateFlags flags;
        forEachField(value, [&](std::string_view key, Value &field) {
            if (key == "experimentKey")
                take(field, m_key);
            else if (key == "experimentName")
                take(field, m_name);
            else if (key == "userName")
                take(field, m_user);
            else if (key == "startTimeMillis")
                start = time(field);
            else if (key == "endTimeMillis")
                end = time(field);
            else if (key == "durationMillis")
                duration = integer(field);
            else if (key == "archived")
                isArchived = flag(field);
            else
                flags.take(key, field);
        });
        if (m_key.empty())
            fail("experimentKey is missing");
        if (m_wanted != Archived::Both && isArchived != (m_wanted == Archived::Yes))
            return;
        m_experiments.keys.append(m_key);
        m_experiments.names.append(m_name);
        m_experiments.users.append(m_user);
        m_experiments.starts.push_back(start);
        m_experiments.ends.push_back(end);
        m_experiments.durations.push_back(
            duration.value_or(start > 0 && end > start ? end - start : 0));
        m_experiments.archived.push_back(isArchived);
        m_experiments.states.push_back(flags.state());
    }

private:
    void take(Value &field, std::string &target)
    {
        bool wasNull = false;
        target = utf8(field, m_spare, wasNull);
    }

    Experiments &m_experiments;
    Archived m_wanted;
    std::string m_key, m_name, m_user, m_spare;
};

Column::Source columnSource(const QString &name)
{
    static const QHash<QString, Column::Source> sources{
        {QStringLiteral("metadata"), Column::Source::Metadata},
        {QStringLiteral("metrics"), Column::Source::Metric},
        {QStringLiteral("params"), Column::Source::Parameter},
        {QStringLiteral("log_other"), Column::Source::Other},
        {QStringLiteral("env_details"), Column::Source::Environment},
        {QStringLiteral("tag"), Column::Source::Tag},
    };
    return sources.value(name, Column::Source::Unknown);
}

// One experiment of a chart answer.
class ChartReader
{
public:
    explicit ChartReader(const QStringList &parameters)
        : m_parameterCount(parameters.size())
    {
        for (qsizetype i = 0; i < parameters.size(); ++i)
            m_places.insert(parameters[i], i);
    }

    void read(Value root, ChartedExperiment &experiment)
    {
        experiment.parameters = QStringList(m_parameterCount);
        forEachField(root, [&](std::string_view key, Value &field) {
            if (key == "metrics") {
                forEachElement(field, [&](Value &metric) { readSeries(metric, experiment); });
            } else if (key == "params" && m_parameterCount > 0 && !isNull(field)) {
                forEachField(field, [&](std::string_view name, Value &value) {
                    const auto place = m_places.constFind(
                        QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
                    if (place != m_places.constEnd())
                        experiment.parameters[*place] = text(value);
                });
            }
        });
    }

private:
    void readSeries(Value &metric, ChartedExperiment &experiment)
    {
        MetricSeries series;
        forEachField(metric, [&](std::string_view key, Value &field) {
            if (key == "metricName")
                series.name = text(field);
            else if (key == "values")
                series.values = column(field);
            else if (key == "steps")
                series.steps = column(field);
            else if (key == "epochs")
                series.epochs = column(field);
            else if (key == "timestamps")
                series.timestamps = times(field);
            else if (key == "durations" && isList(field))
                series.durations = column(field); // nothing is computed from them: other types are no reason to fail
        });
        for (std::vector<double> *column : {&series.steps, &series.epochs, &series.timestamps, &series.durations}) {
            if (!column->empty())
                column->resize(series.values.size(), missing);
        }
        experiment.metrics.push_back(std::move(series));
    }

    static bool isList(Value &field)
    {
        ondemand::json_type type{};
        return !field.type().get(type) && type == ondemand::json_type::array;
    }

    std::vector<double> column(Value &field)
    {
        m_numbers.read(field);
        return m_numbers.column();
    }

    std::vector<double> times(Value &field)
    {
        std::vector<double> times = column(field);
        for (double &time : times)
            time = canBeTime(time) ? time : missing;
        return times;
    }

    QHash<QString, qsizetype> m_places;
    qsizetype m_parameterCount;
    NumberReader m_numbers;
};

void readSummary(Value &value, Summary &summary)
{
    forEachField(value, [&](std::string_view key, Value &field) {
        if (key == "name")
            summary.name = text(field);
        else if (key == "valueCurrent")
            summary.current = text(field);
        else if (key == "valueMin")
            summary.minimum = text(field);
        else if (key == "valueMax")
            summary.maximum = text(field);
        else if (key == "timestampCurrent")
            summary.currentTime = time(field);
        else if (key == "timestampMin")
            summary.minimumTime = time(field);
        else if (key == "timestampMax")
            summary.maximumTime = time(field);
        else if (key == "stepCurrent")
            summary.currentStep = text(field);
        else if (key == "stepMin")
            summary.minimumStep = text(field);
        else if (key == "stepMax")
            summary.maximumStep = text(field);
        else if (key == "runContextCurrent")
            summary.context = text(field);
    });
    if (summary.name.isNull())
        fail("name is missing");
}

} // namespace

Result<QString> version(QByteArray body)
{
    return readWrapped<QString>(
        std::move(body), "version", [](Value &value, QString &version) { version = text(value); });
}

Result<QString> notes(QByteArray body)
{
    return readWrapped<QString>(
        std::move(body), "notes", [](Value &value, QString &notes) { notes = text(value); });
}

Result<QStringList> workspaces(QByteArray body)
{
    return readWrapped<QStringList>(
        std::move(body), "workspaceNames", [](Value &value, QStringList &names) { names = texts(value); });
}

Result<QStringList> experimentKeys(QByteArray body)
{
    return readWrapped<QStringList>(
        std::move(body), "experimentKeys", [](Value &value, QStringList &keys) { keys = texts(value); });
}

Result<QStringList> tags(QByteArray body)
{
    return readWrapped<QStringList>(
        std::move(body), "tags", [](Value &value, QStringList &tags) { tags = texts(value); });
}

Result<Account> account(QByteArray body)
{
    return read<Account>(std::move(body), [](Value root, Account &account) {
        forEachField(root, [&](std::string_view key, Value &field) {
            if (key == "userName")
                account.userName = text(field);
            else if (key == "defaultWorkspaceName")
                account.defaultWorkspace = text(field);
        });
        if (account.userName.isEmpty())
            fail("userName is missing");
    });
}

Result<std::vector<Project>> projects(QByteArray body)
{
    using Projects = std::vector<Project>;
    return readWrapped<Projects>(std::move(body), "projects", [](Value &list, Projects &projects) {
        forEachElement(list, [&](Value &value) { readProject(value, projects.emplace_back()); });
    });
}

Result<Project> project(QByteArray body)
{
    return read<Project>(std::move(body), readProject);
}

Result<Columns> columns(QByteArray body)
{
    return readWrapped<Columns>(std::move(body), "columns", [](Value &list, Columns &columns) {
        forEachElement(list, [&](Value &value) {
            Column column;
            forEachField(value, [&](std::string_view key, Value &field) {
                if (key == "name")
                    column.name = text(field);
                else if (key == "source")
                    column.source = columnSource(text(field));
                else if (key == "type")
                    column.type = text(field);
            });
            if (column.name.isNull())
                fail("name is missing");
            columns.push_back(std::move(column));
        });
    });
}

Result<Experiments> experiments(QByteArray body, Archived wanted)
{
    return readWrapped<Experiments>(
        std::move(body), "experiments", [wanted](Value &list, Experiments &experiments) {
            ExperimentsReader reader(experiments, wanted);
            forEachElement(list, [&](Value &value) { reader.read(value); });
        });
}

Result<ChartAnswer> chart(QByteArray body, const QStringList &parameters)
{
    return guarded<ChartAnswer>(body, [&body, &parameters](ChartAnswer &answer) {
        ChartReader reader(parameters);
        ondemand::parser parser;
        const auto readExperiment = [&](std::string_view key, std::string_view remaining) {
            const std::string name = json::unescaped(key);
            const std::size_t length = json::lengthOfValue(remaining);
            if (length == json::endless)
                return length;
            if ((answer.size() + 1) * static_cast<std::size_t>(parameters.size()) > json::mostTexts)
                fail("there are more experiments than this program reads at once");
            ChartedExperiment &experiment = answer.emplace_back();
            experiment.key = QString::fromStdString(name);
            try {
                readDocument(parser, body, remaining.substr(0, length),
                    [&](Value root) { reader.read(root, experiment); });
            } catch (Problem &problem) {
                problem.isInside(name);
                problem.isInside("experiments");
                throw;
            }
            return length;
        };
        bool isThere = false;
        const std::string_view all = view(body);
        const std::size_t length = json::forEachMember(all, [&](std::string_view key, std::string_view remaining) {
            if (key != "experiments" || remaining.front() != '{') {
                isThere = isThere || key == "experiments"; // null or an empty list
                return json::lengthOfValue(remaining);
            }
            isThere = true;
            answer.clear();
            return json::forEachMember(remaining, readExperiment);
        });
        if (!json::trimmed(all.substr(length)).empty())
            fail("there is more text after the end");
        if (!isThere)
            fail("experiments is missing");
    });
}

Result<Metadata> metadata(QByteArray body)
{
    return read<Metadata>(std::move(body), [](Value root, Metadata &metadata) {
        StateFlags flags;
        forEachField(root, [&](std::string_view key, Value &field) {
            if (key == "experimentKey")
                metadata.key = text(field);
            else if (key == "experimentName")
                metadata.name = text(field);
            else if (key == "workspaceName")
                metadata.workspace = text(field);
            else if (key == "projectName")
                metadata.project = text(field);
            else if (key == "projectId")
                metadata.projectId = text(field);
            else if (key == "userName")
                metadata.user = text(field);
            else if (key == "fileName")
                metadata.fileName = text(field);
            else if (key == "filePath")
                metadata.filePath = text(field);
            else if (key == "optimizationId")
                metadata.optimizationId = text(field);
            else if (key == "startTimeMillis")
                metadata.start = time(field);
            else if (key == "endTimeMillis")
                metadata.end = time(field);
            else if (key == "durationMillis")
                metadata.duration = integer(field).value_or(0);
            else if (key == "archived")
                metadata.archived = flag(field);
            else if (key == "throttle")
                metadata.throttled = flag(field);
            else
                flags.take(key, field);
        });
        if (metadata.key.isEmpty())
            fail("experimentKey is missing");
        metadata.state = flags.state();
    });
}

Result<Summaries> summaries(QByteArray body)
{
    return readWrapped<Summaries>(std::move(body), "values", [](Value &list, Summaries &summaries) {
        forEachElement(list, [&](Value &value) { readSummary(value, summaries.emplace_back()); });
    });
}

ServerMessage serverMessage(const QByteArray &body)
{
    const Result<ServerMessage> said = read<ServerMessage>(body, [](Value root, ServerMessage &message) {
        forEachField(root, [&](std::string_view key, Value &field) {
            if (key == "msg" || (key == "message" && message.text.isEmpty()))
                message.text = text(field).left(longestMessage);
            else if (key == "sdk_error_code" || key == "sdkErrorCode")
                message.code = static_cast<int>(std::clamp<qint64>(integer(field).value_or(0), 0, 1 << 30));
        });
    });
    return said ? said.value() : ServerMessage{};
}

} // namespace api::decode
