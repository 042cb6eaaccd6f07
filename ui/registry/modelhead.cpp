// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registry/modelhead.h"

#include "models/values/format.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

ModelHead::ModelHead(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLabel(this))
    , m_visibility(new QLabel(this))
    , m_description(new QLabel(this))
    , m_facts(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    QFont font = m_name->font();
    font.setPointSizeF(font.pointSizeF() * 20 / 13);
    font.setWeight(QFont::DemiBold);
    m_name->setFont(font);
    for (QLabel *label : {m_name, m_visibility, m_description, m_facts}) {
        label->setTextFormat(Qt::PlainText);
        label->setMinimumWidth(1); // elided below
    }
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_description->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_visibility->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setForegroundRole(QPalette::PlaceholderText);

    m_buttons->setSpacing(4);
    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_name);
    top->addWidget(m_visibility, 1);
    top->addLayout(m_buttons);
    auto *below = new QHBoxLayout;
    below->setSpacing(16);
    below->addWidget(m_description, 1);
    below->addWidget(m_facts);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(4);
    column->addLayout(top);
    column->addLayout(below);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void ModelHead::setLoading(const QString &name)
{
    m_fullName = name;
    m_fullDescription.clear();
    m_visibility->clear();
    m_facts->clear();
    elide();
}

void ModelHead::setModel(const api::RegistryModel &model)
{
    m_fullName = model.name;
    m_fullDescription = model.description;
    m_visibility->setText(model.isPublic ? tr("Public") : tr("Private"));
    const auto versions = static_cast<int>(model.versions.size());
    QStringList facts{versions == 1 ? tr("1 version") : tr("%1 versions").arg(format::count(versions))};
    const QDateTime now = QDateTime::currentDateTime();
    if (model.created > 0) {
        const QString when = format::time(model.created, now);
        facts += model.user.isEmpty() ? tr("created %1").arg(when) : tr("created %1 by %2").arg(when, model.user);
    }
    if (model.updated > 0)
        facts += tr("changed %1").arg(format::time(model.updated, now));
    m_facts->setText(facts.join(u"  ·  "_s));
    m_facts->setToolTip(tr("Created %1\nChanged %2").arg(format::timeFull(model.created), format::timeFull(model.updated)));
    elide();
}

void ModelHead::addButtons(const QList<QAction *> &actions)
{
    for (QAction *action : actions) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(action->text());
        m_buttons->addWidget(button);
    }
}

void ModelHead::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    elide();
}

void ModelHead::elide()
{
    const int room = width() - m_buttons->sizeHint().width() - m_visibility->sizeHint().width() - 72;
    m_name->setText(m_name->fontMetrics().elidedText(m_fullName, Qt::ElideMiddle, qMax(80, room)));
    m_name->setToolTip(m_fullName);
    m_name->setAccessibleName(m_fullName);
    const int line = width() - m_facts->sizeHint().width() - 48;
    m_description->setText(
        fontMetrics().elidedText(m_fullDescription.simplified(), Qt::ElideRight, qMax(80, line)));
    m_description->setToolTip(u"<qt>"_s + m_fullDescription.toHtmlEscaped());
}
