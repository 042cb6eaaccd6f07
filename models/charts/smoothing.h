// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/steps.h"

#include <QtGlobal>

#include <atomic>
#include <span>

// How a line is smoothed. Always from all of its points, never from what is drawn or zoomed to, and from its
// own alone: what is beside it changes nothing. A point that is not finite is passed over and stays what it
// is, as a gap; a line whose finite values are all equal stays exactly as it is.
//
// With x[i], y[i] the finite points in order of x, n of them:
//
// Twema: the time weighted moving average of Weights & Biases (docs.wandb.ai, "Smooth line plots", the
// default there).
//     w = min(sqrt(amount), 0.999), d[i] = 1000 (x[i] - x[i-1]) / (x[n-1] - x[0])
//     s[i] = s[i-1] w^d[i] + y[i],  b[i] = b[i-1] w^d[i] + 1,  result s[i] / b[i]
//   x may be uneven. They name the 1000 but print no number for it; x's range is here the line's own.
// Ema: the debiased moving average of TensorBoard (classicSmoothing in its sources). Knows the order of
// points, not x.
//     s[i] = amount s[i-1] + (1 - amount) y[i],  result s[i] / (1 - amount^(i+1)),  amount at most 0.999
// Gaussian: mean weighted by exp(-(x[j] - x[i])² / 2σ²) over |x[j] - x[i]| <= 4σ, as
// scipy.ndimage.gaussian_filter1d
//   with truncate=4, but divided by the weights that are there: at the ends and beside gaps nothing is made up.
//     σ = amount h, h = (x[n-1] - x[0]) / (n - 1)
// MovingAverage: plain mean over |x[j] - x[i]| <= (amount - 1) / 2 h, so over `amount` points where these are
// even
//   and amount is odd; fewer at the ends.
struct Smoothing
{
    enum class Kind : quint8 { None, Twema, Ema, Gaussian, MovingAverage };
    Kind kind = Kind::Twema;
    double amount = 0; // Twema and Ema: 0 (none) to 0.999; Gaussian and MovingAverage: points, 0 or 1 (none) and up

    bool isActive() const; // false where the result is what was given
    bool operator==(const Smoothing &) const = default;
};

// The smoothed values, one for each given. x ascending and as long as values. Empty where cancelled
// meanwhile.
std::vector<double> smoothed(const Smoothing &smoothing, const Steps &x, std::span<const double> values,
    const std::atomic_bool *cancelled = nullptr);
