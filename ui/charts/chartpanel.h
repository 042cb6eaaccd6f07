// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/panelfeed.h"
#include "ui/charts/chartview.h"

#include <QFrame>
#include <QTimer>

class Badge;
class QAction;
class LegendRow;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;
class RangeTable;

// One panel: title, how much of it is drawn, a menu, and the plot. Says what it lacks and why: loading,
// runs without the metric, values that can't be drawn, a failed request with Retry. Makes its content by a feed of
// its own. Owned by a ChartPane or a ChartGrid.
class ChartPanel : public QFrame
{
    Q_OBJECT
public:
    // A page's can be moved, resized, enlarged and set up.
    enum class Place { Pane, Page, Window };

    ChartPanel(const ChartLoader &loader, Place place, QWidget *parent = nullptr);

    void setPanel(const PanelSettings &panel, const ChartSettings &page);
    const PanelSettings &panel() const { return m_feed.panel(); }
    PanelFeed &feed() { return m_feed; }
    ChartView *view() const { return m_view; }
    QMenu *menu() const { return m_menu; }
    QString badgeText() const;
    QString message() const; // in place of the plot; empty while the plot is seen
    QString note() const; // beside the title: how it is drawn
    void setFullSize(bool isFullSize);

    QImage picture(); // as on screen, with the title, antialiased

signals:
    void retryRequested();
    void removeRequested();
    void moveRequested(int by);
    void changeRequested(const PanelSettings &panel);
    void settingsRequested();
    void metricsRequested(); // others to be drawn beside
    void fullSizeRequested();
    void windowRequested();
    void exportRequested();
    void tableRequested();
    void resizeRequested(QSize size); // dragged at its corner
    void dragged(QPoint global); // by its title
    void dropped(QPoint global);
    void queryRequested(const QString &metric, double low, double high);
    void smoothingRequested(int by);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override; // what the plot leaves

private:
    void makeHeader();
    void makeMenu();
    void addPageActions();
    void makeMessage();
    void connectView();
    void showContent();
    void showProgress();
    void showPage();
    void showMessage(const QString &text, bool canRetry);
    void showNotFinite();
    void showLegend();
    void fitHeader();
    void applyColours();
    void copyText();
    void toggle(std::optional<bool> PanelSettings::*setting, bool now);
    bool filterHeader(QEvent *event);
    bool filterGrip(QEvent *event);

    Place m_place;
    PanelFeed m_feed;
    QWidget *m_header;
    QLabel *m_title;
    QLabel *m_note;
    Badge *m_notFinite;
    Badge *m_absent;
    Badge *m_points;
    QPushButton *m_loadAll;
    QToolButton *m_sizeButton;
    QToolButton *m_menuButton;
    QMenu *m_menu;
    QAction *m_logarithmicYAction = nullptr;
    QAction *m_logarithmicXAction = nullptr;
    LegendRow *m_legend;
    QStackedWidget *m_pages;
    ChartView *m_view;
    RangeTable *m_rangeTable;
    QWidget *m_messagePage;
    QLabel *m_message;
    QPushButton *m_retry;
    QWidget *m_grip;
    QTimer m_patience; // nothing is said about waiting before it is noticed
    std::optional<QPoint> m_press; // on the title or the grip
    bool m_isDragged = false;
};
