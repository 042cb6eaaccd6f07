// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The reading of requests under libFuzzer: cmake -DCMAKE_CXX_COMPILER=clang++ -DPERIHELION_FUZZ=ON, then
// fuzz_requests CORPUS_FOLDER. An input that begins with 'W' is a text of a websocket, any other the bytes of a
// connection. tst_fuzzrequests does a little of the same on every run of the tests and writes a corpus with
// PERIHELION_CORPUS=FOLDER.

#include "tests/localserver/answeranything.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static Answering *const server = [] {
        char folder[] = "/tmp/fuzz_requests.XXXXXX";
        if (!mkdtemp(folder))
            std::abort();
        return new Answering(folder);
    }();
    const std::string bytes(reinterpret_cast<const char *>(data), size);
    if (bytes.substr(0, 1) == "W")
        server->message(bytes.substr(1));
    else if (!server->requests(bytes))
        std::abort();
    return 0;
}
