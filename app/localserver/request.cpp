// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/request.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <random>

namespace localserver {

namespace {

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return text;
}

std::optional<std::int64_t> toInteger(std::string_view text)
{
    std::int64_t value = 0;
    const auto end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (parsed.ec == std::errc() && parsed.ptr == end)
        return value;
    // Some clients send steps as "3.0".
    double real = 0;
    const auto asReal = std::from_chars(text.data(), end, real);
    if (asReal.ec == std::errc() && asReal.ptr == end && std::fabs(real) < 9e18)
        return std::int64_t(real);
    return std::nullopt;
}

} // namespace

std::string Request::text(const std::string &name) const
{
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

std::optional<std::int64_t> Request::integer(const std::string &name) const
{
    return toInteger(text(name));
}

std::optional<bool> Request::boolean(const std::string &name) const
{
    const std::string value = lowered(text(name));
    if (value.empty())
        return std::nullopt;
    return value == "true" || value == "1";
}

std::string Request::required(const std::string &name) const
{
    std::string value = text(name);
    if (value.empty())
        throw Failure(400, "The parameter " + name + " is missing.", name == "experimentKey" ? 90998 : 0);
    return value;
}

const Part *Request::part(const std::string &name) const
{
    const auto found =
        std::find_if(parts.begin(), parts.end(), [&](const Part &p) { return p.name == name; });
    return found == parts.end() ? nullptr : &*found;
}

Answer answer(const Json &body)
{
    return {200, dumped(body)};
}

Answer answer(JsonWriter &&body)
{
    return {200, std::move(body).text()};
}

Answer bytes(std::string content, const char *type)
{
    return {200, std::move(content), type};
}

Answer acknowledge(const char *message, const Json &more)
{
    Json body = more.is_object() ? more : Json::object();
    body["msg"] = message;
    body["code"] = 200;
    body["data"] = nullptr;
    body["sdk_error_code"] = 0;
    return answer(body);
}

Answer acknowledge(const Skipped &skipped, const char *message)
{
    return acknowledge(message, skipped.empty() ? Json() : Json{{"skipped", skipped}});
}

Answer failure(int status, const std::string &message, int code)
{
    JsonWriter body;
    body.beginObject();
    body.key("msg").string(message);
    body.key("code").integer(status);
    body.key("data").null();
    body.key("sdk_error_code").integer(code);
    body.endObject();
    return {status, std::move(body).text()};
}

std::string requiredText(const Json &body, const char *field)
{
    auto value = optionalText(body, field);
    if (!value || value->empty())
        throw Failure(400, std::string("The field ") + field + " is missing.",
            std::string_view(field) == "experimentKey" ? 90998 : 0);
    return *value;
}

std::optional<std::string> optionalText(const Json &body, const char *field)
{
    const auto found = body.find(field);
    if (found == body.end() || found->is_null())
        return std::nullopt;
    if (found->is_string())
        return found->get<std::string>();
    return dumped(*found);
}

std::optional<std::int64_t> optionalInteger(const Json &body, const char *field)
{
    const auto found = body.find(field);
    if (found == body.end() || found->is_null())
        return std::nullopt;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > std::uint64_t(INT64_MAX))
        return std::nullopt;
    if (found->is_number_integer())
        return found->get<std::int64_t>();
    if (found->is_number_float()) {
        const double value = found->get<double>();
        return std::fabs(value) < 9e18 ? std::optional(std::int64_t(value)) : std::nullopt;
    }
    if (found->is_string())
        return toInteger(found->get_ref<const std::string &>());
    return std::nullopt;
}

bool optionalBoolean(const Json &body, const char *field, bool otherwise)
{
    const auto found = body.find(field);
    if (found == body.end() || found->is_null())
        return otherwise;
    if (found->is_boolean())
        return found->get<bool>();
    if (found->is_number())
        return found->get<double>() != 0;
    return found->is_string() ? lowered(found->get<std::string>()) == "true" : otherwise;
}

const Json &optionalArray(const Json &body, const char *field)
{
    static const Json none = Json::array();
    const auto found = body.find(field);
    if (found == body.end() || found->is_null())
        return none;
    if (!found->is_array())
        throw Failure(400, std::string("The field ") + field + " must be an array.");
    return *found;
}

std::string entryText(const Json &entry)
{
    std::string text = entry.is_string() ? entry.get<std::string>() : dumped(entry);
    if (text.empty() || entry.is_null() || entry.is_structured())
        throw Failure(400, "A text was expected.");
    return text;
}

std::string newKey()
{
    static thread_local std::random_device device;
    static constexpr char digits[] = "0123456789abcdef";
    std::string key;
    while (key.size() < 32) {
        unsigned bits = device();
        for (int i = 0; i < 8; ++i, bits >>= 4)
            key += digits[bits & 15];
    }
    return key;
}

std::int64_t now()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace localserver
