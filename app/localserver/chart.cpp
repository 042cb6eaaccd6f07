// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/entries.h"
#include "app/localserver/handlers.h"
#include "app/localserver/sampling.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace localserver::handlers {

namespace {

struct Asked {
    std::vector<std::string> metrics;
    std::vector<std::string> params;
    bool withParams = false; // null and missing: params is null in the answer
    bool independent = true;
    bool full = false;
};

std::vector<std::string> texts(const Json &array)
{
    std::vector<std::string> result;
    for (const Json &value : array)
        result.push_back(asText(value));
    return result;
}

// An array of numbers, or null where no point has one.
void writeColumn(JsonWriter &out, const std::vector<Number> &column)
{
    if (std::none_of(column.begin(), column.end(), isGiven)) {
        out.null();
        return;
    }
    out.beginArray();
    for (const Number value : column)
        out.optionalNumber(value);
    out.endArray();
}

void writeMetric(JsonWriter &out, const std::string &name, const Points &points)
{
    out.beginObject().key("metricName").string(name);
    out.key("values").beginArray();
    for (const double value : points.values)
        out.number(value);
    out.endArray();
    out.key("steps");
    writeColumn(out, points.steps);
    out.key("epochs");
    writeColumn(out, points.epochs);
    out.key("timestamps").beginArray();
    for (const std::int64_t time : points.times)
        out.integer(time);
    // Since the earliest point, as in the API reference's example.
    out.endArray().key("durations").beginArray();
    const auto earliest = std::min_element(points.times.begin(), points.times.end());
    for (const std::int64_t time : points.times)
        out.integer(time - *earliest);
    out.endArray().endObject();
}

// Reduces the series to the steps that all have. Of several points at a step the last counts.
void correlate(std::vector<Points> &series)
{
    std::vector<Number> common;
    for (std::size_t i = 0; i < series.size(); ++i) {
        std::vector<Number> steps;
        std::copy_if(series[i].steps.begin(), series[i].steps.end(), std::back_inserter(steps), isGiven);
        std::sort(steps.begin(), steps.end());
        steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
        std::vector<Number> both;
        std::set_intersection(
            common.begin(), common.end(), steps.begin(), steps.end(), std::back_inserter(both));
        common = i == 0 ? std::move(steps) : std::move(both);
    }
    for (Points &points : series) {
        std::vector<std::pair<Number, std::size_t>> atStep;
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (isGiven(points.steps[i])
                && std::binary_search(common.begin(), common.end(), points.steps[i]))
                atStep.emplace_back(points.steps[i], i);
        }
        std::sort(atStep.begin(), atStep.end());
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i < atStep.size(); ++i) {
            if (i + 1 == atStep.size() || atStep[i + 1].first != atStep[i].first)
                kept.push_back(atStep[i].second);
        }
        points = picked(points, kept);
    }
}

// The same indexes for all, so that they stay correlated.
void sampleTogether(std::vector<Points> &series)
{
    if (series.empty() || series.front().size() <= sampleSize)
        return;
    std::vector<std::size_t> all;
    for (const Points &points : series) {
        const auto some = sampled(points.values, std::max<std::size_t>(8, sampleSize / series.size()));
        all.insert(all.end(), some.begin(), some.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (Points &points : series)
        points = picked(points, all);
}

void writeParams(JsonWriter &out, Connection &db, std::int64_t experiment, const Asked &asked)
{
    out.key("params");
    if (!asked.withParams) {
        out.null();
        return;
    }
    out.beginObject();
    for (const std::string &name : asked.params) {
        const auto value = entries::current(db, experiment, schema::Parameter, name);
        out.key(name);
        if (value)
            out.string(*value);
        else
            out.null();
    }
    out.endObject();
}

// One entry of `experiments`, key and value; nothing for an unknown experiment.
std::string experimentText(Connection &db, const std::string &key, const Asked &asked)
{
    const auto found = catalog::findExperiment(db, key);
    if (!found)
        return {};
    std::vector<std::string> names;
    std::vector<Points> series;
    for (const std::string &name : asked.metrics) {
        auto points = readSeries(db, found->id, name);
        if (!points)
            continue;
        names.push_back(name);
        series.push_back(std::move(*points));
    }
    if (!asked.independent) {
        if (series.size() < asked.metrics.size())
            series.clear(); // no step has them all
        correlate(series);
        if (!asked.full)
            sampleTogether(series);
    } else if (!asked.full) {
        for (Points &points : series)
            points = picked(points, sampled(points.values));
    }

    JsonWriter out;
    std::size_t points = 0;
    for (const Points &one : series)
        points += one.size();
    out.reserve(256 + points * 56);
    out.beginObject();
    out.key("experimentKey").string(key);
    out.key("experiment_key").string(key);
    out.key("empty").boolean(series.empty() && !asked.withParams);
    const bool shared = !asked.independent && !series.empty();
    out.key("steps");
    if (shared)
        writeColumn(out, series.front().steps);
    else
        out.null();
    out.key("epochs");
    if (shared)
        writeColumn(out, series.front().epochs);
    else
        out.null();
    out.key("metrics").beginArray();
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (series[i].size() > 0)
            writeMetric(out, names[i], series[i]);
    }
    out.endArray();
    writeParams(out, db, found->id, asked);
    out.endObject();
    return std::move(out).text();
}

} // namespace

// PROTOCOL 6. Experiments are read and written on two threads: a full chart of a hundred is 70 MB.
Answer multiMetricChart(Service &service, const Request &request)
{
    const Json &body = request.body;
    const std::vector<std::string> keys = texts(optionalArray(body, "targetedExperiments"));
    Asked asked;
    asked.metrics = texts(optionalArray(body, "metrics"));
    asked.params = texts(optionalArray(body, "params"));
    asked.withParams = !asked.params.empty();
    asked.independent = optionalBoolean(body, "independentMetrics", true);
    asked.full = optionalBoolean(body, "fetchFull", false);
    if (asked.metrics.empty() && asked.params.empty())
        return answer(Json{{"experiments", Json::object()}, {"empty", true}});

    std::vector<std::string> texts(keys.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        service.store.read([&](Connection &db) {
            for (std::size_t i = next++; i < keys.size(); i = next++)
                texts[i] = experimentText(db, keys[i], asked);
        });
    };
    if (keys.size() > 8) {
        std::exception_ptr failure;
        std::thread second([&] {
            try {
                work();
            } catch (...) {
                failure = std::current_exception();
            }
        });
        try {
            work();
        } catch (...) {
            second.join();
            throw;
        }
        second.join();
        if (failure)
            std::rethrow_exception(failure);
    } else {
        work();
    }

    JsonWriter out;
    std::size_t size = 64;
    for (const std::string &text : texts)
        size += text.size() + 48;
    out.reserve(size);
    bool empty = true;
    out.beginObject().key("experiments").beginObject();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (texts[i].empty())
            continue;
        out.key(keys[i]).raw(texts[i]);
        std::string().swap(texts[i]);
        empty = false;
    }
    out.endObject().key("empty").boolean(empty).endObject();
    return answer(std::move(out));
}

} // namespace localserver::handlers
