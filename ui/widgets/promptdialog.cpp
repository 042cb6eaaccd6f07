// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/promptdialog.h"

#include "ui/widgets/tint.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

PromptDialog::PromptDialog(const Content &content, QWidget *parent)
    : QDialog(parent)
    , m_content(content)
    , m_field(new QLineEdit(content.text, this))
    , m_remark(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setWindowTitle(content.title);
    auto *label = new QLabel(content.label, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setBuddy(m_field);
    m_field->setAccessibleName(content.label);
    m_field->selectAll();
    m_remark->setTextFormat(Qt::PlainText);
    m_remark->setWordWrap(true);
    m_remark->setAccessibleName(tr("Remark"));
    QPushButton *verb = m_buttons->addButton(content.verb, QDialogButtonBox::AcceptRole);
    verb->setDefault(true);
    if (!content.completions.isEmpty()) {
        auto *completer = new QCompleter(content.completions, this);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        m_field->setCompleter(completer);
    }

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(label);
    column->addWidget(m_field);
    column->addWidget(m_remark);
    column->addStretch(1);
    column->addWidget(m_buttons);
    setMinimumWidth(420);

    connect(m_field, &QLineEdit::textChanged, this, &PromptDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

QString PromptDialog::text() const
{
    return m_field->text().trimmed();
}

void PromptDialog::check()
{
    const QString wanted = text();
    const QString problem = m_content.problem && !wanted.isEmpty() ? m_content.problem(wanted) : QString();
    const bool does = !wanted.isEmpty() && problem.isEmpty();
    QString remark = problem;
    if (does && m_content.remark)
        remark = m_content.remark(wanted);
    theme::tint(m_remark, problem.isEmpty() ? &theme::Tokens::secondary : &theme::Tokens::bad);
    m_remark->setText(remark);
    for (QAbstractButton *button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(does);
    }
}

PromptDialog *PromptDialog::ask(const Content &content, QWidget *parent, const QObject *context,
    std::function<void(const QString &text)> done)
{
    auto *dialog = new PromptDialog(content, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, context, [dialog, done = std::move(done)] { done(dialog->text()); });
    dialog->open();
    return dialog;
}
