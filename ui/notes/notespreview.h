// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTextBrowser>

#include <memory>

// Notes as they read (see notesDocument), made beside the main thread while somebody types. A link is
// opened in the web browser, and only when it leads there.
class NotesPreview : public QTextBrowser
{
    Q_OBJECT
public:
    explicit NotesPreview(QWidget *parent = nullptr);
    ~NotesPreview() override;

    // Shown soon; keeps the place it is scrolled to.
    void setMarkdownText(const QString &text);
    void setPlainNotes(const QString &text); // as they are written
    void scrollTo(double share); // 0 is the top, 1 the end

protected:
    QVariant loadResource(int type, const QUrl &name) override;
    void changeEvent(QEvent *event) override;

private:
    void make();
    void showDocument(std::unique_ptr<QTextDocument> document);

    QString m_markdown; // null where plain notes are shown
    bool m_isMaking = false;
    bool m_isOutdated = false; // another text came while one was made
    std::unique_ptr<QTextDocument> m_document; // the one shown
};
