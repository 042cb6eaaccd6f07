// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/values/rowtable.h"

// A name with a text: a parameter, an "other", a fact about the experiment.
struct ValueRow
{
    QString name;
    QString value; // exactly as logged; null where there is none
    QString exact; // for copying, where value is a reading of it; else empty

    bool operator==(const ValueRow &) const = default;
};

// Parameters or others of one experiment, or what is known about it as a whole, in the given order.
// Numbers among the values sort as numbers. Owned by ExperimentValues.
class ValueTable : public RowTable<ValueRow>
{
    Q_OBJECT
public:
    enum Column { Name, Value };

    explicit ValueTable(const QString &nameTitle, QObject *parent = nullptr);

    void setSummaries(const api::Summaries &summaries);
    // Times read relative to the moment of the call.
    void setMetadata(const api::Metadata &metadata);
};
