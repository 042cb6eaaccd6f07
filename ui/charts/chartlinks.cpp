// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/chartlinks.h"

#include "ui/charts/chartview.h"

#include <algorithm>

ChartLinks::ChartLinks(QObject *parent)
    : QObject(parent)
{
}

template<class Act>
void ChartLinks::others(const ChartView *view, Act act)
{
    for (const QPointer<ChartView> &other : m_views) {
        if (other && other != view)
            act(other.data());
    }
}

void ChartLinks::add(ChartView *view)
{
    std::erase_if(m_views, [](const QPointer<ChartView> &one) { return !one; });
    m_views.push_back(view);
    view->setSelecting(m_isSelecting);
    connect(view, &ChartView::xChanged, this, [this, view](double x0, double x1) {
        const PanelQuestion &question = view->content().question();
        const Shared shared{question.xAxis, question.logarithmicX, x0, x1};
        std::erase_if(m_shared, [&](const Shared &one) {
            return one.axis == shared.axis && one.logarithmic == shared.logarithmic;
        });
        m_shared.push_back(shared);
        others(view, [&](ChartView *other) {
            if (other->hasAxisOf(*view))
                other->followX(x0, x1);
        });
        emit zoomChanged();
    });
    connect(view, &ChartView::zoomReset, this, [this, view] {
        m_shared.clear();
        others(view, [](ChartView *other) { other->followReset(); });
        emit zoomChanged();
    });
    connect(view, &ChartView::cursorMoved, this, [this, view](std::optional<double> x) {
        others(view, [&](ChartView *other) { other->followCursor(other->hasAxisOf(*view) ? x : std::nullopt); });
        emit cursorMoved(view, x);
    });
    connect(view, &ChartView::pointedAt, this, [this, view](const QString &runKey) {
        others(view, [&](ChartView *other) { other->setEmphasised(runKey); });
        emit pointedAt(runKey);
    });
    connect(view, &ChartView::drawnChanged, this, [this, view] { takeOver(view); });
}

// A chart that came later, or that went to another axis.
void ChartLinks::takeOver(ChartView *view)
{
    if (view->isZoomed() || view->lines().empty())
        return;
    const PanelQuestion &question = view->content().question();
    for (const Shared &shared : m_shared) {
        if (shared.axis == question.xAxis && shared.logarithmic == question.logarithmicX)
            view->followX(shared.x0, shared.x1);
    }
}

void ChartLinks::resetZoom()
{
    m_shared.clear();
    others(nullptr, [](ChartView *view) { view->followReset(); });
    emit zoomChanged();
}

bool ChartLinks::isZoomed() const
{
    return std::any_of(m_views.cbegin(), m_views.cend(),
        [](const QPointer<ChartView> &view) { return view && view->isZoomed(); });
}

void ChartLinks::setEmphasised(const QString &runKey)
{
    others(nullptr, [&](ChartView *view) { view->setEmphasised(runKey); });
}

void ChartLinks::setSelecting(bool selecting)
{
    m_isSelecting = selecting;
    others(nullptr, [&](ChartView *view) { view->setSelecting(selecting); });
}
