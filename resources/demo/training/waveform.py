# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fits a sum of decaying tones to a plucked string and lets one hear how far it got."""
import argparse

import logbook
import numpy
from network import Optimizer

RATE = 8000


def pluck(seconds, pitch, seed):
    """A string after Karplus and Strong."""
    random = numpy.random.default_rng(seed)
    line = random.uniform(-1, 1, RATE // pitch).astype(numpy.float32)
    sound = numpy.empty(int(seconds * RATE), numpy.float32)
    for i in range(len(sound)):
        sound[i] = line[0]
        line = numpy.append(line[1:], numpy.float32(0.498) * (line[0] + line[1]))
    return sound / abs(sound).max()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="")
    parser.add_argument("--tags", nargs="*", default=[])
    parser.add_argument("--partials", type=int, default=8)
    parser.add_argument("--pitch", type=int, default=220)
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--optimizer", default="adam")
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--seed", type=int, default=0)
    a = parser.parse_args()
    experiment = logbook.start(a.seed, a.name, a.tags)
    experiment.log_parameters(vars(a) | {"rate": RATE, "tags": None})
    target = pluck(0.5, a.pitch, a.seed)
    time = numpy.arange(len(target), dtype=numpy.float32) / RATE
    # The string averages neighbours, which makes it half a sample shorter.
    pitches = numpy.float32(RATE / (RATE // a.pitch - 0.5)) * numpy.arange(1, a.partials + 1, dtype=numpy.float32)
    waves = numpy.vstack([f(2 * numpy.pi * pitches[:, None] * time) for f in (numpy.sin, numpy.cos)])
    weights, decay = numpy.zeros(2 * a.partials, numpy.float32), numpy.full(2 * a.partials, 4, numpy.float32)
    optimizer = Optimizer(a.optimizer, a.lr)
    for step in range(a.steps):
        bent = waves * numpy.exp(-decay[:, None] * time)
        difference = weights @ bent - target
        by_weight = 2 * bent @ difference / len(target)
        by_decay = -2 * weights * ((bent * time) @ difference) / len(target)
        optimizer.step([weights, decay], [by_weight, by_decay * 20])
        loss = numpy.float32((difference**2).mean())
        experiment.log_metric("mse", loss, step=step)
        experiment.log_metric("snr_db", numpy.float32(10 * numpy.log10((target**2).mean() / loss)), step=step)
        if step % 100 == 0:
            print(f"step {step}: mse {loss:.5f}", flush=True)
    experiment.log_audio(target, sample_rate=RATE, file_name="target.wav")
    experiment.log_audio(weights @ bent, sample_rate=RATE, file_name="fitted.wav", step=a.steps)
    experiment.log_curve("spectrum", pitches.round(1).tolist(), numpy.hypot(*numpy.split(weights, 2)).round(5).tolist())
    experiment.end()


main()
