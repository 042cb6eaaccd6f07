// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/separated.h"

#include <QTest>

using namespace Qt::StringLiterals;

// Names with commas and slashes on the command line.
class tst_separated : public QObject
{
    Q_OBJECT

private slots:
    void names_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const QString &text, const QStringList &names) { QTest::addRow("%s", qPrintable(text)) << text << names; };
        row(u"loss"_s, {u"loss"_s});
        row(u"train/loss,val/loss"_s, {u"train/loss"_s, u"val/loss"_s});
        row(u",,loss,"_s, {u"loss"_s});
        row(u","_s, {});
        row(QString(), {});
        row(u"\"a,b\",c"_s, {u"a,b"_s, u"c"_s});
        row(u"c,\"a,b\""_s, {u"c"_s, u"a,b"_s});
        row(u"a\\,b,c"_s, {u"a,b"_s, u"c"_s});
        row(u"\"\""_s, {});
        row(u"\"say \"\"hi\"\", twice\""_s, {u"say \"hi\", twice"_s});
        row(u"a\\\\,b"_s, {u"a\\"_s, u"b"_s});
        row(u"l\\oss,x\\"_s, {u"l\\oss"_s, u"x\\"_s});
        row(u"\"a\\\",b"_s, {u"a\\"_s, u"b"_s});
        row(u"loss \"raw\",b"_s, {u"loss \"raw\""_s, u"b"_s});
        row(u"\"raw\" loss,b"_s, {u"\"raw\" loss"_s, u"b"_s});
        row(u"\"open,b"_s, {u"\"open"_s, u"b"_s});
        row(u" a , b"_s, {u" a "_s, u" b"_s});
        row(u"täglich 损失 🚀,\"🚀,\""_s, {u"täglich 损失 🚀"_s, u"🚀,"_s});
    }
    void names()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, names);
        QCOMPARE(separated(text, u','), names);
        // Slashes are commas to it.
        const auto swapped = [](QString one) {
            return one.replace(u'/', u'\1').replace(u',', u'/').replace(u'\1', u',');
        };
        QStringList paths;
        for (const QString &name : names)
            paths.append(swapped(name));
        QCOMPARE(separated(swapped(text), u'/'), paths);
    }
};

QTEST_GUILESS_MAIN(tst_separated)
#include "tst_separated.moc"
