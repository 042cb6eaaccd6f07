// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/entries.h"
#include "app/localserver/handlers.h"
#include "app/localserver/hash.h"
#include "app/localserver/logging.h"
#include "app/localserver/sampling.h"

#include <algorithm>
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
        out.key("step").optionalNumber(points.steps[i]);
        out.key("epoch").optionalNumber(points.epochs[i]);
        out.key("runContext").optionalString(context);
        out.endObject();
    }
}

using Measurements = std::vector<std::pair<std::string, double>>;

Answer logSystem(Service &service, const Request &request, const Measurements &values, const Skipped &skipped)
{
    const Json &body = request.body;
    const std::string key = requiredText(body, "experimentKey");
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        for (const auto &[name, value] : values) {
            Points points;
            points.append(value, optionalNumber(body, "step"), optionalNumber(body, "epoch"),
                optionalInteger(body, "timestamp").value_or(now()));
            writing.series.append(
                writing.db, found.id, name, optionalText(body, "context").value_or(""), points);
        }
    });
    return acknowledge(skipped);
}

double numberOf(const Json &value, const char *field)
{
    const auto number = value.is_null() ? std::nullopt : toDouble(asText(value));
    if (!number)
        throw Failure(400, std::string("The field ") + field + " must be a number.");
    return *number;
}

double numberIn(const Json &body, const char *field)
{
    const auto found = body.find(field);
    return numberOf(found == body.end() ? Json() : *found, field);
}

// The points of a request, by context and name in it, and what tells them from those of another.
struct Batch {
    struct Place {
        std::string context;
        std::string name;
        std::size_t index; // among the points of its series
    };
    std::map<std::pair<std::string, std::string>, Points> series;
    std::vector<Place> places; // one each point, in the order they came in
    resent::Arrival arrival{resent::Metrics, 0, {}};
    bool isTimed = true; // every point has the script's own time

    // Throws Failure 400 for what is no point.
    void add(const Json &metric, std::int64_t time);
    // Without the points that are not new.
    void keep(const std::vector<bool> &isNew);
};

void Batch::add(const Json &metric, std::int64_t time)
{
    const std::string context = optionalText(metric, "context").value_or("");
    const std::string name = entries::nameInContext(requiredText(metric, "metricName"), context);
    const auto value = metric.find("metricValue");
    if (value == metric.end() || value->is_null())
        throw Failure(400, "The field metricValue is missing.");
    Points &points = series[{context, name}];
    logging::appendPoint(points, metric, time);
    places.push_back({context, name, points.size() - 1});
    isTimed = isTimed && optionalInteger(metric, "timestamp");
    Hash hash;
    hash.field(context).field(name).field(asText(*value));
    for (const char *field : {"step", "epoch", "timestamp"})
        hash.field(optionalText(metric, field).value_or(""));
    arrival.items.push_back(hash.value());
}

void Batch::keep(const std::vector<bool> &isNew)
{
    if (std::find(isNew.begin(), isNew.end(), false) == isNew.end())
        return;
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> kept;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (isNew[i])
            kept[{places[i].context, places[i].name}].push_back(places[i].index);
    }
    for (auto &[where, points] : series)
        points = picked(points, kept[where]);
}

// Stores what is new of the batch. Without times of its own a second try can't be told from a second point.
void store(Service &service, const Request &request, const std::string &key, Batch &batch)
{
    batch.arrival.content = request.content;
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        if (batch.isTimed && !batch.places.empty())
            batch.keep(resent::takeIn(writing.db, service.settled, found.id, batch.arrival));
        for (const auto &[where, points] : batch.series)
            writing.series.append(writing.db, found.id, where.second, where.first, points);
    });
    if (request.delivery)
        request.delivery->add(batch.arrival.row, batch.arrival.kind);
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
    const std::string key = requiredText(request.body, "experimentKey");
    Batch batch;
    batch.add(request.body, now());
    store(service, request, key, batch);
    return acknowledge();
}

// PROTOCOL-ONLINE 4.1
Answer logMetricBatch(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    Batch batch;
    Skipped skipped;
    const std::int64_t time = now();
    storeEach(optionalArray(request.body, "values"), "values", skipped,
        [&](const Json &value) { batch.add(value, time); });
    store(service, request, key, batch);
    return acknowledge(skipped);
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
    Measurements values;
    double sum = 0;
    int core = 0;
    Skipped skipped;
    const Json &cores = optionalArray(request.body, "cpuPercentUtilization");
    storeEach(cores, "cpuPercentUtilization", skipped, [&](const Json &percent) {
        const std::string number = std::to_string(++core); // one that can't be read still counts
        values.emplace_back("sys.cpu.percent." + std::string(number.size() < 2 ? "0" : "") + number,
            numberOf(percent, "cpuPercentUtilization"));
        sum += values.back().second;
    });
    if (!values.empty())
        values.emplace_back("sys.cpu.percent.avg", sum / double(values.size()));
    return logSystem(service, request, values, skipped);
}

// PROTOCOL 4b
Answer logGpuMetrics(Service &service, const Request &request)
{
    Measurements values;
    Skipped skipped;
    storeEach(optionalArray(request.body, "gpus"), "gpus", skipped, [&](const Json &gpu) {
        const std::string prefix =
            "sys.gpu." + std::to_string(optionalInteger(gpu, "gpuId").value_or(0)) + '.';
        static constexpr std::pair<const char *, const char *> fields[] = {{"freeMemory", "free_memory"},
            {"usedMemory", "used_memory"}, {"gpuUtilization", "gpu_utilization"},
            {"totalMemory", "total_memory"}};
        for (const auto &[field, name] : fields) {
            if (optionalText(gpu, field))
                values.emplace_back(prefix + name, numberIn(gpu, field));
        }
    });
    return logSystem(service, request, values, skipped);
}

// PROTOCOL 4b
Answer logRamMetrics(Service &service, const Request &request)
{
    return logSystem(service, request,
        {{"sys.ram.total", numberIn(request.body, "totalRam")},
            {"sys.ram.used", numberIn(request.body, "usedRam")}},
        {});
}

// PROTOCOL 4b
Answer logLoadMetrics(Service &service, const Request &request)
{
    return logSystem(service, request, {{"sys.load.avg", numberIn(request.body, "loadAverage")}}, {});
}

} // namespace localserver::handlers
