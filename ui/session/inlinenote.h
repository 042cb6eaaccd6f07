// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

// A line of small print under a field: a hint, or how it went, with the colour and sign of it. Takes no
// room while it is empty. Paints itself: wrapped labels make a form guess its height.
class InlineNote : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { Hint, Good, Warning, Bad };

    explicit InlineNote(QWidget *parent = nullptr);

    void say(Kind kind, const QString &text); // plain text
    void clear();
    const QString &text() const { return m_text; }
    Kind kind() const { return m_kind; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QRect textRect() const;
    void fit(); // as high as the words need at this width

    Kind m_kind = Kind::Hint;
    QString m_text;
};
