// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartlayout.h"

#include <QHash>
#include <QScrollArea>

class ChartLoader;
class ChartPanel;
class QToolButton;

// The panels of a charts page in their sections, in cells of a grid that scrolls. Panels are made when they come near
// the view, and the farthest go when there are many. Shows a layout and says what the person wants of it; the page
// changes the layout. Owned by a ChartsPage.
class ChartGrid : public QScrollArea
{
    Q_OBJECT
public:
    explicit ChartGrid(const ChartLoader &loader, QWidget *parent = nullptr);
    ~ChartGrid() override;

    void setCharts(const ChartLayout &layout);
    void setSearch(const QString &text); // only panels with it in title or metrics, also of folded sections
    int matching() const { return static_cast<int>(m_order.size()); } // panels that are seen when scrolled to
    void showFullSize(int panelId); // alone; 0: all again
    int fullSize() const { return m_fullSize; }

    ChartPanel *panel(int id) const; // nullptr where it isn't made
    std::vector<ChartPanel *> panels() const; // that are made, in order
    std::vector<ChartPanel *> visiblePanels() const; // those on screen first, then those near it

signals:
    void panelMade(ChartPanel *panel);
    void visibleChanged(); // panels came into view, or left
    void foldRequested(const QString &section, bool isFolded);
    void moveRequested(int panelId, std::size_t before, const QString &section); // see ChartLayout::moved()
    void sizeRequested(int panelId, int columns, int height);
    void fullSizeChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Slot
    {
        std::size_t index = 0; // in the layout
        QRect place; // on the canvas; null where it is not shown
        ChartPanel *panel = nullptr;
    };
    struct Target
    {
        std::size_t before = 0;
        QString section;
        QRect mark;
    };

    void arrange();
    int arrangeSection(const ChartLayout::Section &section, int top);
    void placeHeader(const ChartLayout::Section &section, int top);
    void showPanels();
    void dropFarPanels(const QRect &seen);
    ChartPanel *makePanel(int id);
    bool matches(const PanelSettings &panel) const;
    std::optional<Target> targetAt(QPoint canvasPoint) const;
    int columnsFitting() const;
    int cellWidth() const;
    void resizePanel(int id, QSize size);
    void dragTo(QPoint global);
    void drop(int id, QPoint global);

    const ChartLoader &m_loader;
    ChartLayout m_layout;
    QString m_search;
    QHash<int, Slot> m_slots; // by id of the panel
    std::vector<int> m_order; // ids of those with a place
    QHash<QString, QToolButton *> m_headers; // by name of the section
    int m_fullSize = 0;
    QWidget *m_canvas;
    QWidget *m_mark; // where a dragged panel would go
    bool m_isArranging = false;
};
