// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/comparison/comparisontables.h"
#include "models/query/expression.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>

class BarDelegate;
class EmptyState;
class ExperimentTable;
class ParallelPlot;
class ProjectLoader;
class QButtonGroup;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class RowTableView;
class ScatterPlot;
class Settings;

// The experiments that the table of a project shows, compared by their values: scatter plot, parallel coordinates,
// bars, and what each parameter has to do with a metric. Asks for nothing by itself: a column that the table lacks
// is added to it. Owned by ProjectPage.
class ComparisonPage : public QWidget
{
    Q_OBJECT
public:
    enum class Plot : quint8 { Scatter, Parallel, Bars, Importance };

    ComparisonPage(ExperimentTable &table, ProjectLoader &loader, Settings &settings, QWidget *parent);
    ~ComparisonPage() override;

    void setSubject(const QString &subject); // "lab/vision/cifar10", as layouts have it; empty: none
    void showPlot(Plot plot);
    Plot plot() const;
    ScatterPlot *scatter() const { return m_scatter; }
    ParallelPlot *parallel() const { return m_parallel; }
    RowTableView *bars() const { return m_bars; }
    RowTableView *importance() const { return m_importance; }

signals:
    void keepRequested(const query::Expression &expression); // only those, in the table
    void selectRequested(const QStringList &keys); // in the table
    void experimentActivated(const QString &key);

protected:
    void showEvent(QShowEvent *event) override;

private:
    // What is chosen in the bar; each as a column's id.
    enum Choice { X, Y, Colour, Bar, Metric, ChoiceCount };

    void makeBar();
    void makePlots();
    void makeFoot();
    QComboBox *makeChoice(Choice choice, const QString &title);
    void restore();
    void save();
    void fillChoices();
    QString firstChoice(Choice choice, const std::vector<TableColumn> &columns) const;
    void choose(Choice choice, const QString &id);
    void rebuild();
    void rebuildScatter();
    void rebuildParallel();
    void rebuildBars();
    void rebuildImportance();
    void addColumns(const std::vector<TableColumn> &wanted);
    void keepAxes();
    void addAxis(const QString &id);
    void addParameters();
    std::optional<PlotColumn> column(Choice choice) const;
    std::vector<TableColumn> axisColumns() const;
    std::vector<std::size_t> chosen() const;
    QStringList keysOf(const std::vector<std::size_t> &chosen) const;
    std::optional<query::Expression> chosenExpression(QString *reason) const;
    void showFoot();
    QString footText() const;

    ExperimentTable &m_table;
    ProjectLoader &m_loader;
    Settings &m_settings;
    QString m_subject;
    QTimer m_rebuild; // several answers in a moment are one change
    QTimer m_saving;
    std::map<Choice, QString> m_choices;
    bool m_isNew = false; // nobody has chosen anything for this project
    QStringList m_axes; // ids; empty: the columns of the table
    std::vector<std::size_t> m_experiments; // rows of the table, as the plots have them

    QButtonGroup *m_kinds;
    QHBoxLayout *m_bar;
    std::map<Choice, QWidget *> m_choiceBoxes; // with their titles
    std::map<Choice, QComboBox *> m_combos;
    QCheckBox *m_logarithmicX;
    QCheckBox *m_logarithmicY;
    QPushButton *m_axesButton;
    QPushButton *m_addParameters;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    ScatterPlot *m_scatter;
    ParallelPlot *m_parallel;
    BarTable m_barRows;
    RowTableView *m_bars;
    BarDelegate *m_barDelegate;
    ImportanceTable m_importanceRows;
    quint64 m_question = 0; // of importance: the last one counts
    RowTableView *m_importance;
    QLabel *m_status;
    QPushButton *m_clear;
    QPushButton *m_select;
    QPushButton *m_keep;
};
