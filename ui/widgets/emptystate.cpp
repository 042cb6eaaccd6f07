// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/emptystate.h"

#include "ui/widgets/theme.h"
#include "ui/widgets/tint.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {
constexpr int iconSize = 32;
constexpr int margin = 24;
constexpr int spacing = 8;
constexpr int lowest = 200; // lower than this the words come first
constexpr int sentenceWidth = 420; // longer lines are hard to read
} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    m_title->setFont(theme::headingFont(m_title->font()));
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_icon->setAlignment(Qt::AlignCenter);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_sentence->setWordWrap(true);
    theme::tint(m_sentence, &theme::Tokens::secondary);
    for (QLabel *label : {m_title, m_sentence})
        label->setTextFormat(Qt::PlainText); // names and messages come from servers
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_buttons->setSpacing(8);
    m_buttons->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(spacing);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addSpacing(4);
    column->addLayout(m_buttons);
    column->addStretch(3);
}

void EmptyState::setContent(const QString &iconName, const QString &title, const QString &sentence)
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        if (QWidget *button = item->widget()) {
            button->hide();
            button->deleteLater(); // it may be the one that was just clicked
        }
        delete item;
    }
    m_iconName = iconName;
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    showIcon();
}

QPushButton *EmptyState::addButton(const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(true);
    button->setDefault(m_buttons->count() == 0);
    m_buttons->addWidget(button);
    return button;
}

QString EmptyState::title() const
{
    return m_title->text();
}

QString EmptyState::sentence() const
{
    return m_sentence->text();
}

void EmptyState::showIcon()
{
    const QIcon icon = m_iconName.isEmpty() ? QIcon() : theme::icon(m_iconName);
    m_icon->setVisible(!icon.isNull() && height() >= lowest);
    m_icon->setPixmap(icon.pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
}

void EmptyState::resizeEvent(QResizeEvent *event)
{
    const int side = std::max(margin, (width() - sentenceWidth) / 2);
    const bool isLow = height() < lowest;
    const int above = isLow ? 4 : margin;
    layout()->setContentsMargins(side, above, side, above);
    layout()->setSpacing(isLow ? 2 : spacing);
    showIcon();
    QWidget::resizeEvent(event);
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    showIcon();
}
