// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

// What an empty, loading or failed place shows instead of content: a picture, what happened, what to do
// next, and the buttons that do it. Owned by the page whose place it takes.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    // A new subject; removes the buttons of the one before. The icon's name may be empty.
    void setContent(const QString &iconName, const QString &title, const QString &sentence);
    // The first is the primary one. Connect its clicked().
    QPushButton *addButton(const QString &text);

    QString title() const;
    QString sentence() const;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showIcon();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_sentence;
    QHBoxLayout *m_buttons;
};
