// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/windowstatus.h"

#include "models/session/sessions.h"
#include "models/session/tasks.h"
#include "ui/actions.h"

#include <QLabel>
#include <QMainWindow>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

// What the window says of the server it shows.
class WindowStatusTest : public QObject
{
    Q_OBJECT
private slots:
    void cleanup() { qunsetenv("COMET_INTERNAL_CHECK_TLS_CERTIFICATE"); }

    void aServerThatIsNotCheckedIsMarked_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isMarked");
        QTest::newRow("checked") << QByteArray("true") << u"https://127.0.0.1:1"_s << false;
        QTest::newRow("not checked") << QByteArray("false") << u"https://127.0.0.1:1"_s << true;
        QTest::newRow("nothing to check") << QByteArray("false") << u"http://127.0.0.1:1"_s << false;
    }
    void aServerThatIsNotCheckedIsMarked()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, address);
        QFETCH(bool, isMarked);
        qputenv("COMET_INTERNAL_CHECK_TLS_CERTIFICATE", value);
        QMainWindow window;
        const Actions actions(&window);
        Tasks tasks;
        Sessions sessions;
        WindowStatus status(tasks, actions, &window);
        status.setSession(sessions.add({u"lab"_s, u"Lab"_s, QUrl(address), {}, {}}, u"key"_s));
        const auto labels = status.findChildren<QLabel *>();
        const auto server = std::ranges::find(labels, u"Server"_s, &QLabel::accessibleName);
        QVERIFY(server != labels.end());
        QVERIFY((*server)->text().startsWith(u"Lab: connecting"_s));
        QCOMPARE((*server)->text().contains(u"certificate not checked"_s), isMarked);
        QCOMPARE((*server)->toolTip().contains(u"COMET_INTERNAL_CHECK_TLS_CERTIFICATE"_s), isMarked);
    }
};

QTEST_MAIN(WindowStatusTest)
#include "tst_windowstatus.moc"
