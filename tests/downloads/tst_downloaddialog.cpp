// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The question of what is downloaded and where to, answered as a person does.

#include "models/session/settings.h"
#include "ui/downloads/downloaddialog.h"
#include "ui/session/inlinenote.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestDownloadDialog : public QObject
{
    Q_OBJECT

    struct Form
    {
        DownloadDialog dialog;

        Form(const DownloadDialog::Content &content, Settings &settings)
            : dialog(content, settings, nullptr)
        {
            dialog.show();
        }
        QPushButton *button(const QString &text) const
        {
            for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
                if (button->text().remove(u'&') == text)
                    return button;
            }
            return nullptr;
        }
        bool waitUntilReady() const { return QTest::qWaitFor([this] { return button(u"Download"_s)->isEnabled(); }); }
        QComboBox *choices() const { return dialog.findChild<QComboBox *>(); }
        QLineEdit *folder() const { return dialog.findChild<QLineEdit *>(); }
        QCheckBox *box(int index) const { return dialog.findChildren<QCheckBox *>()[index]; }
        QString note() const { return dialog.findChild<InlineNote *>()->text(); }
        void type(const QString &text) const
        {
            folder()->setFocus();
            folder()->selectAll();
            QTest::keyClicks(folder(), text);
        }
    };

    static DownloadDialog::Content model()
    {
        return {u"Download Model"_s, u"Model"_s, u"w / net"_s, u"Version"_s,
            {{u"Latest version"_s, u"net, latest"_s, RegistryDownload{u"w"_s, u"net"_s}},
                {u"1.0.0"_s, u"net 1.0.0"_s, RegistryDownload{u"w"_s, u"net"_s, u"1.0.0"_s}, 1 << 20},
                {u"Stage “staging”"_s, u"net staging"_s, RegistryDownload{u"w"_s, u"net"_s, {}, u"staging"_s}}},
            1};
    }
    static DownloadDialog::Content files()
    {
        return {u"Download Files"_s, u"Files"_s, u"2 files"_s, {},
            {{u"a"_s, u"a"_s, AssetDownload{u"k"_s, u"1"_s, u"a"_s}, 1024},
                {u"b"_s, u"b"_s, AssetDownload{u"k"_s, u"2"_s, u"b"_s}, 1024}},
            0};
    }

private slots:
    void init()
    {
        m_root.emplace();
        m_settings.emplace(m_root->filePath(u"settings.conf"_s));
        m_settings->downloadFolder.set(m_root->path());
    }
    void asksForAVersion();
    void asksForFiles();
    void keepsTheZip();
    void remembers();
    void remembersNothingWhenCancelled();
    void refusesFolders_data();
    void refusesFolders();
    void saysThatThereIsNoRoom();
    void choosesAFolder();
    void copiesThePython();
    void worksByKeyboard();
    void everyControlHasAName();

private:
    std::optional<QTemporaryDir> m_root;
    std::optional<Settings> m_settings;
};

void TestDownloadDialog::asksForAVersion()
{
    Form form(model(), *m_settings);
    QCOMPARE(form.choices()->currentText(), u"1.0.0 – 1.00 MiB"_s);
    QVERIFY(form.waitUntilReady());
    QVERIFY2(form.note().startsWith("1.00 MiB in all."_L1), qPrintable(form.note()));
    form.choices()->setFocus();
    QTest::keyClick(form.choices(), Qt::Key_Down);
    QVERIFY(form.waitUntilReady());
    QVERIFY(form.note().startsWith("The size shows"_L1));
    QTest::mouseClick(form.button(u"Download"_s), Qt::LeftButton);
    QCOMPARE(form.dialog.result(), int(QDialog::Accepted));
    const std::vector<DownloadRequest> requests = form.dialog.requests();
    QCOMPARE(requests.size(), std::size_t(1));
    QCOMPARE(requests[0].title, u"net staging"_s);
    const auto source = std::get<RegistryDownload>(requests[0].source);
    QCOMPARE(source.stage, u"staging"_s);
    QCOMPARE(source.version, QString());
    QCOMPARE(requests[0].folder, m_root->filePath(u"net_staging"_s));
    QVERIFY(requests[0].expand);
    QVERIFY(!QFile::exists(requests[0].folder)); // not before it is needed
}

void TestDownloadDialog::asksForFiles()
{
    Form form(files(), *m_settings);
    QVERIFY(!form.choices()->isVisible());
    QVERIFY(!form.box(0)->isVisible() && !form.box(1)->isVisible()); // no zip
    QVERIFY(!form.button(u"Copy as Python"_s));
    QVERIFY(form.waitUntilReady());
    QVERIFY(form.note().startsWith("2.00 KiB in all."_L1));
    const std::vector<DownloadRequest> requests = form.dialog.requests();
    QCOMPARE(requests.size(), std::size_t(2));
    QCOMPARE(std::get<AssetDownload>(requests[1].source).assetId, u"2"_s);
    QCOMPARE(requests[1].folder, m_root->path());
    QVERIFY(!requests[1].expand);
}

void TestDownloadDialog::keepsTheZip()
{
    Form form(model(), *m_settings);
    QVERIFY(form.box(1)->isEnabled());
    QVERIFY(form.box(1)->text().contains("net_1.0.0"_L1));
    QTest::mouseClick(form.box(0), Qt::LeftButton, {}, QPoint(8, form.box(0)->height() / 2));
    QVERIFY(!form.box(1)->isEnabled());
    QVERIFY(!form.dialog.requests()[0].expand);
    QCOMPARE(form.dialog.requests()[0].folder, m_root->path());
}

void TestDownloadDialog::remembers()
{
    {
        Form form(model(), *m_settings);
        form.type(m_root->filePath(u"models"_s));
        QTest::keyClick(form.box(1), Qt::Key_Space);
        QTest::keyClick(form.box(0), Qt::Key_Space);
        QVERIFY(form.waitUntilReady());
        QTest::mouseClick(form.button(u"Download"_s), Qt::LeftButton);
    }
    QCOMPARE(m_settings->downloadFolder.value(), m_root->filePath(u"models"_s));
    const Form again(model(), *m_settings);
    QCOMPARE(again.folder()->text(), m_root->filePath(u"models"_s));
    QVERIFY(!again.box(0)->isChecked() && !again.box(1)->isChecked());
}

void TestDownloadDialog::remembersNothingWhenCancelled()
{
    Form form(model(), *m_settings);
    form.type(u"/tmp"_s);
    QTest::keyClick(&form.dialog, Qt::Key_Escape);
    QCOMPARE(form.dialog.result(), int(QDialog::Rejected));
    QCOMPARE(m_settings->downloadFolder.value(), m_root->path());
}

void TestDownloadDialog::refusesFolders_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << u" "_s << u"whole path"_s;
    QTest::newRow("relative") << u"models"_s << u"whole path"_s;
    QTest::newRow("a file") << u"FILE"_s << u"is a file"_s;
    QTest::newRow("below a file") << u"FILE/models"_s << u"is a file"_s;
    QTest::newRow("not ours") << u"/proc/models"_s << QString(); // root may write anywhere but there
}

void TestDownloadDialog::refusesFolders()
{
    QFETCH(QString, typed);
    QFETCH(QString, says);
    const QString file = m_root->filePath(u"file"_s);
    QFile made(file);
    QVERIFY(made.open(QIODevice::WriteOnly));
    Form form(model(), *m_settings);
    QVERIFY(form.waitUntilReady());
    if (says.isEmpty() && QFileInfo(u"/proc"_s).isWritable())
        QSKIP("a person who may write everywhere");
    form.type(typed.replace("FILE"_L1, file));
    QVERIFY(!form.button(u"Download"_s)->isEnabled());
    QTRY_VERIFY2(form.note().contains(says.isEmpty() ? u"can be written"_s : says), qPrintable(form.note()));
    QVERIFY(!form.button(u"Download"_s)->isEnabled());
    form.type(m_root->path());
    QVERIFY(form.waitUntilReady());
}

void TestDownloadDialog::saysThatThereIsNoRoom()
{
    DownloadDialog::Content content = model();
    content.choices[1].size = qint64(1) << 60;
    const Form form(content, *m_settings);
    QTRY_VERIFY2(form.note().contains("needed and only"_L1), qPrintable(form.note()));
    QVERIFY(!form.button(u"Download"_s)->isEnabled());
}

void TestDownloadDialog::choosesAFolder()
{
    Form form(model(), *m_settings);
    QVERIFY(QDir(m_root->path()).mkdir(u"chosen"_s));
    QTest::mouseClick(form.button(u"Choose…"_s), Qt::LeftButton);
    auto *chooser = form.dialog.findChild<QFileDialog *>();
    QVERIFY(chooser);
    chooser->selectFile(m_root->filePath(u"chosen"_s));
    QTest::keyClick(chooser, Qt::Key_Return);
    QTRY_COMPARE(form.folder()->text(), m_root->filePath(u"chosen"_s));
}

void TestDownloadDialog::copiesThePython()
{
    Form form(model(), *m_settings);
    form.type(u"/a \"b\""_s);
    QTest::mouseClick(form.button(u"Copy as Python"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(),
        u"api.download_registry_model(\"w\", \"net\", \"1.0.0\", output_path=\"/a \\\"b\\\"/net_1.0.0\", expand=True)"_s);
    form.choices()->setCurrentIndex(2);
    QTest::keyClick(form.box(0), Qt::Key_Space);
    QTest::mouseClick(form.button(u"Copy as Python"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(),
        u"api.download_registry_model(\"w\", \"net\", output_path=\"/a \\\"b\\\"\", expand=False, stage=\"staging\")"_s);
}

void TestDownloadDialog::worksByKeyboard()
{
    Form form(model(), *m_settings);
    QVERIFY(form.waitUntilReady());
    QTest::keyClick(form.folder(), Qt::Key_Return);
    QCOMPARE(form.dialog.result(), int(QDialog::Accepted));
}

void TestDownloadDialog::everyControlHasAName()
{
    const Form form(model(), *m_settings);
    for (const QWidget *widget : form.dialog.findChildren<QWidget *>()) {
        const bool takesFocus = widget->focusPolicy() != Qt::NoFocus && widget->isVisible();
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        QVERIFY2(!takesFocus || !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
            widget->metaObject()->className());
    }
}

QTEST_MAIN(TestDownloadDialog)
#include "tst_downloaddialog.moc"
