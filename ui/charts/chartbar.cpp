// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/chartbar.h"

#include "ui/charts/settingstext.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr int notches = 200; // of the slider
constexpr double mostWindow = 1000; // points of Gaussian and moving average

// The slider moves evenly over what is seen to change: near 1 little means much, as do few points of a window.
double amountAt(Smoothing::Kind kind, int notch)
{
    const double part = static_cast<double>(notch) / notches;
    if (countsPoints(kind))
        return notch == 0 ? 0 : std::round(std::pow(mostWindow, part));
    return std::round((1 - std::pow(1 - part, 1.5)) * 999) / 1000;
}

int notchOf(const Smoothing &smoothing)
{
    const double part = countsPoints(smoothing.kind)
        ? (smoothing.amount < 1 ? 0 : std::log(smoothing.amount) / std::log(mostWindow))
        : 1 - std::pow(std::max(0.0, 1 - smoothing.amount / 0.999), 1 / 1.5);
    return std::clamp(static_cast<int>(std::lround(part * notches)), 0, notches);
}

// A list that is long enough to be searched by typing.
void makeSearchable(QComboBox *box)
{
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->setMaxVisibleItems(20);
    QObject::connect(box->lineEdit(), &QLineEdit::editingFinished, box, [box] {
        if (box->findText(box->currentText(), Qt::MatchFixedString) < 0)
            box->setEditText(box->itemText(box->currentIndex()));
    });
}

// A parameter goes without saying.
QString choiceName(const Grouping &grouping)
{
    if (grouping.source == Grouping::Source::Tag)
        return grouping.name.isEmpty() ? ChartBar::tr("All tags") : ChartBar::tr("%1 (tag)").arg(grouping.name);
    return grouping.source == Grouping::Source::Other ? ChartBar::tr("%1 (other)").arg(grouping.name) : grouping.name;
}

} // namespace

ChartBar::ChartBar(QWidget *parent)
    : QWidget(parent)
    , m_flow(new FlowLayout(this))
    , m_axis(new QComboBox(this))
    , m_smoothing(new QComboBox(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_amount(new QDoubleSpinBox(this))
    , m_grouping(new QComboBox(this))
    , m_centre(new QComboBox(this))
    , m_band(new QComboBox(this))
    , m_layoutMenu(new QMenu(this))
{
    m_flow->setContentsMargins(8, 5, 8, 5);
    m_flow->setSpacing(8);
    makeAxis();
    makeSmoothing();
    makeGrouping();
    makeTools();
    setMetrics({});
    setGroupings({});
    setSettings(m_settings);
}

// Widgets that stay together where the row ends.
QWidget *ChartBar::group(const QString &caption, std::initializer_list<QWidget *> widgets)
{
    auto *group = new QWidget(this);
    auto *row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(4);
    if (!caption.isEmpty()) {
        auto *label = new QLabel(caption, group);
        label->setBuddy(*widgets.begin());
        row->addWidget(label);
    }
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    layout()->addWidget(group);
    return group;
}

QToolButton *ChartBar::toggle(const QString &text, const QString &icon, const QString &help)
{
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(help);
    button->setCheckable(true);
    button->setAutoRaise(true);
    if (!icon.isEmpty()) {
        button->setIcon(theme::icon(icon));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    return button;
}

// Not by clicks: assistive tools toggle a button without one.
void ChartBar::connectSetting(QToolButton *button, bool ChartSettings::*setting)
{
    connect(button, &QToolButton::toggled, this, [this, setting](bool now) {
        ChartSettings changed = m_settings;
        changed.*setting = now;
        edit(changed);
    });
}

void ChartBar::makeAxis()
{
    m_axis->setAccessibleName(tr("X axis"));
    m_axis->setToolTip(tr("What the lines are drawn over; type to find a metric"));
    makeSearchable(m_axis);
    m_axis->setFixedWidth(118);
    m_logarithmicX = toggle(tr("Log X"), {}, tr("Logarithmic x axis of all panels (Shift+L in a panel: of that)"));
    m_logarithmicY = toggle(tr("Log Y"), {}, tr("Logarithmic values of all panels (L in a panel: of that)"));
    group(tr("X"), {m_axis, m_logarithmicX, m_logarithmicY});
    connect(m_axis, &QComboBox::activated, this, &ChartBar::chooseAxis);
    connectSetting(m_logarithmicX, &ChartSettings::logarithmicX);
    connectSetting(m_logarithmicY, &ChartSettings::logarithmicY);
}

void ChartBar::makeSmoothing()
{
    for (const auto kind : {Smoothing::Kind::None, Smoothing::Kind::Twema, Smoothing::Kind::Ema,
             Smoothing::Kind::Gaussian, Smoothing::Kind::MovingAverage})
        m_smoothing->addItem(smoothingName(kind), static_cast<int>(kind));
    m_smoothing->setAccessibleName(tr("Kind of smoothing"));
    m_smoothing->setToolTip(tr("TWEMA follows the distance along x, EMA and moving average the points. All of them are "
                               "computed from every point that is loaded."));
    m_slider->setRange(0, notches);
    m_slider->setFixedWidth(96);
    m_slider->setAccessibleName(tr("Smoothing"));
    m_amount->setAccessibleName(tr("Amount of smoothing"));
    m_amount->setFixedWidth(74);
    m_amount->setKeyboardTracking(false); // what is half typed is not meant
    m_raw = toggle(tr("Raw"), u"office-chart-line"_s, tr("Show the points as logged, faint behind smoothed lines and groups"));
    group(tr("Smoothing"), {m_smoothing, m_slider, m_amount, m_raw});
    connect(m_smoothing, &QComboBox::activated, this, [this] {
        ChartSettings changed = m_settings;
        changed.smoothing.kind = static_cast<Smoothing::Kind>(m_smoothing->currentData().toInt());
        if (countsPoints(changed.smoothing.kind) != countsPoints(m_settings.smoothing.kind))
            changed.smoothing.amount = amountAt(changed.smoothing.kind, m_slider->value());
        if (!changed.smoothing.isActive())
            changed.smoothing.amount = usualAmount(changed.smoothing.kind);
        edit(changed);
    });
    connect(m_slider, &QSlider::valueChanged, this, [this](int notch) {
        if (m_isShowing)
            return;
        chooseAmount([notch](Smoothing::Kind kind) { return amountAt(kind, notch); });
    });
    connect(m_amount, &QDoubleSpinBox::valueChanged, this, [this](double amount) {
        if (m_isShowing)
            return;
        chooseAmount([amount](Smoothing::Kind) { return amount; });
    });
    connectSetting(m_raw, &ChartSettings::showsRaw);
}

void ChartBar::makeGrouping()
{
    m_grouping->setAccessibleName(tr("Group by"));
    m_grouping->setToolTip(tr("Draw one line for all runs with the same value; type to find a parameter"));
    makeSearchable(m_grouping);
    m_grouping->setFixedWidth(140);
    m_centre->addItem(tr("Mean"), static_cast<int>(Grouping::Centre::Mean));
    m_centre->addItem(tr("Median"), static_cast<int>(Grouping::Centre::Median));
    m_centre->setAccessibleName(tr("Line of a group"));
    for (const auto band : {Grouping::Band::None, Grouping::Band::Std, Grouping::Band::StandardError,
             Grouping::Band::MinMax, Grouping::Band::Quantile})
        m_band->addItem(bandName(band), static_cast<int>(band));
    m_band->setAccessibleName(tr("Band of a group"));
    m_envelope = toggle(tr("Envelope"), {}, tr("Show the smallest and largest value where a pixel stands for many points"));
    group(tr("Group by"), {m_grouping, m_centre, m_band});
    group({}, {m_envelope});
    connect(m_grouping, &QComboBox::activated, this, &ChartBar::chooseGrouping);
    connect(m_centre, &QComboBox::activated, this, [this] {
        ChartSettings changed = m_settings;
        changed.grouping.centre = static_cast<Grouping::Centre>(m_centre->currentData().toInt());
        edit(changed);
    });
    connect(m_band, &QComboBox::activated, this, [this] {
        ChartSettings changed = m_settings;
        changed.grouping.band = static_cast<Grouping::Band>(m_band->currentData().toInt());
        edit(changed);
    });
    connectSetting(m_envelope, &ChartSettings::showsEnvelope);
}

void ChartBar::makeTools()
{
    const auto button = [this](const QString &text, const QString &icon, const QString &help) {
        QToolButton *made = toggle(text, icon, help);
        made->setCheckable(false);
        made->setToolButtonStyle(made->icon().isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly);
        made->setAccessibleName(text);
        return made;
    };
    m_ranges = toggle(tr("Ranges"), {}, tr("Drag to select a range instead of zooming (or with Shift held)"));
    QToolButton *reset = button(tr("Reset Zoom"), u"zoom-fit-best"_s, tr("Show everything again in all panels"));
    m_undo = button(tr("Undo Layout"), u"edit-undo"_s, tr("Take back the last change of the layout (Ctrl+Z)"));
    m_redo = button(tr("Redo Layout"), u"edit-redo"_s, tr("Do it again (Ctrl+Shift+Z)"));
    m_add = button(tr("Panel"), u"list-add"_s, tr("Add a panel"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    QToolButton *layoutButton = button(tr("Layout"), u"view-grid"_s, tr("Keep, restore, share the layout of this page"));
    layoutButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    layoutButton->setPopupMode(QToolButton::InstantPopup);
    layoutButton->setMenu(m_layoutMenu);
    group({}, {m_ranges, reset, m_undo, m_redo, m_add, layoutButton});
    connect(m_ranges, &QToolButton::toggled, this, &ChartBar::rangesToggled);
    connect(reset, &QToolButton::clicked, this, &ChartBar::resetRequested);
    connect(m_undo, &QToolButton::clicked, this, &ChartBar::undoRequested);
    connect(m_redo, &QToolButton::clicked, this, &ChartBar::redoRequested);
    connect(m_add, &QToolButton::clicked, this, &ChartBar::addRequested);
}

void ChartBar::setMetrics(const QStringList &names)
{
    m_axes.clear();
    for (const auto kind : {XAxis::Kind::Step, XAxis::Kind::Epoch, XAxis::Kind::WallTime, XAxis::Kind::ElapsedTime})
        m_axes.push_back({kind, {}});
    for (const QString &name : names)
        m_axes.push_back({XAxis::Kind::Metric, name});
    m_axis->clear();
    for (const XAxis &axis : m_axes)
        m_axis->addItem(axisName(axis));
    if (!names.isEmpty())
        m_axis->insertSeparator(4);
    setSettings(m_settings);
}

void ChartBar::setGroupings(const std::vector<Grouping> &choices)
{
    m_groupings = {Grouping()};
    m_grouping->clear();
    m_grouping->addItem(tr("None"));
    for (const Grouping &choice : choices) {
        m_groupings.push_back(choice);
        m_grouping->addItem(choiceName(choice));
    }
    setSettings(m_settings);
}

// What is in a group came or went.
bool ChartBar::event(QEvent *event)
{
    const bool isDone = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fitHeight();
    return isDone;
}

void ChartBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitHeight();
}

void ChartBar::addWidget(QWidget *widget)
{
    m_flow->addWidget(widget);
}

void ChartBar::fitHeight()
{
    setFixedHeight(m_flow->heightNeeded(width()));
}

void ChartBar::chooseAxis(int index)
{
    if (index > 4)
        --index; // the separator
    if (index < 0 || static_cast<std::size_t>(index) >= m_axes.size())
        return;
    ChartSettings changed = m_settings;
    changed.xAxis = m_axes[static_cast<std::size_t>(index)];
    edit(changed);
}

void ChartBar::chooseGrouping(int index)
{
    if (index < 0 || static_cast<std::size_t>(index) >= m_groupings.size())
        return;
    ChartSettings changed = m_settings;
    changed.grouping.source = m_groupings[static_cast<std::size_t>(index)].source;
    changed.grouping.name = m_groupings[static_cast<std::size_t>(index)].name;
    edit(changed);
}

// An amount alone means the usual kind.
void ChartBar::chooseAmount(const std::function<double(Smoothing::Kind)> &amount)
{
    ChartSettings changed = m_settings;
    if (changed.smoothing.kind == Smoothing::Kind::None)
        changed.smoothing.kind = Smoothing::Kind::Twema;
    changed.smoothing.amount = amount(changed.smoothing.kind);
    edit(changed);
}

void ChartBar::changeSmoothing(int by)
{
    constexpr int large = 5;
    m_slider->setValue(m_slider->value() + by * large);
}

void ChartBar::setCanUndo(bool canUndo, bool canRedo)
{
    m_undo->setEnabled(canUndo);
    m_redo->setEnabled(canRedo);
}

void ChartBar::edit(const ChartSettings &settings)
{
    if (settings == m_settings)
        return;
    setSettings(settings);
    emit settingsChanged(m_settings);
}

void ChartBar::setSettings(const ChartSettings &settings)
{
    QScopedValueRollback showing(m_isShowing, true);
    m_settings = settings;
    const auto axis = std::find(m_axes.cbegin(), m_axes.cend(), settings.xAxis);
    if (axis != m_axes.cend()) {
        const int index = static_cast<int>(axis - m_axes.cbegin());
        m_axis->setCurrentIndex(index >= 4 ? index + 1 : index);
    } else {
        m_axis->setEditText(axisName(settings.xAxis)); // a metric that nobody has any more
    }
    m_logarithmicX->setChecked(settings.logarithmicX);
    m_logarithmicX->setEnabled(settings.xAxis.kind != XAxis::Kind::WallTime);
    m_logarithmicY->setChecked(settings.logarithmicY);
    const Smoothing &smoothing = settings.smoothing;
    m_smoothing->setCurrentIndex(m_smoothing->findData(static_cast<int>(smoothing.kind)));
    m_amount->setDecimals(countsPoints(smoothing.kind) ? 0 : 3);
    m_amount->setRange(0, countsPoints(smoothing.kind) ? mostWindow : 0.999);
    m_amount->setSingleStep(countsPoints(smoothing.kind) ? 1 : 0.01);
    m_amount->setToolTip(countsPoints(smoothing.kind) ? tr("Points of the window") : tr("From 0, none, to 0.999"));
    m_amount->setValue(smoothing.kind == Smoothing::Kind::None ? 0 : smoothing.amount);
    m_slider->setValue(smoothing.kind == Smoothing::Kind::None ? 0 : notchOf(smoothing));
    m_raw->setChecked(settings.showsRaw);
    m_envelope->setChecked(settings.showsEnvelope);
    const auto grouping = std::find_if(m_groupings.cbegin(), m_groupings.cend(), [&](const Grouping &one) {
        return one.source == settings.grouping.source && one.name == settings.grouping.name;
    });
    if (grouping != m_groupings.cend())
        m_grouping->setCurrentIndex(static_cast<int>(grouping - m_groupings.cbegin()));
    else
        m_grouping->setEditText(groupingName(settings.grouping));
    for (QComboBox *box : {m_axis, m_grouping})
        box->lineEdit()->setCursorPosition(0); // the beginning of a long name tells more
    for (QComboBox *box : {m_centre, m_band})
        box->setVisible(settings.grouping.isActive());
    m_centre->setCurrentIndex(m_centre->findData(static_cast<int>(settings.grouping.centre)));
    m_band->setCurrentIndex(m_band->findData(static_cast<int>(settings.grouping.band)));
}
