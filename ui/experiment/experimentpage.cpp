// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/experiment/experimentpage.h"

#include "models/values/format.h"
#include "ui/charts/chartpane.h"
#include "ui/experiment/experimentheader.h"
#include "ui/experiment/valuesview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using Part = ExperimentValues::Part;

namespace {
constexpr int listWidth = 200;
constexpr qsizetype mostPanels = 6;
constexpr int countRole = Qt::UserRole;

// What people look at first, where the metrics' names give it away.
QString mostTelling(const QStringList &names)
{
    for (const QLatin1StringView word : {"val_loss"_L1, "loss"_L1, "acc"_L1}) {
        for (const QString &name : names) {
            if (name.contains(word, Qt::CaseInsensitive) && !name.startsWith("sys."_L1))
                return name;
        }
    }
    return {};
}

// A section with how much there is of it at the right.
class SectionDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        painter->setPen(theme::tokens(option.palette).secondary);
        painter->drawText(option.rect.adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter,
            index.data(countRole).toString());
    }
};
} // namespace

const std::array<ExperimentPage::Section, ExperimentValues::partCount> ExperimentPage::sections{{
    {Part::Metadata, QT_TRANSLATE_NOOP("ExperimentPage", "Overview"), "documentinfo", ""},
    {Part::Metrics, QT_TRANSLATE_NOOP("ExperimentPage", "Metrics"), "office-chart-line",
        QT_TRANSLATE_NOOP("ExperimentPage", "Metrics appear here when the training script logs them: "
                                            "experiment.log_metric(\"loss\", loss, step=step).")},
    {Part::Parameters, QT_TRANSLATE_NOOP("ExperimentPage", "Parameters"), "configure",
        QT_TRANSLATE_NOOP("ExperimentPage", "Parameters appear here when the training script logs them: "
                                            "experiment.log_parameters({\"lr\": 0.001}).")},
    {Part::Others, QT_TRANSLATE_NOOP("ExperimentPage", "Others"), "note",
        QT_TRANSLATE_NOOP("ExperimentPage", "Other values appear here when the training script logs them: "
                                            "experiment.log_other(\"dataset\", \"v2\").")},
    {Part::Tags, QT_TRANSLATE_NOOP("ExperimentPage", "Tags"), "tag",
        QT_TRANSLATE_NOOP("ExperimentPage", "Tags appear here when the training script adds them: "
                                            "experiment.add_tag(\"baseline\").")},
    {Part::Assets, QT_TRANSLATE_NOOP("ExperimentPage", "Assets"), "folder",
        QT_TRANSLATE_NOOP("ExperimentPage", "Files appear here when the training script logs them: "
                                            "experiment.log_asset(\"predictions.csv\").")},
}};

ExperimentPage::ExperimentPage(QWidget *parent)
    : QWidget(parent)
    , m_header(new ExperimentHeader(this))
    , m_list(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_metricsPage(new QSplitter(this))
    , m_chart(new ChartPane(m_metricsPage))
    , m_failed(new EmptyState(this))
    , m_body(new QStackedWidget(this))
{
    m_list->setAccessibleName(tr("Sections"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFixedWidth(listWidth);
    m_list->setItemDelegate(new SectionDelegate(m_list));
    m_list->setBackgroundRole(QPalette::Window);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    const std::array<QAbstractItemModel *, ExperimentValues::partCount> models{&m_values.facts(),
        &m_values.metrics(), &m_values.parameters(), &m_values.others(), &m_tagNames, &m_values.assets()};
    const QStringList hints{tr("Filter facts"), tr("Filter metrics"), tr("Filter parameters"),
        tr("Filter others"), tr("Filter tags"), tr("Filter files")};
    for (const Section &section : sections) {
        const auto index = static_cast<int>(section.part);
        addSection(section, models[static_cast<std::size_t>(index)], hints[index]);
    }
    m_views[static_cast<std::size_t>(Part::Assets)]->setRowCommand(u"download"_s, tr("Download…"),
        tr("Save the selected files in a folder"), [this](const QModelIndexList &rows) {
            std::vector<api::Asset> chosen;
            for (const QModelIndex &row : rows)
                chosen.push_back(m_values.assets().rows()[static_cast<std::size_t>(row.row())]);
            emit assetsChosen(chosen);
        });
    m_metricsPage->addWidget(m_chart);
    m_metricsPage->setStretchFactor(0, 3);
    m_metricsPage->setStretchFactor(1, 2);
    m_metricsPage->setSizes({660, 440});
    m_metricsPage->setChildrenCollapsible(false);

    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(&m_values, &ExperimentValues::partChanged, this, &ExperimentPage::showPart);
    connect(&m_values, &ExperimentValues::refreshFailed, this,
        [this](const api::Error &error) { emit refreshFailed(error.sentence()); });
    connect(m_header, &ExperimentHeader::keyCopied, this, [this] { emit message(tr("Copied the key")); });
    connect(m_views[static_cast<std::size_t>(Part::Metrics)], &ValuesView::selectionChanged, this,
        &ExperimentPage::chartSelection);

    auto *content = new QWidget(m_body);
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_list);
    row->addWidget(m_stack, 1);
    m_body->addWidget(content);
    m_body->addWidget(m_failed);
    auto *line = new QFrame(this);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Midlight);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(line);
    column->addWidget(m_body, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    showSection(Part::Metrics);
}

ValuesView *ExperimentPage::addSection(
    const Section &section, QAbstractItemModel *model, const QString &filterHint)
{
    auto *item = new QListWidgetItem(
        theme::icon(QString::fromLatin1(section.icon)), tr(section.title), m_list);
    item->setSizeHint({listWidth, 28});
    auto *view = new ValuesView(model, tr(section.title), filterHint, this);
    connect(view, &ValuesView::message, this, &ExperimentPage::message);
    m_views[static_cast<std::size_t>(section.part)] = view;
    if (section.part == Part::Metrics) {
        m_metricsPage->insertWidget(0, view);
        m_stack->addWidget(m_metricsPage);
    } else {
        m_stack->addWidget(view);
    }
    return view;
}

void ExperimentPage::showSection(Part part)
{
    m_list->setCurrentRow(static_cast<int>(part));
}

void ExperimentPage::setExperiment(Session *session, const QString &key)
{
    if (key != m_values.key() || session != m_values.session()) {
        m_header->setLoading(key);
        m_tagNames.setStringList({});
        m_chartedKey.clear();
        m_chart->setRuns(nullptr, {});
        m_body->setCurrentIndex(0);
    }
    m_values.setExperiment(session, key);
}

void ExperimentPage::refresh()
{
    m_values.refresh();
    m_chart->refresh();
}

ValuesView *ExperimentPage::currentView() const
{
    return m_views[static_cast<std::size_t>(std::max(m_list->currentRow(), 0))];
}

void ExperimentPage::focusFilter()
{
    currentView()->focusFilter();
}

void ExperimentPage::copy()
{
    currentView()->copy();
}

void ExperimentPage::showPart(Part part)
{
    const auto index = static_cast<std::size_t>(part);
    ValuesView *view = m_views[index];
    const Section &section = sections[index];
    if (part == Part::Metadata && m_values.state(part) == ExperimentValues::State::Loaded) {
        m_body->setCurrentIndex(0);
        m_header->setMetadata(m_values.metadata());
        if (m_chartedKey == m_values.key())
            setChartedRun();
        if (const QString name = m_values.metadata().name; !name.isEmpty())
            emit named(m_values.key(), name);
    }
    if (part == Part::Tags && m_values.tags() != m_tagNames.stringList()) {
        m_tagNames.setStringList(m_values.tags());
        m_header->setTags(m_values.tags());
    }

    switch (m_values.state(part)) {
    case ExperimentValues::State::Loading:
        view->showState({}, tr("Loading"), {});
        break;
    case ExperimentValues::State::Failed: {
        // Without its metadata nothing about the experiment can be right: say it once, for all.
        const bool whole = part == Part::Metadata;
        const api::Error &error = m_values.error(part);
        const QString title = whole && error.kind == api::Error::Kind::NotFound
            ? tr("This experiment isn’t there")
            : tr("%1 could not be loaded").arg(whole ? tr("The experiment") : tr(section.title));
        EmptyState *state = m_failed;
        if (whole) {
            m_failed->setContent(u"data-error"_s, title, error.sentence());
            m_body->setCurrentWidget(m_failed);
        } else {
            state = view->showState(u"data-error"_s, title, error.sentence());
        }
        connect(state->addButton(tr("Retry")), &QPushButton::clicked, this, &ExperimentPage::refresh);
        break;
    }
    case ExperimentValues::State::Loaded: {
        const bool isEmpty = (part == Part::Metrics && m_values.metrics().rowCount() == 0)
            || (part == Part::Parameters && m_values.parameters().rowCount() == 0)
            || (part == Part::Others && m_values.others().rowCount() == 0)
            || (part == Part::Tags && m_values.tags().isEmpty())
            || (part == Part::Assets && m_values.assets().rowCount() == 0);
        if (isEmpty)
            view->showState(QString::fromLatin1(section.icon), tr("None yet"), tr(section.nothing));
        else
            view->showTable();
        if (part == Part::Metrics && !isEmpty)
            chartSelection();
        break;
    }
    }
    showCounts();
}

void ExperimentPage::showCounts()
{
    const std::array<int, ExperimentValues::partCount> counts{-1, m_values.metrics().rowCount(),
        m_values.parameters().rowCount(), m_values.others().rowCount(),
        static_cast<int>(m_values.tags().size()), m_values.assets().rowCount()};
    for (const Section &section : sections) {
        const auto index = static_cast<std::size_t>(section.part);
        const bool known = counts[index] >= 0 && m_values.state(section.part) == ExperimentValues::State::Loaded;
        m_list->item(static_cast<int>(index))
            ->setData(countRole, known ? format::count(counts[index]) : QString());
    }
}

void ExperimentPage::chartSelection()
{
    if (!m_values.session() || m_values.state(Part::Metrics) != ExperimentValues::State::Loaded)
        return;
    ValuesView *view = m_views[static_cast<std::size_t>(Part::Metrics)];
    if (m_chartedKey != m_values.key()) {
        // A newly opened experiment shows the metric that was looked at before, where it has it.
        m_chartedKey = m_values.key();
        QStringList names;
        for (const MetricRow &row : m_values.metrics().rows())
            names.append(row.name);
        names.removeDuplicates();
        m_chart->setAvailableMetrics(names);
        setChartedRun();
        const QStringList before = m_chart->metrics();
        view->selectFirst(before.isEmpty() ? mostTelling(names) : before.front());
    }
    if (const QStringList chosen = view->selectedNames().mid(0, mostPanels); !chosen.isEmpty())
        m_chart->setMetrics(chosen);
}

void ExperimentPage::setChartedRun()
{
    // Until its metadata is here, a run may be one that goes on.
    const api::Metadata &metadata = m_values.metadata();
    const bool mayGrow = metadata.state == api::State::Running || metadata.state == api::State::Unknown;
    const QString name = metadata.name.isEmpty() ? m_values.key().left(9) : metadata.name;
    m_chart->setRuns(m_values.session(), {ChartedRun{m_values.key(), name, 0, mayGrow, metadata.start}});
}
