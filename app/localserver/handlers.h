// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/service.h"

// All handlers, by the file they are in. The route table in routes.cpp says which request reaches which.
namespace localserver::handlers {

// system.cpp
Answer version(Service &service, const Request &request);
Answer ping(Service &service, const Request &request);

// projects.cpp
Answer accountDetails(Service &service, const Request &request);
Answer workspaces(Service &service, const Request &request);
Answer createWorkspace(Service &service, const Request &request);
Answer projects(Service &service, const Request &request);
Answer projectsPage(Service &service, const Request &request);
Answer project(Service &service, const Request &request);
Answer projectNotes(Service &service, const Request &request);
Answer createProject(Service &service, const Request &request);
Answer updateProject(Service &service, const Request &request);
Answer deleteProject(Service &service, const Request &request);
Answer setProjectNotes(Service &service, const Request &request);

// experiments.cpp
Answer experiments(Service &service, const Request &request);
Answer metadata(Service &service, const Request &request);
Answer createExperiment(Service &service, const Request &request);
Answer deleteExperiment(Service &service, const Request &request);
Answer archiveExperiment(Service &service, const Request &request);
Answer restoreExperiment(Service &service, const Request &request);
Answer moveExperiments(Service &service, const Request &request);
Answer linkExperiment(Service &service, const Request &request);

// life.cpp
Answer stopExperiment(Service &service, const Request &request);
Answer setStatus(Service &service, const Request &request);
Answer updateStatus(Service &service, const Request &request);
Answer setStartEndTime(Service &service, const Request &request);
Answer processingStatus(Service &service, const Request &request);

// values.cpp
Answer parameters(Service &service, const Request &request);
Answer others(Service &service, const Request &request);
Answer tags(Service &service, const Request &request);
Answer addTags(Service &service, const Request &request);
Answer deleteTags(Service &service, const Request &request);
Answer logParameter(Service &service, const Request &request);
Answer deleteParameter(Service &service, const Request &request);
Answer deleteParameters(Service &service, const Request &request);
Answer logOther(Service &service, const Request &request);
Answer logParameterBatch(Service &service, const Request &request);

// metrics.cpp
Answer metricsSummary(Service &service, const Request &request);
Answer getMetric(Service &service, const Request &request);
Answer getAllMetrics(Service &service, const Request &request);
Answer logMetric(Service &service, const Request &request);
Answer deleteMetric(Service &service, const Request &request);
Answer logMetricBatch(Service &service, const Request &request);
Answer logCpuMetrics(Service &service, const Request &request);
Answer logGpuMetrics(Service &service, const Request &request);
Answer logRamMetrics(Service &service, const Request &request);
Answer logLoadMetrics(Service &service, const Request &request);

// columns.cpp
Answer columnNames(Service &service, const Request &request);

// chart.cpp
Answer multiMetricChart(Service &service, const Request &request);

// pieces.cpp
Answer html(Service &service, const Request &request);
Answer code(Service &service, const Request &request);
Answer graph(Service &service, const Request &request);
Answer output(Service &service, const Request &request);
Answer setHtml(Service &service, const Request &request);
Answer setCode(Service &service, const Request &request);
Answer setGraph(Service &service, const Request &request);
Answer addOutput(Service &service, const Request &request);
Answer setFilePath(Service &service, const Request &request);

// surroundings.cpp
Answer gitMetadata(Service &service, const Request &request);
Answer gitPatch(Service &service, const Request &request);
Answer systemDetails(Service &service, const Request &request);
Answer setGitMetadata(Service &service, const Request &request);
Answer setGitPatch(Service &service, const Request &request);
Answer setSystemDetails(Service &service, const Request &request);
Answer setCloudDetails(Service &service, const Request &request);
Answer setDependencies(Service &service, const Request &request);

// assets.cpp
Answer assetList(Service &service, const Request &request);
Answer assetsByName(Service &service, const Request &request);
Answer getAsset(Service &service, const Request &request);
Answer deleteAsset(Service &service, const Request &request);

// uploads.cpp
Answer uploadAsset(Service &service, const Request &request);
Answer uploadVisualization(Service &service, const Request &request);
Answer newPointCloud(Service &service, const Request &request);
Answer uploadPointCloudItem(Service &service, const Request &request);
Answer uploadThumbnail(Service &service, const Request &request);

// models.cpp
Answer models(Service &service, const Request &request);
Answer modelAssetList(Service &service, const Request &request);
Answer downloadModel(Service &service, const Request &request);
Answer logRemoteModel(Service &service, const Request &request);

// online.cpp
Answer addRun(Service &service, const Request &request);
Answer getRun(Service &service, const Request &request);
Answer copySteps(Service &service, const Request &request);
Answer pointLimits(Service &service, const Request &request);
Answer statusReport(Service &service, const Request &request);
Answer offlineTimes(Service &service, const Request &request);
Answer ignored(Service &service, const Request &request);
Answer pendingCalls(Service &service, const Request &request);

// shares.cpp
Answer shareLinks(Service &service, const Request &request);
Answer addShareLink(Service &service, const Request &request);
Answer deleteShareLink(Service &service, const Request &request);

// registry.cpp
Answer registryModels(Service &service, const Request &request);
Answer registryCount(Service &service, const Request &request);
Answer registryDetails(Service &service, const Request &request);
Answer registryCompactDetails(Service &service, const Request &request);
Answer registryNotes(Service &service, const Request &request);
Answer registryItems(Service &service, const Request &request);
Answer allowedStatusValues(Service &service, const Request &request);
Answer registryItemDetails(Service &service, const Request &request);
Answer latestVersion(Service &service, const Request &request);
Answer downloadInstructions(Service &service, const Request &request);
Answer downloadItem(Service &service, const Request &request);
Answer itemHistory(Service &service, const Request &request);

// registrywrites.cpp
Answer registerModel(Service &service, const Request &request);
Answer registerVersion(Service &service, const Request &request);
Answer registerItem(Service &service, const Request &request);
Answer updateRegistryModel(Service &service, const Request &request);
Answer setRegistryNotes(Service &service, const Request &request);
Answer updateItem(Service &service, const Request &request);
Answer setItemStatus(Service &service, const Request &request);
Answer deleteRegistryModel(Service &service, const Request &request);
Answer deleteItem(Service &service, const Request &request);
Answer addItemStage(Service &service, const Request &request);
Answer deleteItemStage(Service &service, const Request &request);

// query.cpp
Answer queryProject(Service &service, const Request &request);
Answer searchExperiments(Service &service, const Request &request);

} // namespace localserver::handlers
