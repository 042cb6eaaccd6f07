// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/experiment/experimentvalues.h"

#include <QStringListModel>
#include <QWidget>

#include <array>

class ChartPane;
class EmptyState;
class ExperimentHeader;
class QListWidget;
class QSplitter;
class QStackedWidget;
class ValuesView;

// What one experiment logged: a header, a list of sections, and the section chosen. The section stays
// when another experiment is opened. Owned by PageStack.
class ExperimentPage : public QWidget
{
    Q_OBJECT
public:
    explicit ExperimentPage(QWidget *parent = nullptr);

    void setExperiment(Session *session, const QString &key);
    void refresh();
    void focusFilter();
    void copy();
    Session *session() const { return m_values.session(); }
    ExperimentValues &values() { return m_values; }
    ChartPane *chart() const { return m_chart; }
    void showSection(ExperimentValues::Part part);

signals:
    void named(const QString &key, const QString &name);
    void message(const QString &sentence);
    void refreshFailed(const QString &sentence);
    void assetsChosen(const std::vector<api::Asset> &assets); // to be downloaded

private:
    struct Section
    {
        ExperimentValues::Part part;
        const char *title;
        const char *icon;
        const char *nothing; // the sentence where it is empty
    };
    static const std::array<Section, ExperimentValues::partCount> sections;

    ValuesView *addSection(const Section &section, QAbstractItemModel *model, const QString &filterHint);
    void showPart(ExperimentValues::Part part);
    void showCounts();
    void chartSelection();
    void setChartedRun();
    ValuesView *currentView() const;

    ExperimentValues m_values;
    QStringListModel m_tagNames;
    ExperimentHeader *m_header;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QSplitter *m_metricsPage;
    ChartPane *m_chart;
    EmptyState *m_failed;
    QStackedWidget *m_body;
    std::array<ValuesView *, ExperimentValues::partCount> m_views{};
    QString m_chartedKey;
};
