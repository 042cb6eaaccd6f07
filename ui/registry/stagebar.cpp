// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registry/stagebar.h"

#include "ui/registry/stagechip.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/theme.h"

#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStringListModel>
#include <QStyleOptionFocusRect>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {
constexpr int buttonSize = 18;
constexpr int fieldWidth = 150;
} // namespace

class StageBar::Chip : public QWidget
{
public:
    Chip(const QString &stage, StageBar *bar)
        : QWidget(bar)
        , m_stage(stage)
        , m_remove(new QToolButton(this))
    {
        setFocusPolicy(Qt::StrongFocus);
        setAccessibleName(StageBar::tr("Stage %1").arg(stage));
        setToolTip(stage);
        m_remove->setAutoRaise(true);
        m_remove->setFocusPolicy(Qt::NoFocus); // the chip has the focus, and Delete
        m_remove->setText(u"×"_s);
        m_remove->setFixedSize(buttonSize, buttonSize);
        m_remove->setToolTip(StageBar::tr("Remove Stage (Del)"));
        m_remove->setAccessibleName(StageBar::tr("Remove Stage %1").arg(stage));
        connect(m_remove, &QToolButton::clicked, bar, [bar, stage] { emit bar->removeRequested(stage); });
        setFixedHeight(stagechip::height);
    }
    void setReadOnly(bool readOnly) { m_remove->setVisible(!readOnly); }
    const QString &stage() const { return m_stage; }
    QSize sizeHint() const override
    {
        const int button = m_remove->isHidden() ? 0 : buttonSize - 4;
        return {stagechip::width(m_stage, fontMetrics()) + button, stagechip::height};
    }

protected:
    void resizeEvent(QResizeEvent *) override
    {
        m_remove->move(width() - buttonSize - 2, (height() - buttonSize) / 2);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        if ((event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) && !m_remove->isHidden())
            m_remove->click();
        else if (event->key() == Qt::Key_Left)
            focusPreviousChild();
        else if (event->key() == Qt::Key_Right)
            focusNextChild();
        else
            QWidget::keyPressEvent(event);
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const int right = m_remove->isHidden() ? width() - stagechip::padding : width() - buttonSize - 2;
        stagechip::paint(painter, rect(), m_stage, palette(), right + 1);
        if (hasFocus()) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(theme::tokens(palette()).accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), 5, 5);
        }
    }

private:
    QString m_stage;
    QToolButton *m_remove;
};

StageBar::StageBar(QWidget *parent)
    : QWidget(parent)
    , m_layout(new FlowLayout(this))
    , m_field(new QLineEdit(this))
    , m_suggestions(new QStringListModel(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    m_layout->addWidget(m_field);
    m_field->setPlaceholderText(tr("Add stage…"));
    m_field->setAccessibleName(tr("Add stage"));
    m_field->setFixedWidth(fieldWidth);
    auto *completer = new QCompleter(m_suggestions, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_field->setCompleter(completer);
    // Queued: a completion is put into the field after Return was heard.
    connect(m_field, &QLineEdit::returnPressed, this, &StageBar::submit, Qt::QueuedConnection);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &StageBar::submit,
        Qt::QueuedConnection);
    connect(m_field, &QLineEdit::textEdited, this, [this] { emit problem({}); });
    setFocusProxy(m_field);
    fit();
}

void StageBar::setStages(const QStringList &stages)
{
    if (stages == m_stages)
        return;
    m_stages = stages;
    const bool readOnly = m_field->isHidden();
    const auto *focused = dynamic_cast<Chip *>(focusWidget());
    const bool hadFocus = focused && focused->hasFocus();
    while (m_layout->count() > 1) {
        QLayoutItem *item = m_layout->takeAt(0);
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that was clicked
        delete item;
    }
    QLayoutItem *field = m_layout->takeAt(0);
    QWidget *before = nullptr;
    for (const QString &stage : stages) {
        auto *chip = new Chip(stage, this);
        chip->setReadOnly(readOnly);
        m_layout->addWidget(chip);
        chip->show();
        if (before)
            setTabOrder(before, chip);
        before = chip;
    }
    m_layout->addItem(field);
    if (before)
        setTabOrder(before, m_field);
    if (hadFocus)
        m_field->setFocus();
    suggest();
    fit();
}

void StageBar::setSuggestions(const QStringList &stages)
{
    m_inUse = stages;
    suggest();
}

void StageBar::suggest()
{
    QStringList offered;
    for (const QString &stage : m_inUse) {
        if (!m_stages.contains(stage))
            offered += stage;
    }
    if (offered != m_suggestions->stringList())
        m_suggestions->setStringList(offered);
}

void StageBar::setReadOnly(const QString &reason)
{
    m_field->setVisible(reason.isEmpty());
    setToolTip(reason);
    for (int i = 0; i < m_layout->count(); ++i) {
        if (auto *chip = dynamic_cast<Chip *>(m_layout->itemAt(i)->widget()))
            chip->setReadOnly(!reason.isEmpty());
    }
    m_layout->invalidate();
    fit();
}

void StageBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StageBar::fit()
{
    setFixedHeight(std::max(stagechip::height, m_layout->heightNeeded(width())));
}

void StageBar::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
}

// Return adds what is typed; with nothing typed it is for the dialog around.
void StageBar::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isReturn || m_field->text().trimmed().isEmpty())
        QWidget::keyPressEvent(event);
}

void StageBar::submit()
{
    const QString stage = m_field->text().trimmed();
    if (stage.isEmpty())
        return;
    if (m_stages.contains(stage)) {
        emit problem(tr("“%1” is there already.").arg(stage));
        return;
    }
    m_field->setText(QString()); // unlike clear(), nothing that undo brings back
    emit problem({});
    emit addRequested(stage);
}
