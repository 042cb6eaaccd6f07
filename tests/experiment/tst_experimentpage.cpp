// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"

#include "models/session/sessions.h"
#include "ui/experiment/experimentpage.h"
#include "ui/widgets/emptystate.h"

#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using Part = ExperimentValues::Part;

class ExperimentPageTest : public QObject
{
    Q_OBJECT

    struct Scene
    {
        LocalProject project;
        QString key = project.addExperiment(u"run"_s);
        Sessions sessions;
        ExperimentPage page;

        void open()
        {
            Profile profile;
            profile.id = u"lab"_s;
            profile.root = project.root();
            page.resize(1000, 600);
            page.show();
            page.setExperiment(sessions.add(profile, project.apiKey()), key);
            page.showSection(Part::Assets);
        }
        template<typename Widget>
        Widget *visible(const QString &text = {}) const
        {
            for (Widget *widget : page.findChildren<Widget *>()) {
                if constexpr (std::is_same_v<Widget, QPushButton>) {
                    if (widget->text() != text)
                        continue;
                }
                if (widget->isVisible())
                    return widget;
            }
            return nullptr;
        }
    };

private slots:
    void assetsAreListedAndChosen()
    {
        Scene scene;
        scene.project.upload(scene.key, u"plots/épreuve <b>1</b>.csv"_s, "a,b\n");
        scene.project.upload(scene.key, u"weights.bin"_s, "1234567");
        scene.open();
        QTRY_COMPARE(scene.page.values().assets().rowCount(), 2);
        auto *table = scene.visible<QTableView>();
        QVERIFY(table);
        auto *download = scene.visible<QPushButton>(u"Download…"_s);
        QVERIFY(download);
        QVERIFY(!download->isEnabled()); // nothing is selected

        QSignalSpy chosen(&scene.page, &ExperimentPage::assetsChosen);
        table->selectAll();
        QVERIFY(download->isEnabled());
        QTest::mouseClick(download, Qt::LeftButton);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().value<std::vector<api::Asset>>().size(), std::size_t{2});

        // One, by its menu and by Return.
        const QModelIndexList found = table->model()->match(table->model()->index(0, 0), Qt::DisplayRole, u"weights.bin"_s);
        QCOMPARE(found.size(), 1);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(found.front()).center());
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(chosen.count(), 2);
        QCOMPARE(chosen.last().first().value<std::vector<api::Asset>>().at(0).name, u"weights.bin"_s);
        emit table->customContextMenuRequested(table->visualRect(found.front()).center());
        auto *menu = scene.page.findChild<QMenu *>();
        QVERIFY(menu);
        QTRY_VERIFY(menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(chosen.count(), 3);
    }

    void withoutAssetsItSaysHowToLogThem()
    {
        Scene scene;
        scene.open();
        QTRY_VERIFY(scene.visible<EmptyState>() && scene.visible<EmptyState>()->sentence().contains(u"log_asset"_s));
        QVERIFY(!scene.visible<QPushButton>(u"Download…"_s)->isEnabled());
    }
};

QTEST_MAIN(ExperimentPageTest)
#include "tst_experimentpage.moc"
