#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes what tst_references.cpp compares with, by numpy, scipy and pandas and from the definitions, not from our code.

make_references.py >references.json      needs numpy, scipy, pandas; the tests need none of them
"""
import json
import sys

import numpy
import pandas
import scipy.ndimage
import scipy.stats

random = numpy.random.default_rng(20240611)
N = 50


def listed(values):
    """For JSON, which knows neither NaN nor infinities."""
    return [float(value) if numpy.isfinite(value) else None for value in values]


def lines():
    """Name -> x, y, whether x is even once what is not finite has gone."""
    x = numpy.arange(N, dtype=float)
    noisy = 2 * numpy.exp(-x / 20) + 0.1 * random.standard_normal(N)
    uneven = numpy.cumsum(random.integers(1, 8, N)).astype(float)
    twice = numpy.sort(random.integers(0, N // 2, N)).astype(float)
    gaps = noisy.copy()
    gaps[[0, 1, 17, 30, 31, 32, N - 1]] = numpy.nan
    milliseconds = 1.7e12 + numpy.cumsum(random.exponential(2e3, N))
    spike = noisy.copy()
    spike[20] = 1e12
    return {
        "even": (x, noisy, True),
        "even, far from zero": (1e6 + 0.5 * x, noisy + 1e4, True),
        "uneven": (uneven, noisy, False),
        "twice logged steps": (twice, noisy, False),
        "gaps": (x, gaps, False),
        "uneven with gaps": (uneven, gaps, False),
        "times": (milliseconds, noisy, False),
        "spike": (x, spike, True),
        "tiny": (x, noisy * 1e-300, True),
        "huge": (x, noisy * 5e307, True),
        "two": (numpy.array([3.0, 8.0]), numpy.array([1.0, 2.0]), True),
    }


def weighted(weights, y):
    """Mean of y with a row of weights for each result; scaled, for values near the end of the doubles."""
    size = numpy.abs(y).max()
    return (weights @ (y / size)) / weights.sum(axis=1) * size


def twema(x, y, amount):
    weight = min(numpy.sqrt(amount), 0.999)
    reach = x[-1] - x[0]
    distance = 1000 * (x[:, None] - x[None, :]) / reach
    weights = numpy.tril(weight ** numpy.maximum(distance, 0))
    return weighted(weights, y)


def ema(y, amount):
    # TensorBoard's division by 1 - w^n is pandas' adjust=True.
    size = numpy.abs(y).max()
    return pandas.Series(y / size).ewm(alpha=1 - amount, adjust=True).mean().to_numpy() * size


def gaussian(x, y, amount, even):
    if even:
        size = numpy.abs(y).max()
        filtered = [scipy.ndimage.gaussian_filter1d(values, amount, mode="constant", truncate=4)
                    for values in (y / size, numpy.ones(len(y)))]
        return filtered[0] / filtered[1] * size
    spacing = (x[-1] - x[0]) / (len(x) - 1)
    distance = numpy.abs(x[:, None] - x[None, :])
    weights = numpy.exp(-(distance / (amount * spacing)) ** 2 / 2)
    weights[distance > spacing * numpy.floor(4 * amount + 0.5) * (1 + 1e-9)] = 0
    return weighted(weights, y)


def moving_average(x, y, amount, even):
    size = numpy.abs(y).max()
    half = int((amount - 1) // 2)
    if even:
        return numpy.array([(y[max(0, i - half):i + half + 1] / size).mean() * size for i in range(len(y))])
    spacing = (x[-1] - x[0]) / (len(x) - 1)
    near = numpy.abs(x[:, None] - x[None, :]) <= spacing * half * (1 + 1e-9)
    return weighted(near.astype(float), y)


SMOOTHINGS = {  # how, and by how much
    "twema": (lambda x, y, amount, even: twema(x, y, amount), (0.3, 0.9, 0.99, 1)),
    "ema": (lambda x, y, amount, even: ema(y, amount), (0.1, 0.6, 0.99)),
    "gaussian": (gaussian, (0.7, 2, 3.3, 25)),
    "average": (moving_average, (3, 4, 11, 301)),
}


def smoothing():
    given = lines()
    cases = []
    for name, (x, y, even) in given.items():
        known = numpy.isfinite(y)
        for kind, (smooth, amounts) in SMOOTHINGS.items():
            for amount in amounts:
                result = numpy.full(len(y), numpy.nan)
                result[known] = smooth(x[known], y[known], amount, even)
                cases.append({"line": name, "kind": kind, "amount": amount, "result": listed(result)})
    return {"lines": {name: {"x": listed(x), "y": listed(y)} for name, (x, y, _) in given.items()}, "cases": cases}


def at(grid, x, y):
    """numpy.interp, but nothing outside of the run nor beside a gap; at a step logged twice the last value."""
    last = numpy.append(x[1:] != x[:-1], True)
    x, y = x[last], y[last]
    result = numpy.interp(grid, x, numpy.where(numpy.isfinite(y), y, 0.0), left=numpy.nan, right=numpy.nan)
    for i, place in enumerate(grid):
        before, after = numpy.searchsorted(x, place, side="right") - 1, numpy.searchsorted(x, place)
        if before >= 0 and after < len(x) and not (numpy.isfinite(y[before]) and numpy.isfinite(y[after])):
            result[i] = numpy.nan
    return result


def curve(x):
    return numpy.exp(-x / 20) + 0.05 * random.standard_normal(len(x))


def over_columns(table, work, least=1):
    """work of the numbers of each column that has enough of them; scaled, for values near the ends of the doubles."""
    size = numpy.nanmax(numpy.abs(table))
    columns = [column[numpy.isfinite(column)] / size for column in table.T]
    return listed([work(column) * size if len(column) >= least else numpy.nan for column in columns])


def groups():
    even = numpy.arange(60, dtype=float)
    short = even[5:40]
    uneven = numpy.cumsum(random.integers(1, 4, 40)) / 2.0
    twice = numpy.sort(random.integers(0, 50, 45)).astype(float)
    gaps = curve(even)
    gaps[[3, 20, 21, 59]] = numpy.nan
    sets = {
        "same steps": [(even, curve(even)) for _ in range(7)],
        "same steps with gaps": [(even, gaps), (even, curve(even)), (even, curve(even))],
        "other steps": [(even, curve(even)), (short, curve(short)), (uneven, curve(uneven)), (even, gaps), (twice, curve(twice))],
        "one run": [(uneven, curve(uneven))],
        "two that don't meet": [(even, curve(even)), (even + 100, curve(even))],
        "huge": [(even, curve(even) * 1e307) for _ in range(5)],
        "tiny": [(even, curve(even) * 1e-160) for _ in range(5)],
    }
    result = []
    for name, members in sets.items():
        grid = numpy.unique(numpy.concatenate([x for x, _ in members]))
        table = numpy.array([at(grid, x, y) for x, y in members])
        result.append({
            "name": name,
            "members": [{"x": listed(x), "y": listed(y)} for x, y in members],
            "grid": listed(grid),
            "count": [int(count) for count in numpy.isfinite(table).sum(axis=0)],
            "mean": over_columns(table, numpy.mean),
            "median": over_columns(table, numpy.median),
            "std": over_columns(table, lambda column: numpy.std(column, ddof=1), 2),
            "error": over_columns(table, scipy.stats.sem, 2),
            "min": over_columns(table, numpy.min),
            "max": over_columns(table, numpy.max),
            "quantile": 0.2,
            "low quantile": over_columns(table, lambda column: numpy.quantile(column, 0.2)),
            "high quantile": over_columns(table, lambda column: numpy.quantile(column, 0.8)),
        })
    return result


def correlations():
    n = 40
    metric = random.standard_normal(n)
    ties = numpy.round(random.standard_normal(n), 1)
    pairs = {
        "unrelated": (random.standard_normal(n), metric),
        "falling": (-metric ** 3, metric),
        "noisy": (metric + random.standard_normal(n), metric),
        "ties on both sides": (numpy.round(metric + random.standard_normal(n)), ties),
        "powers of ten": (10.0 ** random.integers(-5, 0, n), numpy.round(metric, 1)),
        "three": (numpy.array([1.0, 2.0, 3.0]), numpy.array([1.0, 3.0, 2.0])),
    }
    texts = numpy.array(["adam", "sgd", "rmsprop"])[random.integers(0, 3, n)]
    shifted = numpy.round(metric + 0.8 * (texts == "sgd") - 0.5 * (texts == "rmsprop"), 1)
    ranks = scipy.stats.rankdata(shifted)
    between = sum(numpy.sum(texts == text) * (ranks[texts == text].mean() - ranks.mean()) ** 2 for text in set(texts))
    return {
        "pairs": [{"name": name, "x": listed(x), "y": listed(y), "ranks": listed(scipy.stats.rankdata(x)),
                   "spearman": float(scipy.stats.spearmanr(x, y).statistic)} for name, (x, y) in pairs.items()],
        "texts": list(texts), "metric": listed(shifted), "ratio": float(numpy.sqrt(between / ((ranks - ranks.mean()) ** 2).sum())),
    }


versions = f"numpy {numpy.__version__}, scipy {scipy.__version__}, pandas {pandas.__version__}"
json.dump({"made by": versions, "smoothing": smoothing(), "groups": groups(), "correlations": correlations()},
          sys.stdout, indent=None, separators=(",", ":"))
print()
