// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace localserver {

// Reads a multipart/form-data body (RFC 7578) while it arrives and keeps none of it.
class MultipartReader {
public:
    using Begin = std::function<void(std::string name, std::string fileName)>;
    using Content = std::function<void(std::string_view bytes)>; // of the part that began last

    // Throws Failure 400 where the content type names no boundary.
    MultipartReader(std::string_view contentType, Begin begin, Content content);

    // Throws Failure 400 where it is no multipart body.
    void append(std::string_view bytes);
    // Throws Failure 400 where the last boundary has not come: half of a body is none.
    void finish() const;

private:
    enum State { BeforeFirst, AfterBoundary, InHeaders, InContent, AfterLast };

    bool step();
    bool skipToBoundary();
    bool readBoundaryEnd();
    bool readHeaders();
    bool readContent();

    const Begin m_begin;
    const Content m_content;
    std::string m_delimiter; // with the line end before it
    std::string m_pending; // not read yet
    State m_state = BeforeFirst;
    int m_parts = 0;
};

} // namespace localserver
