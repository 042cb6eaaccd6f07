// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/decode.h"
#include "models/api/error.h"
#include "models/api/json.h"
#include "models/api/problem.h"

#define SIMDJSON_EXCEPTIONS 0 // else results convert silently, and throw what is no Problem
#include <simdjson.h>

// The readers that decode.cpp and decoderegistry.cpp are written with: simdjson's on-demand values, with our tolerance and with
// errors that know their place. For them only: simdjson.h takes seconds to compile.
namespace api::decode {

namespace ondemand = simdjson::ondemand;
using Value = ondemand::value;

[[noreturn]] inline void fail(simdjson::error_code code)
{
    fail(simdjson::error_message(code));
}

inline bool isNull(Value &value)
{
    bool isIt = false;
    if (const auto error = value.is_null().get(isIt))
        fail(error); // a word that begins like null
    return isIt;
}

template<class F>
void forEachField(Value value, F field)
{
    ondemand::object object;
    if (value.get_object().get(object))
        fail("an object was expected");
    for (auto each : object) {
        std::string_view key;
        Value content;
        if (const auto error = each.unescaped_key().get(key))
            fail(error);
        if (const auto error = each.value().get(content))
            fail(error);
        try {
            field(key, content);
        } catch (Problem &problem) {
            problem.isInside(key);
            throw;
        }
    }
}

// A null is an empty list.
template<class F>
void forEachElement(Value value, F element)
{
    if (isNull(value))
        return;
    ondemand::array array;
    if (value.get_array().get(array))
        fail("a list was expected");
    std::size_t index = 0;
    for (auto each : array) {
        try {
            Value content;
            if (const auto error = each.get(content))
                fail(error);
            element(content);
        } catch (Problem &problem) {
            isInsideElement(problem, index);
            throw;
        }
        ++index;
    }
}

// A text; a number or boolean as it is written. Sets wasNull for null. The view lives until the next call
// with the same spare, or as long as the document.
inline std::string_view utf8(Value &value, std::string &spare, bool &wasNull)
{
    wasNull = false;
    std::string_view text;
    if (!value.get_string().get(text))
        return json::withoutMarks(text);
    const std::string_view token = json::trimmed(value.raw_json_token());
    if (token.size() >= 2 && token.front() == '"') {
        spare = json::unescaped(token.substr(1, token.size() - 2));
        return spare;
    }
    wasNull = isNull(value);
    if (wasNull || token.empty())
        return {};
    if (token.front() == '{' || token.front() == '[')
        fail("a text was expected");
    spare = token;
    return spare;
}

inline QString text(Value &value)
{
    std::string spare;
    bool wasNull = false;
    const std::string_view read = utf8(value, spare, wasNull);
    return wasNull ? QString() : QString::fromUtf8(read.data(), static_cast<qsizetype>(read.size()));
}

// False where value is no plain number, or one that simdjson 3.0 reads wrongly: it takes the digits of a
// number that begins with 0 for fewer than they are, and loses the first of 20 or more.
simdjson_inline bool takeNumber(Value &value, double &number)
{
    const std::string_view token = value.raw_json_token(); // never empty
    const std::size_t sign = token[0] == '-';
    if (token.data()[sign] == '0' && token.size() >= 22 + sign)
        return false;
    return !value.get_double().get(number);
}

// For what takeNumber() does not take: a text that stands for one, a boolean, null.
inline double unusualNumber(Value &value)
{
    if (isNull(value))
        return missing;
    bool flag = false;
    if (!value.get_bool().get(flag))
        return flag ? 1 : 0;
    const std::string_view token = json::trimmed(value.raw_json_token());
    const bool isText = token.size() >= 2 && token.front() == '"';
    const std::optional<double> number
        = isText ? json::number(json::unescaped(token.substr(1, token.size() - 2))) : json::number(token);
    if (!number)
        fail("a number was expected");
    return *number;
}

inline std::optional<qint64> integer(Value &value)
{
    int64_t whole = 0;
    if (!value.get_int64().get(whole))
        return whole;
    double number = 0;
    if (!takeNumber(value, number))
        number = unusualNumber(value);
    if (!(number > -9e18 && number < 9e18))
        return std::nullopt; // null, NaN or beyond all sense
    return static_cast<qint64>(std::llround(number));
}

inline qint64 time(Value &value)
{
    const qint64 milliseconds = integer(value).value_or(0);
    return canBeTime(static_cast<double>(milliseconds)) ? milliseconds : 0;
}

inline bool flag(Value &value)
{
    bool boolean = false;
    if (!value.get_bool().get(boolean))
        return boolean;
    const QString written = text(value);
    return written.compare(QLatin1String("true"), Qt::CaseInsensitive) == 0 || written == QLatin1String("1");
}

inline QStringList texts(Value value)
{
    QStringList list;
    forEachElement(value, [&list](Value &element) { list += text(element); });
    return list;
}

inline std::string_view view(const QByteArray &body) { return {body.constData(), std::size_t(body.size())}; }

inline Error badAnswer(const QString &message)
{
    Error error;
    error.kind = Error::Kind::BadAnswer;
    error.message = message;
    return error;
}

// Runs work, which may throw Problems, over a body that is ready for simdjson.
template<class T, class F>
Result<T> guarded(QByteArray &body, F work)
{
    if (isWebPage(body))
        return badAnswer(webPageMessage());
    try {
        json::checkBounds(view(body));
        body.detach(); // a shared one would lose its spare capacity only when it is written to
        if (body.capacity() < body.size() + padding)
            body.reserve(body.size() + padding);
        T result{};
        work(result);
        return result;
    } catch (const Problem &problem) {
        const std::string place = problem.path.empty() ? problem.what : problem.path + ": " + problem.what;
        return badAnswer(QString::fromStdString(place.substr(0, 300)));
    } catch (const json::Malformed &malformed) {
        return badAnswer(QString::fromLatin1(malformed.what));
    } catch (const std::bad_alloc &) {
        return badAnswer(QStringLiteral("there is not enough memory for it"));
    }
}

// part lies in body, which has room for the padding behind it.
template<class F>
void readDocument(ondemand::parser &parser, QByteArray &body, std::string_view part, F read)
{
    json::quoteBareNumbers(body.data() + (part.data() - body.constData()), part.size());
    const std::size_t before = static_cast<std::size_t>(part.data() - body.constData());
    const simdjson::padded_string_view padded(
        part.data(), part.size(), static_cast<std::size_t>(body.capacity()) - before);
    ondemand::document document;
    if (const auto error = parser.iterate(padded).get(document))
        fail(error);
    Value root;
    if (const auto error = document.get_value().get(root)) {
        if (error == simdjson::SCALAR_DOCUMENT_AS_VALUE)
            fail("an object was expected");
        fail(error);
    }
    read(root);
    const char *rest = nullptr;
    if (document.current_location().get(rest) != simdjson::OUT_OF_BOUNDS)
        fail("there is more text after the end");
}

template<class T, class F>
Result<T> read(QByteArray body, F reader)
{
    return guarded<T>(body, [&body, &reader](T &result) {
        ondemand::parser parser;
        readDocument(parser, body, view(body), [&](Value root) { reader(root, result); });
    });
}

// For answers that are one list or text under one name, which must be there.
template<class T, class F>
Result<T> readWrapped(QByteArray body, std::string_view name, F reader)
{
    return read<T>(std::move(body), [name, &reader](Value root, T &result) {
        bool isThere = false;
        forEachField(root, [&](std::string_view key, Value &value) {
            if (key != name)
                return;
            isThere = true;
            result = T{};
            reader(value, result);
        });
        if (!isThere)
            fail(std::string(name) + " is missing");
    });
}

} // namespace api::decode
