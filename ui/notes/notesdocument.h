// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/theme.h"

#include <QFont>

#include <memory>

class QTextDocument;
class QUrl;

// Markdown as it reads, of somebody else: HTML in it is shown as it is written, pictures become links and
// nothing is ever loaded. What is longer than a person reads is cut, and says so. May be called in any
// thread; the document lives on the main one.
std::unique_ptr<QTextDocument> notesDocument(
    const QString &markdown, const QFont &font, const theme::Tokens &tokens);

// As it is written, letter for letter.
std::unique_ptr<QTextDocument> plainNotesDocument(const QString &text);

// Whether the web browser may be given the link.
bool leadsToTheWeb(const QUrl &link);
