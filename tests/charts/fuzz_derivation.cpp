// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parser of derived series under libFuzzer: cmake -DCMAKE_CXX_COMPILER=clang++ -DPERIHELION_FUZZ=ON, then
// fuzz_derivation. tst_derivation does a little of the same on every run of the tests.

#include "tests/charts/deriveanything.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (!deriveAnything(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))))
        std::abort();
    return 0;
}
