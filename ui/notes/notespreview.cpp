// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/notes/notespreview.h"

#include "ui/widgets/theme.h"

#include <QDesktopServices>
#include <QEvent>
#include <QFontDatabase>
#include <QImage>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextFragment>

#include <vector>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostShown = 60'000; // letters: what is laid out while somebody types

// Answers every question for a picture, style or file itself, whoever asks.
class ClosedDocument : public QTextDocument
{
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int, const QUrl &) override { return QImage(1, 1, QImage::Format_ARGB32_Premultiplied); }
};

bool leadsToTheWeb(const QUrl &link)
{
    return link.scheme() == "http"_L1 || link.scheme() == "https"_L1 || link.scheme() == "mailto"_L1;
}

struct Picture
{
    int position;
    QTextImageFormat format;
};

void replacePictures(QTextDocument &document)
{
    std::vector<Picture> pictures;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextFragment fragment = part.fragment();
            for (int at = 0; fragment.charFormat().isImageFormat() && at < fragment.length(); ++at)
                pictures.push_back({fragment.position() + at, fragment.charFormat().toImageFormat()});
        }
    }
    for (auto picture = pictures.rbegin(); picture != pictures.rend(); ++picture) {
        QTextCursor cursor(&document);
        cursor.setPosition(picture->position);
        cursor.setPosition(picture->position + 1, QTextCursor::KeepAnchor);
        QTextCharFormat link;
        const QString address = picture->format.name();
        const QString title = picture->format.property(QTextFormat::ImageAltText).toString();
        if (leadsToTheWeb(QUrl(address))) {
            link.setAnchor(true);
            link.setAnchorHref(address);
            link.setFontUnderline(true);
        }
        cursor.insertText(NotesPreview::tr("[Picture: %1]").arg(title.isEmpty() ? address : title), link);
    }
}

// The colours of the palette: Qt's own link blue can't be read on dark.
void colour(QTextDocument &document, const theme::Tokens &tokens)
{
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const bool isCode = block.blockFormat().hasProperty(QTextFormat::BlockCodeFence)
            || block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
        std::vector<std::pair<int, int>> links;
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            if (part.fragment().charFormat().isAnchor())
                links.emplace_back(part.fragment().position(), part.fragment().length());
        }
        for (const auto &[position, length] : links) {
            QTextCursor cursor(&document);
            cursor.setPosition(position);
            cursor.setPosition(position + length, QTextCursor::KeepAnchor);
            QTextCharFormat format;
            format.setForeground(tokens.accent);
            cursor.mergeCharFormat(format);
        }
        if (isCode) {
            QTextCursor cursor(block);
            QTextBlockFormat format;
            format.setBackground(tokens.window);
            cursor.mergeBlockFormat(format);
        }
    }
}

} // namespace

NotesPreview::NotesPreview(QWidget *parent)
    : QTextBrowser(parent)
{
    setDocument(new ClosedDocument(this));
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(16);
    setUndoRedoEnabled(false);
    connect(this, &QTextBrowser::anchorClicked, this, [](const QUrl &link) {
        if (leadsToTheWeb(link))
            QDesktopServices::openUrl(link);
    });
}

void NotesPreview::setMarkdownText(const QString &text)
{
    m_markdown = text;
    const int place = verticalScrollBar()->value();
    document()->setMarkdown(text.left(mostShown),
        QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    replacePictures(*document());
    colour(*document(), theme::tokens(palette()));
    if (text.size() > mostShown) {
        QTextCursor end(document());
        end.movePosition(QTextCursor::End);
        end.insertBlock(QTextBlockFormat(), QTextCharFormat());
        end.insertText(tr("The rest is too long for the preview; it is saved with the notes."));
    }
    verticalScrollBar()->setValue(place);
}

void NotesPreview::setPlainNotes(const QString &text)
{
    m_markdown = QString();
    document()->clear();
    QTextCharFormat format;
    format.setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    QTextCursor(document()).insertText(text, format);
    verticalScrollBar()->setValue(0);
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
        setMarkdownText(QString(m_markdown));
}
