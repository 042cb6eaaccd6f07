// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/exportedchart.h"
#include "ui/charts/chartcontent.h"

#include <optional>

// What a panel shows as a chart to be exported: the same lines and names, in the colours of white paper. note
// stands beside the title. Without a view everything is in it.
ExportedChart exportedChart(const ChartContent &content, const QString &note, const std::optional<View> &view = {});
