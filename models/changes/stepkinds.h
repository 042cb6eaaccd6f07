// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/changes/step.h"

#include <functional>
#include <optional>

// What a Step means: how it is sent, how the present state is looked at, how it is undone, and what it is
// called. One table of kinds behind all of it.
namespace stepkinds {

api::Reply<api::Acknowledgement> *send(api::Client &client, const Step &step);

// Whether the server can be asked if it has happened; it can't of stopping, linking and new share keys.
bool canLook(const Step &step);
// Asks what is there now, in the form of Step::before and after; null where the thing is gone. done is not
// called once context has died.
using Looked = std::function<void(const api::Result<QJsonValue> &now)>;
void look(api::Client &client, const Step &step, const QObject *context, const Looked &done);

// The step that takes it back; nothing where that can't be done.
std::optional<Step> reversed(const Step &step);

// Why a server of this version ("3.60.0") can't do it, as a sentence; empty where it can.
QString obstacle(const Step &step, const QString &serverVersion);

// "Archive 12 Experiments", "Rename “run-7”". The steps are of one kind and not none.
QString verb(const std::vector<Step> &steps);
// "12 experiments archived", "“run-7” renamed".
QString pastTense(const std::vector<Step> &steps);
// What the steps are about: 12 for a move of 12 experiments.
qsizetype count(const std::vector<Step> &steps);

// "“run-7”" or "12 Experiments".
QString subjects(const QStringList &names);

QJsonObject toJson(const Step &step);
std::optional<Step> fromJson(const QJsonObject &object);

} // namespace stepkinds
