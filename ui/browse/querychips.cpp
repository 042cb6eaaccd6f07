// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/querychips.h"

#include "models/query/english.h"
#include "models/query/normalform.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;
using query::Expression;

namespace {

constexpr int widestText = 240;
constexpr int gap = 6;

class Chip : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const theme::Tokens &tokens = theme::tokens(palette());
        painter.setPen(tokens.border);
        painter.setBrush(tokens.base);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
};

} // namespace

QueryChips::QueryChips(QWidget *parent)
    : QWidget(parent)
    , m_more(new QToolButton(this))
{
    setAccessibleName(tr("Conditions of the query"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_more->setAutoRaise(true);
    m_more->hide();
    connect(m_more, &QToolButton::clicked, this, &QueryChips::moreRequested);
}

bool QueryChips::canShow(const Expression &expression)
{
    return expression.kind() == Expression::Kind::All && !expression.isNegated() && !expression.children().isEmpty();
}

void QueryChips::setExpression(const Expression &expression, const query::Variables &variables)
{
    for (QWidget *chip : m_chips) {
        chip->hide();
        chip->deleteLater(); // it may be the one whose button was pressed
    }
    m_chips.clear();
    for (int i = 0; i < static_cast<int>(expression.children().size()); ++i) {
        const Expression &condition = expression.children()[i];
        if (!query::counts(condition))
            continue;
        const QString text = query::inEnglish(condition, variables).simplified();
        auto *chip = new Chip(this);
        auto *label = new QLabel(chip->fontMetrics().elidedText(text, Qt::ElideMiddle, widestText), chip);
        label->setTextFormat(Qt::PlainText);
        label->setToolTip(text.toHtmlEscaped());
        auto *remove = new QToolButton(chip);
        remove->setAutoRaise(true);
        remove->setText(u"×"_s);
        remove->setToolTip(tr("Remove this condition"));
        remove->setAccessibleName(tr("Remove condition %1").arg(text));
        connect(remove, &QToolButton::clicked, this, [this, i] { emit removeRequested(i); });
        auto *row = new QHBoxLayout(chip);
        row->setContentsMargins(8, 1, 1, 1);
        row->setSpacing(2);
        row->addWidget(label);
        row->addWidget(remove);
        m_chips.push_back(chip);
    }
    place();
    updateGeometry();
}

QSize QueryChips::sizeHint() const
{
    int height = m_more->sizeHint().height();
    for (const QWidget *chip : m_chips)
        height = qMax(height, chip->sizeHint().height());
    return {400, height};
}

QSize QueryChips::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

void QueryChips::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

// The first one always, and as many more as leave room for the number of the others.
void QueryChips::place()
{
    m_more->setText(tr("+%1").arg(m_chips.size()));
    const int room = width() - m_more->sizeHint().width() - gap;
    int x = 0;
    std::size_t shown = 0;
    for (; shown < m_chips.size(); ++shown) {
        const QSize size = m_chips[shown]->sizeHint();
        const bool isLast = shown + 1 == m_chips.size();
        if (shown > 0 && x + size.width() > (isLast ? width() : room))
            break;
        m_chips[shown]->setGeometry(x, 0, qMin(size.width(), qMax(0, room)), height());
        x += size.width() + gap;
    }
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        m_chips[i]->setVisible(i < shown);
    const std::size_t left = m_chips.size() - shown;
    m_more->setText(tr("+%1").arg(left));
    m_more->setToolTip(tr("%1 more conditions").arg(left));
    m_more->setAccessibleName(m_more->toolTip());
    m_more->setGeometry(qMin(x, room + gap), 0, m_more->sizeHint().width(), height());
    m_more->setVisible(left > 0);
}
