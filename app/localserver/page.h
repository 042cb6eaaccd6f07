// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/request.h"

#include <string>

namespace localserver {

// A script prints where its run can be looked at, and whoever opens that address in a browser is told how
// to see it: /workspace/project/key, and the shorter ones.
bool isPageOfExperiment(const std::string &path);
// The same whether or not there is such an experiment: it needs no key.
Answer pageOfExperiment(const std::string &root, const std::string &path);

} // namespace localserver
