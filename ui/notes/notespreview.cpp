// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/notes/notespreview.h"

#include "models/api/background.h"
#include "ui/notes/notesdocument.h"

#include <QDesktopServices>
#include <QEvent>
#include <QImage>
#include <QScrollBar>

NotesPreview::NotesPreview(QWidget *parent)
    : QTextBrowser(parent)
{
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    setPlainNotes({});
    connect(this, &QTextBrowser::anchorClicked, this, [](const QUrl &link) {
        if (leadsToTheWeb(link))
            QDesktopServices::openUrl(link);
    });
}

NotesPreview::~NotesPreview()
{
    setDocument(nullptr); // ours goes before the view does
}

void NotesPreview::setMarkdownText(const QString &text)
{
    m_markdown = text.isNull() ? QLatin1String("") : text;
    make();
}

void NotesPreview::make()
{
    m_isOutdated = m_isMaking;
    if (m_isMaking)
        return;
    m_isMaking = true;
    const auto work = [text = m_markdown, font = font(), tokens = theme::tokens(palette())] {
        return notesDocument(text, font, tokens);
    };
    runInBackground(this, work, [this](std::unique_ptr<QTextDocument> document) {
        m_isMaking = false;
        if (m_markdown.isNull())
            return;
        const int place = verticalScrollBar()->value();
        showDocument(std::move(document));
        verticalScrollBar()->setValue(place);
        if (m_isOutdated)
            make();
    });
}

void NotesPreview::setPlainNotes(const QString &text)
{
    m_markdown = QString();
    showDocument(plainNotesDocument(text));
}

void NotesPreview::showDocument(std::unique_ptr<QTextDocument> document)
{
    setDocument(document.get());
    m_document = std::move(document); // the one before goes now that nothing shows it
}

void NotesPreview::scrollTo(double share)
{
    verticalScrollBar()->setValue(qRound(share * verticalScrollBar()->maximum()));
}

QVariant NotesPreview::loadResource(int, const QUrl &)
{
    return QImage(1, 1, QImage::Format_ARGB32_Premultiplied);
}

void NotesPreview::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_markdown.isNull())
        make();
}
