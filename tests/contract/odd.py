# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that log what is unusual: odd numbers, names and steps, equal points, things of one name, a run deleted meanwhile."""
import json
import time

from comet_ml import API, Experiment
import numpy
from expectations import eventually, finish, holds, same

NEW = hasattr(API, "search")
api = API(cache=False)


def run():
    return Experiment(workspace="team", project_name="odd", log_code=False, log_env_details=False,
                      auto_output_logging=False, display_summary_level=0)


def read(key):
    return api.get_experiment("team", "odd", key)


def texts(key, metric):
    return [point["metricValue"] for point in read(key).get_metrics(metric)]


# Numbers: what comes back is what Python would write.
numbers = {"highest": 2**63 - 1, "beyond": 2**64 + 1, "long": 10**30 + 7, "odd": 2**53 + 1, "small": 5e-324,
           "third": 1 / 3, "negative": -0.1, "single": float(numpy.float32(0.1)), "true": True}
other = run()
for name, value in numbers.items():
    other.log_metric(name, value, step=1)
    other.log_parameter(name, value)
for name, value in (("nan", numpy.nan), ("inf", numpy.inf), ("low", -numpy.inf)):
    other.log_metric(name, value, step=1)
for step in (-3, 0, 2**53 + 1, 10**15):
    other.log_metric("steps", 1.0, step=step, epoch=-1)
other.log_metric("nowhere", 1.0)
for _ in range(1000):
    other.log_metric("equal", 1.0, step=5)
other.end()
key = other.get_key()
eventually(lambda: len(texts(key, "equal")) == 1000, "1,000 equal points are 1,000")
for name, value in numbers.items():
    wanted = float(value)
    same([float(text) for text in texts(key, name)], [wanted], f"the metric {name}")
same([texts(key, name) for name in ("nan", "inf", "low")], [["NaN"], ["Infinity"], ["-Infinity"]], "no numbers")
parameters = {entry["name"]: entry["valueCurrent"] for entry in read(key).get_parameters_summary()}
same({name: parameters.get(name) for name in ("highest", "beyond", "long", "odd")},
     {name: str(numbers[name]) for name in ("highest", "beyond", "long", "odd")}, "whole numbers as parameters")
same(sorted(point["step"] for point in read(key).get_metrics("steps")), [-3, 0, 10**15, 2**53 + 1], "steps")
same({point["epoch"] for point in read(key).get_metrics("steps")}, {-1}, "an epoch below zero")

# Names and texts: the bad piece is replaced, its neighbours are whole.
names = ["a/b c", "\U0001f680", "שלום", "<b>x</b>", "n" * 90, "half\ud83d"]
other = run()
other.set_name("half \ud83d of a name")
for index, name in enumerate(names):
    other.log_parameter(name, index)
    other.log_metric(name, index, step=1)
    other.log_other("o " + name, "text \ud83d")
other.add_tags(["fine", "bad\udfff", "\U0001f680"])
other.end()
key = other.get_key()
mended = [name.replace("\ud83d", "�") for name in names]
eventually(lambda: read(key).get_metrics(mended[-1]), "the last point")
same(set(mended) - {point["metricName"] for point in read(key).get_metrics()}, set(), "names of metrics")
parameters = {entry["name"]: entry["valueCurrent"] for entry in read(key).get_parameters_summary()}
same({name: parameters.get(name) for name in mended}, {name: str(index) for index, name in enumerate(mended)}, "parameters")
others = {entry["name"]: entry["valueCurrent"] for entry in read(key).get_others_summary()}
same({others.get("o " + name) for name in mended}, {"text �"}, "others")
same(others["Name"], "half � of a name", "the run's name")
same(sorted(read(key).get_tags()), sorted(["fine", "bad�", "\U0001f680"]), "tags")

# Things of one name, without a step, stand beside each other.
other = run()
for value in (1.0, 2.0):
    other.log_asset_data({"value": value}, name="same.json")
if NEW:
    for value in (1, 2):
        box = {"label": "box", "score": 0.5, "segments": [[[0, 0, 0], [1, 1, value]]]}
        other.log_points_3d("scene", points=[[value, 2, 3, 0.5]], boxes=[box])
other.end()
key = other.get_key()
assets = {}
for asset in read(key).get_asset_list():
    assets.setdefault(asset["type"], []).append(read(key).get_asset(asset["assetId"]))
same(sorted(json.loads(asset)["value"] for asset in assets["asset"]), [1.0, 2.0], "files of one name")
if NEW:
    same(len(assets["3d-image"]), 2, "scenes of one name")
    holds(all(scene[:2] == b"PK" for scene in assets["3d-image"]), "a scene is a zip of its points")

# A run that is deleted while it logs stays deleted, and its script ends as if nothing were.
other = run()
key = other.get_key()
other.log_metric("before", 1, step=1)
api.delete_experiment(key)
for step in range(5):
    other.log_metric("after", step, step=step)
    time.sleep(0.05)  # UNAVOIDABLE: a training step
other.end()
same([one.id for one in api.get_experiments("team", "odd", ".*") if one.id == key], [], "the deleted run")

# A run linked into another project is whole there.
other = run()
other.add_tag("linked")
other.log_parameter("lr", 0.5)
other.end()
try:
    read(other.get_key()).create_symlink("other")
except AttributeError:  # after the call: 3.8.1 trips over its own answer
    pass
linked = api.get_experiments("team", "other", ".*")
same([(one.id, one.get_tags()) for one in linked], [(other.get_key(), ["linked"])], "tags of the linked run")
finish()
