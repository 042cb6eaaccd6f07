// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The dock of downloads, used as a person does.

#include "models/api/client.h"
#include "models/downloads/downloads.h"
#include "tests/support/faultserver.h"
#include "ui/downloads/downloadsdock.h"
#include "ui/downloads/existingfilesdialog.h"
#include "ui/widgets/emptystate.h"

#include <QDesktopServices>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using Answer = DownloadQuestion::Answer;
using State = Download::State;

// What the desktop was asked to open.
class Opened : public QObject
{
    Q_OBJECT
public:
    Opened() { QDesktopServices::setUrlHandler(u"file"_s, this, "open"); }
    ~Opened() override { QDesktopServices::unsetUrlHandler(u"file"_s); }

    QStringList paths;

public slots:
    void open(const QUrl &url) { paths << url.toLocalFile(); }
};

class TestDownloadsDock : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void saysThatThereIsNothing();
    void showsWhatGoesOn();
    void cancelsAndRetries();
    void opensFoldersAndFiles();
    void clears();
    void worksByKeyboard();
    void requestsTheQuestion();
    void everyControlHasAName();
    void asksAboutExistingFiles_data();
    void asksAboutExistingFiles();
    void listsManyExistingFiles();

private:
    int add(const QString &name = u"a"_s)
    {
        return m_downloads->add(*m_client, {name, AssetDownload{u"k"_s, name, name}, m_folder->path(), false});
    }
    State state(int id) const { return m_downloads->find(id)->state; }
    QTreeView *view() const { return m_dock->findChild<QTreeView *>(); }
    QPushButton *button(const QString &text, const QWidget *in = nullptr) const
    {
        for (QPushButton *button : (in ? in : m_dock.get())->findChildren<QPushButton *>()) {
            if (button->text().remove(u'&') == text)
                return button;
        }
        return nullptr;
    }
    bool press(const QString &text)
    {
        QPushButton *one = button(text);
        if (!one || !one->isEnabled())
            return false;
        QTest::mouseClick(one, Qt::LeftButton);
        return true;
    }
    void choose(int row)
    {
        const QRect rect = view()->visualRect(m_downloads->index(row, 0));
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, rect.center());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<api::Client> m_client;
    std::unique_ptr<Downloads> m_downloads;
    std::unique_ptr<DownloadsDock> m_dock;
};

void TestDownloadsDock::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<api::Client>(m_server->url(), u"s3cret"_s);
    m_downloads = std::make_unique<Downloads>();
    m_dock = std::make_unique<DownloadsDock>(*m_downloads);
    m_dock->resize(1000, 240);
    m_dock->show();
}

void TestDownloadsDock::cleanup()
{
    m_dock.reset();
    m_downloads.reset();
    m_client.reset();
    m_server.reset();
}

void TestDownloadsDock::saysThatThereIsNothing()
{
    const auto *empty = m_dock->findChild<EmptyState *>();
    QVERIFY(empty->isVisible());
    QCOMPARE(empty->title(), u"No downloads"_s);
    for (const auto &name : {u"Cancel"_s, u"Retry"_s, u"Open Folder"_s, u"Clear Finished"_s})
        QVERIFY(!button(name)->isEnabled());
    add();
    QVERIFY(!empty->isVisible());
    QVERIFY(view()->isVisible());
}

void TestDownloadsDock::showsWhatGoesOn()
{
    FaultServer::Answer answer;
    answer.body = QByteArray(2'000'000, 'x');
    answer.claimedLength = 4'000'000;
    answer.cutAfter = 2'000'000;
    answer.waitsToClose = true;
    m_server->setDefault(answer);
    add();
    const auto text = [this](Downloads::Column column) { return m_downloads->index(0, column).data().toString(); };
    QTRY_COMPARE(text(Downloads::Progress), u"50 %"_s);
    QVERIFY2(text(Downloads::State).startsWith("Downloading"_L1), qPrintable(text(Downloads::State)));
    QCOMPARE(text(Downloads::Size), u"1.91 MiB of 3.81 MiB"_s);
    QTRY_VERIFY(text(Downloads::Speed).endsWith("/s"_L1));
    QCOMPARE(text(Downloads::Folder), m_folder->path());
    QCOMPARE(m_dock->findChild<QLabel *>()->text().isEmpty(), false);
}

void TestDownloadsDock::cancelsAndRetries()
{
    m_server->hold();
    const int id = add();
    choose(0);
    QVERIFY(!button(u"Retry"_s)->isEnabled());
    QVERIFY(press(u"Cancel"_s));
    QCOMPARE(state(id), State::Cancelled);
    QVERIFY(!button(u"Cancel"_s)->isEnabled());
    m_server->release();
    QVERIFY(press(u"Retry"_s));
    QTRY_COMPARE(state(id), State::Done);
    QVERIFY(!button(u"Retry"_s)->isEnabled());
}

void TestDownloadsDock::opensFoldersAndFiles()
{
    Opened opened;
    const int id = add();
    QTRY_COMPARE(state(id), State::Done);
    choose(0);
    QVERIFY(press(u"Open Folder"_s));
    QCOMPARE(opened.paths, QStringList{m_folder->path()});
    QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, view()->visualRect(m_downloads->index(0, 0)).center());
    QCOMPARE(opened.paths.last(), m_folder->filePath(u"a"_s));
}

void TestDownloadsDock::clears()
{
    m_server->script("experiment/asset/get-asset", {FaultServer::json("{}"), FaultServer::silent()});
    const int done = add();
    QTRY_COMPARE(state(done), State::Done);
    const int running = add(u"b"_s);
    QVERIFY(press(u"Clear Finished"_s));
    QCOMPARE(m_downloads->rowCount(), 1);
    QVERIFY(m_downloads->find(running));
    QVERIFY(!button(u"Clear Finished"_s)->isEnabled());
    QVERIFY(QFile::exists(m_folder->filePath(u"a"_s)));
}

void TestDownloadsDock::worksByKeyboard()
{
    Opened opened;
    const int first = add();
    const int second = add(u"b"_s);
    QTRY_COMPARE(m_downloads->unfinished(), 0);
    m_dock->showDownload(first);
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_Return);
    QCOMPARE(opened.paths, QStringList{m_folder->filePath(u"a"_s)});
    QTest::keyClick(view(), Qt::Key_Delete);
    QVERIFY(!m_downloads->find(first));
    QVERIFY(m_downloads->find(second));
    QVERIFY(QFile::exists(m_folder->filePath(u"a"_s)));
}

void TestDownloadsDock::requestsTheQuestion()
{
    QFile file(m_folder->filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const int id = add();
    QTRY_COMPARE(state(id), State::Asking);
    QSignalSpy requested(m_dock.get(), &DownloadsDock::questionRequested);
    m_dock->showDownload(id);
    QTest::keyClick(view(), Qt::Key_Return);
    QCOMPARE(requested.count(), 1);
    QCOMPARE(requested[0][0].toInt(), id);
}

void TestDownloadsDock::everyControlHasAName()
{
    for (const QWidget *widget : m_dock->findChildren<QWidget *>()) {
        const bool takesFocus = widget->focusPolicy() != Qt::NoFocus && widget->isVisible();
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool isNamed = !widget->accessibleName().isEmpty() || qobject_cast<const QLabel *>(widget)
            || (button && !button->text().isEmpty()) || widget->objectName().startsWith("qt_"_L1); // of Qt itself
        QVERIFY2(!takesFocus || isNamed,
            widget->metaObject()->className());
    }
}

void TestDownloadsDock::asksAboutExistingFiles_data()
{
    QTest::addColumn<QString>("pressed"); // a key where it is empty
    QTest::addColumn<Answer>("answer");
    QTest::newRow("replace") << u"Replace"_s << Answer::Replace;
    QTest::newRow("both") << u"Keep Both"_s << Answer::KeepBoth;
    QTest::newRow("new ones") << u"Add Only New Files"_s << Answer::Skip;
    QTest::newRow("cancel") << u"Cancel Download"_s << Answer::Cancel;
    QTest::newRow("Return") << u"Return"_s << Answer::KeepBoth;
    QTest::newRow("Esc") << u"Esc"_s << Answer::Cancel;
}

void TestDownloadsDock::asksAboutExistingFiles()
{
    QFETCH(QString, pressed);
    ExistingFilesDialog dialog(u"net 1.0.0"_s, {u"/home/ada/<b>x</b>"_s, {u"model.bin"_s}, true}, nullptr);
    QSignalSpy finished(&dialog, &QDialog::finished);
    dialog.show();
    if (pressed == "Return"_L1 || pressed == "Esc"_L1)
        QTest::keyClick(&dialog, pressed == "Esc"_L1 ? Qt::Key_Escape : Qt::Key_Return);
    else
        QTest::mouseClick(button(pressed, &dialog), Qt::LeftButton);
    QCOMPARE(finished.count(), 1);
    QTEST(dialog.answer(), "answer");
}

void TestDownloadsDock::listsManyExistingFiles()
{
    QStringList names;
    for (int i = 0; i < 1000; ++i)
        names << QString(300, u'x') + QString::number(i);
    ExistingFilesDialog dialog(QString(300, u'y'), {QString(300, u'z'), names, false}, nullptr);
    dialog.show();
    QCOMPARE(dialog.findChild<QListWidget *>()->count(), 201);
    QVERIFY(dialog.width() <= 640);
    QVERIFY(!button(u"Add Only New Files"_s, &dialog)); // there are none
}

QTEST_MAIN(TestDownloadsDock)
#include "tst_downloadsdock.moc"
