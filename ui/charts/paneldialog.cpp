// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/paneldialog.h"

#include "models/charts/derivation.h"
#include "models/values/format.h"
#include "models/values/number.h"
#include "ui/charts/settingstext.h"
#include "ui/widgets/tint.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

// As the page, yes, no.
QComboBox *ownOrPage(bool ofPage, std::optional<bool> own, const QString &name, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->addItem(PanelDialog::tr("As the page (%1)").arg(ofPage ? PanelDialog::tr("on") : PanelDialog::tr("off")));
    box->addItem(PanelDialog::tr("On"));
    box->addItem(PanelDialog::tr("Off"));
    box->setCurrentIndex(!own ? 0 : *own ? 1 : 2);
    box->setAccessibleName(name);
    return box;
}

std::optional<bool> chosenIn(const QComboBox &box)
{
    return box.currentIndex() == 0 ? std::nullopt : std::optional(box.currentIndex() == 1);
}

} // namespace

PanelDialog::PanelDialog(
    const PanelSettings &panel, const ChartSettings &page, const QStringList &metrics, QWidget *parent)
    : QDialog(parent)
    , m_panel(panel)
    , m_page(page)
    , m_metrics(metrics)
    , m_title(new QLineEdit(panel.title, this))
    , m_expressions(new QPlainTextEdit(panel.expressions.join(u'\n'), this))
    , m_problem(new QLabel(this))
    , m_axis(new QComboBox(this))
    , m_logarithmicX(ownOrPage(page.logarithmicX, panel.logarithmicX, tr("Logarithmic x axis"), this))
    , m_logarithmicY(ownOrPage(page.logarithmicY, panel.logarithmicY, tr("Logarithmic values"), this))
    , m_smoothing(new QComboBox(this))
    , m_amount(new QDoubleSpinBox(this))
    , m_raw(ownOrPage(page.showsRaw, panel.showsRaw, tr("Points as logged"), this))
    , m_range(new QComboBox(this))
    , m_low(new QLineEdit(this))
    , m_high(new QLineEdit(this))
    , m_best(new QComboBox(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Panel Settings"));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    makeContent(*form);
    makeAxes(*form);
    makeSmoothing(*form);
    makeRange(*form);
    QPushButton *apply = m_buttons->addButton(tr("Apply"), QDialogButtonBox::AcceptRole);
    apply->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->addLayout(form);
    column->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(this->panel());
        accept();
    });
    check();
}

void PanelDialog::makeContent(QFormLayout &form)
{
    m_title->setPlaceholderText(m_panel.metrics.join(u", "_s));
    form.addRow(tr("Title"), m_title);
    m_expressions->setTabChangesFocus(true);
    m_expressions->setFixedHeight(fontMetrics().lineSpacing() * 4 + 12);
    m_expressions->setPlaceholderText(tr("1 - accuracy"));
    m_expressions->setToolTip(tr("One a line, of metrics, numbers, + - * / **, log10(), running_min() and others; "
                                 "names with other characters in 'quotes'"));
    form.addRow(tr("Expressions"), m_expressions);
    theme::tint(m_problem, &theme::Tokens::bad);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    form.addRow(QString(), m_problem);
    connect(m_expressions, &QPlainTextEdit::textChanged, this, &PanelDialog::check);
}

void PanelDialog::makeAxes(QFormLayout &form)
{
    m_axis->addItem(tr("As the page (%1)").arg(axisName(m_page.xAxis).toLower()));
    for (const auto kind : {XAxis::Kind::Step, XAxis::Kind::Epoch, XAxis::Kind::WallTime, XAxis::Kind::ElapsedTime})
        m_axes.push_back({kind, {}});
    for (const QString &metric : std::as_const(m_metrics))
        m_axes.push_back({XAxis::Kind::Metric, metric});
    if (m_panel.xAxis && std::find(m_axes.cbegin(), m_axes.cend(), *m_panel.xAxis) == m_axes.cend())
        m_axes.push_back(*m_panel.xAxis); // a metric that nobody has any more
    for (const XAxis &axis : m_axes) {
        m_axis->addItem(axisName(axis));
        if (m_panel.xAxis == axis)
            m_axis->setCurrentIndex(m_axis->count() - 1);
    }
    m_axis->setMaxVisibleItems(20);
    form.addRow(tr("X axis"), m_axis);
    form.addRow(tr("Logarithmic x axis"), m_logarithmicX);
    form.addRow(tr("Logarithmic values"), m_logarithmicY);
}

void PanelDialog::makeSmoothing(QFormLayout &form)
{
    m_smoothing->addItem(tr("As the page"), -1);
    for (const auto kind : {Smoothing::Kind::None, Smoothing::Kind::Twema, Smoothing::Kind::Ema,
             Smoothing::Kind::Gaussian, Smoothing::Kind::MovingAverage})
        m_smoothing->addItem(smoothingName(kind), static_cast<int>(kind));
    if (m_panel.smoothing)
        m_smoothing->setCurrentIndex(m_smoothing->findData(static_cast<int>(m_panel.smoothing->kind)));
    m_amount->setAccessibleName(tr("Amount of smoothing"));
    const auto showAmount = [this] {
        const int kind = m_smoothing->currentData().toInt();
        const bool counts = kind >= 0 && countsPoints(static_cast<Smoothing::Kind>(kind));
        m_amount->setEnabled(kind > 0);
        m_amount->setDecimals(counts ? 0 : 3);
        m_amount->setRange(0, counts ? 1000 : 0.999);
        m_amount->setSingleStep(counts ? 1 : 0.01);
    };
    connect(m_smoothing, &QComboBox::currentIndexChanged, this, [this, showAmount] {
        showAmount();
        const Smoothing chosen{static_cast<Smoothing::Kind>(m_smoothing->currentData().toInt()), m_amount->value()};
        if (m_amount->isEnabled() && !chosen.isActive())
            m_amount->setValue(usualAmount(chosen.kind));
    });
    showAmount();
    m_amount->setValue(m_panel.smoothing.value_or(m_page.smoothing).amount);
    auto *row = new QHBoxLayout;
    row->addWidget(m_smoothing, 1);
    row->addWidget(m_amount);
    form.addRow(tr("Smoothing"), row);
    form.addRow(tr("Points as logged"), m_raw);
}

void PanelDialog::makeRange(QFormLayout &form)
{
    for (const QString &text : {tr("All values"), tr("5th to 95th percentile"), tr("From … to …")})
        m_range->addItem(text);
    m_range->setCurrentIndex(static_cast<int>(m_panel.range.kind));
    m_range->setToolTip(tr("What is seen before zooming; no point is left out"));
    m_low->setAccessibleName(tr("Lowest value seen"));
    m_high->setAccessibleName(tr("Highest value seen"));
    m_low->setText(format::metricFull(m_panel.range.low));
    m_high->setText(format::metricFull(m_panel.range.high));
    auto *row = new QHBoxLayout;
    row->addWidget(m_range, 1);
    for (QLineEdit *field : {m_low, m_high}) {
        field->setMaximumWidth(90);
        row->addWidget(field);
        connect(field, &QLineEdit::textChanged, this, &PanelDialog::check);
    }
    connect(m_range, &QComboBox::currentIndexChanged, this, &PanelDialog::check);
    form.addRow(tr("Values seen"), row);
    for (const QString &text : {tr("None"), tr("Smallest"), tr("Largest")})
        m_best->addItem(text);
    m_best->setCurrentIndex(static_cast<int>(m_panel.best));
    form.addRow(tr("Mark the best value"), m_best);
}

PanelSettings PanelDialog::panel() const
{
    PanelSettings panel = m_panel;
    panel.title = m_title->text().trimmed();
    panel.expressions.clear();
    for (const QString &line : m_expressions->toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            panel.expressions.append(line.trimmed());
    }
    panel.xAxis.reset();
    if (m_axis->currentIndex() > 0)
        panel.xAxis = m_axes[static_cast<std::size_t>(m_axis->currentIndex() - 1)];
    panel.logarithmicX = chosenIn(*m_logarithmicX);
    panel.logarithmicY = chosenIn(*m_logarithmicY);
    panel.showsRaw = chosenIn(*m_raw);
    panel.smoothing.reset();
    if (m_smoothing->currentData().toInt() >= 0)
        panel.smoothing = Smoothing{static_cast<Smoothing::Kind>(m_smoothing->currentData().toInt()), m_amount->value()};
    panel.range = {static_cast<ValueRange::Kind>(m_range->currentIndex()), 0, 1};
    if (panel.range.kind == ValueRange::Kind::Manual) {
        panel.range.low = number::read(m_low->text()).value_or(0);
        panel.range.high = number::read(m_high->text()).value_or(0);
    }
    panel.best = static_cast<BestValue>(m_best->currentIndex());
    return panel;
}

void PanelDialog::check()
{
    const PanelSettings now = panel();
    QString problem;
    for (const QString &expression : now.expressions) {
        const Derivation::Reading reading = Derivation::read(expression,
            [this](const QString &name) { return m_metrics.contains(name); });
        if (reading.problem && problem.isEmpty())
            problem = tr("“%1”: %2").arg(expression, reading.problem->message);
    }
    const bool isManual = now.range.kind == ValueRange::Kind::Manual;
    m_low->setVisible(isManual);
    m_high->setVisible(isManual);
    const std::optional<double> low = number::read(m_low->text());
    const std::optional<double> high = number::read(m_high->text());
    const bool isRange = low && high && std::isfinite(*low) && std::isfinite(*high) && *low < *high;
    if (problem.isEmpty() && isManual && !isRange)
        problem = tr("The lowest value must be a number below the highest one.");
    if (problem.isEmpty() && now.isEmpty())
        problem = tr("The panel would show nothing.");
    m_problem->setText(problem);
    for (QAbstractButton *button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(problem.isEmpty());
    }
}
