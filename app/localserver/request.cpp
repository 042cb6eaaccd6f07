// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/request.h"

#include <algorithm>
#include <array>
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

std::optional<std::int64_t> toInteger(Number number)
{
    constexpr Number beyond = 9223372036854775808.0L; // 2^63
    if (!(number >= -beyond && number < beyond)) // also where it is not given
        return std::nullopt;
    return static_cast<std::int64_t>(number);
}

Number toStep(std::string_view text)
{
    const Number number = toNumber(text).value_or(noNumber);
    return std::isfinite(number) ? number : noNumber;
}

} // namespace

std::string Request::text(const std::string &name) const
{
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

std::optional<std::int64_t> Request::integer(const std::string &name) const
{
    return toInteger(number(name));
}

Number Request::number(const std::string &name) const
{
    return toStep(text(name));
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
    return asText(*found);
}

std::string asText(const Json &value)
{
    return value.is_string() ? value.get<std::string>() : dumped(value);
}

std::optional<std::int64_t> optionalInteger(const Json &body, const char *field)
{
    return toInteger(optionalNumber(body, field));
}

Number optionalNumber(const Json &body, const char *field)
{
    const auto found = body.find(field);
    if (found == body.end())
        return noNumber;
    if (found->is_boolean())
        return found->get<bool>() ? 1 : 0;
    if (found->is_number_unsigned())
        return Number(found->get<std::uint64_t>());
    if (found->is_number_integer())
        return Number(found->get<std::int64_t>());
    if (found->is_number_float())
        return Number(found->get<double>());
    return found->is_string() || found->is_binary() ? toStep(asText(*found)) : noNumber;
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
    std::string text = asText(entry);
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
