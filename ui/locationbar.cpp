// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/locationbar.h"

#include "models/session/profilemarks.h"
#include "ui/actions.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStyleOptionFrame>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

constexpr int goToWidth = 300;
constexpr int longestStep = 320;
constexpr int colourLine = 3;

// Looks like a field because what it opens is one.
class GoToButton : public QAbstractButton
{
public:
    GoToButton(QAction *action, QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(LocationBar::tr("Go to anything"));
        setAccessibleName(text());
        setToolTip(action->statusTip());
        m_keys = action->shortcut().toString(QKeySequence::NativeText);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    }
    QSize sizeHint() const override { return {goToWidth, 28}; }
    QSize minimumSizeHint() const override { return {120, 28}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QStyleOptionFrame frame;
        frame.initFrom(this);
        frame.lineWidth = 1;
        style()->drawPrimitive(QStyle::PE_PanelLineEdit, &frame, &painter, this);
        const QRect icon(10, (height() - 16) / 2, 16, 16);
        theme::icon(u"edit-find"_s).paint(&painter, icon);
        const theme::Tokens &tokens = theme::tokens(palette());
        painter.setPen(tokens.faint);
        const QRect inside = rect().adjusted(34, 0, -10, 0);
        painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, text());
        if (fontMetrics().horizontalAdvance(text() + m_keys) + 24 < inside.width())
            painter.drawText(inside, Qt::AlignVCenter | Qt::AlignRight, m_keys);
    }

private:
    QString m_keys;
};

// Says that the server is read-only here; a click leads to where that is decided.
class ReadOnlyMark : public QAbstractButton
{
public:
    ReadOnlyMark(QAction *edit, QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(LocationBar::tr("Read only"));
        setAccessibleName(text());
        setToolTip(LocationBar::tr("Nothing is changed on this server: it is read-only here. Click to edit that."));
        setAccessibleDescription(toolTip());
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        connect(this, &QAbstractButton::clicked, edit, &QAction::trigger);
    }
    QSize sizeHint() const override { return {textLeft + fontMetrics().horizontalAdvance(text()) + 8, 28}; }
    QSize minimumSizeHint() const override { return {textLeft, 28}; } // the lock alone

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        theme::icon(u"object-locked"_s).paint(&painter, 0, (height() - 16) / 2, 16, 16);
        painter.setPen(theme::tokens(palette()).secondary);
        if (width() >= sizeHint().width())
            painter.drawText(rect().adjusted(textLeft, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
        if (!hasFocus())
            return;
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }

private:
    static constexpr int textLeft = 22;
};

QToolButton *toolButton(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedSize(28, 28);
    button->setAccessibleName(action->text());
    return button;
}

} // namespace

LocationBar::LocationBar(const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_path(new QWidget(this))
    , m_steps(new QHBoxLayout(m_path))
    , m_readOnly(new ReadOnlyMark(actions[Actions::EditServer], this))
{
    m_path->setAccessibleName(tr("Path"));
    m_steps->setContentsMargins(0, 0, 0, 0);
    m_steps->setSpacing(0);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(4);
    row->addWidget(toolButton(actions[Actions::Back], this));
    row->addWidget(toolButton(actions[Actions::Forward], this));
    row->addSpacing(4);
    row->addWidget(m_path, 1);
    row->addWidget(m_readOnly);
    row->addWidget(new GoToButton(actions[Actions::GoTo], this));
    row->addSpacing(4);
    row->addWidget(toolButton(actions[Actions::Refresh], this));
    row->addWidget(toolButton(actions[Actions::ShowRequests], this));
    setFixedHeight(40);
}

void LocationBar::setPlace(const Place &place, const Profile &server, const QString &experimentName)
{
    m_colour = QColor(server.colour);
    m_readOnly->setVisible(server.isReadOnly);
    update();
    while (QLayoutItem *item = m_steps->takeAt(0)) {
        if (QWidget *step = item->widget()) {
            step->hide();
            step->deleteLater(); // it may be the one that was clicked
        }
        delete item;
    }
    if (place.isNull()) {
        addStep(tr("Start"), {}, true);
    } else {
        QToolButton *step = addStep(server.name, {place.server, {}, {}, {}}, place.workspace.isEmpty());
        const QStringList marks = profilemarks::sentences(server);
        step->setToolTip((QStringList(server.name) + marks).join(u'\n'));
        step->setAccessibleDescription(marks.join(u'\n'));
        if (!place.workspace.isEmpty()) {
            addStep(place.workspace, {place.server, place.workspace, {}, {}},
                place.project.isEmpty() && !place.registry);
        }
        if (place.registry) {
            addStep(tr("Model Registry"), Place::ofRegistry(place.server, place.workspace), place.model.isEmpty());
            if (!place.model.isEmpty())
                addStep(place.model, place, true);
        }
        if (!place.project.isEmpty()) {
            addStep(place.project, {place.server, place.workspace, place.project, {}},
                place.experiment.isEmpty());
        }
        if (!place.experiment.isEmpty())
            addStep(experimentName, place, true);
    }
    m_steps->addStretch(1);
}

QToolButton *LocationBar::addStep(const QString &text, const Place &place, bool isLast)
{
    if (m_steps->count() > 0) {
        auto *arrow = new QLabel(u"›"_s, m_path);
        arrow->setForegroundRole(QPalette::PlaceholderText);
        arrow->setContentsMargins(2, 0, 2, 2);
        m_steps->addWidget(arrow);
    }
    auto *step = new QToolButton(m_path);
    step->setAutoRaise(true);
    step->setFocusPolicy(Qt::TabFocus);
    QFont font = step->font();
    font.setWeight(isLast ? QFont::DemiBold : QFont::Normal);
    step->setFont(font);
    QString shown = QFontMetrics(font).elidedText(text, Qt::ElideMiddle, longestStep);
    step->setText(shown.replace(u'&', "&&"_L1));
    step->setAccessibleName(text);
    step->setToolTip(text);
    step->setMinimumHeight(28);
    connect(step, &QToolButton::clicked, this, [this, place] { emit placeActivated(place); });
    m_steps->addWidget(step);
    return step;
}

void LocationBar::paintEvent(QPaintEvent *)
{
    if (m_colour.isValid())
        QPainter(this).fillRect(0, height() - colourLine, width(), colourLine, m_colour);
}
