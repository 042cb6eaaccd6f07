// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/textfilter.h"

#include "models/values/unicode.h"

void TextFilter::setText(const QString &text)
{
    const QString folded = unicode::folded(text);
    if (m_folded == folded)
        return;
    m_folded = folded;
    invalidateFilter();
}

bool TextFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_folded.isEmpty())
        return true;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
        if (unicode::hasFolded(sourceModel()->index(row, column, parent).data().toString(), m_folded))
            return true;
    }
    return false;
}
