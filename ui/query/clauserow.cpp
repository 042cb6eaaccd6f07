// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/clauserow.h"

#include "models/query/clausetext.h"
#include "ui/query/countgauge.h"
#include "ui/query/partdrag.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tint.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QStringListModel>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;
using namespace query;

namespace {

constexpr std::pair<Source, const char *> sources[]{{Source::Metric, "office-chart-line"},
    {Source::Parameter, "configure"}, {Source::Tag, "tag"}, {Source::Other, "note"},
    {Source::Metadata, "documentinfo"}, {Source::Environment, "computer"}};

constexpr int listWidth = 240; // names and values are longer than their fields

QComboBox *makeCombo(const QString &name, int least, int most, QWidget *parent)
{
    auto *combo = new QComboBox(parent);
    combo->setAccessibleName(name);
    combo->setMinimumWidth(least);
    combo->setMaximumWidth(most);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setFocusPolicy(Qt::StrongFocus); // the wheel scrolls the builder
    return combo;
}

void complete(QLineEdit *field, const QStringList &texts)
{
    if (field->completer()) { // which may be at it
        static_cast<QStringListModel *>(field->completer()->model())->setStringList(texts);
        return;
    }
    auto *completer = new QCompleter(new QStringListModel(texts, field), field);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->popup()->setMinimumWidth(listWidth);
    field->setCompleter(completer);
}

} // namespace

ClauseRow::ClauseRow(const QueryParts &parts, const Path &path, QWidget *parent)
    : PartWidget(parts, path, parent)
    , m_on(new QCheckBox(this))
    , m_source(makeCombo(tr("Kind of variable"), 116, 116, this))
    , m_name(makeCombo(tr("Variable"), 90, 260, this))
    , m_operator(makeCombo(tr("Operator"), 124, 150, this))
    , m_value(new QLineEdit(this))
    , m_and(new QLabel(tr("and"), this))
    , m_other(new QLineEdit(this))
    , m_problem(new QLabel(this))
    , m_unit(new QLabel(tr("UTC"), this))
{
    m_on->setToolTip(tr("Whether the condition counts"));
    m_on->setAccessibleName(tr("Condition counts"));
    for (const auto &[source, icon] : sources)
        m_source->addItem(theme::icon(QString::fromLatin1(icon)), sourceText(source), static_cast<int>(source));
    m_name->setEditable(true);
    m_name->setInsertPolicy(QComboBox::NoInsert);
    m_name->lineEdit()->setPlaceholderText(tr("Variable"));
    m_name->lineEdit()->setAccessibleName(tr("Variable"));
    m_name->view()->setMinimumWidth(listWidth);
    m_name->completer()->setFilterMode(Qt::MatchContains);
    m_name->completer()->setCaseSensitivity(Qt::CaseInsensitive);
    m_name->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_name->completer()->popup()->setMinimumWidth(listWidth);
    m_value->setAccessibleName(tr("Value"));
    m_other->setAccessibleName(tr("Second value"));
    for (QLineEdit *field : {m_value, m_other})
        field->setMinimumWidth(56);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 2, 0, 2);
    row->setSpacing(4);
    row->addWidget(new PartGrip(parts.drag, this, this));
    row->addWidget(m_on);
    row->addWidget(m_source);
    row->addWidget(m_name, 6);
    row->addWidget(m_operator, 1);
    row->addWidget(m_value, 3);
    row->addWidget(m_and);
    row->addWidget(m_other, 3);
    row->addWidget(m_unit);
    row->addStretch(0);
    row->addWidget(m_count);
    row->addWidget(makeMenuButton());
    row->addWidget(makeButton(u"list-remove"_s, tr("Remove condition"), [this] { remove(); }));
    theme::tint(m_problem, &theme::Tokens::bad);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(30, 0, 0, 0);
    m_problem->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_problem);

    connect(m_on, &QCheckBox::clicked, this, &ClauseRow::toggleOn);
    connect(m_source, &QComboBox::activated, this, [this] {
        setVariable(static_cast<Source>(m_source->currentData().toInt()), {});
        m_name->setFocus();
    });
    connect(m_name, &QComboBox::currentTextChanged, this, [this](const QString &name) {
        if (!m_isShowing)
            setVariable(m_clause.source, name.isEmpty() ? QString() : name);
    });
    connect(m_name, &QComboBox::activated, this, [this] { m_name->lineEdit()->setCursorPosition(0); });
    connect(m_name->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        if (!m_name->lineEdit()->hasFocus())
            m_name->lineEdit()->setCursorPosition(0); // a long name is seen from its beginning
    });
    connect(m_operator, &QComboBox::activated, this,
        [this] { setOperator(static_cast<Operator>(m_operator->currentData().toInt())); });
    m_name->lineEdit()->installEventFilter(this);
    for (QLineEdit *field : {m_value, m_other}) {
        field->installEventFilter(this);
        connect(field, &QLineEdit::textChanged, this, [this] {
            if (!m_isShowing)
                takeValue();
        });
    }
}

// An empty field offers the values seen to who clicks into it or presses Down. Where there is nothing to undo in a
// field, the query is meant.
bool ClauseRow::eventFilter(QObject *watched, QEvent *event)
{
    auto *field = qobject_cast<QLineEdit *>(watched);
    if (field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->matches(QKeySequence::Undo) && !field->isUndoAvailable())
            || (key->matches(QKeySequence::Redo) && !field->isRedoAvailable())) {
            QCoreApplication::sendEvent(this, event); // and on to the builder
            return true;
        }
    }
    if (field == m_name->lineEdit())
        return PartWidget::eventFilter(watched, event);
    const bool isEntered = event->type() == QEvent::FocusIn
        && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason;
    if (field && isEntered) // to collect them for every row would take long
        complete(field, type() == "boolean"_L1 ? QStringList{u"True"_s, u"False"_s}
                : m_parts.values               ? m_parts.values(m_clause.source, m_clause.name)
                                               : QStringList());
    const bool isDown = event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Down;
    if (field && field->completer() && field->text().isEmpty() && (isDown || event->type() == QEvent::MouseButtonRelease)) {
        field->completer()->setCompletionPrefix({});
        field->completer()->complete();
    }
    return PartWidget::eventFilter(watched, event);
}

QString ClauseRow::type() const
{
    return m_parts.matching.variables().type(m_clause.source, m_clause.name);
}

// Typing in a field is undone as a whole.
void ClauseRow::edit(const Clause &clause, const QString &field)
{
    QString name = field;
    for (const int step : field.isEmpty() ? Path() : path())
        name += u'/' + QString::number(step);
    m_clause = clause;
    replace(Expression(clause).switchedOn(part().isOn()), name);
}

void ClauseRow::setVariable(Source source, const QString &name)
{
    const QString type = m_parts.matching.variables().type(source, name);
    edit(withVariable(m_clause, source, name, type), u"name"_s);
}

void ClauseRow::setOperator(Operator op)
{
    edit(withOperator(m_clause, op));
}

void ClauseRow::takeValue()
{
    const auto read = [this](const QLineEdit *field) { return valueFromText(field->text(), type()); };
    Clause clause = m_clause;
    const std::optional<Value> value = read(m_value);
    if (operandOf(clause.op) == Operand::Pair) {
        const std::optional<Value> other = read(m_other);
        const Number *low = value ? std::get_if<Number>(&*value) : nullptr;
        const Number *high = other ? std::get_if<Number>(&*other) : nullptr;
        clause.value = low && high ? Value(Pair(*low, *high)) : Value();
    } else {
        clause.value = value.value_or(Value());
    }
    m_filled = clause;
    edit(clause, u"value"_s);
    showCounts(); // also where the text is no value, as before
}

void ClauseRow::show(const Expression &part)
{
    const QScopedValueRollback showing(m_isShowing, true);
    m_clause = part.clause();
    m_clause.op = part.op();
    m_on->setChecked(part.isOn());
    m_source->setCurrentIndex(m_source->findData(static_cast<int>(m_clause.source)));
    if (m_namesOf != m_clause.source)
        showNames();
    if (m_name->currentText() != m_clause.name) { // otherwise somebody may be typing it
        m_name->setEditText(m_clause.name);
        m_name->lineEdit()->setCursorPosition(0);
    }
    m_name->setToolTip(m_clause.name.toHtmlEscaped());
    showOperators();
    showValue();
    for (QWidget *widget : {static_cast<QWidget *>(m_source), static_cast<QWidget *>(m_name),
             static_cast<QWidget *>(m_operator), static_cast<QWidget *>(m_value), static_cast<QWidget *>(m_other)})
        widget->setEnabled(part.isOn());
    showCounts();
}

void ClauseRow::showNames()
{
    const QScopedValueRollback showing(m_isShowing, true);
    m_namesOf = m_clause.source;
    QStringList names;
    for (const api::Column &column : m_parts.columns) {
        if (column.source == m_clause.source)
            names += column.name;
    }
    names.removeDuplicates();
    names.sort(Qt::CaseInsensitive);
    // Who is typing meanwhile goes on where the cursor is.
    const QString typed = m_name->currentText();
    const int cursor = m_name->lineEdit()->cursorPosition();
    m_name->clear();
    m_name->addItems(names);
    m_name->setCurrentIndex(-1);
    m_name->setEditText(typed);
    m_name->lineEdit()->setCursorPosition(cursor);
}

void ClauseRow::showOperators()
{
    const QString type = this->type();
    m_operator->clear();
    static constexpr Operator ofTags[]{Operator::Equal, Operator::NotEqual};
    const std::span<const Operator> fitting
        = m_clause.source == Source::Tag ? std::span<const Operator>(ofTags) : operatorsFor(type);
    for (const Operator op : fitting)
        m_operator->addItem(operatorText(op, m_clause.source, type), static_cast<int>(op));
    int at = m_operator->findData(static_cast<int>(m_clause.op));
    if (at < 0) { // it does not fit, which is said below
        m_operator->addItem(operatorText(m_clause.op, m_clause.source, type), static_cast<int>(m_clause.op));
        at = m_operator->count() - 1;
    }
    m_operator->setCurrentIndex(at);
}

// What the person types is left as it is, whether it is a value already or not: only another value is written.
void ClauseRow::showValue()
{
    const QString type = this->type();
    const Clause before = std::exchange(m_filled, m_clause);
    const bool isSame = before.name == m_clause.name && before.source == m_clause.source
        && operandOf(before.op) == operandOf(m_clause.op) && before.value == m_clause.value;
    const Operand operand = m_clause.source == Source::Tag ? Operand::Nothing : operandOf(m_clause.op);
    const auto *pair = std::get_if<Pair>(&m_clause.value);
    m_value->setVisible(operand != Operand::Nothing);
    m_and->setVisible(operand == Operand::Pair);
    m_other->setVisible(operand == Operand::Pair);
    m_unit->setVisible(type == "datetime"_L1 && operand != Operand::Nothing);
    const auto fill = [&](QLineEdit *field, const Value &value) {
        const bool isMetric = type.isNull() && m_clause.source == Source::Metric;
        field->setPlaceholderText(valueHint(isMetric ? u"double"_s : type));
        const std::optional<Value> typed = valueFromText(field->text(), type);
        if (!isSame && !(typed && *typed == value))
            field->setText(valueText(value, type));
    };
    fill(m_value, pair ? Value(pair->first) : m_clause.value);
    fill(m_other, pair ? Value(pair->second) : Value());
}

// What the condition lacks, in the place of its count; empty where it is finished or wrong.
QString ClauseRow::lack() const
{
    if (!part().isOn() || part().clause().isFinished())
        return {};
    if (m_clause.name.isEmpty())
        return m_clause.source == Source::Tag ? tr("no tag yet") : tr("no variable yet");
    return m_value->text().isEmpty() || (!m_other->isHidden() && m_other->text().isEmpty()) ? tr("no value yet")
                                                                                            : tr("no count");
}

QString ClauseRow::problem() const
{
    if (!part().isOn() || m_clause.name.isEmpty())
        return {};
    for (const QLineEdit *field : {m_value, m_other}) {
        if (!field->isHidden() && !field->text().isEmpty() && !valueFromText(field->text(), type()))
            return tr("“%1” does not fit. Expected: %2.").arg(field->text(), valueHint(type()));
    }
    for (const Problem &problem : problems(part(), m_parts.matching.variables())) {
        // What is still being typed is not wrong yet.
        const bool isUnderway = problem.kind == Problem::Kind::Incomplete
            || (problem.kind == Problem::Kind::UnknownVariable && m_name->lineEdit()->hasFocus()
                && m_name->findText(m_clause.name, Qt::MatchContains) >= 0);
        if (!isUnderway)
            return problem.message;
    }
    return m_parts.matching.error(path());
}

void ClauseRow::showCounts()
{
    showCount(part().isOn());
    m_count->setRemark(lack(), tr("The condition does not count yet: it is not finished."));
    const QString text = problem();
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void ClauseRow::focusFirst()
{
    const bool hasValue = !m_value->isHidden();
    if (m_clause.name.isEmpty())
        m_name->setFocus();
    else if (hasValue)
        m_value->setFocus();
    else
        m_operator->setFocus();
}
