// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/querypane.h"

#include "models/browse/experimenttable.h"
#include "models/browse/projectloader.h"
#include "models/query/pythontext.h"
#include "models/query/tablevalues.h"
#include "ui/browse/querychips.h"
#include "ui/query/querybuilder.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSet>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using query::Source;

namespace {
constexpr qsizetype mostValues = 200; // offered for completion
// Of a metric every run has another value: where one may begin.
QStringList quartiles(std::vector<double> numbers)
{
    std::ranges::sort(numbers);
    QStringList texts;
    for (std::size_t quarter = 0; quarter <= 4 && !numbers.empty(); ++quarter)
        texts += QString::number(numbers[(numbers.size() - 1) * quarter / 4], 'g', 4);
    texts.removeDuplicates();
    return texts;
}

} // namespace

QueryPane::QueryPane(ExperimentTable &table, ProjectLoader &loader, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_table(table)
    , m_loader(loader)
    , m_builder(new QueryBuilder(settings, this))
    , m_line(makeLine())
{
    m_builder->hide();
    m_line->hide();
    m_builder->setValues([this](Source source, const QString &name) { return values(source, name); });
    m_builder->setLoaded([this](const query::Expression &expression) { return query::valuesOf(m_table, expression); });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_line);
    column->addWidget(m_builder);
    connect(m_builder, &QueryBuilder::closed, this, [this] {
        setOpen(false);
        emit left();
    });
    connect(m_builder, &QueryBuilder::message, this, &QueryPane::message);
    connect(m_builder, &QueryBuilder::applied, this,
        [this](const query::Expression &expression, const std::shared_ptr<const KeySet> &keys) {
            m_applied = expression;
            m_isApplied = keys != nullptr;
            m_isWaiting = false;
            m_matches = keys ? static_cast<qint64>(keys->size()) : -1;
            m_text->setText(query::toPython(expression));
            m_text->setToolTip(m_text->text());
            const bool isList = QueryChips::canShow(expression);
            m_text->setVisible(!isList);
            m_chips->setVisible(isList);
            m_chips->setExpression(expression, m_builder->matching().variables());
            m_line->setVisible(m_isApplied && !isOpen());
            m_table.setFound(keys);
            emit appliedChanged();
        });
    connect(&table, &ExperimentTable::experimentsChanged, this, &QueryPane::follow);
    connect(&loader, &ProjectLoader::availableChanged, this, &QueryPane::follow);
}

QWidget *QueryPane::makeLine()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(12, 0, 12, 6);
    row->setSpacing(6);
    auto *icon = new QLabel(line);
    icon->setPixmap(theme::icon(u"view-filter"_s).pixmap(16, 16));
    m_text = new QLabel(line);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAccessibleName(tr("The query that is applied"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    const auto button = [line, this](const QString &text, auto slot) {
        auto *tool = new QToolButton(line);
        tool->setText(text);
        tool->setAutoRaise(true);
        connect(tool, &QToolButton::clicked, this, slot);
        return tool;
    };
    m_chips = new QueryChips(line);
    connect(m_chips, &QueryChips::removeRequested, this, [this](int child) {
        edit([this, child] { m_builder->draft().edit(m_builder->expression().removed({child})); });
    });
    connect(m_chips, &QueryChips::moreRequested, this, [this] { setOpen(true); });
    row->addWidget(icon);
    row->addWidget(m_chips, 1);
    row->addWidget(m_text, 1);
    row->addWidget(button(tr("Edit Query"), [this] { setOpen(true); }));
    row->addWidget(button(tr("Clear Query"), [this] { clear(); }));
    return line;
}

void QueryPane::setProject(Session *session, const QString &workspace, const QString &project)
{
    m_session = session;
    m_workspace = workspace;
    m_project = project;
    m_applied = {};
    m_isApplied = false;
    m_isWaiting = false;
    m_line->hide();
    m_builder->setProject(session, workspace, project, m_loader.archived());
    if (isOpen())
        m_builder->focusFirst();
    emit appliedChanged();
}

// A refresh asks the query again; nothing is asked while there is none.
void QueryPane::follow()
{
    if (!m_isApplied && !m_isWaiting && !isOpen())
        return;
    m_builder->setProject(m_session, m_workspace, m_project, m_loader.archived());
    m_builder->setColumns(m_loader.available());
    m_builder->setListing(m_table.sharedExperiments());
    if (m_isApplied || (m_isWaiting && isReady()))
        m_builder->apply();
}

// Without variables a condition can't be asked, and without experiments nothing is found.
bool QueryPane::isReady() const
{
    return m_loader.state() == ProjectLoader::State::Listed && !m_loader.available().empty();
}

bool QueryPane::isOpen() const
{
    return !m_builder->isHidden();
}

void QueryPane::setOpen(bool open)
{
    if (open == isOpen())
        return;
    m_builder->setVisible(open);
    m_line->setVisible(!open && m_isApplied);
    if (open) {
        follow();
        m_builder->focusFirst();
    }
    emit openChanged(open);
}

void QueryPane::apply(const query::Expression &expression)
{
    m_builder->setColumns(m_loader.available());
    m_builder->setListing(m_table.sharedExperiments());
    m_builder->open(expression);
    m_isWaiting = !isReady();
    if (!m_isWaiting)
        m_builder->apply();
}

void QueryPane::applySaved(const QString &name)
{
    m_builder->setColumns(m_loader.available());
    m_builder->setListing(m_table.sharedExperiments());
    if (!m_builder->openSaved(name))
        return;
    m_isWaiting = !isReady();
    if (!m_isWaiting)
        m_builder->apply();
}

QString QueryPane::appliedName() const
{
    return m_isApplied && m_builder->expression() == m_applied ? m_builder->savedName() : QString();
}

void QueryPane::clear()
{
    m_builder->open({});
    m_builder->apply();
}

void QueryPane::addVariable(const query::Variable &variable)
{
    if (!isOpen()) {
        m_builder->setVisible(true);
        m_line->hide();
        follow();
        emit openChanged(true);
    }
    m_builder->addVariable(variable);
}

// What is applied, at once. What was left half built is not applied by the way.
void QueryPane::edit(const std::function<void()> &change)
{
    m_builder->setProject(m_session, m_workspace, m_project, m_loader.archived());
    m_builder->setColumns(m_loader.available());
    m_builder->setListing(m_table.sharedExperiments());
    if (!isOpen() && m_builder->expression() != m_applied)
        m_builder->draft().edit(m_applied);
    change();
    m_builder->apply();
}

QStringList QueryPane::values(Source source, const QString &name) const
{
    QSet<QString> texts;
    const auto add = [&texts](const QString &text) {
        if (!text.isEmpty() && texts.size() < mostValues)
            texts.insert(text);
    };
    std::vector<double> numbers;
    // Of a tag all there are, whatever its name.
    const QString type = m_builder->matching().variables().type(source, name);
    const bool isText = source == Source::Metric || source == Source::Parameter || source == Source::Other || type == "string"_L1;
    const query::Variable variable{source, name};
    const std::optional<ValueColumn> column = isText
        ? query::valuesOf(m_table, query::Expression(query::Clause{source, name}))(variable)
        : std::nullopt;
    for (std::size_t row = 0; column && row < column->size(); ++row) {
        if (source == Source::Tag) {
            const QStringList tags = column->text(row).split(QChar(0x1f), Qt::SkipEmptyParts);
            texts += QSet<QString>(tags.begin(), tags.end());
        } else if (source == Source::Metric) {
            if (column->kind(row) == ValueColumn::Kind::Number)
                numbers.push_back(column->number(row));
        } else {
            add(column->text(row));
        }
    }
    if (source == Source::Metric)
        return quartiles(std::move(numbers));
    QStringList sorted(texts.begin(), texts.end());
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}
