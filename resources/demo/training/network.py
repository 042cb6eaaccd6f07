# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A multilayer perceptron and its optimisers in numpy, float32."""
import numpy


class Network:
    def __init__(self, sizes, seed, activation="relu"):
        random = numpy.random.default_rng(seed)
        self.activation = activation
        self.values = []
        for inputs, outputs in zip(sizes, sizes[1:]):
            scale = numpy.sqrt((2 if activation == "relu" else 1) / inputs)
            self.values.append((random.standard_normal((inputs, outputs)) * scale).astype(numpy.float32))
            self.values.append(numpy.zeros(outputs, numpy.float32))

    def forward(self, x):
        """Every layer's output, the last one without activation."""
        outputs = [x]
        for i in range(0, len(self.values), 2):
            x = x @ self.values[i] + self.values[i + 1]
            if i + 2 < len(self.values):
                x = numpy.maximum(x, 0) if self.activation == "relu" else numpy.tanh(x)
            outputs.append(x)
        return outputs

    def backward(self, outputs, delta):
        gradients = []
        for i in range(len(self.values) - 2, -1, -2):
            below = outputs[i // 2]
            gradients[:0] = [below.T @ delta, delta.sum(axis=0)]
            if i:
                slope = (below > 0) if self.activation == "relu" else 1 - below * below
                delta = (delta @ self.values[i].T) * slope
        return gradients

    def classify(self, x):
        return self.forward(x)[-1].argmax(axis=1)

    def loss(self, x, y):
        """Mean cross entropy, and the gradients."""
        outputs = self.forward(x)
        logits = outputs[-1]
        shifted = numpy.exp(logits - logits.max(axis=1, keepdims=True))
        odds = shifted / shifted.sum(axis=1, keepdims=True)
        rows = numpy.arange(len(y))
        loss = -numpy.log(odds[rows, y]).mean()
        delta = odds
        delta[rows, y] -= 1
        return loss, self.backward(outputs, delta / numpy.float32(len(y)))


class Optimizer:
    """One of NAMES; decay is weight decay, apart from the gradient as in AdamW."""

    NAMES = ("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw", "lion")

    def __init__(self, name, rate, decay=0.0):
        self.name, self.rate, self.decay = name, rate, decay
        self.first, self.second, self.count = {}, {}, 0

    def step(self, values, gradients, factor=1.0):
        self.count += 1
        rate = numpy.float32(self.rate * factor)
        for i, (value, gradient) in enumerate(zip(values, gradients)):
            if self.decay:
                value -= rate * numpy.float32(self.decay) * value
            value -= rate * self.direction(i, gradient)

    def direction(self, i, g):
        if self.name == "sgd":
            return g
        m = self.first.setdefault(i, numpy.zeros_like(g))
        if self.name in ("momentum", "nesterov"):
            m[...] = 0.9 * m + g
            return g + 0.9 * m if self.name == "nesterov" else m
        if self.name == "lion":
            direction = numpy.sign(0.9 * m + 0.1 * g)
            m[...] = 0.99 * m + 0.01 * g
            return direction
        v = self.second.setdefault(i, numpy.zeros_like(g))
        if self.name == "rmsprop":
            v[...] = 0.9 * v + 0.1 * g * g
            return g / (numpy.sqrt(v) + 1e-8)
        m[...] = 0.9 * m + 0.1 * g
        v[...] = 0.999 * v + 0.001 * g * g
        return (m / (1 - 0.9**self.count)) / (numpy.sqrt(v / (1 - 0.999**self.count)) + 1e-8)


def schedule(name, step, steps):
    """The factor on the learning rate at a step."""
    if name == "cosine":
        return 0.5 * (1 + numpy.cos(numpy.pi * step / steps))
    if name == "step":
        return 0.1 ** (step * 3 // steps)
    if name == "warmup":
        return min(1.0, (step + 1) / (0.1 * steps))
    if name == "range-test":
        return 10 ** (4 * step / steps)
    return 1.0
