// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/navigatorfilter.h"

#include "models/browse/workspacetree.h"
#include "models/values/unicode.h"

using Kind = WorkspaceTree::Kind;

NavigatorFilter::NavigatorFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setAutoAcceptChildRows(true);
}

void NavigatorFilter::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    invalidateFilter();
}

bool NavigatorFilter::hasChildren(const QModelIndex &parent) const
{
    // A node that is not loaded yet has none, but can be opened.
    return m_text.isEmpty() && sourceModel() ? sourceModel()->hasChildren(mapToSource(parent))
                                             : QSortFilterProxyModel::hasChildren(parent);
}

bool NavigatorFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_text.isEmpty())
        return true;
    const QString wanted = unicode::folded(m_text);
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    switch (index.data(WorkspaceTree::KindRole).value<Kind>()) {
    case Kind::Server:
        return unicode::hasFolded(index.data().toString(), wanted)
            || unicode::hasFolded(index.data(WorkspaceTree::DetailRole).toString(), wanted);
    case Kind::Query:
    case Kind::Registry:
        return unicode::hasFolded(index.data().toString(), wanted);
    case Kind::Workspace:
    case Kind::Project:
    case Kind::Model: {
        // "vision/cif" finds a project by its path.
        const Place place = index.data(WorkspaceTree::PlaceRole).value<Place>();
        const QString name = place.registry ? place.model : place.project;
        const QString path = name.isEmpty() ? place.workspace : place.workspace + QLatin1Char('/') + name;
        return unicode::hasFolded(m_text.contains(QLatin1Char('/')) ? path : index.data().toString(), wanted);
    }
    default:
        return false; // these come and go with what they belong to
    }
}
