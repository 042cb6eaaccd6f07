// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/settings.h"
#include "tests/charts/fakesource.h"
#include "ui/charts/chartbar.h"
#include "ui/charts/chartgrid.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/chartspage.h"
#include "ui/widgets/emptystate.h"

#include <QComboBox>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

// The page of charts over a server that is none, and how a test takes hold of what is on it.
class ChartsScene : public QObject
{
protected:
    inline static const QStringList few{
        QStringLiteral("loss"), QStringLiteral("train/accuracy"), QStringLiteral("train/loss"), QStringLiteral("sys.cpu")};

    void begin()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QVERIFY(m_folder.isValid());
        m_fake = std::make_unique<FakeSource>();
        m_fake->answersByItself = true;
        m_fake->points = 3000;
        m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("%1.conf").arg(++m_count)));
        open();
    }
    void end()
    {
        m_page.reset();
        m_settings.reset();
    }
    void open()
    {
        m_page = std::make_unique<ChartsPage>(*m_settings);
        m_page->resize(1200, 800);
        m_page->setSource(QStringLiteral("fake"), m_fake->source(), QStringLiteral("subject"));
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QCursor::setPos(m_page->mapToGlobal(QPoint(-100, -100)));
    }
    static std::vector<RunList::Entry> runs(int count, int shown)
    {
        std::vector<RunList::Entry> runs;
        for (int i = 0; i < count; ++i)
            runs.push_back({{QStringLiteral("run%1").arg(i), QStringLiteral("Run %1").arg(i), i, true}, i < shown});
        return runs;
    }
    void show(int count, const QStringList &metrics)
    {
        m_page->setMetrics(metrics);
        m_page->setRuns(runs(count, count));
    }
    EmptyState *empty() const { return m_page->findChild<EmptyState *>(); }
    ChartPanel *panelOf(const QString &metric) const
    {
        for (ChartPanel *panel : m_page->grid()->panels()) {
            if (panel->panel().metrics == QStringList{metric})
                return panel;
        }
        return nullptr;
    }
    QStringList order() const
    {
        QStringList order;
        for (const ChartLayout::Section &section : m_page->layoutShown().sections()) {
            for (const std::size_t index : section.panels)
                order << m_page->layoutShown().panels[index].displayTitle();
        }
        return order;
    }
    QToolButton *header(const QString &section) const
    {
        for (QToolButton *one : m_page->grid()->widget()->findChildren<QToolButton *>(Qt::FindDirectChildrenOnly)) {
            if (one->text().startsWith(section + QLatin1Char(' ')))
                return one;
        }
        return nullptr;
    }
    QToolButton *toggle(const QString &text) const
    {
        for (QToolButton *one : m_page->bar()->findChildren<QToolButton *>()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    QComboBox *boxNamed(const QString &name) const
    {
        for (QComboBox *one : m_page->bar()->findChildren<QComboBox *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : m_page->findChildren<QPushButton *>()) {
            if (one->isVisible() && one->text() == text)
                return one;
        }
        return nullptr;
    }
    static void trigger(ChartPanel *panel, const QString &text)
    {
        QVERIFY(panel);
        const QList<QAction *> actions = panel->menu()->actions();
        const auto action = std::find_if(actions.cbegin(), actions.cend(),
            [&](const QAction *one) { return one->text() == text; });
        QVERIFY(action != actions.cend());
        (*action)->trigger();
    }
    // By its title to a place on the screen.
    static void drag(ChartPanel *panel, QPoint global)
    {
        auto *title = panel->findChild<QWidget *>();
        QTest::mousePress(title, Qt::LeftButton, {}, QPoint(60, 10));
        QTest::mouseMove(title, QPoint(80, 20));
        QTest::mouseMove(title, title->mapFromGlobal(global));
        QTest::mouseRelease(title, Qt::LeftButton, {}, title->mapFromGlobal(global));
    }

    QTemporaryDir m_folder;
    int m_count = 0;
    std::unique_ptr<FakeSource> m_fake;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ChartsPage> m_page;
};
