// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/notes/notesdocument.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QImage>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFragment>
#include <QTextList>
#include <QTextTable>
#include <QUrl>

#include <algorithm>
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
        cursor.insertText(QCoreApplication::translate("NotesPreview", "[Picture: %1]").arg(title.isEmpty() ? address : title), link);
    }
}

// Qt's Markdown is set without air, and its colours can't be read on dark.
void dressBlock(const QTextBlock &block, const theme::Tokens &tokens)
{
    QTextCursor cursor(block);
    cursor.select(QTextCursor::BlockUnderCursor);
    const QTextBlockFormat before = block.blockFormat();
    QTextBlockFormat format;
    if (QTextList *list = block.textList()) {
        format.setBottomMargin(block.next().textList() ? 3 : 10);
        QTextListFormat bullets = list->format();
        if (bullets.style() == QTextListFormat::ListCircle && bullets.indent() == 1) {
            bullets.setStyle(QTextListFormat::ListDisc);
            list->setFormat(bullets);
        }
    } else if (before.headingLevel() > 0) {
        QTextCharFormat heading;
        heading.setProperty(QTextFormat::FontSizeAdjustment, std::max(0, 3 - before.headingLevel())); // 0: as the text
        heading.setFontWeight(QFont::DemiBold);
        cursor.mergeCharFormat(heading);
        format.setTopMargin(block.position() == 0 ? 0 : 14);
        format.setBottomMargin(6);
    } else if (before.hasProperty(QTextFormat::BlockCodeFence) || before.hasProperty(QTextFormat::BlockCodeLanguage)) {
        format.setBackground(tokens.window);
        const QTextBlock next = block.next();
        format.setBottomMargin(next.isValid() && next.blockFormat().hasProperty(QTextFormat::BlockCodeFence) ? 0 : 10);
    } else if (!cursor.currentTable()) {
        format.setBottomMargin(10);
    }
    if (before.hasProperty(QTextFormat::BlockQuoteLevel)) {
        QTextCharFormat quote;
        quote.setForeground(tokens.secondary);
        cursor.mergeCharFormat(quote);
    }
    QTextCursor(block).mergeBlockFormat(format);
}

void dressLinks(QTextDocument &document, const QTextBlock &block, const theme::Tokens &tokens)
{
    std::vector<std::pair<int, int>> links;
    for (auto part = block.begin(); !part.atEnd(); ++part) {
        if (part.fragment().charFormat().isAnchor())
            links.emplace_back(part.fragment().position(), part.fragment().length());
    }
    QTextCharFormat format;
    format.setForeground(tokens.accent);
    for (const auto &[position, length] : links) {
        QTextCursor cursor(&document);
        cursor.setPosition(position);
        cursor.setPosition(position + length, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(format);
    }
}

void dress(QTextDocument &document, const theme::Tokens &tokens)
{
    QTextCursor all(&document);
    all.beginEditBlock(); // laid out once
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        dressBlock(block, tokens);
        dressLinks(document, block, tokens);
    }
    for (QTextFrame *frame : document.rootFrame()->childFrames()) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(tokens.border);
        format.setBorderCollapse(true);
        format.setCellPadding(6);
        format.setCellSpacing(0);
        format.setTopMargin(8);
        format.setBottomMargin(0); // an empty line follows
        table->setFormat(format);
    }
    all.endEditBlock();
}

} // namespace

bool leadsToTheWeb(const QUrl &link)
{
    return link.scheme() == "http"_L1 || link.scheme() == "https"_L1 || link.scheme() == "mailto"_L1;
}

std::unique_ptr<QTextDocument> notesDocument(const QString &markdown, const QFont &font, const theme::Tokens &tokens)
{
    auto document = std::make_unique<ClosedDocument>();
    document->setUndoRedoEnabled(false);
    document->setDefaultFont(font);
    document->setDocumentMargin(16);
    document->setMarkdown(markdown.left(mostShown),
        QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    replacePictures(*document);
    dress(*document, tokens);
    if (markdown.size() > mostShown) {
        QTextCursor end(document.get());
        end.movePosition(QTextCursor::End);
        end.insertBlock(QTextBlockFormat(), QTextCharFormat());
        end.insertText(QCoreApplication::translate(
            "NotesPreview", "The rest is too long for the preview; it is saved with the notes."));
    }
    document->moveToThread(QCoreApplication::instance()->thread());
    return document;
}

std::unique_ptr<QTextDocument> plainNotesDocument(const QString &text)
{
    auto document = std::make_unique<ClosedDocument>();
    document->setUndoRedoEnabled(false);
    document->setDefaultFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    document->setDocumentMargin(16);
    document->setPlainText(text);
    return document;
}
