// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/profile.h"

#include <QStringList>

#include <vector>

// What tells servers apart beside their names: the colours to choose from, and in words what a
// profile's colour and protection mean.
namespace profilemarks {

struct NamedColour
{
    QString value; // "#d64545", as Profile::colour
    QString name; // "Red"
};

// Each stands out on light and on dark ground.
std::vector<NamedColour> colours();
// The name of one of them, the value itself of another colour; empty where there is none, or no colour.
QString colourName(const QString &value);
// "Read only: nothing is changed there", "Marked red": one sentence each, none for a plain profile.
QStringList sentences(const Profile &profile);

} // namespace profilemarks
