// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

// JSON as text: what has to be done before and beside simdjson.
namespace api::json {

// Python writes NaN, Infinity and -Infinity as bare words, which no JSON reader takes. Each is replaced in
// place by a text of the same length, so that a big answer needs no copy; nonFinite() knows these texts.
// Words inside strings stay as they are. Returns how many there were.
std::size_t quoteBareNumbers(char *text, std::size_t size);

// What number::read() says of a text, and of what quoteBareNumbers() leaves behind.
std::optional<double> number(std::string_view text);

// A text as the server meant it: "NaN" for what quoteBareNumbers() has left behind, else itself.
std::string_view withoutMarks(std::string_view text);

std::string_view trimmed(std::string_view text); // without the spaces around it

struct Malformed
{
    const char *what;
};

inline constexpr std::size_t endless = std::string_view::npos;

// What no answer of a server needs, so that what is read of one takes no more than some hundred megabytes: 64 MB are
// enough text for 20 million short texts or 30 million lists.
inline constexpr std::size_t mostDepth = 100; // of lists and objects in each other; known answers have 6
inline constexpr std::size_t mostLists = 1'000'000; // and objects: as many experiments as Comet lists at once
inline constexpr std::size_t mostTexts = 10'000'000; // names of members included

// Throws Malformed where there is more than that. One pass over the text and no memory.
void checkBounds(std::string_view text);

// How long the value is with which text begins; endless where it does not end.
std::size_t lengthOfValue(std::string_view text);

// The members of the object with which text begins, one level deep: member(key, rest) is told the key as it
// stands between its quotes and the text from its value on, and returns the value's length (endless stops).
// Returns how long the object is; throws Malformed.
// An answer of 100 MB is decoded member by member through this, because simdjson needs memory as large as
// what it reads at once.
std::size_t forEachMember(std::string_view text,
    const std::function<std::size_t(std::string_view key, std::string_view rest)> &member);

// The text of a string's inside, escapes resolved. Half of a surrogate pair, which Python writes for file
// names of unknown encoding, becomes U+FFFD.
std::string unescaped(std::string_view inside);

// A JSON string, quotes included, as Python's encoder writes it: all but ASCII escaped.
QByteArray quoted(const QString &text);
QByteArray boolean(bool value);
// JSON texts as a list or object, with the separators of Python's encoder. A member that is null (not
// empty) is left out.
QByteArray list(const QList<QByteArray> &entries);
QByteArray list(const QStringList &texts);
QByteArray object(std::initializer_list<std::pair<const char *, QByteArray>> members);

} // namespace api::json
