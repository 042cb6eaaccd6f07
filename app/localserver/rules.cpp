// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/rules.h"

#include "app/localserver/entries.h"
#include "app/localserver/request.h"
#include "app/localserver/utf8.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace localserver {

namespace {

constexpr std::array operations{"equal", "not_equal", "less", "less_or_equal", "greater", "greater_or_equal",
    "between", "not_between", "contains", "not_contains", "begins_with", "not_begins_with", "ends_with",
    "not_ends_with", "is_null", "is_not_null", "is_empty", "is_not_empty"};

// No query that people write is so deep; the limit keeps the recursion off the end of the stack.
constexpr int deepest = 64;

RuleTree leaf(const Json &rule, const std::string &source)
{
    RuleTree result;
    result.source = optionalText(rule, "source").value_or(source);
    const auto field = optionalText(rule, "field");
    result.name = field ? *field : requiredText(rule, "id");
    result.type = optionalText(rule, "type").value_or("string");
    result.operation = requiredText(rule, "operator");
    if (std::find(operations.begin(), operations.end(), result.operation) == operations.end())
        throw Failure(400, "There is no operator " + result.operation + ".");
    result.value = rule.value("value", Json());
    if ((result.operation == "between" || result.operation == "not_between")
        && !(result.value.is_array() && result.value.size() == 2))
        throw Failure(400, "The operator " + result.operation + " needs an array of two values.");
    return result;
}

RuleTree group(const Json &json, const std::string &source, int depth)
{
    if (!json.is_object() || depth > deepest)
        throw Failure(400, "A group of rules was expected.");
    RuleTree result;
    const std::string condition = optionalText(json, "condition").value_or("AND");
    if (condition != "AND" && condition != "OR")
        throw Failure(400, "The condition of a group must be AND or OR.");
    result.all = condition == "AND";
    for (const Json &rule : optionalArray(json, "rules"))
        result.children.push_back(
            rule.contains("rules") ? group(rule, source, depth + 1) : leaf(rule, source));
    return result;
}

// A value in the unit in which the rule's type is compared; nothing where it is no number.
std::optional<double> numberOf(const std::string &type, const std::string &text)
{
    if (text == "true" || text == "True")
        return 1;
    if (text == "false" || text == "False")
        return 0;
    if (const auto number = toDouble(text))
        return number;
    return type == "datetime" ? timeOf(text) : std::nullopt;
}

bool startsWith(const std::string &text, const std::string &with)
{
    return text.compare(0, with.size(), with) == 0;
}

bool endsWith(const std::string &text, const std::string &with)
{
    return text.size() >= with.size() && text.compare(text.size() - with.size(), with.size(), with) == 0;
}

// Less, equal or greater by number where both are one, else as texts; nothing where one is NaN or
// where a number would be compared with a text.
std::optional<int> compared(const RuleTree &rule, const std::string &value, const std::string &with)
{
    const auto left = numberOf(rule.type, value);
    const auto right = numberOf(rule.type, with);
    const bool textual = rule.type == "string" && rule.value.is_string();
    if (left && right && !textual) {
        if (std::isnan(*left) || std::isnan(*right))
            return std::nullopt;
        return *left < *right ? -1 : *left > *right;
    }
    if (rule.type != "string" && (left || right))
        return std::nullopt;
    return value.compare(with);
}

bool within(const RuleTree &rule, const std::string &value)
{
    const auto low = compared(rule, value, asText(rule.value[0]));
    const auto high = compared(rule, value, asText(rule.value[1]));
    return low && high && *low >= 0 && *high <= 0;
}

} // namespace

RuleTree ruleTree(const Json &json, const std::string &source)
{
    return json.is_null() ? RuleTree() : group(json, source, 0);
}

RuleTree ruleTreeOfPredicates(const Json &predicates)
{
    RuleTree result;
    for (const Json &predicate : predicates) {
        if (!predicate.is_object())
            throw Failure(400, "A predicate must be an object.");
        result.children.push_back(
            group(predicate.value("query", Json()), optionalText(predicate, "source").value_or(""), 0));
    }
    return result;
}

bool passes(const RuleTree &rule, const std::optional<std::string> &value)
{
    const std::string &operation = rule.operation;
    if (operation == "is_null")
        return !value;
    if (!value)
        return false;
    if (operation == "is_not_null")
        return true;
    if (operation == "is_empty" || operation == "is_not_empty")
        return value->empty() == (operation == "is_empty");
    if (operation == "between" || operation == "not_between")
        return within(rule, *value) == (operation == "between");
    const std::string with = asText(rule.value);
    if (operation == "contains" || operation == "not_contains")
        return (utf8::composed(*value).find(utf8::composed(with)) != std::string::npos) == (operation == "contains");
    if (operation == "begins_with" || operation == "not_begins_with")
        return startsWith(utf8::composed(*value), utf8::composed(with)) == (operation == "begins_with");
    if (operation == "ends_with" || operation == "not_ends_with")
        return endsWith(utf8::composed(*value), utf8::composed(with)) == (operation == "ends_with");
    const auto order = compared(rule, *value, with);
    if (operation == "not_equal")
        return order != 0;
    if (!order)
        return false;
    if (operation == "equal")
        return *order == 0;
    if (operation == "less")
        return *order < 0;
    if (operation == "less_or_equal")
        return *order <= 0;
    return operation == "greater" ? *order > 0 : *order >= 0;
}

std::optional<double> timeOf(const std::string &text)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, read = 0;
    double second = 0;
    const int fields = std::sscanf(
        text.c_str(), "%d-%d-%d%*1[ T]%d:%d:%lf%n", &year, &month, &day, &hour, &minute, &second, &read);
    if (fields < 3)
        return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year(year), std::chrono::month(unsigned(month)), std::chrono::day(unsigned(day))};
    if (!date.ok())
        return std::nullopt;
    double zone = 0; // minutes east
    if (fields == 6 && std::size_t(read) < text.size()) {
        int hours = 0, minutes = 0;
        char sign = 0;
        if (std::sscanf(text.c_str() + read, "%c%d:%d", &sign, &hours, &minutes) == 3)
            zone = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
    }
    const double days = double(std::chrono::sys_days(date).time_since_epoch().count());
    return ((days * 24 + hour) * 60 + minute - zone) * 60'000 + second * 1000;
}

} // namespace localserver
