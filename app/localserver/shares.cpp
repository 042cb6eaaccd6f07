// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/handlers.h"

namespace localserver::handlers {

// PROTOCOL 3.1
Answer shareLinks(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        JsonWriter out;
        out.beginObject().key("shareCodes").beginArray();
        Rows rows =
            db.query("SELECT code FROM shares WHERE project=? ORDER BY id", catalog::project(db, request).id);
        while (rows.next())
            out.string(rows.view(0));
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 3.1, a GET that writes: one more each time
Answer addShareLink(Service &service, const Request &request)
{
    const std::string code = newKey();
    service.store.write([&](Writing &writing) {
        writing.db.run(
            "INSERT INTO shares(project, code) VALUES(?,?)", catalog::project(writing.db, request).id, code);
    });
    return acknowledge("created", Json{{"shareCode", code}});
}

// PROTOCOL 3.1, a GET that writes
Answer deleteShareLink(Service &service, const Request &request)
{
    const std::string code = request.required("shareCode");
    service.store.write([&](Writing &writing) {
        const catalog::Project found = catalog::project(writing.db, request);
        if (writing.db.run("DELETE FROM shares WHERE project=? AND code=?", found.id, code) == 0)
            throw Failure(404, "The project " + found.name + " has no share key " + code + ".");
    });
    return acknowledge("Deleted");
}

} // namespace localserver::handlers
