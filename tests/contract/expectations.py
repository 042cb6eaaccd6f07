# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what is not as expected, goes on, and ends with 1 if there was anything."""
import sys
import time

_failures = []


def _short(value):
    text = repr(value)
    return text if len(text) < 400 else text[:400] + "..."


def same(actual, expected, what):
    if actual == expected:
        return True
    _failures.append(what)
    print(f"  {what}:\n    expected {_short(expected)}\n    got      {_short(actual)}", flush=True)
    return False


def holds(condition, what):
    same(bool(condition), True, what)


def eventually(condition, what, seconds=20):
    """For what arrives over the websocket, where the SDK does not wait for an acknowledgement."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)  # UNAVOIDABLE: nothing tells
    holds(condition(), what)


def finish():
    sys.exit(1 if _failures else 0)
