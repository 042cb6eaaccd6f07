// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registry/modeldialog.h"

#include "ui/session/inlinenote.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

ModelDialog::ModelDialog(Changes &changes, Session *session, const QString &workspace,
    const api::RegistryModel &model, QWidget *parent)
    : QDialog(parent)
    , m_changes(changes)
    , m_session(session)
    , m_workspace(workspace)
    , m_id(model.id)
    , m_before{model.name, model.description, model.isPublic}
    , m_name(new QLineEdit(model.name, this))
    , m_nameNote(new InlineNote(this))
    , m_description(new QPlainTextEdit(model.description, this))
    , m_public(new QCheckBox(tr("Everybody may see it"), this))
    , m_outcome(new InlineNote(this))
{
    setWindowTitle(tr("Settings of %1").arg(fontMetrics().elidedText(model.name, Qt::ElideMiddle, 320)));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(90);
    m_public->setChecked(model.isPublic);
    auto *form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Name"), m_name);
    form->addRow({}, m_nameNote);
    form->addRow(tr("&Description"), m_description);
    form->addRow(tr("Visibility"), m_public);
    form->addRow({}, m_outcome);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save Changes"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &ModelDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(16);
    column->addLayout(form);
    column->addStretch(1);
    column->addWidget(buttons);
    resize(480, sizeHint().height());
    connect(m_name, &QLineEdit::textChanged, this, &ModelDialog::check);
    connect(m_description, &QPlainTextEdit::textChanged, this, &ModelDialog::check);
    connect(m_public, &QCheckBox::toggled, this, &ModelDialog::check);
    check();
}

steps::Properties ModelDialog::wanted() const
{
    const QString typed = m_name->text();
    return {typed == m_before.name ? typed : steps::normalisedModelName(typed), m_description->toPlainText(),
        m_public->isChecked()};
}

void ModelDialog::check()
{
    const steps::Properties after = wanted();
    m_outcome->clear();
    if (after.name.isEmpty())
        m_nameNote->say(InlineNote::Kind::Bad, tr("A name needs a letter or a digit."));
    else if (after.name != m_name->text())
        m_nameNote->say(InlineNote::Kind::Hint, tr("It will be called “%1”.").arg(after.name));
    else
        m_nameNote->clear();
    const bool isDifferent = after.name != m_before.name || after.description != m_before.description
        || after.isPublic != m_before.isPublic;
    m_save->setEnabled(!after.name.isEmpty() && isDifferent);
}

void ModelDialog::save()
{
    if (!m_session)
        return;
    m_save->setEnabled(false);
    ChangeRun *run = m_changes.run(m_session, steps::updateModel(m_id, m_workspace, m_before, wanted()));
    run->keepFailures();
    connect(run, &ChangeRun::finished, this, [this](const Outcome &outcome) {
        if (!outcome.done.empty()) {
            accept();
            return;
        }
        m_save->setEnabled(true);
        if (!outcome.failed.empty())
            m_outcome->say(InlineNote::Kind::Bad, outcome.failed.front().reason);
    });
}
