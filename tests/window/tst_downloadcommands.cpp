// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Downloads in the whole window: from the menu or a page to the file, and what the window says about it.

#include "house.h"

#include "models/downloads/downloads.h"
#include "tests/browse/localproject.h"
#include "ui/downloadcommands.h"
#include "ui/downloads/downloadsdock.h"
#include "ui/downloads/existingfilesdialog.h"
#include "ui/experiment/experimentpage.h"
#include "ui/navigator.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;
using State = Download::State;

class TestDownloadCommands : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup() { m_house.reset(); }
    void showsTheDock();
    void downloadsAModelOfAnExperiment();
    void saysThatThereIsNoModel();
    void downloadsFilesOfAnExperiment();
    void saysWhereRemoteFilesAre();
    void downloadsARegisteredModel();
    void asksAboutExistingFilesOneAfterTheOther();
    void asksBeforeItQuits();
    void saysWhatFailed();

private:
    DownloadCommands &commands() const { return *m_house->window.findChild<DownloadCommands *>(); }
    Downloads &downloads() const { return commands().downloads(); }
    DownloadsDock &dock() const { return *m_house->window.findChild<DownloadsDock *>(); }
    void goTo(const QString &experiment)
    {
        m_house->window.navigator().go({u"lab"_s, m_project->workspace, m_project->name, experiment});
    }
    bool accept()
    {
        auto *dialog = shown<DownloadDialog>(m_house->window);
        return dialog && QTest::qWaitFor([dialog] { return button(dialog, u"Download"_s)->isEnabled(); })
            && press(dialog, u"Download"_s);
    }
    std::vector<api::Asset> assets(int count) const
    {
        std::vector<api::Asset> assets;
        for (int i = 0; i < count; ++i) {
            api::Asset asset;
            asset.id = u"none"_s;
            asset.name = u"file %1"_s.arg(i);
            assets.push_back(asset);
        }
        return assets;
    }
    QString in(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<LocalProject> m_project;
    QString m_key; // of an experiment with a model and files
    QString m_bare; // of one without
    std::optional<QTemporaryDir> m_folder;
    std::unique_ptr<House> m_house;
    Session *m_session = nullptr;
};

void TestDownloadCommands::initTestCase()
{
    theme::apply(*qApp, theme::Scheme::Light);
    m_project = std::make_unique<LocalProject>();
    m_key = m_project->addExperiment(u"with a model"_s);
    m_bare = m_project->addExperiment(u"bare"_s);
    m_project->uploadModel(m_key, u"net"_s, u"w.bin"_s, "weights");
    m_project->upload(m_key, u"dir/notes.txt"_s, "notes");
}

void TestDownloadCommands::init()
{
    m_folder.emplace();
    m_house = std::make_unique<House>(in(u"settings.conf"_s));
    m_house->settings.downloadFolder.set(in(u"to"_s));
    m_session = m_house->connectTo(m_project->root(), m_project->apiKey());
    QTRY_COMPARE(m_session->state(), Session::State::Ready);
}

void TestDownloadCommands::showsTheDock()
{
    QVERIFY(!dock().isVisible());
    QTest::keyClick(&m_house->window, Qt::Key_J, Qt::ControlModifier);
    QVERIFY(dock().isVisible());
    QVERIFY(m_house->action(Actions::ShowDownloads)->isChecked());
    dock().close();
    QVERIFY(!m_house->action(Actions::ShowDownloads)->isChecked());
}

void TestDownloadCommands::downloadsAModelOfAnExperiment()
{
    goTo(m_key);
    QTRY_VERIFY(m_house->action(Actions::DownloadModel)->isEnabled());
    QTest::keyClick(&m_house->window, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(accept());
    QVERIFY(dock().isVisible());
    QTRY_COMPARE(downloads().unfinished(), 0);
    QCOMPARE(downloads().row(0).state, State::Done);
    QFile file(in(u"to/net/w.bin"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("weights"));
    QTRY_COMPARE(m_house->window.messages().text(), u"“net” is downloaded."_s);
    QVERIFY(button(&m_house->window.messages(), u"Open Folder"_s));
}

void TestDownloadCommands::saysThatThereIsNoModel()
{
    commands().downloadExperimentModel(m_session, m_bare, u"bare"_s);
    QTRY_COMPARE(m_house->window.messages().text(), u"“bare” has logged no model."_s);
    commands().downloadExperimentModel(m_session, u"none"_s, u"gone"_s);
    QTRY_COMPARE(m_house->window.messages().waiting(), 2);
    QVERIFY(m_house->window.findChildren<DownloadDialog *>().isEmpty());
}

void TestDownloadCommands::downloadsFilesOfAnExperiment()
{
    goTo(m_key);
    ExperimentPage *page = m_house->window.pages().experimentShown();
    QVERIFY(page);
    QTRY_COMPARE(page->values().state(ExperimentValues::Part::Assets), ExperimentValues::State::Loaded);
    std::vector<api::Asset> notes;
    for (const api::Asset &asset : page->values().assets().rows()) {
        if (asset.name == "dir/notes.txt"_L1)
            notes.push_back(asset);
    }
    QCOMPARE(notes.size(), std::size_t(1));
    emit page->assetsChosen(notes);
    QVERIFY(accept());
    QTRY_COMPARE(downloads().unfinished(), 0);
    QFile file(in(u"to/notes.txt"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("notes"));
}

void TestDownloadCommands::saysWhereRemoteFilesAre()
{
    api::Asset asset;
    asset.name = u"far.bin"_s;
    asset.isRemote = true;
    asset.link = u"s3://bucket/far.bin"_s;
    commands().downloadAssets(m_session, m_key, {asset});
    QVERIFY(m_house->window.messages().text().contains(asset.link));
    QVERIFY(m_house->window.findChildren<DownloadDialog *>().isEmpty());
}

void TestDownloadCommands::downloadsARegisteredModel()
{
    api::RegistryModel model;
    model.name = u"net"_s;
    for (const char *version : {"1.1.0", "1.0.0"}) {
        api::ModelVersion of;
        of.version = QString::fromLatin1(version);
        of.stages = QStringList{u"staging"_s};
        model.versions.push_back(of);
    }
    commands().downloadModel(m_session, u"w"_s, model, u"1.0.0"_s);
    auto *dialog = shown<DownloadDialog>(m_house->window);
    QVERIFY(dialog);
    const auto *choices = dialog->findChild<QComboBox *>();
    QStringList texts;
    for (int i = 0; i < choices->count(); ++i)
        texts << choices->itemText(i);
    QCOMPARE(texts, (QStringList{u"Latest version"_s, u"1.1.0"_s, u"1.0.0"_s, u"Stage “staging”"_s}));
    QCOMPARE(choices->currentText(), u"1.0.0"_s);
    QVERIFY(accept());
    QTRY_COMPARE(downloads().unfinished(), 0); // the server has no such model
    QCOMPARE(downloads().row(0).state, State::Failed);
    QCOMPARE(downloads().row(0).title, u"net 1.0.0"_s);
    QVERIFY(!QFile::exists(in(u"to/net_1.0.0"_s)) || QDir(in(u"to/net_1.0.0"_s)).entryList(QDir::Files).size() == 1);
}

void TestDownloadCommands::asksAboutExistingFilesOneAfterTheOther()
{
    for (const auto &folder : {u"to/a"_s, u"to/b"_s}) {
        QVERIFY(QDir().mkpath(in(folder)));
        QFile file(in(folder + u"/w.bin"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("mine");
        downloads().add(m_session->client(), {folder, ModelDownload{m_key, u"net"_s}, in(folder), true});
    }
    QTRY_VERIFY(downloads().row(0).state == State::Asking && downloads().row(1).state == State::Asking);
    for (int i = 0; i < 2; ++i) {
        QTRY_COMPARE(m_house->window.findChildren<ExistingFilesDialog *>().size(), 1);
        QVERIFY(press(shown<ExistingFilesDialog>(m_house->window), u"Keep Both"_s));
    }
    QTRY_COMPARE(downloads().unfinished(), 0);
    for (const auto &folder : {u"to/a"_s, u"to/b"_s})
        QTRY_COMPARE(QDir(in(folder)).entryList(QDir::Files), (QStringList{u"w (2).bin"_s, u"w.bin"_s}));
}

void TestDownloadCommands::asksBeforeItQuits()
{
    QVERIFY(QDir().mkpath(in(u"to"_s))); // with a file of the name, so that the download waits for an answer
    QFile file(in(u"to/net.zip"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    downloads().add(m_session->client(), {u"net"_s, ModelDownload{m_key, u"net"_s}, in(u"to"_s), false});
    m_house->window.close();
    QVERIFY(m_house->window.isVisible());
    auto *question = shown<ConfirmDialog>(m_house->window);
    QVERIFY(press(question, u"Cancel"_s));
    QVERIFY(m_house->window.isVisible());
    QTRY_VERIFY(m_house->window.findChildren<ConfirmDialog *>().isEmpty());
    m_house->window.close();
    QVERIFY(press(shown<ConfirmDialog>(m_house->window), u"Quit"_s));
    QVERIFY(!m_house->window.isVisible());
}

void TestDownloadCommands::saysWhatFailed()
{
    commands().downloadAssets(m_session, m_key, assets(2));
    QVERIFY(accept());
    QTRY_COMPARE(downloads().unfinished(), 0);
    QCOMPARE(downloads().rowCount(), 2);
    QVERIFY(m_house->window.messages().text().isEmpty()); // the dock says it
    dock().close();
    downloads().retry(downloads().row(0).id);
    QTRY_COMPARE(downloads().unfinished(), 0);
    QVERIFY(m_house->window.messages().text().contains(downloads().row(0).error));
    QVERIFY(button(&m_house->window.messages(), u"Retry"_s));
}

QTEST_MAIN(TestDownloadCommands)
#include "tst_downloadcommands.moc"
