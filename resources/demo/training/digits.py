# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Handwritten digits with a small perceptron: sweeps, long runs and learning rate range tests."""
import argparse
import pathlib
import pickle
import tempfile

import logbook
import numpy
from network import Network, Optimizer, schedule
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="")
    parser.add_argument("--tags", nargs="*", default=[])
    parser.add_argument("--optimizer", choices=Optimizer.NAMES, default="sgd")
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--hidden", type=int, nargs="*", default=[64])
    parser.add_argument("--activation", choices=["relu", "tanh"], default="relu")
    parser.add_argument("--schedule", default="constant")
    parser.add_argument("--weight-decay", type=float, default=0.0)
    parser.add_argument("--label-noise", type=float, default=0.0)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--every-step", action="store_true", help="log the loss at every step")
    parser.add_argument("--stop-on-nan", action="store_true")
    parser.add_argument("--vanish-after", type=int, default=0)
    parser.add_argument("--details", action="store_true", help="log images, histograms, the model")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def data(noise, seed):
    x, y = load_digits(return_X_y=True)
    x = (x / 16).astype(numpy.float32)
    train_x, test_x, train_y, test_y = train_test_split(x, y, test_size=0.25, random_state=7, stratify=y)
    if noise:
        random = numpy.random.default_rng(seed)
        wrong = random.random(len(train_y)) < noise
        train_y = numpy.where(wrong, random.integers(0, 10, len(train_y)), train_y)
    return train_x, test_x, train_y, test_y


def log_details(experiment, network, x, y):
    predicted = network.classify(x)
    experiment.log_confusion_matrix(y.tolist(), predicted.tolist(), labels=[str(i) for i in range(10)],
                                    title="Digits", file_name="confusion-matrix.json", max_examples_per_cell=0)
    for i in numpy.flatnonzero(predicted != y)[:6]:
        image = numpy.kron(1 - x[i].reshape(8, 8), numpy.ones((12, 12), numpy.float32))
        experiment.log_image(image, name=f"mistake-{y[i]}-seen-as-{predicted[i]}", image_minmax=(0, 1),
                             metadata={"label": int(y[i]), "predicted": int(predicted[i])})
    report = "\n".join(f"digit {i}: {(predicted[y == i] == i).mean():.3f}" for i in range(10))
    experiment.log_text(report, metadata={"kind": "accuracy by digit"})
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "weights.pkl")
        file.write_bytes(pickle.dumps([value.astype(numpy.float16) for value in network.values]))
        experiment.log_model("digits-perceptron", str(file))
        experiment.flush()


def train(experiment, a):
    train_x, test_x, train_y, test_y = data(a.label_noise, a.seed)
    network = Network([64, *a.hidden, 10], a.seed, a.activation)
    optimizer = Optimizer(a.optimizer, a.lr, a.weight_decay)
    random = numpy.random.default_rng(a.seed)
    in_epoch = max(1, len(train_x) // a.batch_size)
    print(f"{len(train_x)} digits to learn from, {len(test_x)} to test; {sum(v.size for v in network.values)} weights")
    for step in range(a.steps):
        epoch = step // in_epoch
        rows = random.integers(0, len(train_x), a.batch_size)
        factor = schedule(a.schedule, step, a.steps)
        loss, gradients = network.loss(train_x[rows], train_y[rows])
        optimizer.step(network.values, gradients, factor)
        if a.every_step:
            experiment.log_metric("loss", numpy.float32(loss), step=step, epoch=epoch)
        last = step + 1 == a.steps
        if step % in_epoch == 0 or last:
            if not a.every_step:
                with experiment.train():
                    experiment.log_metric("loss", numpy.float32(loss), step=step, epoch=epoch)
            with experiment.validate():
                val_loss, _ = network.loss(test_x, test_y)
                accuracy = (network.classify(test_x) == test_y).mean()
                experiment.log_metrics({"loss": numpy.float32(val_loss), "accuracy": round(float(accuracy), 5)}, step=step, epoch=epoch)
            norm = numpy.sqrt(sum(float((g.astype(numpy.float64) ** 2).sum()) for g in gradients))
            experiment.log_metric("grad_norm", numpy.float32(norm), step=step, epoch=epoch)
            experiment.log_metric("learning_rate", numpy.float32(a.lr * factor), step=step, epoch=epoch)
            if epoch % max(1, a.steps // in_epoch // 10) == 0 or last:
                print(f"step {step:5d}  epoch {epoch:3d}  loss {loss:.4f}  val_accuracy {accuracy:.4f}", flush=True)
                if a.details:
                    for i, value in enumerate(network.values[::2]):
                        experiment.log_histogram_3d(value, name=f"layer{i}.weight", step=step)
        if a.stop_on_nan and not numpy.isfinite(loss):
            raise FloatingPointError(f"the loss is {loss} at step {step}, learning rate {a.lr * factor:.3g}")
        if a.vanish_after and step >= a.vanish_after:
            logbook.vanish(experiment)
    experiment.log_other("best_digit", int(numpy.bincount(test_y[network.classify(test_x) == test_y]).argmax()))
    if a.details:
        log_details(experiment, network, test_x, test_y)


def main():
    a = arguments()
    numpy.seterr(all="ignore")
    experiment = logbook.start(a.seed, a.name, a.tags)
    experiment.log_parameters({
        "optimizer": a.optimizer, "lr": a.lr, "batch_size": a.batch_size, "hidden": a.hidden, "layers": len(a.hidden) + 1,
        "activation": a.activation, "schedule": a.schedule, "weight_decay": a.weight_decay, "label_noise": a.label_noise,
        "steps": a.steps, "seed": a.seed, "nesterov": a.optimizer == "nesterov", "early_stopping": None,
        "data": {"name": "digits", "test_size": 0.25, "scaled": True}})
    experiment.log_other("dataset", "UCI digits, 1,797 images of 8 × 8")
    train(experiment, a)
    experiment.end()


main()
