// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/decode.h"

// Gives some bytes to every decoder. True where what comes out keeps its promises, whatever went in.
inline bool decodeAnything(const QByteArray &bytes)
{
    using namespace api;
    bool isSound = true;
    const auto check = [&isSound](const auto &result) {
        if (!result)
            isSound = isSound && result.error().kind == Error::Kind::BadAnswer && !result.error().message.isEmpty();
    };
    check(decode::version(bytes));
    check(decode::account(bytes));
    check(decode::workspaces(bytes));
    check(decode::projects(bytes));
    check(decode::project(bytes));
    check(decode::columns(bytes));
    check(decode::experimentKeys(bytes));
    check(decode::metadata(bytes));
    check(decode::summaries(bytes));
    check(decode::notes(bytes));
    check(decode::tags(bytes));
    check(decode::acknowledgement(bytes));
    check(decode::shareKeys(bytes));
    check(decode::registryModels(bytes));
    check(decode::registryModelCount(bytes));
    check(decode::registryModelDetails(bytes));
    check(decode::allowedStatusValues(bytes));
    check(decode::experimentModels(bytes));
    check(decode::assets(bytes));
    (void)decode::serverMessage(bytes);
    const Result<Experiments> experiments = decode::experiments(bytes, Archived::Both);
    check(experiments);
    if (experiments) {
        const Experiments &all = experiments.value();
        for (const std::size_t size : {all.names.size(), all.users.size(), all.starts.size(), all.ends.size(),
                 all.durations.size(), all.archived.size(), all.states.size()})
            isSound = isSound && size == all.size();
    }
    const Result<ChartAnswer> chart = decode::chart(bytes, {QStringLiteral("lr")});
    check(chart);
    if (chart) {
        for (const ChartedExperiment &experiment : chart.value()) {
            isSound = isSound && experiment.parameters.size() == 1;
            for (const MetricSeries &series : experiment.metrics) {
                for (const std::vector<double> *column : {&series.steps, &series.epochs, &series.timestamps, &series.durations})
                    isSound = isSound && (column->empty() || column->size() == series.values.size());
            }
        }
    }
    return isSound;
}
