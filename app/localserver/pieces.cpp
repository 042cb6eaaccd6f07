// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/pieces.h"

#include "app/localserver/catalog.h"
#include "app/localserver/content.h"
#include "app/localserver/handlers.h"
#include "app/localserver/hash.h"
#include "app/localserver/storedbytes.h"

namespace localserver {

namespace pieces {

std::optional<std::string> read(Connection &db, std::int64_t experiment, schema::Piece piece)
{
    Rows rows = db.query("SELECT content FROM pieces WHERE experiment=? AND piece=?", experiment, piece);
    return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

void set(Connection &db, std::int64_t experiment, schema::Piece piece, const std::string &content)
{
    db.run("INSERT INTO pieces(experiment, piece, content) VALUES(?,?,?) ON CONFLICT DO UPDATE SET "
           "content=excluded.content",
        experiment, piece, Blob{content});
}

void append(Connection &db, std::int64_t experiment, schema::Piece piece, const std::string &content)
{
    set(db, experiment, piece, read(db, experiment, piece).value_or("") + content);
}

Json readObject(Connection &db, std::int64_t experiment, schema::Piece piece)
{
    const auto text = read(db, experiment, piece);
    return text ? parsed(*text) : Json::object();
}

void mergeObject(Connection &db, std::int64_t experiment, schema::Piece piece, const Json &fields)
{
    Json kept = readObject(db, experiment, piece);
    for (const auto &[name, value] : fields.items()) {
        if (value.is_null() || name == "experimentKey" || name == "apiKey")
            continue;
        if (name == "logAdditionalSystemInfoList" && value.is_array() && kept[name].is_array())
            kept[name].insert(kept[name].end(), value.begin(), value.end());
        else
            kept[name] = value;
    }
    set(db, experiment, piece, dumped(kept));
}

void appendOutput(Connection &db, std::int64_t experiment, const std::string &text)
{
    db.run("INSERT INTO output(experiment, offset, stamp, text) VALUES(?,0,0,?)", experiment, text);
}

} // namespace pieces

namespace handlers {

namespace {

Answer piece(Service &service, const Request &request, schema::Piece piece, const char *field)
{
    return service.store.read([&](Connection &db) {
        const auto text = pieces::read(db, catalog::experiment(db, request).id, piece);
        JsonWriter out;
        out.beginObject().key(field);
        text ? out.string(*text) : out.null();
        out.endObject();
        return answer(std::move(out));
    });
}

Answer setPiece(Service &service, const Request &request, schema::Piece piece, const char *field)
{
    const std::string key = requiredText(request.body, "experimentKey");
    const std::string text = optionalText(request.body, field).value_or("");
    service.store.write([&](Writing &writing) {
        pieces::set(
            writing.db, catalog::logged(writing.db, key, request.fromScript, service.user).id, piece, text);
    });
    return acknowledge();
}

} // namespace

// PROTOCOL 4; null before anything was written (PROTOCOL-ANSWERS 5)
Answer html(Service &service, const Request &request)
{
    return piece(service, request, schema::Html, "html");
}

namespace {

// What a script logged of itself: the running file before all others (PROTOCOL-ONLINE 6.1).
std::optional<std::string> loggedCode(Connection &db, std::int64_t experiment)
{
    std::int64_t asset = 0;
    {
        Rows rows =
            db.query("SELECT id, size FROM assets WHERE experiment=? AND type='source_code' AND link='' "
                     "ORDER BY CASE WHEN json_valid(metadata) THEN json_extract(metadata, "
                     "'$.source_code_type') END IS NOT 'experiment_creation', id LIMIT 1",
                experiment);
        if (!rows.next() || std::uint64_t(rows.integer(1)) > Content::largestText)
            return std::nullopt;
        asset = rows.integer(0);
    }
    StoredBytes bytes(db, asset);
    std::string text(std::size_t(bytes.size()), '\0');
    bytes.read(0, text.data(), text.size());
    return text;
}

} // namespace

// PROTOCOL 4; scripts of newer SDKs send their code as assets only
Answer code(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const std::int64_t experiment = catalog::experiment(db, request).id;
        auto text = pieces::read(db, experiment, schema::Code);
        if (!text)
            text = loggedCode(db, experiment);
        return answer(Json{{"code", text ? Json(*text) : Json()}});
    });
}

// PROTOCOL 4
Answer graph(Service &service, const Request &request)
{
    return piece(service, request, schema::Graph, "graph");
}

// PROTOCOL 4: one string, as it came; nothing is put between (PROTOCOL-ANSWERS 5)
Answer output(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        std::string text;
        Rows rows = db.query(
            "SELECT text FROM output WHERE experiment=? ORDER BY id", catalog::experiment(db, request).id);
        while (rows.next())
            text += rows.view(0);
        JsonWriter out;
        out.beginObject().key("output").string(text).endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 4b: appends unless override
Answer setHtml(Service &service, const Request &request)
{
    const Json &body = request.body;
    const std::string key = requiredText(body, "experimentKey");
    const std::string text = optionalText(body, "html").value_or("");
    const auto stamp = optionalInteger(body, "timestamp");
    service.store.write([&](Writing &writing) {
        const auto id = catalog::logged(writing.db, key, request.fromScript, service.user).id;
        // The same page in the same microsecond is a second try.
        resent::Arrival arrival{resent::Html, request.content, {}};
        if (stamp && resent::isRepeated(writing.db, id, arrival))
            return;
        if (optionalBoolean(body, "override", false))
            pieces::set(writing.db, id, schema::Html, text);
        else
            pieces::append(writing.db, id, schema::Html, text);
    });
    return acknowledge();
}

// PROTOCOL 4b
Answer setCode(Service &service, const Request &request)
{
    return setPiece(service, request, schema::Code, "code");
}

// PROTOCOL 4b
Answer setGraph(Service &service, const Request &request)
{
    return setPiece(service, request, schema::Graph, "graph");
}

// PROTOCOL 4b and PROTOCOL-ONLINE 4.3. What is replayed has another time and offset than at first, so its
// lines are known by their texts. R sends no time (PROTOCOL-ANSWERS 5): there a second try can't be told
// from an equal line.
Answer addOutput(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    std::vector<std::string> lines;
    resent::Arrival arrival{resent::Output, request.content, {}};
    bool isTimed = true;
    Skipped skipped;
    storeEach(optionalArray(request.body, "outputLines"), "outputLines", skipped, [&](const Json &line) {
        if (!line.is_object())
            throw Failure(400, "An object was expected.");
        lines.push_back(optionalText(line, "output").value_or(""));
        isTimed = isTimed && optionalInteger(line, "localTimestamp");
        arrival.items.push_back(
            Hash().add(optionalBoolean(line, "stderr", false) ? "2" : "1").add(lines.back()).value());
    });
    if (lines.empty())
        return acknowledge(skipped);
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        std::vector<bool> isNew(lines.size(), true);
        if (isTimed)
            isNew = resent::takeIn(writing.db, service.settled, found.id, arrival);
        std::string text;
        for (std::size_t i = 0; i < lines.size(); ++i)
            text += isNew[i] ? lines[i] : std::string();
        if (!text.empty())
            pieces::appendOutput(writing.db, found.id, text);
    });
    if (request.delivery)
        request.delivery->add(arrival.row, arrival.kind);
    return acknowledge(skipped);
}

// PROTOCOL 4b
Answer setFilePath(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        writing.db.run("UPDATE experiments SET file_path=? WHERE id=?",
            optionalText(request.body, "filePath").value_or(""), found.id);
    });
    return acknowledge();
}

} // namespace handlers

} // namespace localserver
