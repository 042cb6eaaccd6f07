// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/experiment/assettable.h"
#include "models/notes/draftkeeper.h"
#include "models/registry/versiontable.h"
#include "models/session/session.h"

#include <QPointer>
#include <QWidget>

class InlineNote;
class RowTableView;
class StageBar;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

// One version of a model: where it comes from, stages, status, comment and files. It says what the person
// wants and changes nothing itself; a comment that was typed and not saved outlives the page, the window and the
// program. Owned by ModelPage.
class VersionPane : public QWidget
{
    Q_OBJECT
public:
    VersionPane(const Settings &settings, QWidget *parent);

    void setVersion(const Session *session, const api::ModelVersion &version, const SourceExperiment &source);
    void setChoices(const QStringList &stages, const QStringList &statuses);
    void setReadOnly(const QString &reason); // empty: everything can be changed
    void clear(); // another model comes

    void focusStages();
    void focusComment();
    bool hasFocusedFile() const;
    void copyFile(); // tab-separated
    // What the server made of a change, shown where it was asked for.
    void showStageProblem(const QString &sentence);
    void showCommentProblem(const QString &sentence);
    void commentSaved(const Session *session, const QString &id, const QString &comment);
    void commentChangedByOthers(const QString &comment); // saved once more, what was typed takes its place

signals:
    void stageAdded(const QString &stage);
    void stageRemoved(const QString &stage);
    void statusChosen(const QString &status);
    void commentEdited(const QString &before, const QString &comment); // to be saved
    void sourceActivated();
    void fileChosen(const QString &assetId); // to be downloaded

protected:
    void changeEvent(QEvent *event) override;

private:
    void showSource(const SourceExperiment &source);
    void showStatuses();
    void showDraft();
    void commentChanged();
    void downloadFile();

    api::ModelVersion m_version;
    QStringList m_statuses;
    QPointer<const Session> m_session;
    DraftKeeper m_draft; // of the comment
    QString m_base; // the comment that was edited
    QString m_readOnly;
    AssetTable m_files;
    QLabel *m_title;
    QLabel *m_source;
    QLabel *m_facts;
    StageBar *m_stages;
    InlineNote *m_stageNote;
    QLabel *m_statusLabel;
    QComboBox *m_status;
    QPlainTextEdit *m_comment;
    InlineNote *m_commentNote;
    QWidget *m_commentButtons;
    QPushButton *m_save;
    QPushButton *m_revert;
    RowTableView *m_fileView;
    QLabel *m_noFiles;
    QPushButton *m_download;
};
