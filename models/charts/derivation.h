// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/points.h"

#include <QCoreApplication>
#include <QStringList>

#include <functional>
#include <optional>

// A series computed from others of the same run, such as `1 - accuracy` or `running_min(log10('val/loss'))`.
//
//   sum     = product { ("+" | "-") product }
//   product = unary { ("*" | "/") unary }
//   unary   = "-" unary | power
//   power   = primary [ "**" unary ]                    as in Python: -a ** 2 is -(a ** 2), 2 ** 3 ** 2 is 2 ** 9
//   primary = number | metric | function "(" sum { "," sum } ")" | "(" sum ")"
//   number  = 1  0.5  .5  1e-3
//   metric  = a name of letters, digits, "_" and "." that begins with a letter or "_", or any name in 'single' or
//             "double" quotes, in which a quote and \ itself have a \ before them
//   function of one series: abs log log10 log2 exp sqrt, running_min running_max running_mean (of all points
//             so far), diff (to the point before; the first has none)
//   function of two or more: min max
//
// A series has a point at each step that all of its metrics have; where one of several was logged more than
// once at a step, its last value counts. With one metric every point stays, steps logged twice too. Epochs
// and times are those of the metric named first. Numbers are IEEE 754's: the logarithm of -1 and whatever is
// computed from NaN is NaN, 1 / 0 an infinity. The running functions pass over NaN: there they are NaN
// themselves, and go on behind it.
class Derivation
{
    Q_DECLARE_TR_FUNCTIONS(Derivation)
public:
    struct Problem
    {
        qsizetype position = 0; // in the text
        qsizetype length = 0; // may be 0 at the end of the text
        QString message; // a sentence for people
    };
    struct Reading; // a derivation, or a problem

    // Any text may be given. isMetric, where given, tells which plain or quoted names are known: another is a problem.
    static Reading read(const QString &text, const std::function<bool(const QString &)> &isMetric = {});
    // A name as it is written in an expression: in quotes where it has to be.
    static QString written(const QString &metric);

    QString text() const; // as it was read
    const QStringList &metrics() const; // each once, in the order they are named; never empty in what was read
    bool isPlainMetric() const; // nothing but one metric

    // of(metric) gives the points of a run, null where it lacks the metric; then so is the result.
    PointsPointer points(const std::function<PointsPointer(const QString &)> &of) const;

    struct Instruction;

private:
    QString m_text;
    QStringList m_metrics;
    std::shared_ptr<const std::vector<Instruction>> m_program;
};

struct Derivation::Reading
{
    Derivation derivation;
    std::optional<Problem> problem;
};
