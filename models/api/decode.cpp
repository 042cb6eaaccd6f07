// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/decode.h"

#include "models/api/error.h"
#include "models/api/json.h"

#include <QHash>

#include <simdjson.h>

#include <algorithm>

namespace api::decode {

namespace {

namespace ondemand = simdjson::ondemand;
using Value = ondemand::value;

// What does not fit and where. Thrown by the readers below, completed on its way up, and turned into an
// Error before it leaves this file.
struct Problem
{
    std::string what;
    std::string path;

    void isInside(std::string_view name)
    {
        if (!path.empty() && path[0] != '[')
            path.insert(0, ".");
        path.insert(0, name);
    }
};

[[noreturn]] void fail(std::string what)
{
    throw Problem{std::move(what), {}};
}

[[noreturn]] void fail(simdjson::error_code code)
{
    fail(simdjson::error_message(code));
}

void isInsideElement(Problem &problem, std::size_t index)
{
    problem.isInside("[" + std::to_string(index) + "]");
}

template<class F>
void forEachField(Value value, F field)
{
    ondemand::object object;
    if (value.get_object().get(object))
        fail("an object was expected");
    for (auto each : object) {
        std::string_view key;
        Value content;
        if (const auto error = each.unescaped_key().get(key))
            fail(error);
        if (const auto error = each.value().get(content))
            fail(error);
        try {
            field(key, content);
        } catch (Problem &problem) {
            problem.isInside(key);
            throw;
        }
    }
}

// A null is an empty list.
template<class F>
void forEachElement(Value value, F element)
{
    if (value.is_null())
        return;
    ondemand::array array;
    if (value.get_array().get(array))
        fail("a list was expected");
    std::size_t index = 0;
    for (auto each : array) {
        try {
            Value content;
            if (const auto error = each.get(content))
                fail(error);
            element(content);
        } catch (Problem &problem) {
            isInsideElement(problem, index);
            throw;
        }
        ++index;
    }
}

std::string_view trimmed(std::string_view token)
{
    while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r' || token.back() == '\t'))
        token.remove_suffix(1);
    return token;
}

// A text; a number or boolean as it is written. Sets isNull for null. The view lives until the next call
// with the same spare, or as long as the document.
std::string_view utf8(Value &value, std::string &spare, bool &isNull)
{
    isNull = false;
    std::string_view text;
    if (!value.get_string().get(text))
        return json::withoutMarks(text);
    const std::string_view token = trimmed(value.raw_json_token());
    if (token.size() >= 2 && token.front() == '"') {
        spare = json::unescaped(token.substr(1, token.size() - 2));
        return spare;
    }
    isNull = value.is_null();
    if (isNull || token.empty())
        return {};
    if (token.front() == '{' || token.front() == '[')
        fail("a text was expected");
    spare = token;
    return spare;
}

QString text(Value &value)
{
    std::string spare;
    bool isNull = false;
    const std::string_view read = utf8(value, spare, isNull);
    return isNull ? QString() : QString::fromUtf8(read.data(), static_cast<qsizetype>(read.size()));
}

// For what is no plain number: a text that stands for one, a boolean, null.
double unusualNumber(Value &value)
{
    if (value.is_null())
        return missing;
    bool flag = false;
    if (!value.get_bool().get(flag))
        return flag ? 1 : 0;
    std::string_view token = trimmed(value.raw_json_token());
    if (token.size() >= 2 && token.front() == '"')
        token = token.substr(1, token.size() - 2);
    const std::optional<double> number = json::number(token);
    if (!number)
        fail("a number was expected");
    return *number;
}

std::optional<qint64> integer(Value &value)
{
    int64_t whole = 0;
    if (!value.get_int64().get(whole))
        return whole;
    double number = 0;
    if (value.get_double().get(number))
        number = unusualNumber(value);
    if (!(number > -9e18 && number < 9e18))
        return std::nullopt; // null, NaN or beyond all sense
    return static_cast<qint64>(std::llround(number));
}

qint64 time(Value &value)
{
    return integer(value).value_or(0);
}

bool flag(Value &value)
{
    bool boolean = false;
    if (!value.get_bool().get(boolean))
        return boolean;
    const QString written = text(value);
    return written.compare(QLatin1String("true"), Qt::CaseInsensitive) == 0 || written == QLatin1String("1");
}

QStringList texts(Value value)
{
    QStringList list;
    forEachElement(value, [&list](Value &element) { list += text(element); });
    return list;
}

// Numbers into one vector that is used again and again, so that a column is allocated once and exactly.
class NumberReader
{
public:
    // Empty for null, and where every entry is null.
    void read(Value &value)
    {
        m_numbers.clear();
        if (value.is_null())
            return;
        ondemand::array array;
        if (value.get_array().get(array))
            fail("a list was expected");
        bool anyNumber = false;
        for (auto each : array) {
            double number = missing;
            if (each.get_double().get(number))
                number = unusual(each, anyNumber);
            else
                anyNumber = true;
            m_numbers.push_back(number);
        }
        if (!anyNumber)
            m_numbers.clear();
    }
    std::vector<double> column() const { return {m_numbers.begin(), m_numbers.end()}; }

private:
    double unusual(simdjson::simdjson_result<Value> &each, bool &anyNumber)
    {
        try {
            Value value;
            if (const auto error = each.get(value))
                fail(error);
            if (value.is_null())
                return missing;
            anyNumber = true;
            return unusualNumber(value);
        } catch (Problem &problem) {
            isInsideElement(problem, m_numbers.size());
            throw;
        }
    }

    std::vector<double> m_numbers;
};

Error badAnswer(const QString &message)
{
    Error error;
    error.kind = Error::Kind::BadAnswer;
    error.message = message;
    return error;
}

// Runs work, which may throw Problems, over a body that is ready for simdjson.
template<class T, class F>
Result<T> guarded(QByteArray &body, F work)
{
    if (isWebPage(body))
        return badAnswer(webPageMessage());
    try {
        body.detach(); // a shared one would lose its spare capacity only when it is written to
        if (body.capacity() < body.size() + padding)
            body.reserve(body.size() + padding);
        json::quoteBareNumbers(body.data(), static_cast<std::size_t>(body.size()));
        T result{};
        work(result);
        return result;
    } catch (const Problem &problem) {
        const std::string place = problem.path.empty() ? problem.what : problem.path + ": " + problem.what;
        return badAnswer(QString::fromStdString(place.substr(0, 300)));
    } catch (const std::bad_alloc &) {
        return badAnswer(QStringLiteral("there is not enough memory for it"));
    }
}

// part lies in body, which has room for the padding behind it.
template<class F>
void readDocument(ondemand::parser &parser, const QByteArray &body, std::string_view part, F read)
{
    const std::size_t before = static_cast<std::size_t>(part.data() - body.constData());
    const simdjson::padded_string_view padded(
        part.data(), part.size(), static_cast<std::size_t>(body.capacity()) - before);
    ondemand::document document;
    if (const auto error = parser.iterate(padded).get(document))
        fail(error);
    Value root;
    if (const auto error = document.get_value().get(root)) {
        if (error == simdjson::SCALAR_DOCUMENT_AS_VALUE)
            fail("an object was expected");
        fail(error);
    }
    read(root);
    const char *rest = nullptr;
    if (document.current_location().get(rest) != simdjson::OUT_OF_BOUNDS)
        fail("there is more text after the end");
}

template<class T, class F>
Result<T> read(QByteArray body, F reader)
{
    return guarded<T>(body, [&body, &reader](T &result) {
        ondemand::parser parser;
        readDocument(parser, body, std::string_view(body.constData(), static_cast<std::size_t>(body.size())),
            [&](Value root) { reader(root, result); });
    });
}

// For answers that are one list or text under one name, which must be there.
template<class T, class F>
Result<T> readWrapped(QByteArray body, std::string_view name, F reader)
{
    return read<T>(std::move(body), [name, &reader](Value root, T &result) {
        bool isThere = false;
        forEachField(root, [&](std::string_view key, Value &value) {
            if (key != name)
                return;
            isThere = true;
            result = T{};
            reader(value, result);
        });
        if (!isThere)
            fail(std::string(name) + " is missing");
    });
}

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
        bool isNull = false;
        target = utf8(field, m_spare, isNull);
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
            } else if (key == "params" && m_parameterCount > 0 && !field.is_null()) {
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
                series.timestamps = column(field);
        });
        for (std::vector<double> *column : {&series.steps, &series.epochs, &series.timestamps}) {
            if (!column->empty())
                column->resize(series.values.size(), missing);
        }
        experiment.metrics.push_back(std::move(series));
    }

    std::vector<double> column(Value &field)
    {
        m_numbers.read(field);
        return m_numbers.column();
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
            summary.currentStep = integer(field);
        else if (key == "stepMin")
            summary.minimumStep = integer(field);
        else if (key == "stepMax")
            summary.maximumStep = integer(field);
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
        const auto readExperiment = [&](std::string_view key, std::string_view part) {
            const std::string name = json::unescaped(key);
            try {
                ChartedExperiment &experiment = answer.emplace_back();
                experiment.key = QString::fromStdString(name);
                readDocument(parser, body, part, [&](Value root) { reader.read(root, experiment); });
            } catch (Problem &problem) {
                problem.isInside(name);
                problem.isInside("experiments");
                throw;
            }
            return true;
        };
        bool isThere = false;
        const std::string_view all(body.constData(), static_cast<std::size_t>(body.size()));
        auto problem = json::forEachMember(all, [&](std::string_view key, std::string_view part) {
            if (key != "experiments")
                return true;
            isThere = true;
            answer.clear();
            if (part != "null" && part != "[]") {
                if (auto inner = json::forEachMember(part, readExperiment))
                    throw Problem{std::move(*inner), "experiments"};
            }
            return true;
        });
        if (problem)
            fail(std::move(*problem));
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
                metadata.duration = time(field);
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
                message.text = text(field);
            else if (key == "sdk_error_code" || key == "sdkErrorCode")
                message.code = static_cast<int>(std::clamp<qint64>(integer(field).value_or(0), 0, 1 << 30));
        });
    });
    return said ? said.value() : ServerMessage{};
}

} // namespace api::decode
