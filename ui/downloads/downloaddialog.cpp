// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/downloads/downloaddialog.h"

#include "models/api/background.h"
#include "models/session/settings.h"
#include "models/values/format.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileSystemModel>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

DownloadDialog::DownloadDialog(const Content &content, Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_content(content)
    , m_settings(settings)
    , m_choices(new QComboBox(this))
    , m_folder(new QLineEdit(this))
    , m_expand(new QCheckBox(tr("&Expand the zip into the folder"), this))
    , m_ownFolder(new QCheckBox(this))
    , m_note(new InlineNote(this))
{
    setWindowTitle(content.title);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_download = buttons->addButton(tr("Download"), QDialogButtonBox::AcceptRole);
    m_download->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (isZip(choice().source)) {
        QPushButton *copy = buttons->addButton(tr("Copy as Python"), QDialogButtonBox::ResetRole);
        copy->setIcon(theme::icon(u"edit-copy"_s));
        copy->setAutoDefault(false);
        connect(copy, &QPushButton::clicked, this, [this] {
            QGuiApplication::clipboard()->setText(pythonText(choice().source, folder(), m_expand->isChecked()));
        });
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(16);
    column->addLayout(buildForm());
    column->addStretch(1);
    column->addWidget(buttons);
    setMinimumWidth(520);
    check();
    m_download->setFocus();
}

QFormLayout *DownloadDialog::buildForm()
{
    auto *form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    auto *subject = new QLabel(this);
    subject->setTextFormat(Qt::PlainText);
    QFont font = subject->font();
    font.setWeight(QFont::DemiBold);
    subject->setFont(font);
    subject->setText(QFontMetrics(font).elidedText(m_content.subject, Qt::ElideMiddle, 380));
    subject->setToolTip(m_content.subject);
    form->addRow(m_content.subjectLabel, subject);
    for (const Choice &choice : m_content.choices) {
        m_choices->addItem(choice.size < 0 ? choice.text : tr("%1 – %2").arg(choice.text, format::bytes(choice.size)));
        m_choices->setItemData(m_choices->count() - 1, choice.text, Qt::ToolTipRole);
    }
    m_choices->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choices->setCurrentIndex(m_content.chosen);
    m_choices->setEnabled(m_content.choices.size() > 1);
    m_choices->setAccessibleName(m_content.label);
    connect(m_choices, &QComboBox::currentIndexChanged, this, &DownloadDialog::check);
    m_choices->setVisible(!m_content.label.isEmpty());
    if (!m_content.label.isEmpty())
        form->addRow(m_content.label, m_choices);

    QString start = m_settings.downloadFolder.value();
    if (start.isEmpty())
        start = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    m_folder->setText(QDir::toNativeSeparators(start));
    m_folder->setAccessibleName(tr("Folder"));
    auto *completer = new QCompleter(m_folder);
    auto *folders = new QFileSystemModel(completer);
    folders->setFilter(QDir::Dirs | QDir::NoDotAndDotDot);
    folders->setRootPath({});
    completer->setModel(folders);
    m_folder->setCompleter(completer);
    connect(m_folder, &QLineEdit::textChanged, this, &DownloadDialog::check);
    auto *choose = new QPushButton(tr("C&hoose…"), this);
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &DownloadDialog::chooseFolder);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_folder, 1);
    row->addWidget(choose);
    form->addRow(tr("To &folder"), row);
    static_cast<QLabel *>(form->labelForField(row))->setBuddy(m_folder);

    const bool isZip = ::isZip(choice().source);
    m_expand->setChecked(isZip && m_settings.downloadExpands.value());
    m_ownFolder->setChecked(m_settings.downloadInOwnFolder.value());
    for (QCheckBox *box : {m_expand, m_ownFolder}) {
        connect(box, &QCheckBox::toggled, this, &DownloadDialog::check);
        box->setVisible(isZip);
        if (isZip)
            form->addRow({}, box);
    }
    form->addRow({}, m_note);
    return form;
}

const DownloadDialog::Choice &DownloadDialog::choice() const
{
    const int index = std::max(0, m_choices->count() > 0 ? m_choices->currentIndex() : m_content.chosen);
    return m_content.choices[static_cast<std::size_t>(index)];
}

QString DownloadDialog::baseFolder() const
{
    QString typed = QDir::fromNativeSeparators(m_folder->text().trimmed());
    if (typed == u"~"_s || typed.startsWith(u"~/"_s))
        typed.replace(0, 1, QDir::homePath());
    return QDir::isAbsolutePath(typed) ? QDir::cleanPath(typed) : QString();
}

QString DownloadDialog::folder() const
{
    const bool isOwn = m_expand->isChecked() && m_ownFolder->isChecked();
    return isOwn ? QDir(baseFolder()).filePath(downloadFolderName(choice().source)) : baseFolder();
}

qint64 DownloadDialog::size() const
{
    if (!m_content.label.isEmpty())
        return choice().size;
    qint64 sum = 0;
    for (const Choice &each : m_content.choices) {
        if (each.size < 0)
            return -1;
        sum += each.size;
    }
    return sum;
}

std::vector<DownloadRequest> DownloadDialog::requests() const
{
    const auto request = [this](const Choice &choice) {
        return DownloadRequest{choice.title, choice.source, folder(), m_expand->isChecked()};
    };
    if (!m_content.label.isEmpty())
        return {request(choice())};
    std::vector<DownloadRequest> requests;
    for (const Choice &each : m_content.choices)
        requests.push_back(request(each));
    return requests;
}

void DownloadDialog::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder for Downloads"), baseFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString &folder) { m_folder->setText(QDir::toNativeSeparators(folder)); });
    dialog->open();
}

// The disk may take its time, so Download can't be chosen until it has answered.
void DownloadDialog::check()
{
    m_ownFolder->setEnabled(m_expand->isChecked());
    const QString name = fontMetrics().elidedText(downloadFolderName(choice().source), Qt::ElideMiddle, 220);
    m_ownFolder->setText(tr("In a folder of its &own: “%1”").arg(QString(name).replace(u'&', u"&&"_s)));
    m_download->setEnabled(false);
    const int look = ++m_looked;
    if (baseFolder().isEmpty()) {
        showDestination({tr("Choose a folder by its whole path."), false, -1});
        return;
    }
    runOnDisk(this, [folder = folder()] { return lookAt(folder); },
        [this, look](const Destination &destination) {
            if (look == m_looked)
                showDestination(destination);
        });
}

void DownloadDialog::showDestination(const Destination &destination)
{
    const qint64 size = this->size();
    const bool fits = size < 0 || destination.available < 0 || size <= destination.available;
    m_download->setEnabled(destination.problem.isEmpty() && fits);
    const QString room = destination.available < 0 ? QString()
                                                   : tr("%1 are free.").arg(format::bytes(destination.available));
    if (!destination.problem.isEmpty()) {
        m_note->say(InlineNote::Kind::Bad, destination.problem);
    } else if (!fits) {
        m_note->say(InlineNote::Kind::Bad, tr("%1 are needed and only %2").arg(format::bytes(size), room));
    } else {
        const QString what = size < 0 ? tr("The size shows when the download begins.")
                                      : tr("%1 in all.").arg(format::bytes(size));
        m_note->say(size < 0 ? InlineNote::Kind::Hint : InlineNote::Kind::Good,
            tr("%1 %2 Existing files are never replaced without a question.").arg(what, room));
    }
}

void DownloadDialog::done(int result)
{
    if (result == QDialog::Accepted) {
        m_settings.downloadFolder.set(baseFolder());
        if (isZip(choice().source)) {
            m_settings.downloadExpands.set(m_expand->isChecked());
            m_settings.downloadInOwnFolder.set(m_ownFolder->isChecked());
        }
    }
    QDialog::done(result);
}
