// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/comparisonpage.h"

#include "models/browse/projectloader.h"
#include "models/session/settings.h"
#include "ui/comparison/bardelegate.h"
#include "ui/comparison/parallelplot.h"
#include "ui/comparison/scatterplot.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/rowtableview.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int rebuildMilliseconds = 60;
constexpr int saveMilliseconds = 500;
constexpr int widestChoice = 260; // pixels
constexpr auto layoutKind = "comparison"_L1;
constexpr auto none = "-"_L1; // no column

} // namespace

ComparisonPage::ComparisonPage(ExperimentTable &table, ProjectLoader &loader, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_table(table)
    , m_loader(loader)
    , m_settings(settings)
    , m_kinds(new QButtonGroup(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_scatter(new ScatterPlot(this))
    , m_parallel(new ParallelPlot(this))
    , m_bars(new RowTableView(tr("Values of the experiments"), this))
    , m_barDelegate(new BarDelegate(m_bars))
    , m_importance(new RowTableView(tr("Parameters and what they have to do with the metric"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeBar();
    makePlots();
    column->addWidget(m_pages, 1);
    makeFoot();

    m_rebuild.setSingleShot(true);
    m_rebuild.setInterval(rebuildMilliseconds);
    connect(&m_rebuild, &QTimer::timeout, this, &ComparisonPage::rebuild);
    m_saving.setSingleShot(true);
    m_saving.setInterval(saveMilliseconds);
    connect(&m_saving, &QTimer::timeout, this, &ComparisonPage::save);
    const auto again = [this] {
        if (isVisible() && !m_rebuild.isActive())
            m_rebuild.start();
    };
    connect(&table, &ExperimentTable::arranged, this, again);
    connect(&table, &ExperimentTable::columnsChanged, this, again);
    connect(&table, &QAbstractItemModel::dataChanged, this, again);
    connect(&loader, &ProjectLoader::stateChanged, this, again);
    connect(&loader, &ProjectLoader::availableChanged, this, again);
}

ComparisonPage::~ComparisonPage()
{
    if (m_saving.isActive())
        save();
}

void ComparisonPage::makePlots()
{
    m_bars->setRows(&m_barRows);
    m_bars->sortByColumn(BarTable::Value, Qt::DescendingOrder);
    m_bars->setItemDelegateForColumn(BarTable::Value, m_barDelegate);
    connect(m_bars, &QTableView::activated, this,
        [this] { emit experimentActivated(m_barRows.row(m_bars->currentRow()).key); });
    auto *strength = new BarDelegate(m_importance);
    strength->setRange(-1, 1);
    m_importance->setRows(&m_importanceRows);
    m_importance->sortByColumn(-1, Qt::AscendingOrder); // the strongest first, as they come
    m_importance->setItemDelegateForColumn(ImportanceTable::Strength, strength);
    // A parameter is worth seeing against the metric.
    connect(m_importance, &QTableView::activated, this, [this] {
        const QString name = m_importanceRows.row(m_importance->currentRow()).parameter;
        m_choices[Y] = m_choices[Metric];
        choose(X, TableColumn{TableColumn::Source::Parameter, name}.id());
        showPlot(Plot::Scatter);
    });
    m_importance->setToolTip(tr("Return shows a parameter against the metric"));
    const auto activate = [this](std::size_t index) { emit experimentActivated(keysOf({index}).constFirst()); };
    connect(m_scatter, &ScatterPlot::activated, this, activate);
    connect(m_scatter, &ScatterPlot::chosenChanged, this, &ComparisonPage::showFoot);
    connect(m_parallel, &ParallelPlot::brushesChanged, this, &ComparisonPage::showFoot);
    connect(m_parallel, &ParallelPlot::axisMoved, this, [this](int from, int to) {
        keepAxes();
        m_axes.move(from, to);
        m_saving.start();
        rebuild();
    });
    for (QWidget *plot : std::initializer_list<QWidget *>{m_scatter, m_parallel, m_bars, m_importance, m_empty})
        m_pages->addWidget(plot);
}

void ComparisonPage::makeBar()
{
    m_bar = new QHBoxLayout;
    m_bar->setContentsMargins(12, 8, 12, 8);
    m_bar->setSpacing(8);
    const std::pair<Plot, QString> kinds[]{{Plot::Scatter, tr("Scatter")}, {Plot::Parallel, tr("Parallel")},
        {Plot::Bars, tr("Bars")}, {Plot::Importance, tr("Importance")}};
    for (const auto &[plot, title] : kinds) {
        auto *button = new QToolButton(this);
        button->setText(title);
        button->setCheckable(true);
        m_kinds->addButton(button, static_cast<int>(plot));
        m_bar->addWidget(button);
    }
    m_kinds->button(0)->setChecked(true);
    // Not by clicks: assistive tools toggle a button without one.
    connect(m_kinds, &QButtonGroup::idToggled, this, [this](int, bool isChecked) {
        if (!isChecked)
            return;
        m_saving.start();
        rebuild();
    });
    m_bar->addSpacing(8);
    const auto box = [this](const QString &title, const QString &toolTip) {
        auto *check = new QCheckBox(title, this);
        check->setToolTip(toolTip);
        connect(check, &QCheckBox::toggled, this, [this] {
            m_saving.start();
            rebuild();
        });
        return check;
    };
    m_bar->addWidget(makeChoice(X, tr("X")));
    m_bar->addWidget(m_logarithmicX = box(tr("log"), tr("Logarithmic x axis")));
    m_bar->addWidget(makeChoice(Y, tr("Y")));
    m_bar->addWidget(m_logarithmicY = box(tr("log"), tr("Logarithmic y axis")));
    m_logarithmicX->setAccessibleName(m_logarithmicX->toolTip());
    m_logarithmicY->setAccessibleName(m_logarithmicY->toolTip());
    m_bar->addWidget(makeChoice(Bar, tr("Value")));
    m_bar->addWidget(makeChoice(Metric, tr("Metric")));
    m_axesButton = new QPushButton(tr("Axes"), this);
    m_axesButton->setMenu(new QMenu(m_axesButton));
    m_bar->addWidget(m_axesButton);
    m_bar->addWidget(makeChoice(Colour, tr("Colour")));
    m_addParameters = new QPushButton(this);
    m_addParameters->setToolTip(tr("Adds the columns of these parameters to the table"));
    connect(m_addParameters, &QPushButton::clicked, this, &ComparisonPage::addParameters);
    m_bar->addWidget(m_addParameters);
    m_bar->addStretch();
    static_cast<QVBoxLayout *>(layout())->addLayout(m_bar);
}

QComboBox *ComparisonPage::makeChoice(Choice choice, const QString &title)
{
    auto *combo = new QComboBox(this);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(6); // narrow windows; else as wide as its share
    combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    combo->setMaximumWidth(widestChoice);
    combo->setAccessibleName(title);
    combo->setToolTip(title);
    connect(combo, &QComboBox::activated, this,
        [this, choice, combo] { choose(choice, combo->currentData().toString()); });
    auto *label = new QLabel(title, this);
    label->setBuddy(combo);
    m_bar->addWidget(label);
    m_choiceBoxes[choice] = label;
    m_combos[choice] = combo;
    return combo;
}

void ComparisonPage::makeFoot()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 12, 8);
    row->setSpacing(8);
    m_status = new QLabel(this);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_status->setAccessibleName(tr("What is compared"));
    row->addWidget(m_status, 1);
    const auto button = [this, row](auto slot) {
        auto *made = new QPushButton(this);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, slot);
        row->addWidget(made);
        return made;
    };
    m_clear = button([this] {
        m_scatter->choose({});
        m_parallel->clearBrushes();
    });
    m_clear->setText(tr("Clear"));
    m_select = button([this] { emit selectRequested(keysOf(chosen())); });
    m_keep = button([this] {
        if (const auto expression = chosenExpression(nullptr))
            emit keepRequested(*expression);
    });
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

ComparisonPage::Plot ComparisonPage::plot() const
{
    return static_cast<Plot>(m_kinds->checkedId());
}

void ComparisonPage::showPlot(Plot plot)
{
    const QSignalBlocker blocker(m_kinds); // what is shown already is computed anew too
    m_kinds->button(static_cast<int>(plot))->setChecked(true);
    m_saving.start();
    rebuild();
}

void ComparisonPage::setSubject(const QString &subject)
{
    if (subject == m_subject)
        return;
    if (m_saving.isActive()) {
        m_saving.stop();
        save();
    }
    m_subject = subject;
    restore();
}

void ComparisonPage::restore()
{
    const QJsonObject kept = QJsonDocument::fromJson(m_settings.layout(layoutKind, m_subject)).object();
    m_isNew = kept.isEmpty();
    m_choices.clear();
    const QJsonArray choices = kept["choices"_L1].toArray();
    for (int i = 0; i < ChoiceCount; ++i) {
        if (const QString id = choices.at(i).toString(); !id.isEmpty())
            m_choices[static_cast<Choice>(i)] = id;
    }
    m_axes.clear();
    for (const QJsonValue &id : kept["axes"_L1].toArray())
        m_axes += id.toString();
    const QSignalBlocker blockers[]{QSignalBlocker(m_logarithmicX), QSignalBlocker(m_logarithmicY), QSignalBlocker(m_kinds)};
    m_logarithmicX->setChecked(kept["logarithmicX"_L1].toBool());
    m_logarithmicY->setChecked(kept["logarithmicY"_L1].toBool());
    if (QAbstractButton *button = m_kinds->button(kept["plot"_L1].toInt()))
        button->setChecked(true);
    m_scatter->setContent({});
    m_parallel->setContent({});
    m_parallel->clearBrushes();
    m_barRows.clear();
    m_importanceRows.clear();
    ++m_question; // what is being computed is of another project
}

void ComparisonPage::save()
{
    if (m_subject.isEmpty())
        return;
    QJsonArray choices;
    for (int i = 0; i < ChoiceCount; ++i) {
        const auto found = m_choices.find(static_cast<Choice>(i));
        choices.append(found == m_choices.end() ? QString() : found->second);
    }
    m_settings.setLayout(layoutKind, m_subject,
        QJsonDocument(QJsonObject{{"choices"_L1, choices}, {"axes"_L1, QJsonArray::fromStringList(m_axes)},
                          {"logarithmicX"_L1, m_logarithmicX->isChecked()},
                          {"logarithmicY"_L1, m_logarithmicY->isChecked()}, {"plot"_L1, m_kinds->checkedId()}})
            .toJson(QJsonDocument::Compact));
}

void ComparisonPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    rebuild();
}

// What a person would look at first: the metric that the table has first, over a parameter, and coloured by it.
QString ComparisonPage::firstChoice(Choice choice, const std::vector<TableColumn> &columns) const
{
    const auto first = [&columns](auto isMeant) {
        const auto found = std::find_if(columns.cbegin(), columns.cend(), isMeant);
        return found == columns.cend() ? QString() : found->id();
    };
    QString id;
    if (choice == X)
        id = first([](const TableColumn &column) { return column.source == TableColumn::Source::Parameter; });
    else
        id = first([](const TableColumn &column) { return column.isMetric(); });
    if (id.isEmpty() && choice == Colour)
        return none;
    return !id.isEmpty() ? id : columns.empty() ? QString() : columns.back().id();
}

void ComparisonPage::fillChoices()
{
    const std::vector<TableColumn> shown = plotColumns(m_table);
    std::vector<TableColumn> others;
    for (const TableColumn &column : m_loader.choices()) {
        if (!column.isFixed() && std::find(shown.cbegin(), shown.cend(), column) == shown.cend())
            others.push_back(column);
    }
    const auto title = [](const TableColumn &column) {
        return column.isFixed() ? column.title() : u"%1 (%2)"_s.arg(column.name, column.kind());
    };
    for (const auto &[choice, combo] : m_combos) {
        QString &id = m_choices[choice];
        const auto fits = [only = choice == Metric](const TableColumn &column) { return !only || column.isMetric(); };
        combo->clear();
        if (choice == Colour)
            combo->addItem(tr("All alike"), QString(none));
        for (const TableColumn &column : shown) {
            if (fits(column))
                combo->addItem(title(column), column.id());
        }
        if (!others.empty())
            combo->insertSeparator(combo->count());
        for (const TableColumn &column : others) {
            if (fits(column))
                combo->addItem(title(column), column.id());
        }
        if (id.isEmpty() || combo->findData(id) < 0)
            id = firstChoice(choice, shown);
        combo->setCurrentIndex(combo->findData(id));
        combo->setItemData(0, combo->itemText(0), Qt::ToolTipRole);
    }
    QMenu *menu = m_axesButton->menu();
    menu->clear();
    const std::vector<TableColumn> axes = axisColumns();
    for (const std::vector<TableColumn> *part : {&shown, static_cast<const std::vector<TableColumn> *>(&others)}) {
        for (const TableColumn &column : *part) {
            QAction *action = menu->addAction(title(column).replace(u'&', u"&&"_s));
            action->setCheckable(true);
            action->setChecked(std::find(axes.cbegin(), axes.cend(), column) != axes.cend());
            connect(action, &QAction::triggered, this, [this, id = column.id()] { addAxis(id); });
        }
        menu->addSeparator();
    }
}
