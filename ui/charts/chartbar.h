// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/panelsettings.h"

#include <QWidget>

#include <functional>

class FlowLayout;
class QComboBox;
class QDoubleSpinBox;
class QMenu;
class QSlider;
class QToolButton;

// How all charts of a page are drawn: axis, scales, smoothing, groups; every change shows at once. Beside them what is
// done with the panels. Owned by a ChartsPage.
class ChartBar : public QWidget
{
    Q_OBJECT
public:
    explicit ChartBar(QWidget *parent = nullptr);

    void setSettings(const ChartSettings &settings);
    const ChartSettings &settings() const { return m_settings; }
    void setMetrics(const QStringList &names); // that may be an x axis
    void setGroupings(const std::vector<Grouping> &choices); // source and name count
    void changeSmoothing(int by); // so many notches more
    void setCanUndo(bool canUndo, bool canRedo);
    void addWidget(QWidget *widget); // of the page, behind its own
    QMenu *layoutMenu() const { return m_layoutMenu; }
    QToolButton *addButton() const { return m_add; }

signals:
    void settingsChanged(const ChartSettings &settings); // by the person
    void resetRequested(); // the zoom
    void rangesToggled(bool selecting);
    void addRequested();
    void undoRequested();
    void redoRequested();

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *group(const QString &caption, std::initializer_list<QWidget *> widgets);
    QToolButton *toggle(const QString &text, const QString &icon, const QString &help);
    void connectSetting(QToolButton *button, bool ChartSettings::*setting);
    void makeAxis();
    void makeSmoothing();
    void makeGrouping();
    void makeTools();
    void fitHeight();
    void edit(const ChartSettings &settings);
    void chooseAxis(int index);
    void chooseGrouping(int index);
    void chooseAmount(const std::function<double(Smoothing::Kind)> &amount);

    ChartSettings m_settings;
    std::vector<XAxis> m_axes; // as listed
    std::vector<Grouping> m_groupings; // as listed
    FlowLayout *m_flow;
    QComboBox *m_axis;
    QToolButton *m_logarithmicX = nullptr;
    QToolButton *m_logarithmicY = nullptr;
    QComboBox *m_smoothing;
    QSlider *m_slider;
    QDoubleSpinBox *m_amount;
    QToolButton *m_raw = nullptr;
    QComboBox *m_grouping;
    QComboBox *m_centre;
    QComboBox *m_band;
    QToolButton *m_envelope = nullptr;
    QToolButton *m_ranges = nullptr;
    QToolButton *m_add = nullptr;
    QToolButton *m_undo = nullptr;
    QToolButton *m_redo = nullptr;
    QMenu *m_layoutMenu;
    bool m_isShowing = false; // what changes is not the person's doing
};
