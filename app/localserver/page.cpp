// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/page.h"

#include <algorithm>
#include <string_view>

namespace localserver {

namespace {

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '<':
            result += "&lt;";
            break;
        case '&':
            result += "&amp;";
            break;
        case '"':
            result += "&quot;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

// Within single quotes of a shell.
std::string quoted(std::string_view text)
{
    const auto isPlain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || std::string_view("/._-:").find(c) != std::string_view::npos;
    };
    if (std::all_of(text.begin(), text.end(), isPlain))
        return std::string(text);
    std::string result = "'";
    for (const char c : text)
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + '\'';
}

bool isKey(std::string_view text)
{
    return text.size() >= 32 && text.size() <= 50
        && text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        == std::string_view::npos;
}

} // namespace

bool isPageOfExperiment(const std::string &path)
{
    // The name of a project may hold slashes of its own.
    return path == "/"
        || (std::count(path.begin(), path.end(), '/') >= 3 && isKey(path.substr(path.rfind('/') + 1)));
}

Answer pageOfExperiment(const std::string &root, const std::string &path)
{
    const std::string place = path == "/" ? "" : " --open " + quoted(std::string_view(path).substr(1));
    Answer page;
    page.type = "text/html; charset=utf-8";
    page.body = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Perihelion</title>"
                "<style>body{font:1.1em/1.5 system-ui,sans-serif;max-width:42em;margin:4em auto;padding:0 1em;"
                "color-scheme:light dark}pre{padding:.8em;border:1px solid;border-radius:6px;white-space:pre-wrap;"
                "word-break:break-all}</style><h1>This is a server of Perihelion</h1><p>It has no pages. What scripts "
                "log here is looked at in the program, on this machine:</p><pre>perihelion --url "
        + escaped(root + place)
        + "</pre><p>The program asks for the server's key where it does not know it yet: <code>perihelion "
          "--serve</code> prints it when it starts.</p></html>\n";
    return page;
}

} // namespace localserver
