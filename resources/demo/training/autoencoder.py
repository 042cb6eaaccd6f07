# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An autoencoder of handwritten digits; pictures show what it makes of them."""
import argparse

import logbook
import matplotlib
import numpy
from network import Network, Optimizer, schedule
from sklearn.datasets import load_digits

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402


def sheet(x, made):
    """Ten digits above what became of them."""
    rows = [numpy.hstack([1 - image.reshape(8, 8) for image in images[:10]]) for images in (x, made)]
    return numpy.kron(numpy.clip(numpy.vstack(rows), 0, 1), numpy.ones((6, 6), numpy.float32))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="")
    parser.add_argument("--tags", nargs="*", default=[])
    parser.add_argument("--code-size", type=int, default=8)
    parser.add_argument("--optimizer", default="adam")
    parser.add_argument("--lr", type=float, default=0.003)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--noise", type=float, default=0.0)
    parser.add_argument("--vanish-after", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    a = parser.parse_args()
    experiment = logbook.start(a.seed, a.name, a.tags)
    experiment.log_parameters({"code_size": a.code_size, "optimizer": a.optimizer, "lr": a.lr, "epochs": a.epochs, "noise": a.noise,
                               "seed": a.seed, "denoising": a.noise > 0, "shape": [64, 32, a.code_size, 32, 64]})
    x = (load_digits().data / 16).astype(numpy.float32)
    random = numpy.random.default_rng(a.seed)
    random.shuffle(x)
    test, x = x[:200], x[200:]
    network = Network([64, 32, a.code_size, 32, 64], a.seed, "tanh")
    experiment.set_model_graph("\n".join(f"dense{i // 2}: {v.shape[0]} -> {v.shape[1]}" for i, v in enumerate(network.values) if v.ndim == 2))
    optimizer = Optimizer(a.optimizer, a.lr)
    step = 0
    for epoch in range(a.epochs):
        for rows in numpy.array_split(random.permutation(len(x)), 32):
            batch = x[rows]
            seen = batch + a.noise * random.standard_normal(batch.shape).astype(numpy.float32)
            outputs = network.forward(seen)
            difference = outputs[-1] - batch
            optimizer.step(network.values, network.backward(outputs, 2 * difference / numpy.float32(difference.size)),
                           schedule("cosine", epoch, a.epochs))
            with experiment.train():
                experiment.log_metric("mse", numpy.float32((difference**2).mean()), step=step, epoch=epoch)
            step += 1
        made = network.forward(test)[-1]
        with experiment.validate():
            experiment.log_metric("mse", numpy.float32(((made - test) ** 2).mean()), step=step, epoch=epoch)
        experiment.log_epoch_end(epoch, step=step)
        if epoch % 20 == 0 or epoch + 1 == a.epochs:
            experiment.log_image(sheet(test, made), name="reconstructions", step=step, image_minmax=(0, 1))
            print(f"epoch {epoch}: mse {((made - test) ** 2).mean():.5f}")
        if a.vanish_after and epoch >= a.vanish_after:
            logbook.vanish(experiment)
    code = network.forward(test)[2]
    figure = pyplot.figure(figsize=(4, 3))
    pyplot.scatter(code[:, 0], code[:, 1], s=4)
    pyplot.title("First two numbers of the code")
    experiment.log_figure("code", figure)
    experiment.end()


main()
