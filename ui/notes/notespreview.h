// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTextBrowser>

// Markdown as it reads. The text is somebody else's: HTML in it is shown as it is written, pictures become
// links, nothing is ever loaded, and a link is opened in the web browser, and only when it leads there.
class NotesPreview : public QTextBrowser
{
    Q_OBJECT
public:
    explicit NotesPreview(QWidget *parent = nullptr);

    // Keeps the place it is scrolled to. What is longer than a person reads is cut, and says so.
    void setMarkdownText(const QString &text);
    void setPlainNotes(const QString &text); // as it is written
    void scrollTo(double share); // 0 is the top, 1 the end

protected:
    QVariant loadResource(int type, const QUrl &name) override;
    void changeEvent(QEvent *event) override;

private:
    QString m_markdown;
};
