// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/changes.h"
#include "models/notes/drafts.h"
#include "models/notes/notessource.h"

#include <QTimer>

class Settings;

// The notes of one thing as they are on the server and as a person edits them. What is typed and not saved
// is a draft that outlives the page, the window and the program; saving looks first whether somebody else
// has saved meanwhile. Texts have plain line feeds here, whatever the server's have. Owned by the editor.
class Notes : public QObject
{
    Q_OBJECT
public:
    enum class State { None, Loading, Ready, Failed };

    Notes(Changes &changes, const Settings &settings, QObject *parent);
    ~Notes() override;

    // Another subject, read at once; session may be null. The same subject is read again.
    void setSource(Session *session, const NotesSource &source);
    void refresh();

    State state() const { return m_state; }
    const api::Error &error() const { return m_error; } // of Failed
    Session *session() const { return m_session; }
    const NotesSource &source() const { return m_source; }

    QString original() const; // as the server had them when the text was begun
    const QString &text() const { return m_text; }
    bool isEdited() const { return m_isEdited; }
    bool isSaving() const { return m_isSaving; }
    // When the draft was typed that was found for this subject; 0 where there was none.
    qint64 draftFrom() const { return m_draftFrom; }
    // Somebody has saved something else since the text was begun, as the last look showed.
    bool isOutdated() const { return m_isOutdated; }
    // What somebody else has saved, where save() met it; then one of the three below is to be called.
    const std::optional<QString> &theirs() const { return m_theirs; }

    void setText(const QString &text); // as it is typed
    void save();
    void revert();
    bool canBringBack() const { return !m_reverted.isNull(); }
    void bringBack(); // what revert() or discardMine() took away

    void overwrite();
    void keepEditing(); // with theirs as what was there before
    void discardMine();

signals:
    void stateChanged();
    void textReplaced(); // not by typing
    void statusChanged(); // edited, saving, outdated
    void conflictFound();
    void saved(); // and nothing was typed meanwhile
    void saveFailed(const QString &sentence);
    void draftNotKept(); // in a file: it lasts until the program ends

private:
    void setState(State state);
    void take(const QString &read);
    void replaceText(const QString &text);
    void keepSoon();
    void keepDraft();
    void settle(const Outcome &outcome, const QString &sent);
    QString toServer(const QString &text) const;
    Drafts::Key key() const;

    Changes &m_changes;
    Drafts m_drafts;
    QPointer<Session> m_session;
    NotesSource m_source;
    State m_state = State::None;
    api::Error m_error;
    QString m_base; // as the server has it, byte for byte
    QString m_text;
    QString m_reverted;
    std::optional<QString> m_theirs;
    qint64 m_draftFrom = 0;
    bool m_isEdited = false;
    bool m_isSaving = false;
    bool m_isOutdated = false;
    bool m_hasDraft = false; // in m_drafts
    QTimer m_keeping; // several keys in a moment are one draft
    api::Latest m_latest;
};
