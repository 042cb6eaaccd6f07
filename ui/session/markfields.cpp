// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/markfields.h"

#include "models/session/profilemarks.h"
#include "ui/widgets/swatch.h"

#include <QCheckBox>
#include <QComboBox>
#include <QVBoxLayout>

MarkFields::MarkFields(QWidget *parent)
    : QWidget(parent)
    , m_colour(new QComboBox(this))
    , m_readOnly(new QCheckBox(tr("&Read only: nothing is changed there"), this))
    , m_asks(new QCheckBox(tr("Ask before every chan&ge"), this))
{
    m_colour->setToolTip(tr("Marks the server in the navigator and along the top of the window"));
    m_colour->addItem(swatch({}, palette()), tr("None"), QString());
    for (const profilemarks::NamedColour &colour : profilemarks::colours())
        m_colour->addItem(swatch(QColor(colour.value), palette()), colour.name, colour.value);
    connect(m_readOnly, &QCheckBox::toggled, m_asks, &QWidget::setDisabled); // there will be no change

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_readOnly);
    column->addWidget(m_asks);
}

void MarkFields::setProfile(const Profile &profile)
{
    m_readOnly->setChecked(profile.isReadOnly);
    m_asks->setChecked(profile.asksBeforeWriting);
    chooseColour(profile.colour);
}

void MarkFields::applyTo(Profile &profile) const
{
    profile.isReadOnly = m_readOnly->isChecked();
    profile.asksBeforeWriting = m_asks->isChecked();
    profile.colour = m_colour->currentData().toString();
}

void MarkFields::chooseColour(const QString &colour)
{
    int row = m_colour->findData(colour);
    if (const QString name = profilemarks::colourName(colour); row < 0 && !name.isEmpty()) {
        row = m_colour->count();
        m_colour->addItem(swatch(QColor(colour), palette()), name, colour);
    }
    m_colour->setCurrentIndex(qMax(0, row));
}
