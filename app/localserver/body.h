// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/beast.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace localserver {

// Where the bytes of a request come from: a connection, or a text in tests.
class Source {
public:
    virtual ~Source() = default;
    // Up to `most` bytes; 0 where the other side has ended. Throws Failure 408 where none come in time.
    virtual std::size_t read(char *to, std::size_t most) = 0;
};

using Take = std::function<void(std::string_view bytes)>;

// Reads the body that follows the head the parser has read, in pieces. Throws Failure 400 where it ends
// before it is whole, so that half a body is never taken for one.
void readBody(Parser &parser, Buffer &buffer, Source &source, const Take &take);

// Unpacks a body with a Content-Encoding while it arrives.
class Unpacking {
public:
    // For "" and "identity" the bytes pass as they are. Throws Failure 415 for an encoding but gzip and deflate.
    Unpacking(const std::string &encoding, Take take);
    ~Unpacking();
    Unpacking(const Unpacking &) = delete;
    Unpacking &operator=(const Unpacking &) = delete;

    // Throws Failure 400 where the bytes are damaged.
    void append(std::string_view bytes);
    // Throws Failure 400 where the end has not come.
    void finish() const;

private:
    class Inflating;
    const Take m_take;
    std::unique_ptr<Inflating> m_inflating; // none: not packed
};

} // namespace localserver
