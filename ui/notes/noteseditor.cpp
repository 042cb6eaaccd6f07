// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/notes/noteseditor.h"

#include "models/values/format.h"
#include "ui/notes/notespreview.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/theme.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QLabel *caption(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setContentsMargins(16, 4, 16, 4);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QFrame *line(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Midlight);
    return line;
}

QWidget *titled(QLabel *title, QWidget *content, QWidget *parent)
{
    auto *pane = new QWidget(parent);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(title);
    column->addWidget(content, 1);
    return pane;
}

} // namespace

NotesEditor::NotesEditor(Changes &changes, const Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_notes(new Notes(changes, settings, this))
{
    makeWidgets();
    m_rendering.setSingleShot(true);
    m_rendering.setInterval(150ms);
    connect(&m_rendering, &QTimer::timeout, this, &NotesEditor::showPreview);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_rendering.start();
        if (!m_isShowing)
            m_notes->setText(m_text->toPlainText());
    });
    connect(m_text->verticalScrollBar(), &QScrollBar::valueChanged, this, &NotesEditor::scrollAlong);

    connect(m_notes, &Notes::stateChanged, this, &NotesEditor::showState);
    connect(m_notes, &Notes::textReplaced, this, &NotesEditor::showText);
    connect(m_notes, &Notes::statusChanged, this, &NotesEditor::showStatus);
    connect(m_notes, &Notes::conflictFound, this, &NotesEditor::showStatus);
    connect(m_notes, &Notes::saveFailed, this, [this](const QString &sentence) {
        m_problem = sentence;
        showStatus();
    });
    connect(m_notes, &Notes::draftNotKept, this, [this] {
        m_isDraftUnkept = true;
        showStatus();
    });
    showState();
}

// The draft is written by Notes; its signals must not reach widgets that are gone.
NotesEditor::~NotesEditor()
{
    m_notes->disconnect(this);
    delete m_notes;
}

void NotesEditor::makeWidgets()
{
    m_text = new QPlainTextEdit(this);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("Notes in Markdown"));
    m_text->setPlaceholderText(tr("What is this about, what was found, what is next? Markdown works here."));
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(16);
    m_preview = new NotesPreview(this);
    m_preview->setAccessibleName(tr("Preview of the notes"));
    m_previewTitle = caption(tr("Preview"), this);

    m_panes = new QSplitter(Qt::Horizontal, this);
    m_panes->addWidget(titled(caption(tr("Markdown"), this), m_text, this));
    m_panes->addWidget(titled(m_previewTitle, m_preview, this));
    m_panes->setChildrenCollapsible(true);
    m_panes->setCollapsible(0, false);
    m_panes->setSizes({1000, 1000});

    m_state = new EmptyState(this);
    m_body = new QStackedWidget(this);
    m_body->addWidget(m_panes);
    m_body->addWidget(m_state);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeBanner());
    column->addWidget(line(this));
    column->addWidget(m_body, 1);
    setFocusProxy(m_text);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

QWidget *NotesEditor::makeHead()
{
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(16, 6, 12, 6);
    row->setSpacing(8);
    m_status = new QLabel(head);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_revert = new QPushButton(tr("Revert"), head);
    m_revert->setAutoDefault(false);
    m_save = new QPushButton(tr("Save Notes"), head);
    m_save->setAutoDefault(false);
    m_save->setDefault(true); // the one to press
    connect(m_revert, &QPushButton::clicked, this, &NotesEditor::revert);
    connect(m_save, &QPushButton::clicked, this, &NotesEditor::save);
    row->addWidget(m_status, 1);
    row->addWidget(m_revert);
    row->addWidget(m_save);
    return head;
}

QWidget *NotesEditor::makeBanner()
{
    m_banner = new QWidget(this);
    auto *row = new QHBoxLayout(m_banner);
    row->setContentsMargins(16, 2, 12, 8);
    row->setSpacing(8);
    m_what = new InlineNote(m_banner);
    row->addWidget(m_what, 1);
    const auto button = [&](const QString &text, auto slot) {
        auto *made = new QPushButton(text, m_banner);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, slot);
        row->addWidget(made, 0, Qt::AlignTop);
        return made;
    };
    m_showTheirs = button(tr("Show Theirs"), [this] { showPreview(); });
    m_showTheirs->setCheckable(true);
    m_takeTheirs = button(tr("Take Theirs"), [this] { m_notes->discardMine(); });
    m_takeTheirs->setToolTip(tr("Your text goes, and can be brought back until you type again"));
    m_keepMine = button(tr("Keep Mine"), [this] { m_notes->overwrite(); });
    m_keepMine->setToolTip(tr("Save your text in place of theirs; this can be undone"));
    m_bringBack = button(tr("Bring Back"), [this] { m_notes->bringBack(); });
    m_banner->hide();
    return m_banner;
}

void NotesEditor::setSource(Session *session, const NotesSource &source)
{
    if (session != m_notes->session() || source.subject != m_notes->source().subject) {
        m_problem.clear();
        m_isDraftUnkept = false;
        m_showTheirs->setChecked(false);
    }
    m_notes->setSource(session, source);
}

void NotesEditor::refresh()
{
    m_notes->refresh();
}

void NotesEditor::showProblem(const QString &title, const QString &sentence)
{
    m_state->setContent(u"data-error"_s, title, sentence);
    connect(m_state->addButton(tr("Retry")), &QPushButton::clicked, this, &NotesEditor::retryRequested);
}

bool NotesEditor::canSave() const
{
    return m_notes->state() == Notes::State::Ready && m_notes->isEdited() && !m_notes->isSaving() && m_notes->session()
        && !m_notes->session()->client().isReadOnly();
}

void NotesEditor::save()
{
    m_problem.clear();
    m_notes->save();
}

void NotesEditor::revert()
{
    m_problem.clear();
    m_notes->revert();
}

void NotesEditor::showState()
{
    const Notes::State state = m_notes->state();
    m_body->setCurrentIndex(state == Notes::State::Ready ? 0 : 1);
    if (state == Notes::State::Ready) {
        const QScopedValueRollback showing(m_isShowing, true);
        m_text->setPlainText(m_notes->text());
        showPreview();
    } else if (state == Notes::State::Failed) {
        const bool isGone = m_notes->error().kind == api::Error::Kind::NotFound;
        m_state->setContent(u"data-error"_s,
            isGone ? tr("“%1” isn’t there any more").arg(m_notes->source().title) : tr("The notes could not be loaded"),
            m_notes->error().sentence());
        connect(m_state->addButton(tr("Retry")), &QPushButton::clicked, this, &NotesEditor::refresh);
    } else {
        m_state->setContent({}, state == Notes::State::Loading ? tr("Loading notes") : QString(), {});
    }
    showStatus();
}

void NotesEditor::showText()
{
    if (m_text->toPlainText() != m_notes->text()) {
        const QScopedValueRollback showing(m_isShowing, true);
        QTextCursor all(m_text->document());
        all.select(QTextCursor::Document);
        all.insertText(m_notes->text()); // so that it can be undone by Ctrl+Z as well
    }
    showStatus();
}

void NotesEditor::showStatus()
{
    const bool isReady = m_notes->state() == Notes::State::Ready;
    const bool isReadOnly = m_notes->session() && m_notes->session()->client().isReadOnly();
    const bool isEdited = isReady && m_notes->isEdited();
    QString status;
    if (isReadOnly)
        status = tr("This server is read-only here.");
    else if (m_notes->isSaving())
        status = tr("Saving…");
    else if (isEdited && m_notes->draftFrom() > 0)
        status = tr("Not saved; typed %1 and kept on this computer")
                     .arg(format::time(m_notes->draftFrom(), QDateTime::currentDateTime()));
    else if (isEdited)
        status = m_isDraftUnkept ? tr("Not saved, and kept only until the program ends")
                                 : tr("Not saved; kept on this computer");
    else if (isReady && m_notes->text().isEmpty())
        status = tr("No notes yet");
    else if (isReady)
        status = tr("Saved");
    m_status->setText(status);
    m_status->setToolTip(status);
    m_text->setReadOnly(isReadOnly);
    const QString reason = isReadOnly ? status : QString();
    m_save->setEnabled(canSave());
    m_save->setToolTip(reason.isEmpty() ? tr("Save the notes on the server (Ctrl+S)") : reason);
    m_revert->setEnabled(isEdited && !m_notes->isSaving() && !isReadOnly);
    m_revert->setToolTip(reason.isEmpty() ? tr("Back to the notes as they were on the server") : reason);
    showBanner();
    emit statusChanged();
}

void NotesEditor::showBanner()
{
    const bool isReady = m_notes->state() == Notes::State::Ready;
    const bool isConflict = isReady && m_notes->theirs() && !m_notes->isSaving();
    QString text;
    auto kind = InlineNote::Kind::Warning;
    if (isConflict) {
        text = tr("Somebody else has saved these notes since you began. Nothing is lost yet: compare, then choose.");
    } else if (isReady && !m_problem.isEmpty() && m_notes->isEdited()) {
        kind = InlineNote::Kind::Bad;
        text = m_problem;
    } else if (isReady && m_notes->isOutdated()) {
        text = tr("Somebody else has changed these notes since you began. When you save you will be asked.");
    } else if (isReady && m_notes->canBringBack()) {
        kind = InlineNote::Kind::Hint;
        text = tr("Your changes were taken out.");
    }
    if (!isConflict && m_showTheirs->isChecked()) {
        m_showTheirs->setChecked(false);
        showPreview();
    }
    for (QPushButton *button : {m_showTheirs, m_takeTheirs, m_keepMine})
        button->setVisible(isConflict);
    m_bringBack->setVisible(isReady && !isConflict && m_notes->canBringBack());
    m_what->say(kind, text);
    m_banner->setVisible(!text.isEmpty());
}

void NotesEditor::showPreview()
{
    m_rendering.stop();
    const bool isTheirs = m_showTheirs->isChecked() && m_notes->theirs();
    m_previewTitle->setText(isTheirs ? tr("On the server now") : tr("Preview"));
    m_preview->setAccessibleName(isTheirs ? tr("Notes on the server now") : tr("Preview of the notes"));
    if (isTheirs) {
        m_preview->setPlainNotes(*m_notes->theirs());
        return;
    }
    m_preview->setMarkdownText(m_notes->state() == Notes::State::Ready ? m_notes->text() : QString());
}

void NotesEditor::scrollAlong()
{
    const QScrollBar *bar = m_text->verticalScrollBar();
    if (bar->maximum() > 0 && !m_showTheirs->isChecked())
        m_preview->scrollTo(static_cast<double>(bar->value()) / bar->maximum());
}
