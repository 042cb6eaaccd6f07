// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/downloads/destination.h"
#include "models/downloads/download.h"

#include <QDialog>

#include <vector>

class InlineNote;
class Settings;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

// Asks which version, stage, model or asset is downloaded, and where to; remembers where. Asks nothing of the
// server. Owned by whoever opens it.
class DownloadDialog : public QDialog
{
    Q_OBJECT
public:
    struct Choice
    {
        QString text; // "1.4.0"
        QString title; // of the download: "cifar10-classifier 1.4.0"
        DownloadSource source;
        qint64 size = -1; // bytes; -1 where unknown
    };
    struct Content
    {
        QString title; // "Download Model"
        QString subjectLabel; // "Model"
        QString subject; // "vision-lab / cifar10-classifier"
        QString label; // of the choices: "Version"; empty where all of them are downloaded
        std::vector<Choice> choices; // at least one; all of one kind
        int chosen = 0;
    };

    DownloadDialog(const Content &content, Settings &settings, QWidget *parent);

    std::vector<DownloadRequest> requests() const;

protected:
    void done(int result) override;

private:
    QFormLayout *buildForm();
    void chooseFolder();
    void check();
    void showDestination(const Destination &destination);
    const Choice &choice() const;
    qint64 size() const; // of all that is downloaded; -1 where unknown
    QString baseFolder() const; // as typed, absolute
    QString folder() const; // that the files go to

    Content m_content;
    Settings &m_settings;
    QComboBox *m_choices;
    QLineEdit *m_folder;
    QCheckBox *m_expand;
    QCheckBox *m_ownFolder;
    InlineNote *m_note;
    QPushButton *m_download;
    int m_looked = 0; // only what the last look has found counts
};
