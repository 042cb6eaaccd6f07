// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/result.h"
#include "ui/charts/chartview.h"

#include <QFrame>
#include <QTimer>

#include <optional>

class Badge;
class QAction;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

// One metric: title, how much of it is drawn, a menu, and the plot. Says what it lacks and why: loading,
// runs without the metric, values that can't be drawn, a failed request with Retry. Owned by a ChartPane.
class ChartPanel : public QFrame
{
    Q_OBJECT
public:
    // How far loading is; counts are of runs.
    struct Progress
    {
        int runs = 0;
        int waiting = 0;
        int sampled = 0;
        int complete = 0;
        QStringList absent; // names of the runs that don't have the metric
        std::optional<api::Error> error; // of the last request that failed, until Retry
    };

    explicit ChartPanel(const QString &metric, QWidget *parent = nullptr);

    const QString &metric() const { return m_metric; }
    ChartView *view() const { return m_view; }
    void setContent(std::vector<ChartLine> lines, const Progress &progress);
    QMenu *menu() const { return m_menu; }
    QString badgeText() const;
    QString message() const; // in place of the plot; empty while the plot is seen

    QImage picture(); // as on screen, with the title, antialiased
    void savePicture(const QString &path);
    void saveText(const QString &path);

signals:
    void retryRequested();
    void removeRequested();
    void moveRequested(int by);
    void failed(const QString &sentence); // saving

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makeHeader();
    void makeMenu();
    void makeMessage();
    void showBadges();
    void showMessage(const QString &text, bool canRetry);
    void elideTitle();
    void applyColours();
    void copyText();

    QString m_metric;
    Progress m_progress;
    QLabel *m_title;
    QLabel *m_scale;
    Badge *m_notFinite;
    Badge *m_absent;
    Badge *m_points;
    QPushButton *m_loadAll;
    QToolButton *m_menuButton;
    QMenu *m_menu;
    QAction *m_logarithmicAction;
    QStackedWidget *m_pages;
    ChartView *m_view;
    QWidget *m_messagePage;
    QLabel *m_message;
    QPushButton *m_retry;
    QTimer m_patience; // nothing is said about waiting before it is noticed
};
