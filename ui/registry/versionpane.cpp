// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registry/versionpane.h"

#include "models/values/format.h"
#include "ui/registry/stagebar.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/rowtableview.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace {

constexpr int commentHeight = 64;

QString subjectOf(const QString &versionId)
{
    return versionId.isEmpty() ? QString() : u"version/"_s + versionId;
}

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QLabel *caption(const QString &text, QWidget *buddy, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setBuddy(buddy);
    label->setFixedHeight(28);
    return label;
}

} // namespace

VersionPane::VersionPane(const Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_draft(settings)
    , m_title(plainLabel(this))
    , m_source(new QLabel(this))
    , m_facts(plainLabel(this))
    , m_stages(new StageBar(this))
    , m_stageNote(new InlineNote(this))
    , m_status(new QComboBox(this))
    , m_comment(new QPlainTextEdit(this))
    , m_commentNote(new InlineNote(this))
    , m_commentButtons(new QWidget(this))
    , m_save(new QPushButton(tr("Save Comment"), m_commentButtons))
    , m_revert(new QPushButton(tr("Revert"), m_commentButtons))
    , m_fileView(new RowTableView(tr("Files of the version"), this))
    , m_noFiles(plainLabel(this))
    , m_download(new QPushButton(tr("Download File…"), this))
{
    m_title->setFont(theme::headingFont(m_title->font()));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_source->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    connect(m_source, &QLabel::linkActivated, this, &VersionPane::sourceActivated);
    connect(m_stages, &StageBar::addRequested, this, &VersionPane::stageAdded);
    connect(m_stages, &StageBar::removeRequested, this, &VersionPane::stageRemoved);
    connect(m_stages, &StageBar::problem, this, &VersionPane::showStageProblem);
    m_status->setAccessibleName(tr("Status"));
    m_status->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_status, &QComboBox::textActivated, this, [this](const QString &status) {
        if (status != m_version.status)
            emit statusChosen(status);
    });
    m_comment->setAccessibleName(tr("Comment"));
    m_comment->setPlaceholderText(tr("No comment"));
    m_comment->setTabChangesFocus(true);
    m_comment->setFixedHeight(commentHeight);
    connect(m_comment, &QPlainTextEdit::textChanged, this, &VersionPane::commentChanged);
    connect(m_save, &QPushButton::clicked, this, [this] { emit commentEdited(m_base, m_comment->toPlainText()); });
    connect(m_revert, &QPushButton::clicked, this, [this] {
        m_base = m_version.comment;
        m_comment->setPlainText(m_base);
    });
    auto *keys = new QShortcut(QKeySequence(u"Ctrl+Return"_s), m_comment);
    keys->setContext(Qt::WidgetShortcut);
    connect(keys, &QShortcut::activated, m_save, &QPushButton::click);
    m_save->setToolTip(tr("Save the comment (Ctrl+Return)"));
    m_save->setDefault(true);
    auto *unsaved = new QLabel(tr("Edited, not saved"), m_commentButtons);
    unsaved->setForegroundRole(QPalette::PlaceholderText);
    auto *buttons = new QHBoxLayout(m_commentButtons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->addWidget(m_save);
    buttons->addWidget(m_revert);
    buttons->addWidget(unsaved, 1);

    m_fileView->setRows(&m_files);
    m_fileView->horizontalHeader()->setStretchLastSection(false);
    for (const int column : {AssetTable::Step, AssetTable::Created}) // those of a version were logged together
        m_fileView->hideColumn(column);
    m_fileView->horizontalHeader()->setSectionResizeMode(AssetTable::Name, QHeaderView::Stretch);
    m_fileView->setMinimumHeight(84);
    connect(m_fileView, &QTableView::activated, this, &VersionPane::downloadFile);
    connect(m_fileView->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &current) { m_download->setEnabled(current.isValid()); });
    m_download->setIcon(theme::icon(u"download"_s));
    m_download->setAutoDefault(false);
    m_download->setEnabled(false);
    connect(m_download, &QPushButton::clicked, this, &VersionPane::downloadFile);
    m_noFiles->setWordWrap(true);
    m_noFiles->setText(tr("The server lists no files of this version."));

    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_source);
    head->addWidget(m_facts);
    m_statusLabel = caption(tr("Status"), m_status, this);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    grid->addWidget(caption(tr("Stages"), m_stages, this), 0, 0, Qt::AlignTop);
    grid->addWidget(m_stages, 0, 1);
    grid->addWidget(m_stageNote, 1, 1);
    grid->addWidget(m_statusLabel, 2, 0, Qt::AlignTop);
    grid->addWidget(m_status, 2, 1, Qt::AlignLeft);
    grid->addWidget(caption(tr("Comment"), m_comment, this), 3, 0, Qt::AlignTop);
    grid->addWidget(m_comment, 3, 1);
    grid->addWidget(m_commentNote, 4, 1);
    grid->addWidget(m_commentButtons, 5, 1);
    auto *files = new QHBoxLayout;
    files->addWidget(m_noFiles, 1);
    files->addStretch(0);
    files->addWidget(m_download);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 10);
    column->setSpacing(10);
    column->addLayout(head);
    column->addLayout(grid);
    column->addWidget(m_fileView, 1);
    column->addLayout(files);
    column->addStretch(0);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    showStatuses();
    m_commentButtons->hide();
}

void VersionPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    const QString text = m_source->text(); // its link keeps the colour that it was set in
    m_source->clear();
    m_source->setText(text);
}

void VersionPane::setVersion(const Session *session, const api::ModelVersion &version, const SourceExperiment &source)
{
    const bool isAnother = version.id != m_version.id;
    m_session = session;
    m_version = version;
    m_title->setText(tr("Version %1").arg(version.version));
    m_title->setAccessibleName(m_title->text());
    if (isAnother) {
        m_stageNote->clear();
        m_commentNote->clear();
        m_files.clear();
    }
    m_stages->setStages(version.stages);
    m_files.setAssets(version.assets);
    m_fileView->setVisible(!version.assets.empty());
    m_noFiles->setVisible(version.assets.empty());
    m_download->setVisible(!version.assets.empty());
    m_fileView->setColumnWidth(AssetTable::Type, 140);
    if (isAnother && !version.assets.empty())
        m_fileView->setCurrentRow(0);
    showSource(source);
    showStatuses();
    showDraft();
}

void VersionPane::showSource(const SourceExperiment &source)
{
    const QString key = m_version.experimentKey;
    if (key.isEmpty() || source.state == SourceExperiment::State::Gone) {
        m_source->setText(tr("Its experiment is not on the server any more"));
        m_source->setToolTip({});
        m_source->setAccessibleName(m_source->text());
    } else {
        const QString name = source.state == SourceExperiment::State::Known ? source.name : key.left(9);
        const QString shown = fontMetrics().elidedText(name, Qt::ElideMiddle, 260);
        m_source->setText(tr("from <a href=\"experiment\">%1</a>").arg(shown.toHtmlEscaped()));
        m_source->setToolTip(u"<qt>"_s + name.toHtmlEscaped() + u"<br>"_s + key.toHtmlEscaped());
        m_source->setAccessibleName(tr("Source experiment %1").arg(name));
    }
    const QString when = format::time(m_version.created, QDateTime::currentDateTime());
    m_facts->setText(m_version.user.isEmpty() ? when : tr("%1 by %2").arg(when, m_version.user));
    QStringList times{tr("Created %1").arg(format::timeFull(m_version.created))};
    if (m_version.updated > 0)
        times += tr("Changed %1").arg(format::timeFull(m_version.updated));
    m_facts->setToolTip(times.join(u'\n'));
}

void VersionPane::setChoices(const QStringList &stages, const QStringList &statuses)
{
    m_stages->setSuggestions(stages);
    m_statuses = statuses;
    showStatuses();
}

void VersionPane::showStatuses()
{
    const bool has = !m_statuses.isEmpty() || !m_version.status.isEmpty();
    m_statusLabel->setVisible(has);
    m_status->setVisible(has);
    QStringList shown = m_statuses;
    if (!shown.contains(m_version.status))
        shown.prepend(m_version.status); // what it has, allowed or not
    QStringList before;
    for (int i = 0; i < m_status->count(); ++i)
        before += m_status->itemText(i);
    if (before != shown) {
        m_status->clear();
        m_status->addItems(shown);
    }
    m_status->setCurrentText(m_version.status);
    m_status->setEnabled(m_readOnly.isEmpty() && !m_statuses.isEmpty());
}

void VersionPane::setReadOnly(const QString &reason)
{
    m_readOnly = reason;
    m_stages->setReadOnly(reason);
    m_comment->setReadOnly(!reason.isEmpty());
    m_comment->setToolTip(reason);
    m_status->setToolTip(reason);
    showStatuses();
}

void VersionPane::showDraft()
{
    QString wanted = m_comment->toPlainText();
    if (!m_draft.isOpenFor(m_session, subjectOf(m_version.id))) {
        const auto draft = m_draft.open(m_session, subjectOf(m_version.id));
        m_base = draft ? draft->base : m_version.comment;
        wanted = draft ? draft->text : m_base;
    } else if (wanted == m_base) { // nothing is being edited
        m_base = wanted = m_version.comment;
    }
    if (m_comment->toPlainText() != wanted)
        m_comment->setPlainText(wanted);
    commentChanged();
}

void VersionPane::commentChanged()
{
    const QString text = m_comment->toPlainText();
    const bool isEdited = text != m_version.comment;
    if (m_draft.isOpenFor(m_session, subjectOf(m_version.id)))
        m_draft.edited(isEdited ? m_base : text, text);
    if (!isEdited)
        m_commentNote->clear();
    m_commentButtons->setVisible(isEdited);
}

void VersionPane::commentSaved(const Session *session, const QString &id, const QString &comment)
{
    m_draft.forget(session, subjectOf(id), comment);
    if (id == m_version.id) {
        m_version.comment = m_base = comment;
        commentChanged();
    }
}

void VersionPane::commentChangedByOthers(const QString &comment)
{
    m_base = comment;
    commentChanged();
}

void VersionPane::clear()
{
    m_draft.close();
    m_version = {};
}

void VersionPane::focusStages()
{
    m_stages->focusField();
}

void VersionPane::focusComment()
{
    m_comment->setFocus(Qt::ShortcutFocusReason);
    m_comment->selectAll();
}

void VersionPane::showStageProblem(const QString &sentence)
{
    m_stageNote->say(InlineNote::Kind::Bad, sentence);
}

void VersionPane::showCommentProblem(const QString &sentence)
{
    m_commentNote->say(InlineNote::Kind::Bad, sentence);
}

bool VersionPane::hasFocusedFile() const
{
    return m_fileView->hasFocus();
}

void VersionPane::copyFile()
{
    m_fileView->copy();
}

void VersionPane::downloadFile()
{
    if (const int row = m_fileView->currentRow(); row >= 0)
        emit fileChosen(m_files.rows()[static_cast<std::size_t>(row)].id);
}
