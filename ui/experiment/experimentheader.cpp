// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/experiment/experimentheader.h"

#include "models/values/format.h"
#include "ui/browse/runstateglyph.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int shownTags = 8;

// A tag as the table shows it: a word on a soft ground.
class Chip : public QLabel
{
public:
    explicit Chip(const QString &text, QWidget *parent)
        : QLabel(parent)
    {
        setTextFormat(Qt::PlainText);
        setText(text);
        setContentsMargins(8, 2, 8, 2);
        setFixedHeight(22);
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::tokens(palette()).line);
        painter.drawRoundedRect(rect(), 5, 5);
        painter.end();
        QLabel::paintEvent(event);
    }
};

QString stateText(const api::Metadata &metadata)
{
    const bool running = metadata.state == api::State::Running;
    const QString name = running                         ? ExperimentHeader::tr("Running")
        : metadata.state == api::State::Crashed  ? ExperimentHeader::tr("Crashed")
        : metadata.state == api::State::Finished ? ExperimentHeader::tr("Finished")
                                                 : QString();
    QStringList parts{name};
    if (metadata.duration > 0)
        parts.append(format::duration(metadata.duration));
    if (metadata.archived)
        parts.append(ExperimentHeader::tr("archived"));
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QLabel *secondary(QLabel *label)
{
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

class ExperimentHeader::StateGlyph : public QWidget
{
public:
    explicit StateGlyph(QWidget *parent)
        : QWidget(parent)
    {
        setFixedSize(16, 16);
    }
    void setState(api::State state)
    {
        m_state = state;
        setVisible(state != api::State::Unknown);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintRunState(painter, rect(), m_state, palette());
    }

private:
    api::State m_state = api::State::Unknown;
};

ExperimentHeader::ExperimentHeader(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLabel(this))
    , m_glyph(new StateGlyph(this))
    , m_state(new QLabel(this))
    , m_tags(new QHBoxLayout)
    , m_facts(secondary(new QLabel(this)))
    , m_key(secondary(new QLabel(this)))
    , m_copy(new QToolButton(this))
{
    QFont font = m_name->font();
    font.setPointSizeF(font.pointSizeF() * 20 / 13);
    font.setWeight(QFont::DemiBold);
    m_name->setFont(font);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_key->setFont(mono);
    m_copy->setIcon(theme::icon(u"edit-copy"_s));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the key"));
    m_copy->setAccessibleName(tr("Copy the key"));
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::TabFocus);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_fullKey);
        emit keyCopied();
    });

    m_tags->setSpacing(4);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_name);
    top->addSpacing(8);
    top->addWidget(m_glyph);
    top->addWidget(m_state);
    top->addSpacing(8);
    top->addLayout(m_tags);
    top->addStretch(1);
    auto *below = new QHBoxLayout;
    below->setSpacing(4);
    below->addWidget(m_facts);
    below->addWidget(m_key);
    below->addWidget(m_copy);
    below->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(4);
    column->addLayout(top);
    column->addLayout(below);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void ExperimentHeader::setLoading(const QString &key)
{
    m_fullKey = key;
    m_name->setText(key.left(9));
    m_glyph->setState(api::State::Unknown);
    m_state->clear();
    m_facts->clear();
    m_key->setText(key);
    setTags({});
}

void ExperimentHeader::setMetadata(const api::Metadata &metadata)
{
    m_fullKey = metadata.key;
    m_name->setText(metadata.name.isEmpty() ? metadata.key.left(9) : metadata.name);
    m_glyph->setState(metadata.state);
    m_state->setText(stateText(metadata));
    QStringList facts;
    if (metadata.start > 0) {
        const QString when = format::time(metadata.start, QDateTime::currentDateTime());
        facts.append(metadata.user.isEmpty() ? tr("Started %1").arg(when)
                                             : tr("Started %1 by %2").arg(when, metadata.user));
    } else if (!metadata.user.isEmpty()) {
        facts.append(tr("By %1").arg(metadata.user));
    }
    if (!metadata.fileName.isEmpty())
        facts.append(metadata.fileName);
    m_facts->setText(facts.isEmpty() ? QString() : facts.join(u"  ·  "_s) + u"  ·"_s);
    m_facts->setToolTip(format::timeFull(metadata.start));
    m_key->setText(metadata.key);
}

void ExperimentHeader::setTags(const QStringList &tags)
{
    while (QLayoutItem *item = m_tags->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &tag : tags.mid(0, shownTags))
        m_tags->addWidget(new Chip(tag, this));
    if (tags.size() > shownTags) {
        auto *more = new Chip(tr("%n more", nullptr, static_cast<int>(tags.size()) - shownTags), this);
        more->setToolTip(tags.join(u'\n'));
        m_tags->addWidget(more);
    }
}
