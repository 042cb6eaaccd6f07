# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How optimisers walk through well-known test functions."""
import argparse

import logbook
import numpy
from network import Optimizer


def rosenbrock(p):
    x, y = p
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2, numpy.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def beale(p):
    x, y = p
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    return a * a + b * b + c * c, numpy.array([
        2 * a * (y - 1) + 2 * b * (y**2 - 1) + 2 * c * (y**3 - 1), 2 * a * x + 4 * b * x * y + 6 * c * x * y**2])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="")
    parser.add_argument("--tags", nargs="*", default=[])
    parser.add_argument("--function", choices=["rosenbrock", "beale"], default="rosenbrock")
    parser.add_argument("--optimizer", choices=Optimizer.NAMES, default="sgd")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    a = parser.parse_args()
    experiment = logbook.start(a.seed, a.name, a.tags)
    experiment.log_parameters({"function": a.function, "optimizer": a.optimizer, "lr": a.lr, "steps": a.steps, "seed": a.seed})
    function = {"rosenbrock": rosenbrock, "beale": beale}[a.function]
    goal = numpy.array({"rosenbrock": [1, 1], "beale": [3, 0.5]}[a.function])
    point = numpy.random.default_rng(a.seed).uniform(-1.5, 1.5, 2)
    optimizer = Optimizer(a.optimizer, a.lr)
    numpy.seterr(all="ignore")
    path = []
    for step in range(a.steps):
        value, slope = function(point)
        optimizer.step([point], [slope])
        path.append(point.round(4).tolist())
        experiment.log_metric("value", numpy.float32(value), step=step)
        experiment.log_metric("distance", numpy.float32(numpy.hypot(*(point - goal))), step=step)
    print(f"{a.function} with {a.optimizer}: {value:.6g} at {point}")
    experiment.log_curve("path", [p[0] for p in path[::10]], [p[1] for p in path[::10]])
    experiment.end()


main()
