// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/routes.h"

#include "app/localserver/handlers.h"

#include <algorithm>
#include <string_view>

namespace localserver {

namespace {

using namespace handlers;

// The whole server. "write/..." with Get are GETs that write: PROTOCOL 1.6.
constexpr Route routes[] = {
    {Verb::Get, Route::Root, "/health/ping", ping, Route::None, Route::Open},
    {Verb::Get, Route::Script, "health/ping", ping, Route::None, Route::Open},
    {Verb::Get, Route::Script, "isAlive/ver", version, Route::None, Route::Open},

    // Account, workspaces, projects
    {Verb::Get, Route::Rest, "account-details", accountDetails},
    {Verb::Get, Route::Rest, "workspaces", workspaces},
    {Verb::Post, Route::Rest, "write/workspace/new", createWorkspace, Route::JsonBody},
    {Verb::Get, Route::Rest, "projects", projects},
    {Verb::Get, Route::Rest, "projects/page", projectsPage},
    {Verb::Get, Route::Rest, "project", project},
    {Verb::Get, Route::Rest, "project/notes", projectNotes},
    {Verb::Get, Route::Rest, "project/column-names", columnNames},
    {Verb::Post, Route::Rest, "write/project/create", createProject, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/project/update", updateProject, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/project/delete", deleteProject, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/project/notes", setProjectNotes, Route::JsonBody},
    {Verb::Get, Route::Rest, "write/project/symlink", linkExperiment},
    {Verb::Get, Route::Rest, "project/get-project-share-links", shareLinks},
    {Verb::Get, Route::Rest, "write/project/add-share-link", addShareLink},
    {Verb::Get, Route::Rest, "write/project/delete-project-share-link", deleteShareLink},

    // Experiments
    {Verb::Get, Route::Rest, "experiments", experiments},
    {Verb::Get, Route::Rest, "experiment/metadata", metadata},
    {Verb::Post, Route::Rest, "experiments/multi-metric-chart", multiMetricChart, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/create", createExperiment, Route::JsonBody},
    {Verb::Get, Route::Rest, "write/experiment/delete", deleteExperiment},
    {Verb::Get, Route::Rest, "write/experiment/archive", archiveExperiment},
    {Verb::Get, Route::Rest, "write/experiment/restore", restoreExperiment},
    {Verb::Post, Route::Rest, "write/experiment/move", moveExperiments, Route::JsonBody},

    // Values: parameters, others, tags
    {Verb::Get, Route::Rest, "experiment/parameters", parameters},
    {Verb::Get, Route::Rest, "experiment/log-other", others},
    {Verb::Get, Route::Rest, "experiment/tags", tags},
    {Verb::Post, Route::Rest, "write/experiment/parameter", logParameter, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/parameter/delete", deleteParameter, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiments/parameters/delete", deleteParameters, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/log-other", logOther, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/tags", addTags, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/tags/delete", deleteTags, Route::JsonBody},

    // Metrics
    {Verb::Get, Route::Rest, "experiment/metrics/summary", metricsSummary},
    {Verb::Get, Route::Rest, "experiment/metrics/get-metric", getMetric},
    {Verb::Get, Route::Rest, "experiment/metrics/get-all", getAllMetrics},
    {Verb::Post, Route::Rest, "write/experiment/metric", logMetric, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/metric/delete", deleteMetric, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/cpu-metrics", logCpuMetrics, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/gpu-metrics", logGpuMetrics, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/ram-metrics", logRamMetrics, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/load-metrics", logLoadMetrics, Route::JsonBody},

    // How a run is doing
    {Verb::Get, Route::Rest, "write/experiment/set-status", setStatus},
    {Verb::Get, Route::Rest, "write/experiment/stop", stopExperiment},
    {Verb::Post, Route::Rest, "write/experiment/update-status", updateStatus, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/set-start-end-time", setStartEndTime, Route::JsonBody},
    {Verb::Get, Route::Rest, "experiment/processing/status", processingStatus},

    // Texts and surroundings
    {Verb::Get, Route::Rest, "experiment/html", html},
    {Verb::Get, Route::Rest, "experiment/code", code},
    {Verb::Get, Route::Rest, "experiment/graph", graph},
    {Verb::Get, Route::Rest, "experiment/output", output},
    {Verb::Get, Route::Rest, "experiment/git/metadata", gitMetadata},
    {Verb::Get, Route::Rest, "experiment/git/patch", gitPatch},
    {Verb::Get, Route::Rest, "experiment/system-details", systemDetails},
    {Verb::Post, Route::Rest, "write/experiment/html", setHtml, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/code", setCode, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/graph", setGraph, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/output", addOutput, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/file-path", setFilePath, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/git/metadata", setGitMetadata, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/git/patch", setGitPatch, Route::Multipart},
    {Verb::Post, Route::Rest, "write/experiment/system-details", setSystemDetails, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/experiment/cloud-details", setCloudDetails, Route::JsonBody},
    {Verb::Put, Route::Rest, "write/experiment/dependencies", setDependencies, Route::JsonBody},

    // Assets and models
    {Verb::Get, Route::Rest, "experiment/asset/list", assetList},
    {Verb::Get, Route::Rest, "experiment/asset/get-by-name", assetsByName},
    {Verb::Get, Route::Rest, "experiment/asset/get-asset", getAsset},
    {Verb::Get, Route::Rest, "image/get-image", getAsset},
    {Verb::Get, Route::Root, "/api/asset/download", getAsset},
    {Verb::Get, Route::Root, "/api/image/download", getAsset},
    {Verb::Post, Route::Rest, "write/experiment/upload-asset", uploadAsset, Route::Multipart},
    {Verb::Get, Route::Rest, "write/experiment/asset/delete", deleteAsset},
    {Verb::Get, Route::Rest, "experiment/model", models},
    {Verb::Get, Route::Rest, "experiment/model/asset/list", modelAssetList},
    {Verb::Get, Route::Rest, "experiment/model/download", downloadModel},

    // The registry
    {Verb::Get, Route::Rest, "registry-model", registryModels},
    {Verb::Get, Route::Rest, "registry-model/count", registryCount},
    {Verb::Get, Route::Rest, "registry-model/details", registryDetails},
    {Verb::Get, Route::Rest, "registry-model/compact-details", registryCompactDetails},
    {Verb::Get, Route::Rest, "registry-model/notes", registryNotes},
    {Verb::Get, Route::Rest, "registry-model/items", registryItems},
    {Verb::Get, Route::Rest, "registry-model/allowed_status_values", allowedStatusValues},
    {Verb::Get, Route::Rest, "registry-model/latest_version", latestVersion},
    {Verb::Get, Route::Rest, "registry-model/item/details", registryItemDetails},
    {Verb::Get, Route::Rest, "registry-model/item/download", downloadItem},
    {Verb::Get, Route::Rest, "registry-model/item/download-instructions", downloadInstructions},
    {Verb::Post, Route::Rest, "registry-model/history/item", itemHistory, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/registry-model", registerModel, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/registry-model/item", registerVersion, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/registry-model/item/create", registerItem, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/registry-model/update", updateRegistryModel, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/registry-model/notes", setRegistryNotes, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/registry-model/item/update", updateItem, Route::JsonBody},
    {Verb::Post, Route::Rest, "write/registry-model/item/status", setItemStatus, Route::JsonBody},
    {Verb::Get, Route::Rest, "write/registry-model/delete", deleteRegistryModel},
    {Verb::Get, Route::Rest, "write/registry-model/item/delete", deleteItem},
    {Verb::Get, Route::Rest, "write/registry-model/item/stage", addItemStage},
    {Verb::Get, Route::Rest, "write/registry-model/item/stage/delete", deleteItemStage},

    // Queries
    {Verb::Post, Route::Rest, "project/query", queryProject, Route::JsonBody},
    {Verb::Post, Route::Rest, "experiments/search", searchExperiments, Route::JsonBody},

    // Scripts that log while they train: PROTOCOL-ONLINE
    {Verb::Post, Route::Script, "logger/add/run", addRun, Route::JsonBody},
    {Verb::Post, Route::Script, "logger/get/run", getRun, Route::JsonBody},
    {Verb::Post, Route::Script, "logger/copy-steps-from-experiment", copySteps, Route::JsonBody},
    {Verb::Post, Route::Script, "status-report/update", statusReport, Route::JsonBody},
    {Verb::Post, Route::Script, "status-report/offline-metadata", offlineTimes, Route::JsonBody},
    {Verb::Post, Route::Script, "asset/3d-limits", pointLimits, Route::JsonBody},
    {Verb::Post, Route::Script, "asset/upload", uploadAsset, Route::Multipart},
    {Verb::Post, Route::Script, "visualizations/upload", uploadVisualization, Route::Multipart},
    {Verb::Post, Route::Script, "git-patch/upload", setGitPatch, Route::Multipart},
    {Verb::Post, Route::Script, "asset/log-remote-model", logRemoteModel, Route::JsonBody},
    {Verb::Post, Route::Script, "asset", newPointCloud, Route::JsonBody},
    {Verb::Post, Route::Script, "asset/asset-item", uploadPointCloudItem, Route::Multipart},
    {Verb::Put, Route::Script, "asset/*/thumbnail", uploadThumbnail, Route::Multipart},
    {Verb::Post, Route::Script, "notification/experiment", ignored, Route::JsonBody},
    {Verb::Post, Route::Script, "rpc/register-rpc", ignored, Route::JsonBody},
    {Verb::Post, Route::Script, "log/add", ignored, Route::JsonBody},
    {Verb::Get, Route::Script, "rpc/get-pending-rpcs", pendingCalls},
    {Verb::Post, Route::Script, "batch/logger/experiment/metric", logMetricBatch, Route::JsonBody},
    {Verb::Post, Route::Script, "batch/logger/experiment/parameter", logParameterBatch, Route::JsonBody},
    {Verb::Post, Route::Script, "tags/add-tags-to-experiment", addTags, Route::JsonBody},
    {Verb::Get, Route::Script, "symlink/new", linkExperiment},
};

bool matches(std::string_view pattern, std::string_view path)
{
    const auto star = pattern.find('*');
    if (star == std::string_view::npos)
        return pattern == path;
    const std::string_view after = pattern.substr(star + 1);
    return path.size() > star + after.size() && path.substr(0, star) == pattern.substr(0, star)
        && path.substr(path.size() - after.size()) == after
        && path.substr(star, path.size() - star - after.size()).find('/') == std::string_view::npos;
}

bool takeOff(std::string_view &path, std::string_view prefix)
{
    if (path.substr(0, prefix.size()) != prefix)
        return false;
    path.remove_prefix(prefix.size());
    return true;
}

// Takes the base off the path. Scripts are told the address with clientlib/ at its end or without.
Route::Base baseOf(std::string_view &path)
{
    const std::string_view whole = path;
    const bool ofScripts = takeOff(path, "/clientlib/") || takeOff(path, "/");
    while (!path.empty() && path.front() == '/') // COMET_URL_OVERRIDE with a slash too many
        path.remove_prefix(1);
    if (takeOff(path, "api/rest/v2/") || takeOff(path, "rest/v2/"))
        return Route::Rest;
    const auto isRoot = [&](const Route &route) { return route.base == Route::Root && route.path == whole; };
    if (ofScripts && std::none_of(std::begin(routes), std::end(routes), isRoot))
        return Route::Script;
    path = whole;
    return Route::Root;
}

} // namespace

const Route *findRoute(Verb verb, const std::string &path)
{
    std::string_view rest = path;
    const Route::Base base = baseOf(rest);
    const auto found = std::find_if(std::begin(routes), std::end(routes), [&](const Route &route) {
        return route.base == base && route.verb == verb && matches(route.path, rest);
    });
    return found == std::end(routes) ? nullptr : found;
}

} // namespace localserver
