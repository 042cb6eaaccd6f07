// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/result.h"
#include "models/api/values.h"

#include <QByteArray>

// The server's answers read into values. Unknown fields, nulls, missing fields, numbers as texts and bare
// NaN are taken; another shape is an Error BadAnswer that says where ("experiments[3].startTimeMillis: a
// number was expected"). Pure functions for any thread; each takes the body over and may write into it,
// so hand it over with std::move: only then nothing is copied. Answers that are nested deeper or hold more than
// json::checkBounds() lets pass are refused before anything is made of them.
namespace api::decode {

// simdjson reads this far beyond the end: a body that has so much capacity to spare is not copied.
inline constexpr qsizetype padding = 64;

Result<QString> version(QByteArray body); // PROTOCOL 1.2
Result<Account> account(QByteArray body); // 3.1
Result<QStringList> workspaces(QByteArray body);
Result<std::vector<Project>> projects(QByteArray body);
Result<Project> project(QByteArray body);
Result<QString> notes(QByteArray body);
Result<Columns> columns(QByteArray body); // 5.2
// Only what is wanted: some servers do not heed the question's "archived".
Result<Experiments> experiments(QByteArray body, Archived wanted); // 3.2
Result<QStringList> experimentKeys(QByteArray body); // 5.1
Result<ChartAnswer> chart(QByteArray body, const QStringList &parameters); // 6
Result<Metadata> metadata(QByteArray body); // 4.1
Result<Summaries> summaries(QByteArray body); // 4.2
Result<QStringList> tags(QByteArray body); // 4

// A write's answer (1.5). Some servers answer with an empty body or a plain word; an object that says it
// failed, though it came with status 200, is an Error.
Result<Acknowledgement> acknowledgement(QByteArray body);
Result<QStringList> shareKeys(QByteArray body); // 3.1
Result<std::vector<RegistryModel>> registryModels(QByteArray body); // 7
Result<qint64> registryModelCount(QByteArray body); // 3.3
Result<RegistryModel> registryModelDetails(QByteArray body); // 7
Result<QStringList> allowedStatusValues(QByteArray body); // 7
Result<std::vector<ExperimentModel>> experimentModels(QByteArray body); // 4
Result<std::vector<Asset>> assets(QByteArray body); // 4.5

// What a server says to people is cut there: it is shown in one line, or a dialog.
inline constexpr qsizetype longestMessage = 2'000;

// The body of an answer that is no success, as far as it can be read (1.5).
struct ServerMessage
{
    QString text;
    int code = 0;
};
ServerMessage serverMessage(const QByteArray &body);

} // namespace api::decode
