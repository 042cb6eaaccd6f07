// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QStringList>

class QLineEdit;

// Asks for the name and the value of an other (PROTOCOL 4b, log-other). Owned by the window.
class OtherDialog : public QDialog
{
    Q_OBJECT
public:
    // subjects: "“run-7”" or "12 experiments".
    OtherDialog(const QString &subjects, const QStringList &knownNames, QWidget *parent);

    QString name() const;
    QString value() const;

private:
    QLineEdit *m_name;
    QLineEdit *m_value;
};
