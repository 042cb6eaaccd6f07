// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/entries.h"
#include "app/localserver/handlers.h"
#include "app/localserver/logging.h"

#include <map>

namespace localserver::handlers {

namespace {

// POINT of PROTOCOL 4.3: the value is a string
void writePoints(JsonWriter &out, const std::string &name, const std::string &context, const Points &points)
{
    std::size_t text = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        out.beginObject();
        out.key("metricName").string(name);
        out.key("metricValue");
        if (text < points.texts.size() && points.texts[text].first == i)
            out.string(points.texts[text++].second);
        else
            out.string(javaDouble(points.values[i]));
        out.key("timestamp").integer(points.times[i]);
        const auto optional = [](std::int64_t value) {
            return value == Points::none ? std::nullopt : std::optional(value);
        };
        out.key("step").optionalInteger(optional(points.steps[i]));
        out.key("epoch").optionalInteger(optional(points.epochs[i]));
        out.key("runContext").optionalString(context);
        out.endObject();
    }
}

Answer logSystem(
    Service &service, const Request &request, const std::vector<std::pair<std::string, double>> &values)
{
    const Json &body = request.body;
    const std::string key = requiredText(body, "experimentKey");
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        for (const auto &[name, value] : values) {
            Points points;
            points.append(value, optionalInteger(body, "step").value_or(Points::none),
                optionalInteger(body, "epoch").value_or(Points::none),
                optionalInteger(body, "timestamp").value_or(now()));
            writing.series.append(
                writing.db, found.id, name, optionalText(body, "context").value_or(""), points);
        }
    });
    return acknowledge();
}

double numberIn(const Json &body, const char *field)
{
    const auto found = body.find(field);
    if (found == body.end() || !found->is_number())
        throw Failure(400, std::string("The field ") + field + " must be a number.");
    return found->get<double>();
}

} // namespace

// PROTOCOL 4.2
Answer metricsSummary(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        JsonWriter out;
        entries::writeSummaries(out, db, catalog::experiment(db, request).id, schema::Metric);
        return answer(std::move(out));
    });
}

// PROTOCOL 4.3; an unknown metric has no points
Answer getMetric(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Experiment found = catalog::experiment(db, request);
        const std::string name = request.required("metricName");
        JsonWriter out;
        out.beginObject().key("metrics").beginArray();
        Rows rows = db.query("SELECT context FROM entries WHERE experiment=? AND source=? AND name=?",
            found.id, schema::Metric, name);
        if (rows.next())
            writePoints(out, name, rows.text(0), readSeries(db, found.id, name).value_or(Points()));
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 4.3: all metrics one after the other
Answer getAllMetrics(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Experiment found = catalog::experiment(db, request);
        JsonWriter out;
        out.beginObject().key("metrics").beginArray();
        Rows rows =
            db.query("SELECT name, context FROM entries WHERE experiment=? AND source=? ORDER BY name",
                found.id, schema::Metric);
        while (rows.next()) {
            const std::string name = rows.text(0);
            writePoints(out, name, rows.text(1), readSeries(db, found.id, name).value_or(Points()));
        }
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 4b
Answer logMetric(Service &service, const Request &request)
{
    const Json &body = request.body;
    const std::string key = requiredText(body, "experimentKey");
    const std::string context = optionalText(body, "context").value_or("");
    const std::string name = entries::nameInContext(requiredText(body, "metricName"), context);
    Points points;
    logging::appendPoint(points, body, now());
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        writing.series.append(writing.db, found.id, name, context, points);
    });
    return acknowledge();
}

// PROTOCOL-ONLINE 4.1
Answer logMetricBatch(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    std::map<std::pair<std::string, std::string>, Points> metrics; // by context and name in it
    const std::int64_t time = now();
    for (const Json &value : optionalArray(request.body, "values")) {
        const std::string context = optionalText(value, "context").value_or("");
        logging::appendPoint(
            metrics[{context, entries::nameInContext(requiredText(value, "metricName"), context)}], value,
            time);
    }
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        for (const auto &[where, points] : metrics)
            writing.series.append(writing.db, found.id, where.second, where.first, points);
    });
    return acknowledge();
}

// PROTOCOL 4b, newer servers
Answer deleteMetric(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    const std::string name = requiredText(request.body, "metricName");
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::experiment(writing.db, key);
        if (!entries::remove(writing.db, found.id, schema::Metric, name))
            throw Failure(404, "The experiment has no metric " + name + ".");
        writing.series.forget();
    });
    return acknowledge("Deleted");
}

// PROTOCOL 4b; under the names that scripts use (PROTOCOL-ONLINE 4.1)
Answer logCpuMetrics(Service &service, const Request &request)
{
    std::vector<std::pair<std::string, double>> values;
    double sum = 0;
    for (const Json &percent : optionalArray(request.body, "cpuPercentUtilization")) {
        if (!percent.is_number())
            throw Failure(400, "cpuPercentUtilization must be an array of numbers.");
        const std::string number = std::to_string(values.size() + 1);
        values.emplace_back(
            "sys.cpu.percent." + std::string(number.size() < 2 ? "0" : "") + number, percent.get<double>());
        sum += values.back().second;
    }
    if (!values.empty())
        values.emplace_back("sys.cpu.percent.avg", sum / double(values.size()));
    return logSystem(service, request, values);
}

// PROTOCOL 4b
Answer logGpuMetrics(Service &service, const Request &request)
{
    std::vector<std::pair<std::string, double>> values;
    for (const Json &gpu : optionalArray(request.body, "gpus")) {
        const std::string prefix =
            "sys.gpu." + std::to_string(optionalInteger(gpu, "gpuId").value_or(0)) + '.';
        static constexpr std::pair<const char *, const char *> fields[] = {{"freeMemory", "free_memory"},
            {"usedMemory", "used_memory"}, {"gpuUtilization", "gpu_utilization"},
            {"totalMemory", "total_memory"}};
        for (const auto &[field, name] : fields) {
            if (gpu.contains(field) && !gpu[field].is_null())
                values.emplace_back(prefix + name, numberIn(gpu, field));
        }
    }
    return logSystem(service, request, values);
}

// PROTOCOL 4b
Answer logRamMetrics(Service &service, const Request &request)
{
    return logSystem(service, request,
        {{"sys.ram.total", numberIn(request.body, "totalRam")},
            {"sys.ram.used", numberIn(request.body, "usedRam")}});
}

// PROTOCOL 4b
Answer logLoadMetrics(Service &service, const Request &request)
{
    return logSystem(service, request, {{"sys.load.avg", numberIn(request.body, "loadAverage")}});
}

} // namespace localserver::handlers
