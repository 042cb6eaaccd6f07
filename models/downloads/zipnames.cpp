// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/downloads/ziplisting.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QStringList>

#include <algorithm>

#include <climits>

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Zip)
};

// Names can be long and hold anything; what is shown of them should not.
QString shown(const QString &name)
{
    QString text = name.size() > 80 ? name.left(40) + u'…' + name.right(39) : name;
    for (QChar &c : text) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            c = u'�';
    }
    return text;
}

[[noreturn]] void refuse(const QString &sentence, const QString &name)
{
    throw ZipProblem{sentence.arg(shown(name))};
}

// UTF-8 where it is, with or without its flag; else the bytes one by one, so that a name is never lost.
QString decoded(const QByteArray &name, bool isUtf8)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(name);
    if (!decoder.hasError())
        return text;
    if (isUtf8)
        refuse(Text::tr("The zip holds “%1”, whose name can’t be read."), text);
    return QString::fromLatin1(name);
}

} // namespace

QString zipEntryPath(const QByteArray &name, bool isUtf8, const ZipLimits &limits)
{
    const QString text = decoded(name, isUtf8);
    const bool isControlled = std::any_of(
        text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
    if (isControlled)
        refuse(Text::tr("The zip holds “%1”, whose name has control characters. Nothing was expanded."), text);
    QString path = text;
    path.replace(u'\\', u'/'); // as zips from Windows have it
    const bool hasDrive = path.size() > 1 && path[1] == u':' && path[0].isLetter() && path[0].unicode() < 0x80;
    if (path.startsWith(u'/') || hasDrive)
        refuse(Text::tr("The zip holds “%1”, which is not a place inside the folder. Nothing was expanded."), text);
    QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    parts.removeAll(u"."_s);
    if (parts.contains(u".."_s))
        refuse(Text::tr("The zip holds “%1”, which leads out of the folder. Nothing was expanded."), text);
    if (parts.isEmpty())
        refuse(Text::tr("The zip holds an entry without a name (“%1”). Nothing was expanded."), text);
    const bool isLong = std::any_of(
        parts.begin(), parts.end(), [](const QString &part) { return part.toUtf8().size() > NAME_MAX; });
    path = parts.join(u'/');
    if (isLong || path.toUtf8().size() >= PATH_MAX)
        refuse(Text::tr("The zip holds “%1”, whose name is too long for a file. Nothing was expanded."), text);
    if (parts.size() > limits.depth)
        refuse(Text::tr("The zip holds “%1”, which is in too many folders. Nothing was expanded."), text);
    return path;
}
