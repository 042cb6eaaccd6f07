// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/profilemarks.h"

#include <QColor>
#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace profilemarks {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("profilemarks", text);
}

} // namespace

std::vector<NamedColour> colours()
{
    return {{u"#d64545"_s, tr("Red")}, {u"#cf6a12"_s, tr("Orange")}, {u"#a58200"_s, tr("Yellow")},
        {u"#2c9151"_s, tr("Green")}, {u"#0f8f96"_s, tr("Teal")}, {u"#3b82e0"_s, tr("Blue")},
        {u"#9461dc"_s, tr("Purple")}, {u"#d64d93"_s, tr("Pink")}};
}

QString colourName(const QString &value)
{
    const std::vector<NamedColour> known = colours();
    const auto found = std::ranges::find(known, value, &NamedColour::value);
    if (found != known.end())
        return found->name;
    return QColor(value).isValid() ? value : QString(); // one written into the settings by hand
}

QStringList sentences(const Profile &profile)
{
    QStringList all;
    if (profile.isReadOnly)
        all << tr("Read only: nothing is changed there");
    else if (profile.asksBeforeWriting)
        all << tr("Asks before every change");
    if (const QString name = colourName(profile.colour); !name.isEmpty())
        all << tr("Marked %1").arg(name.toLower());
    return all;
}

} // namespace profilemarks
