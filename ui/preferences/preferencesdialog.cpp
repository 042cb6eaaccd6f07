// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/preferencesdialog.h"

#include "models/session/settings.h"
#include "ui/preferences/cachepage.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabWidget>

using namespace Qt::StringLiterals;

PreferencesDialog::PreferencesDialog(
    Settings &settings, Sessions &sessions, const QList<QAction *> &schemes, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_pages(new QTabWidget(this))
    , m_cache(new CachePage(settings, sessions, this))
    , m_refresh(new QSpinBox(this))
    , m_budget(new QSpinBox(this))
{
    setWindowTitle(tr("Preferences"));
    m_pages->setDocumentMode(true);
    m_pages->setAccessibleName(tr("Subjects"));
    m_pages->addTab(makeLook(schemes), tr("Look"));
    m_pages->addTab(m_cache, tr("Cache"));
    m_pages->addTab(makeRequests(), tr("Requests"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close | QDialogButtonBox::RestoreDefaults, this);
    buttons->button(QDialogButtonBox::RestoreDefaults)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
        &PreferencesDialog::restoreDefaults);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_pages, 1);
    column->addWidget(buttons);
    // Those of the page that is shown; servers have none.
    connect(m_pages, &QTabWidget::currentChanged, this,
        [this, buttons](int page) { buttons->button(QDialogButtonBox::RestoreDefaults)->setVisible(page < 3); });
    resize(560, 520);
}

void PreferencesDialog::addPage(QWidget *page, const QString &title)
{
    m_pages->addTab(page, title);
}

QWidget *PreferencesDialog::makeLook(const QList<QAction *> &schemes)
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    for (QAction *scheme : schemes) {
        auto *button = new QRadioButton(scheme->text(), page);
        button->setChecked(scheme->isChecked());
        connect(button, &QRadioButton::clicked, scheme, &QAction::trigger);
        connect(scheme, &QAction::toggled, button, &QRadioButton::setChecked);
        column->addWidget(button);
    }
    column->addStretch(1);
    return page;
}

QWidget *PreferencesDialog::makeRequests()
{
    m_refresh->setRange(0, 24 * 60);
    m_refresh->setSpecialValueText(tr("only when asked to"));
    m_refresh->setPrefix(tr("every "));
    m_refresh->setSuffix(tr(" min"));
    m_refresh->setValue(m_settings.refreshMinutes.value());
    connect(m_refresh, &QSpinBox::valueChanged, this, [this](int minutes) { m_settings.refreshMinutes.set(minutes); });
    m_budget->setRange(100, 1'000'000);
    m_budget->setSingleStep(1000);
    m_budget->setGroupSeparatorShown(true);
    m_budget->setValue(m_settings.requestsPerHour.value());
    connect(m_budget, &QSpinBox::valueChanged, this, [this](int requests) { m_settings.requestsPerHour.set(requests); });
    auto *why = new QLabel(tr("Servers limit how many requests all programs of an account may send. As this number "
                              "comes near, values are loaded for the rows on screen only."), this);
    why->setWordWrap(true);
    auto *page = new QWidget(this);
    auto *form = new QFormLayout(page);
    form->setContentsMargins(20, 20, 20, 20);
    form->setVerticalSpacing(10);
    form->addRow(tr("Re&fresh what is shown"), m_refresh);
    form->addRow(tr("&Requests to a server in an hour"), m_budget);
    form->addRow(why);
    return page;
}

void PreferencesDialog::restoreDefaults()
{
    switch (m_pages->currentIndex()) {
    case 0:
        if (auto *first = m_pages->currentWidget()->findChild<QRadioButton *>())
            first->click();
        break;
    case 1:
        m_cache->restoreDefaults();
        break;
    case 2:
        m_refresh->setValue(0);
        m_budget->setValue(api::RequestLog::usualBudget);
        break;
    default:
        break;
    }
}
