# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every query of the recordings and compares who is found, by the SDK and by the program, and what the
program's --explain says with what the SDK sent. An expression that is not in the table fails."""
import json
import os
from datetime import datetime as dt

import comet_ml
from comet_ml import API, APIExperiment
from comet_ml.query import Environment, Metadata, Metric, Other, Parameter, Tag
from expectations import finish, same
from program import explained, found

ALL = {"one", "two", "test three"}
FOUND = {
    "Metric('acc') > .98": {"one", "test three"},
    "Metric('acc') > .98, archived=True": {"old"},
    "(Metric('loss') < .1) & (Parameter('learning_rate') >= 0.3)": {"one"},
    "Tag('My simple tag')": {"one"},
    "Metadata('start_server_timestamp') < dt(2019, 9, 24, 5)": {"one"},
    "Metadata('duration') > (2 * 60)": {"one"},
    "~Metric('acc').between(2, 3)": {"one", "two"},
    "Metric('acc').between(0.25, 3)": ALL,
    "(Metric('acc') > .5) & (Metric('loss') < 1) & Parameter('optimizer').startswith('ad')": {"one"},
    "Metadata('hasHtml') == True": {"one"},
    "Metadata('hasHtml') != True": {"two", "test three"},
    "Metadata('hasHtml') == False": {"two", "test three"},
    "Parameter('optimizer') == None": {"test three"},
    "Parameter('optimizer') != None": {"one", "two"},
    "~(Parameter('optimizer') == None)": {"one", "two"},
    "Other('Name') != ''": ALL,
    "Other('Name') == ''": set(),
    "~Other('Name').contains('test')": {"one", "two"},
    "Environment('os').endswith('darwin') & Tag('a') & Tag('b')": {"one"},
    "Parameter('optimizer') == 'adam'": {"one"},
    "Parameter('epochs') == 5": {"one", "test three"},
    "(Metric('acc') > .5) | (Metric('loss') < 1)": ALL,
    "(Metric('acc') > .5) | (Parameter('optimizer') == 'x')": ALL,
    "(Metric('acc') > .5) & ((Metric('loss') < 1) | (Metric('loss') > 2))": ALL,
    "(Metric('acc') > .5) & ((Parameter('epochs') < 1) | Tag('a'))": {"one", "two"},
    "~Tag('a')": {"test three"},
    "Metric('nope') > 1": set(),
    # As project/query the newest SDK sends it as ~A & ~B, as experiments/search rightly as ~A | ~B.
    "~((Metric('acc') > .5) & (Metric('loss') < 1))": {"api.query": set(), "api.search": {"test three"}},
}


def make(name, metrics, parameters, tags, start, seconds, system):
    experiment = APIExperiment(workspace="w", project_name="p", experiment_name=name)
    for metric, value in metrics.items():
        experiment.log_metric(metric, 7, step=0, timestamp=1)
        experiment.log_metric(metric, value, step=1)
    for parameter, value in parameters.items():
        experiment.log_parameter(parameter, value)
    if tags:
        experiment.add_tags(tags)
    experiment.set_os(system)
    milliseconds = int(start.timestamp() * 1000)
    experiment.set_start_time(milliseconds)
    experiment.set_end_time(milliseconds + seconds * 1000)
    return experiment


one = make("one", {"acc": .99, "loss": .05}, {"learning_rate": .5, "optimizer": "adam", "epochs": 5}, ["My simple tag", "a", "b"],
           dt(2019, 1, 1), 200, "x-darwin")
one.log_html("<p>")
make("two", {"acc": .6, "loss": .5}, {"learning_rate": .1, "optimizer": "sgd", "epochs": 0}, ["a"], dt(2020, 1, 1), 10, "Linux")
make("test three", {"acc": 2.5, "loss": 3}, {"epochs": 5}, [], dt(2021, 1, 1), 10, "Linux")
old = make("old", {"acc": .99}, {}, [], dt(2021, 1, 1), 10, "Linux")
api = API(cache=False)
api.archive_experiment(old.id)

keys = {experiment.name: experiment.id for experiment in api.get_experiments("w", "p") + [old]}
NEWEST = hasattr(API, "search")
# Sent by the newest SDK as ~A & ~B, which is not what it means.
WRONG = "~((Metric('acc') > .5) & (Metric('loss') < 1))"


def check_program(call, text, requests, expected):
    """What the SDK sends is what the program explains, and both find the same."""
    archived = text.endswith(", archived=True")
    text = text.removesuffix(", archived=True")
    bodies = [json.loads(request["body"]) for request in requests if request["verb"] == "POST"]
    if not bodies:  # refused by the SDK: no such variable
        same(found("w/p", text, archived)[:22], "1: perihelion: The pro", text)
        return
    right = call == "api.search" or text != WRONG
    if right:
        form = "search" if call == "api.search" else "query" if NEWEST else "reference"
        sent = explained("w/p", text, form, archived)
        for body in bodies + (sent if isinstance(sent, list) else []):
            body.pop("projectId", None)  # of the recorded project, and of this one
        same(sent, bodies, f"{call}: --explain of {text}")
    same(found("w/p", text, archived), {keys[name] for name in (expected if right else FOUND[WRONG]["api.search"])},
         f"--query {text}")


recordings = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"requests-sdk-{comet_ml.__version__}.jsonl")
asked = 0
with open(recordings, encoding="utf-8") as lines:
    for line in map(json.loads, lines):
        python = line["python"]
        call, _, rest = python.partition("('w', 'p', ")
        if call not in ("api.query", "api.search"):
            continue
        asked += 1
        if line.get("raises"):
            try:
                eval(python)
                same("nothing", line["raises"], python)
            except Exception as problem:
                same(f"{type(problem).__name__}: {problem}".split("'")[0], line["raises"].split("'")[0], python)
            continue
        expected = FOUND.get(rest[:-1], "(not in the table)")
        if isinstance(expected, dict):
            expected = expected[call]
        same({experiment.name for experiment in eval(python) or []}, expected, python)
        check_program(call, rest[:-1], line["requests"], expected)
same(asked >= 28, True, "queries in the recording")
same(len(api.get_query_variables("w", "p")) > 20, True, "variables")
finish()
