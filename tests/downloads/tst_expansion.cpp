// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Zips that are hostile, damaged or odd (hostile.py), and folders that hold something already.

#include "models/downloads/expansion.h"
#include "models/downloads/placing.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using Kind = Expansion::Kind;
using Answer = DownloadQuestion::Answer;
using Tree = QMap<QString, QByteArray>; // path to content, "-> target" for a link, "/" for a folder

namespace {

constexpr auto zipName = "model.zip.part";

Tree treeOf(const QString &folder)
{
    Tree tree;
    QDirIterator all(folder, QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        all.next();
        const QFileInfo info = all.fileInfo();
        const QString path = info.filePath().mid(folder.size() + 1);
        QFile file(info.filePath());
        if (info.isSymLink())
            tree[path] = "-> " + info.symLinkTarget().toUtf8();
        else if (info.isDir())
            tree[path] = "/";
        else
            tree[path] = info.isFile() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
    }
    return tree;
}

void write(const QString &path, const QByteArray &content)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

class TestExpansion : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void takesOnlyWhatIsSafe_data();
    void takesOnlyWhatIsSafe();
    void existingFiles_data();
    void existingFiles();
    void existingFolders();
    void linksInTheFolder();
    void changesMeanwhile();
    void cancels();
    void aDiskThatIsFull();
    void foldersThatCannotBeWritten();
    void numbersNames_data();
    void numbersNames();

private:
    QByteArray zip(const QString &name) const; // of hostile.py
    Expansion expansion(const QByteArray &zip);
    QString inTarget(const QString &path) const { return m_target + u'/' + path; }

    QTemporaryDir m_zips;
    QJsonArray m_cases;
    std::unique_ptr<QTemporaryDir> m_root;
    QString m_target;
    QString m_outside;
};

void TestExpansion::initTestCase()
{
    QProcess python;
    python.start(QStringLiteral(PYTHON), {QStringLiteral(TESTS_FOLDER "/downloads/hostile.py"), m_zips.path(), u"/tmp/outside"_s});
    QVERIFY(python.waitForFinished(60'000));
    QVERIFY2(python.exitStatus() == QProcess::NormalExit && python.exitCode() == 0, python.readAllStandardError().constData());
    QFile file(m_zips.filePath(u"cases.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_cases = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(m_cases.size() > 60);
}

void TestExpansion::init()
{
    m_root = std::make_unique<QTemporaryDir>();
    m_target = m_root->filePath(u"target"_s);
    m_outside = m_root->filePath(u"outside"_s);
    QVERIFY(QDir().mkpath(m_target));
    write(m_outside + u"/precious"_s, "precious");
}

QByteArray TestExpansion::zip(const QString &name) const
{
    for (const QJsonValue &each : m_cases) {
        if (each["name"_L1].toString() == name) {
            QFile file(m_zips.filePath(each["file"_L1].toString()));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
    }
    return {};
}

Expansion TestExpansion::expansion(const QByteArray &zip)
{
    write(inTarget(QString::fromLatin1(zipName)), zip);
    Expansion expansion;
    expansion.zip = inTarget(QString::fromLatin1(zipName));
    expansion.folder = m_target;
    return expansion;
}

void TestExpansion::takesOnlyWhatIsSafe_data()
{
    QTest::addColumn<QJsonObject>("expected");
    for (const QJsonValue &each : m_cases)
        QTest::newRow(qPrintable(each["name"_L1].toString())) << each.toObject();
}

void TestExpansion::takesOnlyWhatIsSafe()
{
    QFETCH(QJsonObject, expected);
    Expansion expansion = this->expansion(zip(expected["name"_L1].toString()));
    const Tree before = treeOf(m_root->path());
    Expansion::Outcome outcome = expansion.list();
    if (outcome.kind == Kind::Whole)
        outcome = expansion.expand(std::nullopt);
    Tree after = treeOf(m_root->path());
    QVERIFY(!QFile::exists(u"/tmp/outside/evil"_s));
    if (expected.contains("says"_L1)) {
        QCOMPARE(outcome.kind, Kind::Failed);
        QVERIFY2(outcome.problem.contains(expected["says"_L1].toString()), qPrintable(outcome.problem));
        QVERIFY2(outcome.problem.endsWith(u'.') || outcome.problem.contains(u':'), qPrintable(outcome.problem));
        QCOMPARE(after, before);
        return;
    }
    QVERIFY2(outcome.kind == Kind::Whole, qPrintable(outcome.problem));
    for (const QString &path : before.keys())
        QCOMPARE(after.take(path), before[path]);
    if (expected["files"_L1].isNull()) {
        QCOMPARE(after.size(), 70'000 + 300);
        return;
    }
    const QJsonObject files = expected["files"_L1].toObject();
    for (auto file = files.begin(); file != files.end(); ++file) {
        QVERIFY2(after.contains(u"target/"_s + file.key()), qPrintable(file.key()));
        const QByteArray content = after.take(u"target/"_s + file.key());
        if (!file->isNull())
            QCOMPARE(content, file->toString().toUtf8());
        const auto permissions = QFile::permissions(inTarget(file.key()));
        QVERIFY(!(permissions & (QFile::ExeOwner | QFile::WriteOther)));
    }
    for (const QByteArray &rest : std::as_const(after))
        QCOMPARE(rest, QByteArray("/"));
}

void TestExpansion::existingFiles_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Tree>("expected");
    QTest::newRow("replace") << Answer::Replace << Tree{{u"A.txt"_s, "1"}, {u"a.txt"_s, "2"}};
    QTest::newRow("keep both") << Answer::KeepBoth << Tree{{u"A.txt"_s, "1"}, {u"a.txt"_s, "mine"}, {u"a (2).txt"_s, "2"}};
    QTest::newRow("skip") << Answer::Skip << Tree{{u"A.txt"_s, "1"}, {u"a.txt"_s, "mine"}};
}

void TestExpansion::existingFiles()
{
    QFETCH(Answer, answer);
    QFETCH(Tree, expected);
    Expansion expansion = this->expansion(zip(u"names that differ by case"_s));
    write(inTarget(u"a.txt"_s), "mine");
    const Tree before = treeOf(m_target);
    const Expansion::Outcome listed = expansion.list();
    QCOMPARE(listed.kind, Kind::Conflict);
    QCOMPARE(listed.question.existing, QStringList{u"a.txt"_s});
    QVERIFY(listed.question.hasOthers);
    QCOMPARE(expansion.expand(std::nullopt).kind, Kind::Conflict);
    QCOMPARE(treeOf(m_target), before);
    QCOMPARE(expansion.expand(answer).kind, Kind::Whole);
    Tree after = treeOf(m_target);
    after.remove(QString::fromLatin1(zipName));
    QCOMPARE(after, expected);
}

void TestExpansion::existingFolders()
{
    // Folders are shared, and what is in them stays.
    write(inTarget(u"b/mine"_s), "mine");
    Expansion shared = expansion(zip(u"sizes behind the data"_s));
    QCOMPARE(shared.list().kind, Kind::Whole);
    QCOMPARE(shared.expand(std::nullopt).kind, Kind::Whole);
    QCOMPARE(treeOf(m_target)[u"b/mine"_s], QByteArray("mine"));
    QCOMPARE(treeOf(m_target)[u"b/c.txt"_s], QByteArray("data"));

    // A file can't take a folder's place, nor a folder a file's.
    init();
    write(inTarget(u"a.txt/mine"_s), "mine");
    Expansion file = expansion(zip(u"sizes behind the data"_s));
    Tree before = treeOf(m_target);
    QVERIFY(file.list().problem.contains("is a folder"_L1));
    QCOMPARE(file.expand(Answer::Replace).kind, Kind::Failed);
    QCOMPARE(treeOf(m_target), before);

    init();
    write(inTarget(u"b"_s), "mine");
    write(inTarget(u"a.txt"_s), "mine");
    Expansion folder = expansion(zip(u"sizes behind the data"_s));
    before = treeOf(m_target);
    QVERIFY(folder.list().problem.contains("is a file"_L1));
    QCOMPARE(folder.expand(Answer::Replace).kind, Kind::Failed); // a.txt is in place by then, and goes back
    QCOMPARE(treeOf(m_target), before);
}

void TestExpansion::linksInTheFolder()
{
    QVERIFY(QFile::link(m_outside, inTarget(u"b"_s)));
    Expansion through = expansion(zip(u"sizes behind the data"_s));
    const Tree before = treeOf(m_root->path());
    QVERIFY(through.list().problem.contains("is a link"_L1));
    for (const Answer answer : {Answer::Replace, Answer::KeepBoth, Answer::Skip}) {
        const Expansion::Outcome outcome = through.expand(answer);
        QVERIFY2(outcome.problem.contains("is a link"_L1), qPrintable(outcome.problem));
        QCOMPARE(treeOf(m_root->path()), before);
    }

    // A link in a file's place is replaced, not followed.
    init();
    QVERIFY(QFile::link(m_outside + u"/precious"_s, inTarget(u"a.txt"_s)));
    Expansion over = expansion(zip(u"a comment"_s));
    QCOMPARE(over.list().question.existing, QStringList{u"a.txt"_s});
    QCOMPARE(over.expand(Answer::Replace).kind, Kind::Whole);
    QCOMPARE(treeOf(m_outside), (Tree{{u"precious"_s, "precious"}}));
    QCOMPARE(treeOf(m_target)[u"a.txt"_s], QByteArray("data"));

    // The chosen folder itself may be one.
    init();
    QVERIFY(QFile::link(m_outside, m_root->filePath(u"chosen"_s)));
    Expansion chosen = expansion(zip(u"a comment"_s));
    chosen.folder = m_root->filePath(u"chosen"_s);
    QCOMPARE(chosen.list().kind, Kind::Whole);
    QCOMPARE(chosen.expand(std::nullopt).kind, Kind::Whole);
    QCOMPARE(treeOf(m_outside)[u"a.txt"_s], QByteArray("data"));
}

// What somebody puts into the folder after it was looked at.
void TestExpansion::changesMeanwhile()
{
    Expansion expansion = this->expansion(zip(u"sizes behind the data"_s));
    QCOMPARE(expansion.list().kind, Kind::Whole);
    write(inTarget(u"b/c.txt"_s), "mine");
    Tree before = treeOf(m_root->path());
    const Expansion::Outcome outcome = expansion.expand(std::nullopt);
    QCOMPARE(outcome.kind, Kind::Conflict);
    QCOMPARE(outcome.question.existing, QStringList{u"b/c.txt"_s});
    QCOMPARE(treeOf(m_root->path()), before);

    QVERIFY(QDir(inTarget(u"b"_s)).removeRecursively());
    QVERIFY(QFile::link(m_outside, inTarget(u"b"_s)));
    before = treeOf(m_root->path());
    QVERIFY(expansion.expand(std::nullopt).problem.contains("is a link"_L1));
    QCOMPARE(treeOf(m_root->path()), before);

    QVERIFY(QFile::remove(inTarget(u"b"_s)));
    write(expansion.zip, zip(u"a comment"_s));
    QVERIFY(expansion.expand(std::nullopt).problem.contains("damaged"_L1));
}

void TestExpansion::cancels()
{
    Expansion expansion = this->expansion(zip(u"sizes behind the data"_s));
    QCOMPARE(expansion.list().kind, Kind::Whole);
    QCOMPARE(expansion.size(), 40);
    const Tree before = treeOf(m_target);
    expansion.space = [shared = expansion.shared](const QString &) { // asked in the middle of it
        shared->isCancelled = true;
        return qint64(1) << 40;
    };
    QCOMPARE(expansion.expand(std::nullopt).kind, Kind::Cancelled);
    QCOMPARE(treeOf(m_target), before);
    expansion.space = {};
    expansion.shared->isCancelled = false;
    QCOMPARE(expansion.expand(std::nullopt).kind, Kind::Whole);
    QCOMPARE(expansion.shared->done.load(), 40);
}

void TestExpansion::aDiskThatIsFull()
{
    Expansion expansion = this->expansion(zip(u"sizes behind the data"_s));
    QCOMPARE(expansion.list().kind, Kind::Whole);
    const Tree before = treeOf(m_target);
    expansion.space = [](const QString &) { return qint64(1000); };
    QVERIFY(expansion.expand(std::nullopt).problem.contains("not enough room"_L1));
    QCOMPARE(treeOf(m_target), before);

    expansion.space = {};
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{10, limit.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const Expansion::Outcome outcome = expansion.expand(std::nullopt);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
    QVERIFY2(outcome.problem.contains("be written: "_L1), qPrintable(outcome.problem));
    QCOMPARE(treeOf(m_target), before);
}

void TestExpansion::foldersThatCannotBeWritten()
{
    Expansion expansion = this->expansion(zip(u"a comment"_s));
    for (const QString &folder : {u"/proc/self"_s, m_root->filePath(u"vanished"_s), m_outside + u"/precious"_s}) {
        expansion.folder = folder;
        QCOMPARE(expansion.list().kind, Kind::Whole);
        const Expansion::Outcome outcome = expansion.expand(std::nullopt);
        QCOMPARE(outcome.kind, Kind::Failed);
        QVERIFY2(outcome.problem.contains(folder), qPrintable(outcome.problem));
    }
}

void TestExpansion::numbersNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("numbered");
    QTest::newRow("ending") << u"model.bin"_s << u"model (2).bin"_s;
    QTest::newRow("none") << u"model"_s << u"model (2)"_s;
    QTest::newRow("two") << u"data.tar.gz"_s << u"data (2).tar.gz"_s;
    QTest::newRow("hidden") << u".bashrc"_s << u".bashrc (2)"_s;
    QTest::newRow("version") << u"net_1.0.0.zip"_s << u"net_1.0.0 (2).zip"_s;
    QTest::newRow("long") << QString(251, u'x') + u".zip"_s << QString(247, u'x') + u" (2).zip"_s;
    QTest::newRow("emoji") << u"🚀"_s.repeated(62) + u".zip"_s << u"🚀"_s.repeated(61) + u" (2).zip"_s;
}

void TestExpansion::numbersNames()
{
    QFETCH(QString, name);
    QTEST(numberedName(name, 2), "numbered");
}

QTEST_GUILESS_MAIN(TestExpansion)
#include "tst_expansion.moc"
