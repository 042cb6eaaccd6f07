# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that are taken up again, and runs that were logged without a server and are uploaded later."""
import glob
import os
import subprocess
import sys

import comet_ml
from comet_ml import API, ExistingExperiment, Experiment, OfflineExperiment
from expectations import eventually, finish, holds, same

NEW = hasattr(API, "search")
api = API(cache=False)


def logged(run, value):
    run.log_metric("m", value, step=value)
    run.end()
    return run.get_key()


def steps(key):
    return sorted(point["step"] for point in api.get_experiment("team", "resumed", key).get_metrics("m"))


key = logged(Experiment(workspace="team", project_name="resumed"), 1)
same(logged(ExistingExperiment(previous_experiment=key), 2), key, "the key stays")
eventually(lambda: steps(key) == [1, 2], "taken up")

offline = OfflineExperiment(workspace="team", project_name="resumed", offline_directory="archives")
offline.add_tag("away")
offline.log_parameter("p", 2)
offline.log_asset_data({"a": 1}, name="d.json")
away = logged(offline, 3)
archives = glob.glob(f"archives/*{away}*.zip")
same(len(archives), 1, "archive")
subprocess.run([os.path.join(os.path.dirname(sys.executable), "comet"), "upload", *archives], check=True)
eventually(lambda: steps(away) == [3], "uploaded")
run = api.get_experiment("team", "resumed", away)
same(run.get_tags(), ["away"], "tag")
holds("d.json" in [asset["fileName"] for asset in run.get_asset_list()], "asset")
metadata = run.get_metadata()
same((metadata["running"], metadata["hasCrashed"]), (False, False), "state")

if NEW:
    def start(mode, key=None):
        return comet_ml.start(workspace="team", project_name="resumed", mode=mode, experiment_key=key)

    chosen = "0123456789abcdef" * 2
    same([logged(start("get_or_create", chosen), value) for value in (1, 2)], [chosen, chosen], "get or create")
    same(logged(start("get", chosen), 3), chosen, "get")
    same(steps(chosen), [1, 2, 3], "all three")
    for mode, unfit, problem in (("create", chosen, "InvalidExperimentMode"), ("get", "f" * 32, "ExperimentNotFound")):
        try:
            start(mode, unfit)
            same("nothing", problem, mode)
        except Exception as raised:
            same(type(raised).__name__, problem, mode)
else:
    same(ExistingExperiment(previous_experiment="0" * 32).alive, False, "an unknown run")
finish()
