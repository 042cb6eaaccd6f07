# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How every script here starts and ends its experiment; prints its key, for record.py."""
import datetime
import os
import random

import comet_ml
import comet_ml.utils
import numpy

# A recording of some minutes shall look like the weeks in which such runs are made: record.py says how
# many seconds ago each run took place. Durations stay as they are.
SECONDS_AGO = float(os.environ.get("SECONDS_AGO", "0"))


class _Clock(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime.datetime.now(zone) - datetime.timedelta(seconds=SECONDS_AGO)


comet_ml.utils.datetime = _Clock
local_timestamp = comet_ml.utils.local_timestamp


def start(seed, name="", tags=(), **options):
    """An experiment in the workspace and project of the environment; name "" leaves it without one."""
    random.seed(seed)
    numpy.random.seed(seed)
    experiment = comet_ml.Experiment(display_summary_level=0, auto_metric_logging=False, parse_args=False, **options)
    if not experiment.alive:
        raise SystemExit("the server did not accept the experiment")
    print("EXPERIMENT", experiment.get_key(), flush=True)
    if name:
        experiment.set_name(name)
    if tags:
        experiment.add_tags(list(tags))
    return experiment


def vanish(experiment):
    """Goes as a killed process goes: what was logged is sent, no end is told."""
    experiment.flush()
    os._exit(0)
