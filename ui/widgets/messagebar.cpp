// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/messagebar.h"

#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_more(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setAccessibleName(tr("Message"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setText(u"✕"_s); // the icon theme's is red, which is for what is lost
    m_close->setAccessibleName(tr("Dismiss message"));
    m_close->setToolTip(tr("Dismiss"));
    m_action->setAutoDefault(false);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_more);
    row->addWidget(m_action);
    row->addWidget(m_close);
    setMinimumHeight(40);

    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_queue.empty())
            return;
        const std::function<void()> action = m_queue.front().action;
        dismiss();
        if (action)
            action();
    });
    hide();
    // Undo stays in the menu, so nothing is lost with the message.
    m_expiry.setSingleShot(true);
    m_expiry.setInterval(12'000);
    connect(&m_expiry, &QTimer::timeout, this, [this] {
        if (isWatched())
            m_expiry.start();
        else
            dismiss();
    });
}

bool MessageBar::isWatched() const
{
    return underMouse() || m_action->hasFocus() || m_close->hasFocus();
}

void MessageBar::post(Kind kind, const QString &text)
{
    post(kind, text, {}, nullptr, {});
}

void MessageBar::post(Kind kind, const QString &text, const QString &actionText, QObject *context,
    std::function<void()> action)
{
    std::erase_if(m_queue, [](const Message &message) { return message.kind == Kind::Success; });
    if (text.isEmpty())
        return;
    std::erase_if(m_queue, [&](const Message &message) { return message.text == text; });
    std::function<void()> guarded;
    if (context && action)
        guarded = [context = QPointer<QObject>(context), action = std::move(action)] {
            if (context)
                action();
        };
    m_queue.push_front({kind, text, guarded ? actionText : QString(), std::move(guarded)});
    showFirst();
}

void MessageBar::dismiss()
{
    if (!m_queue.empty())
        m_queue.pop_front();
    showFirst();
}

QString MessageBar::text() const
{
    return m_queue.empty() ? QString() : m_queue.front().text;
}

void MessageBar::showFirst()
{
    m_expiry.stop();
    if (!m_queue.empty() && m_queue.front().kind == Kind::Success)
        m_expiry.start();
    if (m_queue.empty()) {
        hide();
        return;
    }
    const Message &message = m_queue.front();
    static const char *const icons[]
        = {"documentinfo", "dialog-ok-apply", "data-warning", "data-error"};
    m_icon->setPixmap(theme::icon(QLatin1StringView(icons[static_cast<int>(message.kind)]))
                          .pixmap(QSize(16, 16), devicePixelRatioF()));
    m_text->setText(message.text);
    m_action->setText(message.actionText);
    m_action->setVisible(!message.actionText.isEmpty());
    const int more = waiting() - 1;
    m_more->setText(more > 0 ? tr("%n more", nullptr, more) : QString());
    m_more->setVisible(more > 0);
    setAccessibleDescription(message.text);
    show();
    update();
}

QColor MessageBar::colour(Kind kind) const
{
    const theme::Tokens &t = theme::tokens(palette());
    switch (kind) {
    case Kind::Information:
        return t.accent;
    case Kind::Success:
        return t.good;
    case Kind::Warning:
        return t.warn;
    case Kind::Error:
        return t.bad;
    }
    return t.accent;
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_queue.empty())
        showFirst();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    if (m_queue.empty())
        return;
    QPainter painter(this);
    const theme::Tokens &t = theme::tokens(palette());
    QColor tint = colour(m_queue.front().kind);
    painter.fillRect(rect(), t.base);
    tint.setAlphaF(0.12F);
    painter.fillRect(rect(), tint);
    painter.fillRect(QRect(0, 0, 3, height()), colour(m_queue.front().kind));
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
}
