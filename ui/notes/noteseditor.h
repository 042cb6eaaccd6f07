// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/notes/notes.h"

#include <QWidget>

class EmptyState;
class InlineNote;
class NotesPreview;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;

// The notes of a project or a registered model: Markdown at the left, how it reads at the right. What is
// typed is kept as a draft until it is saved or reverted; where somebody else has saved meanwhile, both texts
// are shown and the person chooses. Owned by the page it stands in.
class NotesEditor : public QWidget
{
    Q_OBJECT
public:
    NotesEditor(Changes &changes, const Settings &settings, QWidget *parent = nullptr);
    ~NotesEditor() override;

    // NotesSource::ofProject() or ofModel(); session may be null, and must be set so before it dies.
    void setSource(Session *session, const NotesSource &source);
    void refresh();
    // In place of notes that can't be asked for, while there is no source; with Retry.
    void showProblem(const QString &title, const QString &sentence);

    bool isEdited() const { return m_notes->isEdited(); }
    bool canSave() const; // the action may be enabled
    const Notes &notes() const { return *m_notes; }

public slots:
    void save(); // Actions::SaveNotes
    void revert();

signals:
    void statusChanged(); // isEdited() or canSave()
    void retryRequested(); // of showProblem()

private:
    void makeWidgets();
    QWidget *makeHead();
    QWidget *makeBanner();
    void showState();
    void showText();
    void showStatus();
    void showBanner();
    void showPreview();
    void scrollAlong();

    Notes *m_notes;
    QPlainTextEdit *m_text = nullptr;
    NotesPreview *m_preview = nullptr;
    QLabel *m_status = nullptr;
    QLabel *m_previewTitle = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_revert = nullptr;
    QWidget *m_banner = nullptr;
    InlineNote *m_what = nullptr;
    QPushButton *m_showTheirs = nullptr;
    QPushButton *m_takeTheirs = nullptr;
    QPushButton *m_keepMine = nullptr;
    QPushButton *m_bringBack = nullptr;
    EmptyState *m_state = nullptr;
    QSplitter *m_panes = nullptr;
    QStackedWidget *m_body = nullptr;
    QString m_problem; // of the last save; empty where there was none
    bool m_isDraftUnkept = false;
    bool m_isShowing = false; // the text is set, not typed
    QTimer m_rendering;
};
