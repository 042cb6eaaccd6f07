// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/json.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace localserver {

class Content;

namespace resent {
class Delivery;
}

enum class Verb { Get, Post, Put };

// One part of a multipart/form-data body.
struct Part {
    std::string name;
    std::string fileName;
    std::shared_ptr<Content> content;
};

// What a handler sees of a request: no sockets, no headers but the two that mean something here.
struct Request {
    Verb verb = Verb::Get;
    std::string path; // without query
    std::multimap<std::string, std::string> query;
    Json body; // an object where the route takes JSON, else null
    std::vector<Part> parts; // where the body was multipart
    std::uint64_t content = 0; // hash of the body
    resent::Delivery *delivery = nullptr; // the connection it came by; null where nobody waits for an answer
    bool fromScript = false; // X-COMET-SDK-SOURCE: Experiment, i.e. a script that logs online

    // A query parameter; empty where it is missing.
    std::string text(const std::string &name) const;
    std::optional<std::int64_t> integer(const std::string &name) const;
    Number number(const std::string &name) const; // a step or an epoch
    // Parameters come as True, TRUE and true (PROTOCOL 1.4).
    std::optional<bool> boolean(const std::string &name) const;
    // The parameter, or a 400 that names it.
    std::string required(const std::string &name) const;
    const Part *part(const std::string &name) const;
};

// A body that is read while it is sent. It stays the same and knows its size. For one thread at a time.
class Stream {
public:
    virtual ~Stream() = default;
    virtual std::uint64_t size() const = 0;
    // `length` bytes from `offset` on, all within.
    virtual void read(std::uint64_t offset, char *to, std::size_t length) = 0;
};

struct Answer {
    int status = 200;
    std::string body;
    const char *type = "application/json"; // exactly this: PROTOCOL 1.5
    std::string etag = {}; // a strong one, in quotes: the client may ask for a part
    std::shared_ptr<Stream> stream = {}; // instead of the body
};

// Thrown by handlers and turned into the error body of PROTOCOL 1.5.
struct Failure : std::runtime_error {
    Failure(int status, const std::string &message, int code = 0)
        : std::runtime_error(message), status(status), code(code)
    {
    }
    int status;
    int code; // sdk_error_code
};

Answer answer(const Json &body);
Answer answer(JsonWriter &&body);
Answer bytes(std::string content, const char *type = "application/octet-stream");
// {"msg":"...","code":200,"data":null,"sdk_error_code":0}, with more fields where given.
Answer acknowledge(const char *message = "saved", const Json &more = {});
// What of a request could not be stored, each with its place: "values[1]: The field name is missing."
using Skipped = std::vector<std::string>;
// The same, with "skipped" where there is any.
Answer acknowledge(const Skipped &skipped, const char *message = "saved");
Answer failure(int status, const std::string &message, int code);

// How a JSON value reads in answers: texts as they are, numbers as they were written.
std::string asText(const Json &value);

// Fields of a JSON body. Missing and null are the same; required ones throw a 400 that names them.
std::string requiredText(const Json &body, const char *field);
std::optional<std::string> optionalText(const Json &body, const char *field);
// A whole number, also one written as a text or a fraction; none where it is beyond 64 bits.
std::optional<std::int64_t> optionalInteger(const Json &body, const char *field);
// A step or an epoch, also one written as a text or as true; not given where it is none or not finite.
Number optionalNumber(const Json &body, const char *field);
bool optionalBoolean(const Json &body, const char *field, bool otherwise);
// The array in the field, or an empty one; anything else is a 400.
const Json &optionalArray(const Json &body, const char *field);

// An entry of an array that is to be a text: numbers and booleans too, as they are written.
std::string entryText(const Json &entry);
// Calls store(entry) for each: what one of them fails with, before it has stored anything, is noted with its
// place and costs the others nothing.
template<class Store>
void storeEach(const Json &array, const char *field, Skipped &skipped, Store store)
{
    for (std::size_t i = 0; i < array.size(); ++i) {
        const auto skip = [&](const char *why) {
            skipped.push_back(std::string(field) + '[' + std::to_string(i) + "]: " + why);
        };
        try {
            store(array[i]);
        } catch (const Failure &problem) {
            skip(problem.what());
        } catch (const Json::exception &problem) {
            skip(problem.what());
        }
    }
}

// 32 hexadecimal digits, as experiment and project keys are.
std::string newKey();
std::int64_t now(); // milliseconds since 1970

} // namespace localserver
