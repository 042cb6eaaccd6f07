// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLineEdit>

// A line to filter what is beside it: glass, placeholder, clear button, Esc empties it. Down and Return
// hand the focus on (left()). Owned by the panel it stands in.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    // The placeholder is its accessible name as well.
    explicit SearchField(const QString &placeholder, QWidget *parent = nullptr);

signals:
    void left(); // the person goes on to the results

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QAction *m_glass;
};
