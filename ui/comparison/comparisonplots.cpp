// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a ComparisonPage fills its plots, and what becomes of what is chosen in them.
#include "models/api/background.h"
#include "models/browse/projectloader.h"
#include "models/comparison/brushed.h"
#include "models/comparison/plotscale.h"
#include "models/query/variables.h"
#include "models/values/format.h"
#include "ui/comparison/bardelegate.h"
#include "ui/comparison/comparisonpage.h"
#include "ui/comparison/parallelplot.h"
#include "ui/comparison/scatterplot.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/rowtableview.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSet>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace {
constexpr std::size_t firstAxes = 7; // of the table's columns, until a person chooses
constexpr int strengthWidth = 320; // pixels
} // namespace

// A column that the table lacks is added to it, so that its values are loaded as all are.
void ComparisonPage::addColumns(const std::vector<TableColumn> &wanted)
{
    std::vector<TableColumn> columns = m_table.columns();
    for (const TableColumn &column : wanted) {
        if (!column.isFixed() && m_table.indexOf(column) < 0)
            columns.push_back(column);
    }
    if (columns.size() > m_table.columns().size())
        m_loader.showColumns(columns);
}

void ComparisonPage::choose(Choice choice, const QString &id)
{
    m_choices[choice] = id;
    m_saving.start();
    if (const auto column = TableColumn::fromId(id))
        addColumns({*column});
    rebuild();
}

// From now on the axes are what a person chose, whatever the table shows.
void ComparisonPage::keepAxes()
{
    if (!m_axes.isEmpty())
        return;
    for (const TableColumn &axis : axisColumns())
        m_axes += axis.id();
}

void ComparisonPage::addAxis(const QString &id)
{
    keepAxes();
    if (m_axes.contains(id))
        m_axes.removeAll(id);
    else
        m_axes += id;
    m_saving.start();
    addColumns(axisColumns());
    rebuild();
}

void ComparisonPage::addParameters()
{
    std::vector<TableColumn> parameters = m_loader.choices();
    std::erase_if(parameters,
        [](const TableColumn &column) { return column.source != TableColumn::Source::Parameter; });
    addColumns(parameters);
    rebuild();
}

std::optional<PlotColumn> ComparisonPage::column(Choice choice) const
{
    const auto found = m_choices.find(choice);
    const auto column = found == m_choices.end() ? std::nullopt : TableColumn::fromId(found->second);
    return column ? std::optional(plotColumn(m_table, *column, m_experiments)) : std::nullopt;
}

std::vector<TableColumn> ComparisonPage::axisColumns() const
{
    std::vector<TableColumn> axes;
    for (const QString &id : m_axes) {
        if (const auto column = TableColumn::fromId(id))
            axes.push_back(*column);
    }
    if (!m_axes.isEmpty())
        return axes;
    // Parameters to metrics, as people read it.
    for (const bool metrics : {false, true}) {
        for (const TableColumn &column : plotColumns(m_table)) {
            if (!column.isFixed() && column.isMetric() == metrics)
                axes.push_back(column);
        }
    }
    if (axes.size() > firstAxes)
        axes.erase(axes.begin() + firstAxes / 2 + 1, axes.end() - (firstAxes - firstAxes / 2 - 1));
    return axes;
}

void ComparisonPage::rebuild()
{
    m_rebuild.stop();
    if (!isVisible())
        return;
    const QStringList chosenKeys = keysOf(m_scatter->chosen());
    m_experiments = shownExperiments(m_table);
    fillChoices();
    const Plot now = plot();
    const auto seen = [](QWidget *widget, bool isSeen) { widget->setVisible(isSeen); };
    for (const auto &[choice, combo] : m_combos) {
        const bool isSeen = choice == Bar ? now == Plot::Bars
            : choice == Metric            ? now == Plot::Importance
            : choice == Colour            ? now == Plot::Scatter || now == Plot::Parallel
                                          : now == Plot::Scatter;
        seen(combo, isSeen);
        seen(m_choiceBoxes[choice], isSeen);
    }
    seen(m_logarithmicX, now == Plot::Scatter);
    seen(m_logarithmicY, now == Plot::Scatter);
    seen(m_axesButton, now == Plot::Parallel);
    m_addParameters->hide();
    if (m_experiments.empty() || plotColumns(m_table).empty()) {
        m_empty->setContent(u"office-chart-scatter"_s, tr("Nothing to Compare"),
            m_table.experimentCount() > 0 ? tr("The table shows no experiments: clear its filter or query.")
                                          : tr("This project has no experiments here yet."));
        m_pages->setCurrentWidget(m_empty);
        showFoot();
        return;
    }
    switch (now) {
    case Plot::Scatter:
        rebuildScatter();
        break;
    case Plot::Parallel:
        rebuildParallel();
        break;
    case Plot::Bars:
        rebuildBars();
        break;
    case Plot::Importance:
        rebuildImportance();
    }
    m_pages->setCurrentIndex(m_kinds->checkedId());
    if (now == Plot::Scatter && !chosenKeys.isEmpty()) {
        const QSet<QString> wanted(chosenKeys.cbegin(), chosenKeys.cend());
        std::vector<std::size_t> again;
        for (std::size_t i = 0; i < m_experiments.size(); ++i) {
            if (wanted.contains(m_table.experiments().keys.at(m_experiments[i])))
                again.push_back(i);
        }
        m_scatter->choose(again);
    }
    showFoot();
}

void ComparisonPage::rebuildScatter()
{
    const auto x = column(X);
    const auto y = column(Y);
    if (!x || !y)
        return;
    if (m_isNew && x->notLoaded + y->notLoaded == 0) {
        m_isNew = false;
        const QSignalBlocker blockers[]{QSignalBlocker(m_logarithmicX), QSignalBlocker(m_logarithmicY)};
        m_logarithmicX->setChecked(PlotScale::isWide(*x));
        m_logarithmicY->setChecked(PlotScale::isWide(*y));
    }
    m_logarithmicX->setEnabled(x->isPositive());
    m_logarithmicY->setEnabled(y->isPositive());
    QStringList names;
    for (const std::size_t experiment : m_experiments)
        names += m_table.displayName(experiment);
    m_scatter->setContent(
        {*x, *y, column(Colour), names, m_logarithmicX->isChecked(), m_logarithmicY->isChecked()});
}

void ComparisonPage::rebuildParallel()
{
    ParallelPlot::Content content;
    for (const TableColumn &axis : axisColumns())
        content.axes.push_back(plotColumn(m_table, axis, m_experiments));
    content.colour = column(Colour);
    for (const std::size_t experiment : m_experiments)
        content.names += m_table.displayName(experiment);
    m_parallel->setContent(std::move(content));
}

void ComparisonPage::rebuildBars()
{
    const auto values = column(Bar);
    if (!values)
        return;
    std::vector<BarRow> rows;
    for (std::size_t i = 0; i < m_experiments.size(); ++i) {
        if (std::isfinite(values->values[i])) {
            rows.push_back({m_table.experiments().keys.at(m_experiments[i]), m_table.displayName(m_experiments[i]),
                values->values[i], values->text(values->values[i])});
        }
    }
    const PlotColumn::Range range = values->range();
    m_barDelegate->setRange(range.low, range.high);
    m_barRows.setRows(std::move(rows));
    m_bars->fitColumns();
}

void ComparisonPage::rebuildImportance()
{
    const auto metric = column(Metric);
    if (!metric)
        return;
    std::vector<LoadedParameter> parameters;
    for (const TableColumn &column : m_table.columns()) {
        const ValueColumn *values = m_table.values(column);
        if (column.source == TableColumn::Source::Parameter && values)
            parameters.push_back({column.name, *values});
    }
    const std::vector<TableColumn> choices = m_loader.choices();
    const auto others = std::count_if(choices.cbegin(), choices.cend(), [this](const TableColumn &column) {
        return column.source == TableColumn::Source::Parameter && m_table.indexOf(column) < 0;
    });
    m_addParameters->setVisible(others > 0);
    m_addParameters->setText(others == 1 ? tr("Add the Other Parameter") : tr("Add the Other %1 Parameters").arg(others));
    runInBackground(this,
        [parameters, experiments = m_experiments, values = metric->values] {
            return importancesOf(parameters, experiments, values);
        },
        [this, question = ++m_question](const std::vector<ParameterImportance> &importances) {
            if (question != m_question)
                return;
            m_importanceRows.setRows(importances);
            m_importance->fitColumns();
            m_importance->setColumnWidth(ImportanceTable::Strength, strengthWidth);
        });
}

std::vector<std::size_t> ComparisonPage::chosen() const
{
    if (plot() == Plot::Scatter)
        return m_scatter->chosen();
    if (plot() == Plot::Parallel && !m_parallel->brushes().empty())
        return m_parallel->kept();
    return {};
}

QStringList ComparisonPage::keysOf(const std::vector<std::size_t> &chosen) const
{
    QStringList keys;
    for (const std::size_t index : chosen) {
        if (index < m_experiments.size() && m_experiments[index] < m_table.experimentCount())
            keys += m_table.experiments().keys.at(m_experiments[index]);
    }
    return keys;
}

// The ranges that were dragged, as a query.
std::optional<query::Expression> ComparisonPage::chosenExpression(QString *reason) const
{
    std::vector<std::pair<const PlotColumn *, PlotColumn::Range>> ranges;
    if (plot() == Plot::Scatter && !m_scatter->chosenX().isEmpty()) {
        ranges = {{&m_scatter->content().x, m_scatter->chosenX()}, {&m_scatter->content().y, m_scatter->chosenY()}};
    } else if (plot() == Plot::Parallel) {
        for (const ParallelPlot::Brush &brush : m_parallel->brushes())
            ranges.push_back({&m_parallel->content().axes[brush.axis], brush.range});
    }
    const query::Variables variables(m_loader.available());
    QList<query::Expression> all;
    for (const auto &[column, range] : ranges) {
        const auto part = brushed(*column, range, variables);
        if (!part) {
            if (reason)
                *reason = tr("The server can’t be asked for a range of %1").arg(column->title);
            return std::nullopt;
        }
        all += *part;
    }
    if (all.isEmpty()) {
        if (reason)
            *reason = tr("Drag over the plot to choose a range");
        return std::nullopt;
    }
    return query::Expression::all(all);
}

void ComparisonPage::showFoot()
{
    const std::size_t count = chosen().size();
    const bool isChoosing = plot() == Plot::Scatter || plot() == Plot::Parallel;
    const QString number = format::count(static_cast<qint64>(count));
    QString reason;
    const bool canKeep = count > 0 && chosenExpression(&reason).has_value();
    m_status->setText(footText());
    m_clear->setVisible(isChoosing && (count > 0 || !m_parallel->brushes().empty()));
    m_select->setVisible(isChoosing && count > 0);
    m_select->setText(count == 1 ? tr("Select It in the Table") : tr("Select %1 in the Table").arg(number));
    m_keep->setVisible(isChoosing && count > 0);
    m_keep->setEnabled(canKeep);
    m_keep->setText(count == 1 ? tr("Keep Only It") : tr("Keep Only These %1").arg(number));
    m_keep->setToolTip(canKeep ? tr("As a query over the table") : reason);
}

QString ComparisonPage::footText() const
{
    if (m_pages->currentWidget() == m_empty)
        return {};
    const auto shown = [](std::size_t number) { return format::count(static_cast<qint64>(number)); };
    const std::size_t all = m_experiments.size();
    const auto ofAll = [&](std::size_t some) {
        return some == all ? tr("All %1 experiments").arg(shown(all)) : tr("%1 of %2 experiments").arg(shown(some), shown(all));
    };
    const auto loading = [](const PlotColumn &column) { return column.notLoaded; };
    std::size_t awaited = 0;
    QString text;
    switch (plot()) {
    case Plot::Scatter:
        text = tr("%1 have both values.").arg(ofAll(m_scatter->drawn()));
        awaited = std::max(loading(m_scatter->content().x), loading(m_scatter->content().y));
        if (!m_scatter->chosen().empty())
            text += u' ' + tr("%1 chosen.").arg(shown(m_scatter->chosen().size()));
        break;
    case Plot::Parallel:
        text = m_parallel->brushes().empty()
            ? tr("%1 are drawn. Drag along an axis to choose a range.").arg(ofAll(all))
            : tr("%1 lie in the ranges.").arg(ofAll(m_parallel->kept().size()));
        for (const PlotColumn &axis : m_parallel->content().axes)
            awaited = std::max(awaited, loading(axis));
        break;
    case Plot::Bars:
        text = tr("%1 have this value.").arg(ofAll(m_barRows.rows().size()));
        break;
    case Plot::Importance:
        text = tr("Spearman’s rank correlation of numbers, correlation ratio of texts, over %1 experiments of the table.")
                   .arg(shown(all));
    }
    if (awaited > 0)
        text += u' ' + tr("Values of %1 are still being loaded.").arg(shown(awaited));
    return text;
}
