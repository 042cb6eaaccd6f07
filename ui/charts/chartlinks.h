// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/xaxis.h"

#include <QObject>
#include <QPointer>

#include <optional>
#include <vector>

class ChartView;

// Charts that go together: those over the same x axis share its zoom and the cursor, all of them the run that is
// pointed at. Owned by the page or pane whose charts they are.
class ChartLinks : public QObject
{
    Q_OBJECT
public:
    explicit ChartLinks(QObject *parent = nullptr);

    void add(ChartView *view); // until it is destroyed; takes over the zoom that the others have
    void resetZoom();
    bool isZoomed() const;
    void setEmphasised(const QString &runKey); // by somebody who is no chart
    void setSelecting(bool selecting);

signals:
    void cursorMoved(ChartView *view, std::optional<double> x); // by the person, in this one
    void pointedAt(const QString &runKey);
    void zoomChanged();

private:
    struct Shared // what was zoomed to along x
    {
        XAxis axis;
        bool logarithmic = false;
        double x0 = 0;
        double x1 = 1;
    };

    template<class Act>
    void others(const ChartView *view, Act act);
    void takeOver(ChartView *view);

    std::vector<QPointer<ChartView>> m_views;
    std::vector<Shared> m_shared; // one for each axis
    bool m_isSelecting = false;
};
