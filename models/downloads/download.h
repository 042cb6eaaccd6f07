// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/downloadfile.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

// What can be downloaded, how one asks for it, and how far it has come: values without behaviour.

// The files of a version of a registered model, as a zip. Neither version nor stage: the latest version;
// never both (PROTOCOL 3.3).
struct RegistryDownload
{
    QString workspace;
    QString name;
    QString version = {};
    QString stage = {};
};

// The files of a model that an experiment logged, as a zip (PROTOCOL 4).
struct ModelDownload
{
    QString experimentKey;
    QString name;
};

// One asset of an experiment, as it was logged (PROTOCOL 4.6).
struct AssetDownload
{
    QString experimentKey;
    QString assetId;
    QString fileName; // the part after the last slash names the file
};

using DownloadSource = std::variant<RegistryDownload, ModelDownload, AssetDownload>;

struct DownloadRequest
{
    QString title; // "net 1.0.0"
    DownloadSource source;
    QString folder; // made where it is missing
    bool expand = false; // a zip's files go into folder, and no zip is kept
};

bool isZip(const DownloadSource &source);

// The name of the file or sub-folder that fits source, safe for any file system: "net_1.0.0.zip" as the SDK
// names it, "net_1.0.0".
QString downloadFileName(const DownloadSource &source);
QString downloadFolderName(const DownloadSource &source);

// The same with Comet's Python API (PROTOCOL 3.3): api.download_registry_model(…); empty for an asset, which it
// does not write to a file.
QString pythonText(const DownloadSource &source, const QString &folder, bool expand);

// What has to be known before existing files may be touched.
struct DownloadQuestion
{
    enum class Answer {
        Replace,
        KeepBoth, // the new ones get a number: "model (2).bin"
        Skip, // only what is not there yet is added
        Cancel,
    };
    QString folder;
    QStringList existing; // relative to folder, at least one
    bool hasOthers = false; // there are new files beside them, so Skip makes sense

    bool operator==(const DownloadQuestion &) const = default;
};

// How much room a disk has, in bytes, by the path of a folder on it. A test sets another one.
using DownloadSpace = api::DownloadFile::Space;

// A row of Downloads.
struct Download
{
    enum class State {
        Waiting, // for its turn
        Asking,
        Running,
        Expanding,
        Done,
        Failed,
        Cancelled,
    };

    int id = 0;
    QString title;
    QString folder;
    State state = State::Waiting;
    qint64 done = 0; // bytes: of the answer while Running, of the expanded files while Expanding
    qint64 total = -1; // -1 where unknown
    qint64 speed = 0; // bytes a second, averaged over some seconds; 0 where unknown
    qint64 timeLeft = -1; // milliseconds; -1 where unknown
    QString error; // a sentence, of Failed
    QString target; // the file, or the folder that the files went to; of Done
    std::optional<DownloadQuestion> question; // of Asking

    bool isFinished() const { return state >= State::Done; }
    bool canRetry() const { return state == State::Failed || state == State::Cancelled; }
    bool operator==(const Download &) const = default;
};
