// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"
#include "app/localserver/service.h"

#include <cstdint>
#include <optional>
#include <string>

namespace localserver {
class Content;
}

// Table `assets`: the files of an experiment. Their bytes are rows too: no request names a file here.
namespace localserver::assets {

struct Asset {
    std::string key; // empty: a new one is made
    std::string name;
    std::string type;
    std::string model; // of a model's file
    std::string context;
    std::optional<std::int64_t> step;
    std::optional<std::int64_t> epoch;
    std::string link; // of one that is kept elsewhere and has no bytes here
    std::string metadata; // JSON text
    std::string tags;
};

// Keeps the asset and returns its key; null where it has no bytes here. Content::release() must follow when
// that is committed. The same key a second time replaces it; with overwrite so does the same name, type,
// model, context and step (which may be none). Histograms of one name become one asset (PROTOCOL-ONLINE 6.1).
std::string store(
    Connection &db, std::int64_t experiment, Asset asset, const Content *content, bool overwrite);
// False where there is none. What a version of the registry has among its files is kept for it.
bool remove(Connection &db, std::int64_t experiment, const std::string &key);
// By its key, or by that of one of its histograms; 0 where there is none.
std::int64_t rowOf(Connection &db, std::int64_t experiment, const std::string &key);
// The content of one that is made of histograms, else nothing.
std::optional<std::string> combinedHistograms(Connection &db, std::int64_t asset);
// Everything of an experiment that goes, but for what the registry keeps.
void removeAll(Connection &db, std::int64_t experiment);
// What belonged to a version of the registry alone, after it has gone.
void removeUnowned(Connection &db);

// [ASSET] of PROTOCOL 4.5: the files of a version of the registry.
void writeFiles(JsonWriter &out, Connection &db, const Service &service, std::int64_t version,
    const std::string &experimentKey);
// {"assets":[ASSET]} of PROTOCOL 4.5; an empty model or name takes those of all, an empty type or "all" all
// types.
Answer list(Connection &db, const Service &service, std::int64_t experiment, const std::string &experimentKey,
    const std::string &type, const std::string &model, const std::string &name = {});

} // namespace localserver::assets
