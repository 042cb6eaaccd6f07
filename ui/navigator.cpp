// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/navigator.h"

#include <algorithm>

namespace {
constexpr std::size_t historyLength = 200;
}

void Navigator::go(const Place &place)
{
    if (place == current())
        return;
    m_places.resize(m_at + 1);
    m_places.push_back(place);
    if (m_places.size() > historyLength)
        m_places.erase(m_places.begin());
    moveTo(m_places.size() - 1);
}

void Navigator::back()
{
    if (canGoBack())
        moveTo(m_at - 1);
}

void Navigator::forward()
{
    if (canGoForward())
        moveTo(m_at + 1);
}

void Navigator::up()
{
    Place place = current();
    if (!place.model.isEmpty())
        place.model.clear();
    else if (place.registry)
        place.registry = false;
    else if (!place.experiment.isEmpty())
        place.experiment.clear();
    else if (!place.project.isEmpty())
        place.project.clear();
    else if (!place.workspace.isEmpty())
        place.workspace.clear();
    else
        place = {};
    go(place);
}

void Navigator::forget(const QString &server)
{
    rewrite([server](const Place &place) { return place.server == server ? Place() : place; });
}

void Navigator::moveProject(const Place &project, const Place &now)
{
    rewrite([project, now](const Place &place) {
        if (place.server != project.server || place.workspace != project.workspace || place.project != project.project)
            return place;
        if (now.project.isEmpty())
            return now;
        Place moved = place;
        moved.workspace = now.workspace;
        moved.project = now.project;
        return moved;
    });
}

void Navigator::move(const Place &before, const Place &now)
{
    rewrite([before, now](const Place &place) { return place == before ? now : place; });
}

// What becomes null is left out, what comes twice in a row is there once.
void Navigator::rewrite(const std::function<Place(const Place &place)> &now)
{
    const Place before = current();
    std::vector<Place> kept;
    std::size_t at = 0;
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const Place place = now(m_places[i]);
        const bool isGone = place.isNull() && !m_places[i].isNull();
        if (!isGone && (kept.empty() || kept.back() != place))
            kept.push_back(place);
        if (i <= m_at && !kept.empty())
            at = kept.size() - 1;
    }
    if (kept.empty())
        kept.push_back({});
    m_places = std::move(kept);
    m_at = std::min(at, m_places.size() - 1);
    if (current() != before)
        emit placeChanged(current());
}

std::vector<Place> Navigator::recent() const
{
    std::vector<Place> found;
    for (auto place = m_places.rbegin(); place != m_places.rend(); ++place) {
        if (!place->isNull() && *place != current()
            && std::find(found.begin(), found.end(), *place) == found.end())
            found.push_back(*place);
    }
    return found;
}

void Navigator::moveTo(std::size_t index)
{
    m_at = index;
    emit placeChanged(current());
}
