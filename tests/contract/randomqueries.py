# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random queries over random experiments. Conjunctions: the SDK's API.query and the program's --query find the same.
With OR and NOT, three levels deep: so do the program's --query and the Python script that it writes for the SDK."""
import contextlib
import io
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from comet_ml import API, APIExperiment
from comet_ml.query import Environment, Metadata, Metric, Other, Parameter, Tag
from expectations import finish, holds, same
from program import found, script

SEED, EXPERIMENTS, CONJUNCTIONS, NESTED = 20190924, 24, 500, 60
chance = random.Random(SEED)
WORDS = ["adam", "sgd", "Adam W", "lion", "ad", "a'd\"am", "größer", "100%_x", "日本", ""]
TAGS = ["a", "b", "my tag", "ünï"]


def make(number):
    experiment = APIExperiment(workspace="w", project_name="random", experiment_name=chance.choice(WORDS[:4]) + str(number % 7))
    for metric in ("acc", "loss", "val/acc"):
        if chance.random() < .8:
            experiment.log_metric(metric, round(chance.uniform(-1, 3), 1), step=1)
    for name, values in (("optimizer", WORDS), ("lr", [.1, .01, 1e-4, 3]), ("epochs", [1, 5, 10])):
        if chance.random() < .8:
            experiment.log_parameter(name, chance.choice(values))
    if chance.random() < .5:
        experiment.log_other("note", chance.choice(WORDS))
    tags = [tag for tag in TAGS if chance.random() < .4]
    if tags:
        experiment.add_tags(tags)
    experiment.set_os(chance.choice(["Linux", "darwin"]))
    start = int(datetime(2019 + number % 4, 1 + number % 12, 1, tzinfo=timezone.utc).timestamp()) * 1000
    experiment.set_start_time(start)
    experiment.set_end_time(start + chance.choice([1, 10, 200, 4000]) * 1000)


def number_clause(variable):
    if chance.random() < .2:
        low = round(chance.uniform(-1, 3), 1)
        return f"{variable}.between({low}, {round(low + chance.random(), 1)})"
    return f"({variable} {chance.choice(['<', '<=', '>', '>=', '==', '!='])} {chance.choice([-.5, 0, .1, .5, 1, 1.5, 5, 1e-4])})"


def text_clause(variable):
    word = chance.choice(WORDS + [None])
    if word and chance.random() < .5:
        return f"{variable}.{chance.choice(['contains', 'startswith', 'endswith'])}({word[:2]!r})"
    return f"({variable} {chance.choice(['==', '!='])} {word!r})"


def clause(negates_tags=False):
    kind = chance.randrange(6)
    if kind == 0:
        return f"{chance.choice(['', '~']) if negates_tags else ''}Tag({chance.choice(TAGS)!r})"
    if kind == 1:
        text = number_clause(f"Metric({chance.choice(['acc', 'loss', 'val/acc'])!r})")
    elif kind == 2:
        text = number_clause(f"Parameter({chance.choice(['lr', 'epochs'])!r})")
    elif kind == 3:
        text = text_clause(chance.choice(["Parameter('optimizer')", "Other('note')", "Other('Name')", "Environment('os')"]))
    elif kind == 4:
        text = f"(Metadata('duration') {chance.choice(['<', '>='])} {chance.choice([1, 10, 100, 4000])})"
    else:
        day = chance.choice(["2019, 9, 24, 5", "2020, 1, 1", "2021, 6, 1, 12, 30, 15"])
        text = f"(Metadata('start_server_timestamp') {chance.choice(['<', '>'])} datetime({day}))"
    return "~" + text if chance.random() < .25 else text


def nested(depth):
    if depth == 0:
        return clause(negates_tags=True)
    parts = [nested(depth - chance.choice([1, 1, 2]) if depth > 1 else 0) for _ in range(chance.choice([1, 2, 2, 3]))]
    return f"{chance.choice(['', '', '~'])}({chance.choice([' & ', ' | ']).join(parts)})"


def find_by_script(text):
    """What the script prints: a key a line, and a name."""
    python = script("w/random", text)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(python, {})
    return {line.split(" ")[0] for line in said.getvalue().splitlines() if not line.startswith("COMET")}


for number in range(EXPERIMENTS):
    make(number)
api = API(cache=False)
sizes = set()
with ThreadPoolExecutor(2) as program:
    texts = [" & ".join(clause() for _ in range(chance.choice([1, 1, 2, 2, 3, 4]))) for _ in range(CONJUNCTIONS)]
    for text, answer in zip(texts, program.map(lambda text: found("w/random", text), texts)):
        expected = {experiment.id for experiment in api.query("w", "random", eval(text)) or []}
        same(answer, expected, text)
        sizes.add(len(expected))
    texts = [nested(3) for _ in range(NESTED)]
    for text, answer in zip(texts, program.map(lambda text: found("w/random", text), texts)):
        same(find_by_script(text), answer, text)
        sizes.add(len(answer))
holds(len(sizes) > 10, "queries that find few and many")
finish()
