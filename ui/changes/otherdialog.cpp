// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/changes/otherdialog.h"

#include "ui/widgets/theme.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

OtherDialog::OtherDialog(const QString &subjects, const QStringList &knownNames, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(this))
    , m_value(new QLineEdit(this))
{
    setWindowTitle(tr("Log Other Value"));
    auto *head = new QLabel(tr("For %1. A value that is there already is replaced.").arg(subjects), this);
    head->setTextFormat(Qt::PlainText);
    head->setWordWrap(true);
    auto *completer = new QCompleter(knownNames, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_name->setCompleter(completer);
    m_name->setAccessibleName(tr("Name"));
    m_value->setAccessibleName(tr("Value"));
    auto *problem = new QLabel(this);
    problem->setWordWrap(true);
    QPalette red = palette();
    red.setColor(QPalette::WindowText, theme::tokens(red).bad);
    problem->setPalette(red);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *verb = buttons->addButton(tr("Log Value"), QDialogButtonBox::AcceptRole);
    verb->setDefault(true);
    verb->setEnabled(false);
    connect(m_name, &QLineEdit::textChanged, this, [this, verb, problem] {
        // The server takes this one for the experiment's name.
        const bool isName = name() == "Name"_L1;
        problem->setText(isName ? tr("“Name” is what the experiment is called: use Rename.") : QString());
        verb->setEnabled(!name().isEmpty() && !isName);
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *form = new QFormLayout;
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Value"), m_value);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(head);
    column->addLayout(form);
    column->addWidget(problem);
    column->addWidget(buttons);
    setMinimumWidth(420);
}

QString OtherDialog::name() const
{
    return m_name->text().trimmed();
}

QString OtherDialog::value() const
{
    return m_value->text();
}
