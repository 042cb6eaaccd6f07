// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"
#include "tests/support/connected.h"
#include "ui/project/newprojectdialog.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

class tst_newproject : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void createsWithEverythingFilledIn();
    void takesOddNames_data();
    void takesOddNames();
    void saysWhatIsWrongWithAName_data();
    void saysWhatIsWrongWithAName();
    void staysOpenWhereTheServerRefuses();
    void closesWithItsServer();

private:
    QPushButton *verb() const
    {
        for (QPushButton *button : m_dialog->findChildren<QPushButton *>()) {
            if (button->text() == u"Create Project"_s)
                return button;
        }
        return nullptr;
    }
    QLineEdit *name() const { return m_dialog->findChild<QLineEdit *>(); }
    QString said() const
    {
        for (const InlineNote *note : m_dialog->findChildren<InlineNote *>()) {
            if (note->isVisible())
                return note->text();
        }
        return {};
    }

    std::unique_ptr<LocalProject> m_project;
    std::unique_ptr<Connected> m_house;
    std::unique_ptr<NewProjectDialog> m_dialog;
};

void tst_newproject::initTestCase()
{
    theme::apply(*qApp, theme::Scheme::Light);
}

void tst_newproject::init()
{
    m_dialog.reset();
    m_house.reset();
    m_project = std::make_unique<LocalProject>();
    m_house = std::make_unique<Connected>(m_project->root(), m_project->apiKey());
    m_dialog = std::make_unique<NewProjectDialog>(
        m_house->changes, m_house->session, m_project->workspace, nullptr);
    m_dialog->show();
    QVERIFY(!verb()->isEnabled());
    QVERIFY(said().isEmpty()); // nothing was typed, so nothing is wrong
}

void tst_newproject::createsWithEverythingFilledIn()
{
    QSignalSpy created(m_dialog.get(), &NewProjectDialog::created);
    QTest::keyClicks(name(), u"cifar10"_s);
    QTest::keyClicks(m_dialog->findChild<QPlainTextEdit *>(), u"Sweep"_s);
    QTest::mouseClick(m_dialog->findChildren<QRadioButton *>().at(1), Qt::LeftButton, {}, QPoint(8, 8));
    QTest::keyClick(name(), Qt::Key_Return);
    QTRY_COMPARE(created.count(), 1);
    QCOMPARE(created.front().front().value<Place>(), (Place{u"lab"_s, m_project->workspace, u"cifar10"_s, {}}));
    QVERIFY(!m_dialog->isVisible());
    const api::Project made = m_house->answer(m_house->session->client().project(m_project->workspace, u"cifar10"_s));
    QCOMPARE(made.description, u"Sweep"_s);
    QVERIFY(made.isPublic);
}

void tst_newproject::takesOddNames_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("emoji") << u"owls 🦉🦉"_s;
    QTest::newRow("hundred emoji") << u"🦉"_s.repeated(100);
    QTest::newRow("right to left") << u"מחקר"_s;
    QTest::newRow("html") << u"<b>bold</b> & more"_s;
    QTest::newRow("spaces") << u"  a project  "_s;
}

void tst_newproject::takesOddNames()
{
    QFETCH(QString, typed);
    QSignalSpy created(m_dialog.get(), &NewProjectDialog::created);
    QApplication::clipboard()->setText(typed);
    name()->paste();
    QVERIFY2(verb()->isEnabled(), qPrintable(said()));
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_VERIFY2(created.count() == 1, qPrintable(said()));
    QCOMPARE(created.front().front().value<Place>().project, typed.trimmed());
}

void tst_newproject::saysWhatIsWrongWithAName_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    QTest::newRow("blank") << u"   "_s << u"needs a name"_s;
    QTest::newRow("300 letters") << u"x"_s.repeated(300) << u"at most 100 letters"_s;
    QTest::newRow("101 emoji") << u"🦉"_s.repeated(101) << u"at most 100 letters"_s;
    QTest::newRow("taken") << u"sweep"_s << u"already has"_s;
}

void tst_newproject::saysWhatIsWrongWithAName()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    QApplication::clipboard()->setText(typed);
    name()->paste();
    QTRY_VERIFY2(said().contains(expected), qPrintable(said()));
    QVERIFY(!verb()->isEnabled());
    name()->clear();
    QTest::keyClicks(name(), u"good"_s);
    QVERIFY(said().isEmpty());
    QVERIFY(verb()->isEnabled());
}

void tst_newproject::staysOpenWhereTheServerRefuses()
{
    QTest::keyClicks(name(), u"cifar10"_s);
    m_project->stopServer();
    QTest::mouseClick(verb(), Qt::LeftButton);
    QVERIFY(!verb()->isEnabled()); // not twice
    QTRY_VERIFY(!said().isEmpty());
    QVERIFY(m_dialog->isVisible());
    QCOMPARE(name()->text(), u"cifar10"_s);
    QVERIFY(verb()->isEnabled());
}

void tst_newproject::closesWithItsServer()
{
    QVERIFY(m_dialog->isVisible());
    m_house->sessions.remove(u"lab"_s);
    QTRY_VERIFY(!m_dialog->isVisible());
}

QTEST_MAIN(tst_newproject)
#include "tst_newproject.moc"
