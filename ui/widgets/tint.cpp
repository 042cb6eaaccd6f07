// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/tint.h"

#include <QEvent>
#include <QPalette>
#include <QWidget>

namespace theme {

namespace {

// Lives as long as the label, and follows its palette.
class Tint : public QObject
{
public:
    Tint(QWidget *label, QColor Tokens::*token)
        : QObject(label)
        , m_label(label)
    {
        setToken(token);
        label->installEventFilter(this);
    }

    void setToken(QColor Tokens::*token)
    {
        m_token = token;
        apply();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            apply();
        return QObject::eventFilter(watched, event);
    }

private:
    void apply()
    {
        const QColor colour = tokens(m_label->palette()).*m_token;
        if (m_label->palette().color(QPalette::WindowText) == colour)
            return;
        QPalette own; // the other roles stay those of the scheme
        own.setColor(QPalette::WindowText, colour);
        m_label->setPalette(own);
    }

    QWidget *m_label;
    QColor Tokens::*m_token = nullptr;
};

} // namespace

void tint(QWidget *label, QColor Tokens::*token)
{
    for (QObject *child : label->children()) {
        if (auto *tint = dynamic_cast<Tint *>(child)) {
            tint->setToken(token);
            return;
        }
    }
    new Tint(label, token);
}

} // namespace theme
