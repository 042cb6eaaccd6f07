// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/querybuilder.h"

#include "models/query/normalform.h"
#include "models/query/plan.h"
#include "models/query/pythontext.h"
#include "models/session/settings.h"
#include "models/values/format.h"
#include "ui/query/groupcard.h"
#include "ui/query/savedqueriesbar.h"
#include "ui/query/taborder.h"
#include "ui/query/variablespanel.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tint.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace query;

namespace {
constexpr int typingPause = 250; // milliseconds
constexpr int lowest = 120; // of the cards, where the window is short
constexpr int pythonLines = 2;
constexpr auto layoutKind = "query"_L1; // what is remembered of the builder
constexpr auto variablesSubject = "variables"_L1;

// As high as what is in it. QScrollArea itself keeps the first hint it was given.
class CardArea : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;
    QSize sizeHint() const override { return {QScrollArea::sizeHint().width(), widget()->sizeHint().height() + 2}; }
};
// Conditions that lack something but have a variable or value.
void collectBegun(const Expression &expression, QList<Expression> &begun)
{
    const Clause &clause = expression.clause();
    if (!expression.isGroup() && !clause.isFinished()
        && (!clause.name.isEmpty() || !std::holds_alternative<std::monostate>(clause.value)))
        begun += expression;
    for (const Expression &child : expression.children())
        collectBegun(child, begun);
}
} // namespace

QueryBuilder::QueryBuilder(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_saved(settings)
    , m_root(new GroupCard({m_draft, m_matching, m_columns,
                               [this](Source source, const QString &name) {
                                   return m_values ? m_values(source, name) : QStringList();
                               },
                               [this](const Path &path) { focus(path); }, m_drag},
          {}, this))
    , m_scroll(new CardArea(this))
    , m_variables(new VariablesPanel(
          [this](Source source, const QString &name) { return m_values ? m_values(source, name) : QStringList(); }, this))
    , m_python(new QPlainTextEdit(this))
    , m_problem(new QLabel(this))
{
    setAccessibleName(tr("Query builder"));
    m_scroll->setWidget(m_root);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setAccessibleName(tr("Conditions"));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_root->setAutoFillBackground(false);
    m_root->installEventFilter(this);

    m_python->setAccessibleName(tr("The query in Python"));
    m_python->setPlaceholderText(u"(Metric(\"loss\") < 0.1) & Tag(\"baseline\")"_s);
    m_python->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_python->setTabChangesFocus(true);
    m_python->setFixedHeight(pythonLines * m_python->fontMetrics().lineSpacing() + 14);
    theme::tint(m_problem, &theme::Tokens::bad);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 8);
    column->setSpacing(6);
    column->addWidget(makeHead());
    auto *cards = new QVBoxLayout;
    cards->setSpacing(6);
    cards->addWidget(m_scroll);
    cards->addWidget(m_python);
    cards->addWidget(m_problem);
    cards->addStretch();
    auto *middle = new QHBoxLayout;
    middle->setSpacing(12);
    middle->addLayout(cards, 1);
    middle->addWidget(m_variables);
    column->addLayout(middle, 1);
    column->addWidget(makeFoot());

    PartWidget::addShortcuts(this);
    m_drag.watch(m_root, m_scroll);
    connect(&m_drag, &PartDrag::moved, this, [this](const Path &from, const Path &to) {
        m_draft.edit(expression().moved(from, to));
        focus(afterRemoval(to, from));
    });
    connect(&m_drag, &PartDrag::variableDropped, this, [this](const Variable &variable, const Path &to) {
        m_draft.edit(expression().inserted(to, Expression(begun(variable))));
        focus(to);
    });

    m_asking.setSingleShot(true);
    m_asking.setInterval(typingPause);
    connect(&m_asking, &QTimer::timeout, this, [this] { m_matching.ask(m_draft.expression()); });
    connect(&m_draft, &Draft::changed, this, &QueryBuilder::showDraft);
    connect(&m_matching, &Matching::changed, this, &QueryBuilder::showMatching);
    connect(m_variables, &VariablesPanel::chosen, this, &QueryBuilder::addVariable);
    connect(m_python, &QPlainTextEdit::textChanged, this, &QueryBuilder::readPython);
    showDraft();
}

QWidget *QueryBuilder::makeHead()
{
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    auto *title = new QLabel(tr("Query"), head);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    row->addWidget(title);
    m_savedBar = new SavedQueriesBar(m_saved, head);
    connect(m_savedBar, &SavedQueriesBar::openRequested, this, [this](const Expression &expression) {
        goOnFrom(expression);
        apply();
    });
    connect(m_savedBar, &SavedQueriesBar::message, this, &QueryBuilder::message);
    row->addWidget(m_savedBar, 1);
    const auto button = [head, row, this](const QString &icon, const QString &text, auto slot) {
        auto *tool = new QToolButton(head);
        tool->setIcon(theme::icon(icon));
        tool->setAutoRaise(true);
        tool->setToolTip(text);
        tool->setAccessibleName(text);
        connect(tool, &QToolButton::clicked, this, slot);
        row->addWidget(tool);
        return tool;
    };
    m_undo = button(u"edit-undo"_s, tr("Undo in the query"), [this] { m_draft.undo(); });
    m_redo = button(u"edit-redo"_s, tr("Redo in the query"), [this] { m_draft.redo(); });
    auto *copyAs = new QToolButton(head);
    copyAs->setText(tr("Copy As"));
    copyAs->setIcon(theme::icon(u"edit-copy"_s));
    copyAs->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    copyAs->setPopupMode(QToolButton::InstantPopup);
    copyAs->setAutoRaise(true);
    auto *menu = new CopyMenu([this] { return copied(); }, copyAs);
    connect(menu, &CopyMenu::copied, this, &QueryBuilder::message);
    copyAs->setMenu(menu);
    row->addWidget(copyAs);
    auto *variables = new QToolButton(head);
    variables->setText(tr("Variables"));
    variables->setIcon(theme::icon(u"view-list-tree"_s));
    variables->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    variables->setAutoRaise(true);
    variables->setCheckable(true);
    variables->setChecked(m_settings.layout(layoutKind, variablesSubject) != "hidden");
    variables->setToolTip(tr("The variables that can be asked about"));
    m_variables->setVisible(variables->isChecked());
    connect(variables, &QToolButton::toggled, this, &QueryBuilder::setVariablesShown);
    row->addWidget(variables);
    return head;
}

QWidget *QueryBuilder::makeFoot()
{
    auto *foot = m_foot = new QWidget(this);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_status = new QLabel(foot);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_status->setAccessibleName(tr("What the query finds"));
    auto *clear = new QPushButton(tr("Clear"), foot);
    clear->setToolTip(tr("Remove all conditions and show all experiments"));
    auto *close = new QPushButton(tr("Close"), foot);
    m_show = new QPushButton(foot);
    m_show->setDefault(true);
    m_show->setToolTip(tr("Show in the table what the query finds (Ctrl+Return)"));
    row->addWidget(m_status, 1);
    row->addWidget(clear);
    row->addWidget(close);
    row->addWidget(m_show);
    connect(clear, &QPushButton::clicked, this, [this] {
        m_draft.edit(Expression());
        apply();
    });
    connect(close, &QPushButton::clicked, this, &QueryBuilder::closed);
    connect(m_show, &QPushButton::clicked, this, &QueryBuilder::apply);
    return foot;
}

void QueryBuilder::setVariablesShown(bool shown)
{
    m_settings.setLayout(layoutKind, variablesSubject, shown ? "shown" : "hidden");
    m_variables->setVisible(shown);
}

void QueryBuilder::setProject(
    Session *session, const QString &workspace, const QString &project, api::Archived archived)
{
    const bool isOther = session != m_session || workspace != m_workspace || project != m_project;
    m_session = session;
    m_workspace = workspace;
    m_project = project;
    m_archived = archived;
    m_matching.setProject(session, workspace, project, archived);
    if (isOther) {
        m_columns.clear();
        m_variables->setColumns({});
        m_matching.setVariables(Variables());
        m_isApplying = false;
        m_saved.setSubject(session ? session->profile().id + u'/' + workspace + u'/' + project : QString());
        m_savedBar->setName({});
        m_draft.start(Expression());
    }
}

void QueryBuilder::setColumns(const api::Columns &columns)
{
    m_columns = columns;
    for (const QString &tag : m_values ? m_values(Source::Tag, {}) : QStringList())
        m_columns.push_back({tag, Source::Tag, u"string"_s});
    m_matching.setVariables(Variables(columns));
    m_variables->setColumns(m_columns);
    m_root->showNames();
    m_root->show(m_draft.expression());
    m_asking.start();
}

void QueryBuilder::setListing(std::shared_ptr<const api::Experiments> listing)
{
    m_matching.setListing(std::move(listing));
    m_asking.start();
}

void QueryBuilder::setValues(std::function<QStringList(Source source, const QString &name)> values)
{
    m_values = std::move(values);
}

void QueryBuilder::open(const Expression &expression)
{
    const bool isGroup = expression.isGroup();
    m_draft.start(isGroup ? expression : Expression::all({expression}));
}

// What was there comes back with Undo.
void QueryBuilder::goOnFrom(const Expression &expression)
{
    m_draft.edit(expression.isGroup() ? expression : Expression::all({expression}));
}

bool QueryBuilder::openSaved(const QString &name)
{
    const Reading reading = m_savedBar->read(name);
    if (reading.problem)
        return false;
    m_savedBar->setName(name);
    goOnFrom(reading.expression);
    return true;
}

QString QueryBuilder::savedName() const
{
    return m_savedBar->isEdited() ? QString() : m_savedBar->name();
}

void QueryBuilder::addPart(const Expression &part)
{
    const Expression &now = m_draft.expression();
    const bool isPlain = now.kind() == Expression::Kind::All && !now.isNegated();
    QList<Expression> children = isPlain ? now.children() : QList<Expression>{now};
    const bool isAll = part.kind() == Expression::Kind::All && !part.isNegated();
    children += isAll ? part.children() : QList<Expression>{part};
    m_draft.edit(isPlain ? now.withChildren(children) : Expression::all(children));
}

// A condition about it whose value is missing; a tag needs none.
Clause QueryBuilder::begun(const Variable &variable) const
{
    const QString type = m_matching.variables().type(variable.source, variable.name);
    return {variable.source, variable.name, operatorsFor(type).front(), {}};
}

void QueryBuilder::addVariable(const Variable &variable)
{
    const Clause clause = begun(variable);
    const Expression &now = m_draft.expression();
    const bool isWaiting = !now.children().isEmpty() && !now.children().last().isGroup()
        && now.children().last().clause().name.isEmpty();
    if (isWaiting)
        m_draft.edit(now.replaced({static_cast<int>(now.children().size()) - 1}, Expression(clause)));
    else
        addPart(Expression(clause));
    focusLast();
}

void QueryBuilder::focusFirst()
{
    if (m_draft.expression().children().isEmpty())
        m_root->addClause({Source::Metric, {}, Operator::Greater, {}});
    else
        m_root->focusFirst();
}

void QueryBuilder::focusLast()
{
    if (const auto parts = m_draft.expression().children().size(); parts > 0)
        focus({static_cast<int>(parts) - 1});
}

void QueryBuilder::focus(const Path &path)
{
    PartWidget *part = m_root->partAt(path);
    if (!part)
        return;
    part->focusFirst();
    m_scroll->ensureWidgetVisible(part);
}

bool QueryBuilder::focusNextPrevChild(bool next)
{
    const auto in = &PartWidget::stopsIn;
    const QWidgetList stops = in(m_savedBar) + in(m_savedBar->parentWidget()) + m_root->tabStops()
        + QWidgetList{m_python} + in(m_variables) + in(m_foot);
    return taborder::advance(this, stops, next) || QWidget::focusNextPrevChild(next);
}

void QueryBuilder::showDraft()
{
    m_root->show(m_draft.expression());
    m_savedBar->setExpression(m_draft.expression());
    showPython();
    m_undo->setEnabled(m_draft.canUndo());
    m_redo->setEnabled(m_draft.canRedo());
    m_asking.start();
    m_matching.setExpression(m_draft.expression()); // which shows by changed()
}

// As high as the cards are; where there is less room they scroll.
bool QueryBuilder::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_root && event->type() == QEvent::LayoutRequest) {
        const int height = m_scroll->sizeHint().height();
        m_scroll->setMinimumHeight(qMin(lowest, height));
        m_scroll->setMaximumHeight(height);
        m_scroll->updateGeometry();
    }
    return QWidget::eventFilter(watched, event);
}

void QueryBuilder::showPython()
{
    const QScopedValueRollback showing(m_isShowingPython, true);
    const QString text = toPython(m_draft.expression());
    const Reading shown = fromPython(m_python->toPlainText());
    if (shown.problem || simplified(shown.expression) != simplified(m_draft.expression()))
        m_python->setPlainText(text);
    m_problem->hide();
}

void QueryBuilder::readPython()
{
    if (m_isShowingPython)
        return;
    const Reading reading = fromPython(m_python->toPlainText());
    if (reading.problem) {
        m_problem->setText(tr("Character %1: %2").arg(reading.problem->position + 1).arg(reading.problem->message));
        m_problem->show();
        return;
    }
    m_problem->hide();
    const Expression &read = reading.expression;
    const Expression group = read.isGroup() ? read : Expression::all({read});
    // What is not finished is not in the text, and not lost with it.
    QList<Expression> begun;
    collectBegun(m_draft.expression(), begun);
    m_draft.edit(group.withChildren(group.children() + begun), u"python"_s);
}

void QueryBuilder::showMatching()
{
    m_root->showCounts();
    m_status->setText(matchText());
    const std::optional<std::size_t> count = m_matching.count({}) ? m_matching.count({}) : m_matching.countHere({});
    m_show->setText(asksNothing(m_draft.expression()) ? tr("Show All")
            : count ? tr("Show %1 Experiments").arg(format::count(static_cast<qint64>(*count)))
                    : tr("Show"));
    applyIfKnown();
}

QString QueryBuilder::matchText() const
{
    const auto shown = [](std::size_t number) { return format::count(static_cast<qint64>(number)); };
    const QString all = shown(m_matching.listed());
    const std::size_t left = unfinished(m_draft.expression());
    if (asksNothing(m_draft.expression())) {
        return left > 0 ? tr("Complete the condition to see what it finds.")
                        : tr("Without a condition all %1 experiments are shown.").arg(all);
    }
    if (!m_matching.error().isEmpty())
        return m_matching.error();
    const std::optional<std::size_t> here = m_matching.countHere({});
    const std::optional<std::size_t> count = m_matching.count({});
    const bool isCounting = m_asking.isActive() || m_matching.isRunning();
    if (!count && here)
        return tr("%1 of %2 experiments match, counted here on loaded values; the server is being asked.")
            .arg(shown(*here), all);
    if (!count)
        return isCounting ? tr("Counting…") : tr("Not counted: a condition can't be asked.");
    const int conditions = m_matching.conditions();
    QString text = tr("%1 of %2 experiments match").arg(shown(*count), all);
    text += conditions > 1
        ? tr(": %1 conditions asked of the server one by one and joined here.").arg(conditions)
        : tr(", says the server.");
    if (here && here != count)
        text += u' ' + tr("By the values loaded here it would be %1.").arg(shown(*here));
    if (left > 0)
        text += u' ' + (left == 1 ? tr("One condition is not finished and does not count.")
                                  : tr("%1 conditions are not finished and do not count.").arg(left));
    if (const auto hint = m_matching.hint())
        text += u' ' + tr("Without the %1. condition there would be %2.")
                           .arg(hint->path.front() + 1).arg(shown(hint->count));
    return text;
}

void QueryBuilder::apply()
{
    m_isApplying = true;
    m_asking.stop();
    m_matching.ask(m_draft.expression()); // which tells by changed()
}

void QueryBuilder::applyIfKnown()
{
    if (!m_isApplying || m_matching.expression() != m_draft.expression())
        return;
    if (asksNothing(m_draft.expression())) {
        m_isApplying = false;
        emit applied(Expression(), nullptr);
    } else if (const auto found = m_matching.found()) {
        m_isApplying = false;
        m_saved.addRecent(m_draft.expression());
        emit applied(m_draft.expression(), found);
    }
}

CopyMenu::Query QueryBuilder::copied() const
{
    const QUrl root = m_session ? m_session->client().root() : QUrl();
    return {expression(), m_matching.variables(), {root, m_workspace, m_project, m_archived},
        formFor(m_session ? m_session->version() : QString())};
}

void QueryBuilder::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers() == Qt::ControlModifier)
        apply();
    else if (event->key() == Qt::Key_Escape && m_drag.isActive())
        m_drag.cancel();
    else if (event->key() == Qt::Key_Escape)
        emit closed();
    else if (event->matches(QKeySequence::Undo))
        m_draft.undo();
    else if (event->matches(QKeySequence::Redo))
        m_draft.redo();
    else
        QWidget::keyPressEvent(event);
}
