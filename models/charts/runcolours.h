// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>

// The colour of every run that was ever charted: given once, in the order of asking, and kept, so that a
// run looks the same in every panel and after every change of the selection. An index, because the
// palette differs between light and dark. Owned by the page; main thread.
class RunColours
{
public:
    int colourOf(const QString &experimentKey);

private:
    QHash<QString, int> m_colours;
};
