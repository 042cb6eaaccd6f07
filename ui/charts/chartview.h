// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartline.h"
#include "ui/charts/chartaxes.h"
#include "ui/charts/cursoritem.h"

#include <QChartView>
#include <QHash>

#include <memory>
#include <optional>

class LineItem;
class QRubberBand;

// The plot of one metric: QtCharts' axes, our lines, and what mouse and keyboard do with them. Wheel
// zooms about the pointer (Ctrl only along the steps, Shift only the values), a rectangle zooms in,
// the middle button, Ctrl or Space pan, double click or 0 shows everything again. Owned by a ChartPanel.
class ChartView : public QChartView
{
    Q_OBJECT
public:
    explicit ChartView(QWidget *parent = nullptr);
    ~ChartView() override;

    // Keeps zoom and cursor. metric is spoken and written, not drawn.
    void setLines(const QString &metric, std::vector<ChartLine> lines);
    const std::vector<ChartLine> &lines() const { return m_lines; }
    void setLogarithmic(bool logarithmic);
    bool isLogarithmic() const { return m_logarithmic; }

    const View &view() const { return m_view; }
    QRectF area() const { return m_area; } // of the plot, in widget coordinates
    void setView(const View &view); // as a person would: counts as zoomed
    void resetZoom();
    bool isZoomed() const { return m_isZoomed; }
    // Other panels' steps. Do not emit.
    void followSteps(double x0, double x1);
    void followReset();
    void followCursor(std::optional<double> step);

    QColor colourOf(const ChartedRun &run) const;
    const LineItem &lineItem() const { return *m_lineItem; }
    const CursorItem &cursor() const { return *m_cursor; }
    QString summary() const; // what the chart shows, in words

    const std::vector<SeriesPointer> &drawn() const { return m_drawn; }

signals:
    void drawnChanged(); // other lines, or others of their points
    void stepsChanged(double x0, double x1);
    void zoomReset();
    void cursorMoved(std::optional<double> step);
    void logarithmicChanged(bool logarithmic);

protected:
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    enum class Drag { None, Pan, Rectangle };

    void applyPalette();
    void prepareDrawn();
    void showDrawn();
    void showWhole();
    void applyView();
    void moveTo(const View &view);
    void zoomAround(QPointF position, double factorX, double factorY);
    void zoomInto(const QRectF &rectangle);
    void pan(double partX, double partY);
    void hover(QPointF position);
    void moveCursor(int points);
    void changeLine(int by);
    void showCursor(double step, std::optional<std::size_t> line, bool card, double pointerY);
    void hideCursor();
    void speakCursor();

    QString m_metric;
    std::vector<ChartLine> m_wanted; // drawn as soon as their logarithms are made
    std::vector<ChartLine> m_lines; // drawn now
    std::vector<SeriesPointer> m_drawn; // of each line: as logged, or its logarithm
    QHash<const Series *, SeriesPointer> m_logarithms; // of the lines' series
    bool m_logarithmic = false;
    bool m_drawnLogarithmic = false;
    quint64 m_preparation = 0;

    View m_view;
    bool m_isZoomed = false;
    QRectF m_area;
    ChartAxes m_axes;
    LineItem *m_lineItem;
    CursorItem *m_cursor;

    Drag m_drag = Drag::None;
    bool m_spaceHeld = false;
    QPointF m_dragStart;
    View m_dragView;
    QRubberBand *m_band;

    std::optional<double> m_cursorStep;
    std::optional<std::size_t> m_cursorLine; // that the keyboard or pointer is on
    bool m_cursorIsOwn = false; // not another panel's
    double m_pointerY = 0;
};
