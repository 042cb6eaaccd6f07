#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check.py FOLDER_OF_TEST_PROGRAMS: every entry of Python's comet_ml.api.API can be done here.

Prints methods.tsv, which names for each entry the test that does it through a model and the one that does
it by clicking or typing, and fails where an entry has none, or names a test that does not exist."""

import functools
import os
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).parent


@functools.lru_cache(maxsize=None)
def functions(program):
    if not program.exists():
        return None
    answer = subprocess.run([program, "-functions"], capture_output=True, text=True, check=True,
                            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    return {line.strip().removesuffix("()") for line in answer.stdout.splitlines()}


def problem(test, folder):
    suite, separator, function = test.partition("::")
    if not separator:
        return "names no test"
    known = functions(folder / suite)
    if known is None:
        return f"{suite} is not there"
    return "" if function in known else f"{suite} has no {function}"


def main():
    folder = pathlib.Path(sys.argv[1])
    rows = [line.split("\t") for line in (here / "methods.tsv").read_text().splitlines() if not line.startswith("#")]
    problems = [f"{row}: not three columns" for row in rows if len(row) != 3]
    names = [row[0] for row in rows]
    if len(names) != 51 or len(set(names)) != 51:
        problems.append(f"{len(set(names))} entries instead of 51")
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for name, model, widget in (row for row in rows if len(row) == 3):
        print(f"{name:{widths[0]}}  {model:{widths[1]}}  {widget}")
        problems += [f"{name}: {reason}" for test in (model, widget) if (reason := problem(test, folder))]
    for text in problems:
        print(f"PROBLEM: {text}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
