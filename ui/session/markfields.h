// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/profile.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

// How a server is told from the others and what may be changed there: the part of ConnectDialog that
// is not about the connection. The box of colours stands in a row of its own.
class MarkFields : public QWidget
{
    Q_OBJECT
public:
    explicit MarkFields(QWidget *parent = nullptr);

    QComboBox *colourBox() const { return m_colour; } // to be placed by the form
    void setProfile(const Profile &profile);
    void applyTo(Profile &profile) const;

private:
    void chooseColour(const QString &colour);

    QComboBox *m_colour;
    QCheckBox *m_readOnly;
    QCheckBox *m_asks;
};
