# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A linear model of made-up data, logged by REST calls alone: no name, no console, no system details."""
import argparse

import comet_ml
import numpy
from logbook import local_timestamp


def seconds():
    return local_timestamp() / 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=0)
    a = parser.parse_args()
    experiment = comet_ml.APIExperiment(workspace=comet_ml.config.get_config()["comet.workspace"],
                                        project_name=comet_ml.config.get_config()["comet.project_name"])
    print("EXPERIMENT", experiment.id, flush=True)
    experiment.set_name("")  # instead of the one the server gave
    experiment.log_parameters({"lr": a.lr, "seed": a.seed, "features": 6}, timestamp=seconds())
    random = numpy.random.default_rng(a.seed)
    x = random.standard_normal((400, 6))
    y = x @ numpy.array([2, -1, 0.5, 0, 0, 3]) + 0.1 * random.standard_normal(400)
    weights = numpy.zeros(6)
    for epoch in range(40):
        difference = x @ weights - y
        weights -= a.lr * 2 * x.T @ difference / len(y)
        experiment.log_metric("mse", float(numpy.float32((difference**2).mean())), step=epoch, epoch=epoch, timestamp=seconds())
    experiment.log_other("weights", weights.round(3).tolist(), timestamp=seconds())
    experiment.add_tags(["rest"])


main()
