// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/confirmdialog.h"

#include "ui/widgets/textlabel.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int widestVerb = 300; // of a button; the title says it in full

} // namespace

ConfirmDialog::ConfirmDialog(const Content &content, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(content.title);
    QLabel *title = headingLabel(content.title, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(title);
    column->addWidget(textLabel(content.sentence, this));
    if (content.names.size() > 1) {
        auto *list = new QListWidget(this);
        list->setAccessibleName(tr("What is meant"));
        list->addItems(content.names);
        list->setSelectionMode(QAbstractItemView::NoSelection);
        list->setMaximumHeight(140);
        list->setTextElideMode(Qt::ElideMiddle);
        column->addWidget(list);
    }

    auto *buttons = new QDialogButtonBox(this);
    QPushButton *cancel = buttons->addButton(QDialogButtonBox::Cancel);
    QPushButton *verb = buttons->addButton(
        fontMetrics().elidedText(content.verb, Qt::ElideMiddle, widestVerb), QDialogButtonBox::AcceptRole);
    verb->setAccessibleName(content.verb);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (content.isDestructive) {
        verb->setIcon(theme::icon(u"edit-delete"_s));
        verb->setAutoDefault(false);
        cancel->setDefault(true);
        cancel->setFocus();
    } else {
        verb->setDefault(true);
        verb->setFocus();
    }
    if (!content.typed.isEmpty()) {
        m_typed = new QLineEdit(this);
        auto *label = textLabel(tr("To go on, type %1").arg(content.typed), this);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setBuddy(m_typed);
        m_typed->setAccessibleName(label->text());
        column->addWidget(label);
        column->addWidget(m_typed);
        verb->setEnabled(false);
        connect(m_typed, &QLineEdit::textChanged, this,
            [verb, wanted = content.typed](const QString &text) { verb->setEnabled(text == wanted); });
        m_typed->setFocus();
    }
    column->addSpacing(6);
    column->addWidget(buttons);
    setMinimumWidth(440);
    setMaximumWidth(640);
}

ConfirmDialog *ConfirmDialog::ask(
    const Content &content, QWidget *parent, const QObject *context, std::function<void()> yes)
{
    auto *dialog = new ConfirmDialog(content, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, context, std::move(yes));
    dialog->open();
    return dialog;
}
