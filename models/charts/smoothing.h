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
// Twema: the time weighted moving average that is the default of Weights & Biases (docs.wandb.ai, "Smooth line
//   plots"). x may be uneven.
//     w = min(sqrt(amount), 0.999),  d[i] = 1000 (x[i] - x[i-1]) / (x[n-1] - x[0])
//     s[i] = s[i-1] w^d[i] + y[i],  b[i] = b[i-1] w^d[i] + 1,  result s[i] / b[i]
//   The page prints no number for the 1000 (VIEWPORT_SCALE) and takes the chart's range of x, here the line's own.
// Ema: the debiased moving average of TensorBoard (classicSmoothing in its sources). It knows the order of
//   points, not their x.
//     s[i] = amount s[i-1] + (1 - amount) y[i],  result s[i] / (1 - amount^(i+1)),  amount at most 0.999
// Gaussian: mean weighted by exp(-(x[j] - x[i])² / 2σ²),  σ = amount h,  h = (x[n-1] - x[0]) / (n - 1)
//     over |x[j] - x[i]| <= h floor(4 amount + 1/2)
//   At even x that is scipy.ndimage.gaussian_filter1d with truncate=4, but divided by the weights that are
//   there: at the ends and beside gaps no point is made up.
// MovingAverage: plain mean over |x[j] - x[i]| <= h floor((amount - 1) / 2)
//   At even x these are `amount` points where that is odd, one less where it is even; fewer at the ends.
struct Smoothing
{
    enum class Kind : quint8 { None, Twema, Ema, Gaussian, MovingAverage };
    Kind kind = Kind::None;
    // Twema and Ema: 0 (nothing happens) to 0.999. Gaussian: points, 0 (nothing) and up. MovingAverage: points,
    // below 3 nothing.
    double amount = 0;

    bool isActive() const; // false where the result is what was given
    bool operator==(const Smoothing &) const = default;
};

// Enough for a kind that is chosen to be seen at work; the rest is the person's. 0 where the kind is None.
double usualAmount(Smoothing::Kind kind);

// The smoothed values, one for each given. x ascending and as long as values. Empty where cancelled
// meanwhile.
std::vector<double> smoothed(const Smoothing &smoothing, const Steps &x, std::span<const double> values,
    const std::atomic_bool *cancelled = nullptr);
