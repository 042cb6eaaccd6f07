# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks the program that is tested, as a person does on a command line."""
import json
import os
import subprocess

PROGRAM = os.environ["PERIHELION"]
ADDRESS = os.environ["COMET_URL_OVERRIDE"].rsplit("/", 2)[0]
with open("key", "w", encoding="utf-8") as key:
    key.write(os.environ["COMET_API_KEY"])


def _run(*arguments):
    ran = subprocess.run([PROGRAM, "--url", ADDRESS, "--api-key-file", "key", *arguments], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True, timeout=120)
    return ran.returncode, ran.stdout, ran.stderr


def _archived(archived):
    return ["--archived"] if archived else []


def found(place, text, archived=False):
    """The keys of the experiments that a query finds; what it says instead where it fails."""
    code, out, error = _run("--print", place, "--query", text, *_archived(archived))
    return {line.split("\t")[1] for line in out.splitlines()[1:]} if code == 0 else f"{code}: {error}"


def explained(place, text, form, archived=False):
    """The bodies that would be sent, each as Python's json reads it; what it says instead where it fails."""
    code, out, error = _run("--print", place, "--query", text, f"--explain={form}", *_archived(archived))
    return [json.loads(line) for line in out.splitlines()] if code == 0 else f"{code}: {error}"


def script(place, text):
    """The query as a Python script for comet_ml; one that says why there is none where that fails."""
    code, out, error = _run("--print", place, "--query", text, "--explain=python")
    return out if code == 0 else f"print({error!r})"
