// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"
#include "app/localserver/semver.h"
#include "app/localserver/service.h"

#include <cstdint>
#include <string>
#include <vector>

// Tables `registry` and `versions`: the registered models of a workspace, found by what clients call them.
namespace localserver::registry {

struct Model {
    std::int64_t id = 0;
    std::string key;
    std::string name;
    std::string workspace;
};

struct Version {
    std::int64_t id = 0;
    std::string key;
    std::string text;
    std::string comment;
    std::string status;
    std::string user;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    // What it was registered from, which may be gone.
    std::string experiment;
    std::string experimentModel;
    std::string experimentModelName;
    SemanticVersion number;
};

// An organisation configures these on the real server.
const std::vector<std::string> &allowedStatuses();

// As a client's registry name becomes a model's: PROTOCOL 7. May be empty.
std::string properName(const std::string &name);

std::optional<Model> findModel(Connection &db, const std::string &workspace, const std::string &name);
// Case does not count. 400 + 42008 where there is none (PROTOCOL-ANSWERS 1), 400 + 90219 without the
// workspace.
Model model(Connection &db, const std::string &workspace, const std::string &name);
// By workspaceName and modelName.
Model model(Connection &db, const Request &request);
// By registryModelId; 400 + 42006 where there is none.
Model modelOfKey(Connection &db, const std::string &key);

// All of the model, the highest first.
std::vector<Version> versions(Connection &db, const Model &model);
std::vector<std::string> stages(Connection &db, std::int64_t version);
// The version that the request's `version` or `stage` names, else the highest; 400 + 42008 where there is
// none.
Version chosen(Connection &db, const Model &model, const Request &request);

struct Item {
    Model model;
    Version version;
};
// By registryModelItemId; 400 + 42006 where there is none.
Item item(Connection &db, const std::string &key);

// ITEM of PROTOCOL 7, with or without its files.
void writeItem(JsonWriter &out, Connection &db, const Service &service, const Model &model,
    const Version &version, bool withAssets);

} // namespace localserver::registry
