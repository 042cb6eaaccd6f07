// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QTimer>

#include <deque>
#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

// The bar above the page for what happened and can't be shown where it happened. The newest message is
// seen, so that an old error never hides what has happened since; those before it wait below until they are
// dismissed, and the bar says how many they are. Owned by the window.
class MessageBar : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Information, Success, Warning, Error };

    explicit MessageBar(QWidget *parent = nullptr);

    // A text that already waits comes to the front instead of twice. A success gives way to whatever comes after it,
    // and goes by itself after a while.
    void post(Kind kind, const QString &text);
    // The action's button also dismisses the message. It is not run after its context has died.
    void post(Kind kind, const QString &text, const QString &actionText, QObject *context,
        std::function<void()> action);
    void dismiss();

    QString text() const; // of the message seen; empty while hidden
    int waiting() const { return static_cast<int>(m_queue.size()); }

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Message
    {
        Kind kind;
        QString text;
        QString actionText;
        std::function<void()> action;
    };
    void showFirst();
    bool isWatched() const;
    QColor colour(Kind kind) const;

    std::deque<Message> m_queue;
    QTimer m_expiry;
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_more;
    QPushButton *m_action;
    QToolButton *m_close;
};
