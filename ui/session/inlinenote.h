// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;

// A line of small print under a field: a hint, or how it went, with the colour and sign of it. Takes no
// room while it is empty.
class InlineNote : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { Hint, Good, Warning, Bad };

    explicit InlineNote(QWidget *parent = nullptr);

    void say(Kind kind, const QString &text); // plain text
    void clear();
    QString text() const;
    Kind kind() const { return m_kind; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColours();

    Kind m_kind = Kind::Hint;
    QLabel *m_sign;
    QLabel *m_text;
};
