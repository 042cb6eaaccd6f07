// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/changes/undolog.h"

#include "models/changes/stepkinds.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t mostEntries = 100;

QJsonArray toJson(const std::vector<UndoLog::Entry> &entries)
{
    QJsonArray list;
    for (const UndoLog::Entry &entry : entries) {
        if (!entry.isKept)
            continue;
        QJsonArray steps;
        for (const Step &step : entry.steps)
            steps.append(stepkinds::toJson(step));
        list.append(QJsonObject{{u"server"_s, entry.server}, {u"steps"_s, steps}});
    }
    return list;
}

std::vector<UndoLog::Entry> fromJson(const QJsonValue &list)
{
    std::vector<UndoLog::Entry> entries;
    for (const QJsonValue &each : list.toArray()) {
        UndoLog::Entry entry{each["server"_L1].toString(), {}, true};
        for (const QJsonValue &step : each["steps"_L1].toArray()) {
            if (auto read = stepkinds::fromJson(step.toObject()))
                entry.steps.push_back(std::move(*read));
        }
        if (!entry.server.isEmpty() && !entry.steps.empty())
            entries.push_back(std::move(entry));
    }
    return entries;
}

void push(std::vector<UndoLog::Entry> &entries, UndoLog::Entry entry)
{
    if (entry.steps.empty())
        return;
    entries.push_back(std::move(entry));
    if (entries.size() > mostEntries)
        entries.erase(entries.begin());
}

UndoLog::Entry takeLast(std::vector<UndoLog::Entry> &entries)
{
    UndoLog::Entry last = std::move(entries.back());
    entries.pop_back();
    return last;
}

} // namespace

UndoLog::UndoLog(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path)
{
    m_saving.setSingleShot(true);
    m_saving.setInterval(200ms);
    connect(&m_saving, &QTimer::timeout, this, &UndoLog::save);
    load();
}

UndoLog::~UndoLog()
{
    flush();
}

void UndoLog::flush()
{
    if (!m_saving.isActive())
        return;
    m_saving.stop();
    save();
}

void UndoLog::load()
{
    QFile file(m_path);
    if (m_path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    file.close();
    if (!document.isObject()) { // damaged: kept aside, so that the next save does not destroy it
        QFile::remove(m_path + ".broken"_L1);
        QFile::rename(m_path, m_path + ".broken"_L1);
        return;
    }
    m_undo = fromJson(document["undo"_L1]);
    m_redo = fromJson(document["redo"_L1]);
}

void UndoLog::save()
{
    if (m_path.isEmpty())
        return;
    QDir().mkpath(QFileInfo(m_path).path());
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(QJsonObject{{u"undo"_s, toJson(m_undo)}, {u"redo"_s, toJson(m_redo)}})
                   .toJson(QJsonDocument::Compact));
    file.commit();
}

void UndoLog::touch()
{
    m_saving.start();
    emit changed();
}

void UndoLog::done(Entry entry)
{
    if (entry.steps.empty())
        return;
    m_redo.clear();
    pushUndo(std::move(entry));
}

void UndoLog::pushUndo(Entry entry)
{
    push(m_undo, std::move(entry));
    touch();
}

void UndoLog::pushRedo(Entry entry)
{
    push(m_redo, std::move(entry));
    touch();
}

UndoLog::Entry UndoLog::takeUndo()
{
    Entry entry = takeLast(m_undo);
    touch();
    return entry;
}

UndoLog::Entry UndoLog::takeRedo()
{
    Entry entry = takeLast(m_redo);
    touch();
    return entry;
}

void UndoLog::drop(const QString &server, const std::vector<Step> &steps)
{
    const auto entry = std::find_if(m_undo.rbegin(), m_undo.rend(),
        [&](const Entry &one) { return one.server == server && one.steps == steps; });
    if (entry == m_undo.rend())
        return;
    m_undo.erase(std::next(entry).base());
    touch();
}
