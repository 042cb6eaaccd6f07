// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartline.h"
#include "ui/charts/chartaxes.h"
#include "ui/charts/chartcontent.h"
#include "ui/charts/cursoritem.h"

#include <QChartView>

#include <optional>

class LineItem;
class MarksItem;
class QRubberBand;

// The plot of one panel: QtCharts' axes, our lines, and what mouse and keyboard do with them. Wheel
// zooms about the pointer (Ctrl only along x, Shift only the values), a rectangle zooms in, with Shift it selects
// a range, the middle button, Ctrl or Space pan, double click or 0 shows everything again. Positions along x are
// given in its own units, also where it is drawn by its logarithm. Owned by a ChartPanel.
class ChartView : public QChartView
{
    Q_OBJECT
public:
    struct Range
    {
        double x1 = 0; // not above x2
        double x2 = 0;
        bool operator==(const Range &) const = default;
    };

    explicit ChartView(QWidget *parent = nullptr);
    ~ChartView() override;

    // Keeps zoom and cursor where the axes stay the same.
    void setContent(const ChartContent &content);
    const ChartContent &content() const { return m_content; }
    // The lines that are read, not those that lie faint behind them; a group is a line with its name and no key.
    const std::vector<ChartLine> &lines() const { return m_lines; }
    const std::vector<SeriesPointer> &drawn() const { return m_drawn; } // of each of them
    Qt::PenStyle styleOf(std::size_t line) const { return m_styles[line]; }
    QColor colourOf(const ChartedRun &run) const;
    QStringList runsOf(std::size_t line) const; // keys: the line's run, or the members of its group

    const View &view() const { return m_view; } // in units of the drawing
    QRectF area() const { return m_area; } // of the plot, in widget coordinates
    void setView(const View &view); // as a person would: counts as zoomed
    void resetZoom();
    bool isZoomed() const { return m_isZoomed; }
    // Other panels' x. Do not emit.
    void followX(double x0, double x1);
    void followReset();
    void followCursor(std::optional<double> x);
    bool hasAxisOf(const ChartView &other) const; // whose x can be followed
    // The lines of a run stand out, the others step back; an empty key ends it.
    void setEmphasised(const QString &runKey);
    const QString &emphasised() const { return m_emphasised; }

    void setSelecting(bool selecting) { m_isSelecting = selecting; } // ranges without Shift
    void selectRange(std::optional<Range> range);
    const std::optional<Range> &range() const { return m_range; }

    const LineItem &lineItem() const { return *m_lineItem; }
    const CursorItem &cursor() const { return *m_cursor; }
    std::optional<double> cursorX() const { return m_cursorX; }
    QString summary() const; // what the chart shows, in words
    QString xText(double x) const; // the x of a point, every digit
    QString placeText(double x) const; // any place on the axis

signals:
    void drawnChanged(); // other lines, or others of their points
    void xChanged(double x0, double x1);
    void zoomReset();
    void cursorMoved(std::optional<double> x);
    void pointedAt(const QString &runKey); // empty: at none
    void rangeSelected(); // or none any more
    void logarithmicYRequested(bool logarithmic);
    void logarithmicXRequested(bool logarithmic);
    void fullSizeRequested();
    void smoothingRequested(int by); // so many notches more

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
    enum class Drag { None, Pan, Rectangle, Range };

    void applyPalette();
    void takeLines();
    void draw();
    void showWhole();
    void applyView();
    void moveTo(const View &view);
    void zoomAround(QPointF position, double factorX, double factorY);
    void zoomInto(const QRectF &rectangle);
    void pan(double partX, double partY);
    void hover(QPointF position);
    void moveCursor(int points);
    void changeLine(int by);
    void showCursor(double x, std::optional<std::size_t> line, bool card, double pointerY);
    static QString bandText(const PanelLine &line, std::size_t point);
    CursorItem::Row cursorRow(const Reading &reading, double x) const;
    QString whereLogged(const Reading &reading) const;
    void pointAt(std::optional<std::size_t> line);
    void hideCursor();
    void speakCursor();
    void showMarks();
    void markRange();
    double toDrawn(double x) const;
    double fromDrawn(double x) const;
    double xAt(QPointF position) const;

    ChartContent m_content;
    std::vector<ChartLine> m_lines; // exact
    std::vector<SeriesPointer> m_drawn; // of each: in units of the drawing
    std::vector<const PanelLine *> m_sources; // of each
    std::vector<Qt::PenStyle> m_styles; // of each
    std::size_t m_faintLines = 0; // that are drawn before them

    View m_view;
    bool m_isZoomed = false;
    QRectF m_area;
    ChartAxes m_axes;
    LineItem *m_lineItem;
    MarksItem *m_marks;
    CursorItem *m_cursor;

    Drag m_drag = Drag::None;
    bool m_spaceHeld = false;
    bool m_isSelecting = false;
    bool m_isDragged = false; // further than a click
    QPointF m_dragStart;
    double m_dragStartX = 0;
    View m_dragView;
    QRubberBand *m_band;

    std::optional<double> m_cursorX;
    std::optional<std::size_t> m_cursorLine; // that the keyboard or pointer is on
    bool m_cursorIsOwn = false; // not another panel's
    double m_pointerY = 0;
    QString m_emphasised;
    std::optional<Range> m_range;
    std::optional<double> m_rangeStart; // marked by key, its end is awaited
};
