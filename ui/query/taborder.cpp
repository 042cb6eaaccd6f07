// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/taborder.h"

namespace {

bool isStop(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus);
}

} // namespace

bool taborder::advance(const QWidget *around, const QWidgetList &stops, bool next)
{
    QWidget *here = around->focusWidget();
    while (here && here != around && !stops.contains(here))
        here = here->parentWidget();
    const qsizetype at = stops.indexOf(here);
    if (at < 0)
        return false;
    const auto reason = next ? Qt::TabFocusReason : Qt::BacktabFocusReason;
    const qsizetype step = next ? 1 : -1;
    for (qsizetype i = at + step; i >= 0 && i < stops.size(); i += step) {
        if (isStop(stops[i])) {
            stops[i]->setFocus(reason);
            return true;
        }
    }
    QWidget *out = here;
    do
        out = next ? out->nextInFocusChain() : out->previousInFocusChain();
    while (out != here && (around->isAncestorOf(out) || !isStop(out)));
    if (out != here)
        out->setFocus(reason);
    return out != here;
}
