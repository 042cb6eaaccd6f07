// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/step.h"

#include <QObject>
#include <QTimer>

#include <vector>

// What was changed and can be taken back, newest last, and what was taken back and can be done again; at
// most 100 changes each. Kept in a file that only its owner can read, because it holds names and notes. A
// file that can't be written costs the memory, not the change. Owned by Changes.
class UndoLog : public QObject
{
    Q_OBJECT
public:
    struct Entry
    {
        QString server; // Profile::id
        std::vector<Step> steps; // as they were done
        bool isKept = true; // else only until the program ends
    };

    explicit UndoLog(const QString &path, QObject *parent = nullptr);
    ~UndoLog() override;

    const std::vector<Entry> &undo() const { return m_undo; }
    const std::vector<Entry> &redo() const { return m_redo; }

    // Entries without steps are not kept.
    void done(Entry entry); // something new: nothing can be redone any more
    void pushUndo(Entry entry);
    void pushRedo(Entry entry);
    Entry takeUndo(); // the newest; there must be one
    Entry takeRedo();
    void drop(const QString &server, const std::vector<Step> &steps); // the entry of them, if it is there
    void flush(); // now, what would be saved in a moment

signals:
    void changed();

private:
    void load();
    void save();
    void touch();

    QString m_path;
    std::vector<Entry> m_undo;
    std::vector<Entry> m_redo;
    QTimer m_saving; // several changes in a moment are one
};
