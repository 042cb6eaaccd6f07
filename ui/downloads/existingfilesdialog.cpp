// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/downloads/existingfilesdialog.h"

#include "models/values/format.h"
#include "ui/widgets/textlabel.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using Answer = DownloadQuestion::Answer;

namespace {

constexpr qsizetype mostListed = 200;

// A word without a space can't be wrapped, and would make the dialog as wide as it is.
QString shortened(const QString &text)
{
    return text.size() > 80 ? text.left(40) + u'…' + text.right(39) : text;
}

} // namespace

ExistingFilesDialog::ExistingFilesDialog(const QString &title, const DownloadQuestion &question, QWidget *parent)
    : QDialog(parent)
{
    const qsizetype count = question.existing.size();
    setWindowTitle(tr("Existing Files"));
    QLabel *heading = headingLabel(count == 1 ? tr("Replace “%1”?").arg(shortened(question.existing.front()))
                                              : tr("Replace %1 files?").arg(format::count(count)),
        this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(heading);
    column->addWidget(textLabel(count == 1
            ? tr("A file of this name is in “%1” already, and “%2” brings another.").arg(shortened(question.folder), shortened(title))
            : tr("Files of these names are in “%1” already, and “%2” brings others.").arg(shortened(question.folder), shortened(title)),
        this));
    if (count > 1) {
        auto *list = new QListWidget(this);
        list->setAccessibleName(tr("Existing files"));
        list->addItems(question.existing.mid(0, mostListed));
        if (count > mostListed)
            list->addItem(tr("and %1 more").arg(format::count(count - mostListed)));
        list->setSelectionMode(QAbstractItemView::NoSelection);
        list->setTextElideMode(Qt::ElideMiddle);
        list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        list->setMaximumHeight(140);
        column->addWidget(list);
    }
    auto *buttons = new QDialogButtonBox(this);
    const auto add = [&](const QString &text, QDialogButtonBox::ButtonRole role, Answer answer) {
        QPushButton *button = buttons->addButton(text, role);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, answer] {
            m_answer = answer;
            accept();
        });
        return button;
    };
    connect(buttons->addButton(tr("Cancel Download"), QDialogButtonBox::RejectRole), &QPushButton::clicked, this,
        &QDialog::reject);
    add(tr("Replace"), QDialogButtonBox::DestructiveRole, Answer::Replace);
    if (question.hasOthers)
        add(tr("Add Only New Files"), QDialogButtonBox::ActionRole, Answer::Skip);
    QPushButton *both = add(tr("Keep Both"), QDialogButtonBox::AcceptRole, Answer::KeepBoth);
    both->setDefault(true);
    both->setFocus();
    column->addSpacing(6);
    column->addWidget(buttons);
    setMinimumWidth(480);
    setMaximumWidth(640);
}
