// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>

#include <memory>
#include <optional>

class QLockFile;
class Session;
class Settings;

// A text that a person has typed and not saved, with what it was made from.
struct Draft
{
    QString base; // as the server had it
    QString text;
    qint64 changed = 0; // milliseconds since 1970 UTC

    bool operator==(const Draft &) const = default;
};

// Drafts in files, readable by their owner only, so that nothing typed is lost with the window. Two editors
// of the same subject, in one program or two, write different files: the one that is open belongs to who
// opened it. Where a file can't be written the draft is kept until the program ends. Owned by what edits.
class Drafts
{
public:
    struct Key
    {
        QString server; // Profile::id
        QString subject;
        bool isKept = true; // else only until the program ends

        bool operator==(const Key &) const = default;
    };

    static Key keyOf(const Session *session, const QString &subject);
    static QString folderBeside(const Settings &settings);

    explicit Drafts(const QString &folder); // made when first needed
    ~Drafts();

    // What was typed and is not being edited elsewhere now. keep() and forget() are about this key then.
    std::optional<Draft> open(const Key &key);
    void close();

    // False where it is kept in memory only, although it should not be.
    bool keep(const Draft &draft);
    void forget();
    // Of a key that is not open any more: what was kept of it, if it is this text.
    void forget(const Key &key, const QString &text);

private:
    QString pathOf(const Key &key, int place) const;

    QString m_folder;
    Key m_key;
    QString m_path; // of the open one; empty where nothing is open
    std::unique_ptr<QLockFile> m_lock;
    QHash<QString, Draft> m_memory; // by path
};
