// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/cachepage.h"

#include "models/api/cache.h"
#include "models/session/sessions.h"
#include "models/session/settings.h"
#include "models/values/format.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>

using namespace Qt::StringLiterals;

CachePage::CachePage(Settings &settings, Sessions &sessions, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_sessions(sessions)
    , m_on(new QCheckBox(tr("&Answer repeated questions from memory"), this))
    , m_minutes(new QSpinBox(this))
    , m_statistics(new QLabel(this))
    , m_clear(new QPushButton(tr("&Clear Cache"), this))
    , m_never(new QListWidget(this))
    , m_remove(new QPushButton(tr("&Remove"), this))
{
    m_on->setToolTip(tr("Refresh (F5) always asks the server, and so does whatever you have changed."));
    m_minutes->setRange(1, 24 * 60);
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setAccessibleName(tr("Minutes after which answers are forgotten"));
    m_statistics->setWordWrap(true);
    m_statistics->setAccessibleName(tr("What is in the cache"));
    m_never->setAccessibleName(tr("Always asked of the server"));
    m_never->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    auto *form = new QFormLayout;
    form->addRow(m_on);
    form->addRow(tr("&Forget answers after"), m_minutes);
    column->addLayout(form);
    auto *now = new QHBoxLayout;
    now->addWidget(m_statistics, 1);
    now->addWidget(m_clear);
    column->addLayout(now);
    auto *label = new QLabel(tr("A&lways asked of the server:"), this);
    label->setBuddy(m_never);
    column->addWidget(label);
    column->addWidget(m_never, 1);
    auto *add = new QPushButton(tr("A&dd"), this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    column->addLayout(buttons);
    for (QPushButton *button : {m_clear, add, m_remove})
        button->setAutoDefault(false);

    connect(m_on, &QCheckBox::clicked, this, [this](bool on) { m_settings.cacheIsOn.set(on); });
    connect(m_minutes, &QSpinBox::valueChanged, this, [this](int minutes) {
        if (!m_isShowing)
            m_settings.cacheMinutes.set(minutes);
    });
    connect(m_clear, &QPushButton::clicked, this, [this] {
        for (Session *session : m_sessions.all())
            session->client().cache().clear();
    });
    connect(add, &QPushButton::clicked, this, &CachePage::add);
    connect(m_remove, &QPushButton::clicked, this, &CachePage::remove);
    connect(m_never, &QListWidget::itemChanged, this, &CachePage::keepNever);
    connect(m_never, &QListWidget::itemSelectionChanged, this,
        [this] { m_remove->setEnabled(!m_never->selectedItems().isEmpty()); });
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(200);
    connect(&m_refresh, &QTimer::timeout, this, &CachePage::showStatistics);
    connect(&sessions, &Sessions::added, this, &CachePage::follow);
    connect(&sessions, &Sessions::removed, &m_refresh, qOverload<>(&QTimer::start));
    for (Session *session : sessions.all())
        follow(session);
    show();
    showStatistics();
}

void CachePage::follow(Session *session)
{
    connect(&session->client().cache(), &api::Cache::changed, this, [this] {
        if (!m_refresh.isActive())
            m_refresh.start();
    });
}

void CachePage::show()
{
    const QScopedValueRollback showing(m_isShowing, true);
    m_on->setChecked(m_settings.cacheIsOn.value());
    m_minutes->setValue(m_settings.cacheMinutes.value());
    m_never->clear();
    for (const QString &endpoint : m_settings.cachePolicy().never) {
        auto *item = new QListWidgetItem(endpoint, m_never);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
    }
    m_remove->setEnabled(false);
}

void CachePage::showStatistics()
{
    api::Cache::Statistics all;
    for (const Session *session : m_sessions.all()) {
        const api::Cache::Statistics one = session->client().cache().statistics();
        all.entries += one.entries;
        all.bytes += one.bytes;
        all.hits += one.hits;
        all.misses += one.misses;
    }
    const QString answers = all.entries == 1 ? tr("1 answer") : tr("%1 answers").arg(format::count(all.entries));
    QString text = tr("%1, %2.").arg(answers, format::bytes(all.bytes));
    if (const qint64 questions = all.hits + all.misses; questions > 0)
        text += u' ' + tr("%1 of %2 questions were answered from memory.")
                           .arg(format::count(all.hits), format::count(questions));
    m_statistics->setText(text);
    m_clear->setEnabled(all.entries > 0);
}

void CachePage::keepNever()
{
    if (m_isShowing)
        return;
    QStringList endpoints;
    for (int row = 0; row < m_never->count(); ++row)
        endpoints += m_never->item(row)->text().simplified().remove(u' ');
    endpoints.removeAll(QString());
    endpoints.removeDuplicates();
    m_settings.cacheNever.set(endpoints.join(u' '));
}

void CachePage::add()
{
    auto *item = new QListWidgetItem(m_never);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    m_never->setCurrentItem(item);
    m_never->editItem(item);
}

void CachePage::remove()
{
    qDeleteAll(m_never->selectedItems());
    keepNever();
}

void CachePage::restoreDefaults()
{
    const api::CachePolicy usual;
    m_settings.cacheIsOn.set(usual.isOn);
    m_settings.cacheMinutes.set(usual.minutes);
    m_settings.cacheNever.set(usual.never.join(u' '));
    show();
}
