// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/project/projectform.h"

#include "models/values/format.h"
#include "ui/session/inlinenote.h"

#include <QButtonGroup>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace {

constexpr qsizetype longestName = 100; // letters, as the server counts them

} // namespace

ProjectForm::ProjectForm(QWidget *parent)
    : QWidget(parent)
    , m_fields(new QFormLayout(this))
    , m_name(new QLineEdit(this))
    , m_nameNote(new InlineNote(this))
    , m_description(new QPlainTextEdit(this))
    , m_visibility(new QButtonGroup(this))
    , m_outcome(new InlineNote(this))
{
    m_name->setAccessibleName(tr("Name"));
    m_description->setAccessibleName(tr("Description"));
    m_description->setTabChangesFocus(true);
    m_description->setPlaceholderText(tr("Optional"));
    m_description->setFixedHeight(84);
    auto *privately = new QRadioButton(tr("Pri&vate: the members of the workspace"), this);
    auto *publicly = new QRadioButton(tr("P&ublic: everybody who can reach the server"), this);
    privately->setChecked(true);
    m_visibility->addButton(privately, 0);
    m_visibility->addButton(publicly, 1);
    auto *ways = new QVBoxLayout;
    ways->setContentsMargins(0, 5, 0, 0); // on the line of its label
    ways->setSpacing(6);
    ways->addWidget(privately);
    ways->addWidget(publicly);

    m_fields->setContentsMargins(0, 0, 0, 0);
    m_fields->setLabelAlignment(Qt::AlignRight);
    m_fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_fields->setHorizontalSpacing(12);
    m_fields->setVerticalSpacing(10);
    m_fields->addRow(tr("&Name"), m_name);
    m_fields->addRow({}, m_nameNote);
    m_fields->addRow(tr("&Description"), m_description);
    m_fields->addRow(tr("Seen by"), ways);
    m_fields->addRow({}, m_outcome);

    const auto touch = [this] {
        m_isTouched = true;
        m_outcome->clear();
        check();
        emit edited();
    };
    connect(m_name, &QLineEdit::textEdited, this, touch);
    connect(m_description, &QPlainTextEdit::textChanged, this, touch);
    connect(m_visibility, &QButtonGroup::idClicked, this, touch);
    check();
}

void ProjectForm::setProperties(const steps::Properties &properties)
{
    const QSignalBlocker quiet(m_description);
    m_name->setText(properties.name);
    m_name->setCursorPosition(0);
    m_description->setPlainText(properties.description);
    m_visibility->button(properties.isPublic ? 1 : 0)->setChecked(true);
    m_isTouched = false;
    check();
}

steps::Properties ProjectForm::properties() const
{
    return {m_name->text().trimmed(), m_description->toPlainText(), m_visibility->checkedId() == 1};
}

void ProjectForm::setTaken(const QStringList &names)
{
    m_taken = names;
    check();
    emit edited();
}

void ProjectForm::setReadOnly(const QString &reason)
{
    for (QWidget *field : {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_description),
             static_cast<QWidget *>(m_visibility->button(0)), static_cast<QWidget *>(m_visibility->button(1))}) {
        field->setEnabled(reason.isEmpty());
        field->setToolTip(reason);
    }
    if (!reason.isEmpty())
        m_outcome->say(InlineNote::Kind::Hint, reason);
}

void ProjectForm::alignLabels(const QFormLayout &other, QWidget *field)
{
    auto *label = qobject_cast<QLabel *>(m_fields->labelForField(m_description));
    label->setAlignment(Qt::AlignRight | Qt::AlignTop);
    label->setMinimumWidth(other.labelForField(field)->sizeHint().width());
}

void ProjectForm::say(bool isGood, const QString &sentence)
{
    m_outcome->say(isGood ? InlineNote::Kind::Good : InlineNote::Kind::Bad, sentence);
}

void ProjectForm::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

void ProjectForm::check()
{
    const QString name = properties().name;
    const qsizetype length = name.toUcs4().size();
    QString problem;
    if (name.isEmpty())
        problem = m_isTouched ? tr("A project needs a name.") : QString();
    else if (length > longestName)
        problem = tr("A name has at most %1 letters; this one has %2.")
                      .arg(format::count(longestName), format::count(length));
    else if (m_taken.contains(name))
        problem = tr("The workspace already has a project of this name.");
    m_isAcceptable = !name.isEmpty() && problem.isEmpty();
    m_nameNote->say(InlineNote::Kind::Bad, problem);
}
