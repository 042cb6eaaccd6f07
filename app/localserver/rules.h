// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/json.h"

#include <optional>
#include <string>
#include <vector>

namespace localserver {

// A query as a tree: a group of AND or OR, or one rule about one variable (PROTOCOL 5.3, 5.7, 5.8).
struct RuleTree {
    // A group:
    bool all = true; // AND, else OR
    std::vector<RuleTree> children;
    // A rule, where the operation is not empty:
    std::string source; // metrics, params, log_other, metadata, env_details, tag
    std::string name;
    std::string type; // string, double, boolean, datetime, timenumber
    std::string operation;
    Json value;

    bool isRule() const { return !operation.empty(); }
};

// A group {"condition","rules"} whose rules are rules or groups; rules without a source of their own
// have the given one. Throws a 400 where it is none, or an operator is unknown.
RuleTree ruleTree(const Json &group, const std::string &source);
// The predicates of project/query, which are ANDed.
RuleTree ruleTreeOfPredicates(const Json &predicates);

// Whether a value passes the rule. A missing one passes nothing but is_null, negative operators
// included; text is compared with its case (PROTOCOL 5.5).
bool passes(const RuleTree &rule, const std::optional<std::string> &value);

// "2019-09-24 05:00:00[.123456][+00:00]" in UTC as milliseconds since 1970; nothing where it is no time.
std::optional<double> timeOf(const std::string &text);

} // namespace localserver
