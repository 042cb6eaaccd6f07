// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/handlers.h"
#include "app/localserver/schema.h"

#include <string>

namespace localserver::handlers {

namespace {

void writeColumn(JsonWriter &out, std::string_view name, std::string_view source, std::string_view type)
{
    out.beginObject();
    out.key("name").string(name);
    out.key("id").string(std::string(name).append("--").append(source));
    out.key("type").string(type);
    out.key("source").string(source);
    out.endObject();
}

// PROTOCOL 5.2: the metadata columns that every project has.
constexpr struct {
    const char *name, *type;
} metadataColumns[] = {{"experimentKey", "string"}, {"runId", "string"}, {"file_name", "string"},
    {"file_path", "string"}, {"user_name", "string"}, {"optimizationId", "string"}, {"codeSHA", "string"},
    {"installed_packages", "string"}, {"duration", "timenumber"}, {"start_server_timestamp", "datetime"},
    {"end_server_timestamp", "datetime"}, {"last_message_time", "datetime"}, {"runActive", "boolean"},
    {"hasNotes", "boolean"}, {"hasHtml", "boolean"}, {"hasImages", "boolean"}};

// Of the system details, those that differ between machines and runs.
constexpr const char *environmentColumns[] = {"command", "executable", "hostname", "ip", "machine", "os",
    "osRelease", "osType", "pid", "processor", "pythonVersion", "user"};

} // namespace

// PROTOCOL 5.2; env_details and tags too, as newer servers do without ver=2
Answer columnNames(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Project project = catalog::project(db, request);
        JsonWriter out;
        out.beginObject().key("columns").beginArray();
        for (const auto &column : metadataColumns)
            writeColumn(out, column.name, "metadata", column.type);
        Rows rows = db.query("SELECT source, name, texts FROM columns WHERE project=? AND experiments > 0 "
                             "ORDER BY source, name",
            project.id);
        while (rows.next()) {
            const auto source = rows.integer(0);
            const char *name = source == schema::Metric ? "metrics"
                : source == schema::Parameter           ? "params"
                                                        : "log_other";
            writeColumn(out, rows.view(1), name, rows.integer(2) == 0 ? "double" : "string");
        }
        for (const char *name : environmentColumns)
            writeColumn(out, name, "env_details", "string");
        Rows tags = db.query("SELECT DISTINCT t.tag FROM experiments e JOIN tags t ON t.experiment=e.id "
                             "WHERE e.project=?1 OR e.id IN (SELECT experiment FROM links WHERE project=?1) "
                             "ORDER BY t.tag",
            project.id);
        while (tags.next())
            writeColumn(out, tags.view(0), "tag", "string");
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

} // namespace localserver::handlers
