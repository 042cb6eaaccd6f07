// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/registry/semanticversion.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace semantic {

namespace {

// Digits of any length: a date and time as a patch number is longer than an int.
int compareNumbers(const QString &a, const QString &b)
{
    return a.size() != b.size() ? (a.size() < b.size() ? -1 : 1) : a.compare(b);
}

bool isNumber(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

int comparePreReleases(const QString &a, const QString &b)
{
    if (a.isEmpty() || b.isEmpty())
        return a.isEmpty() - b.isEmpty(); // the release comes after
    const QStringList left = a.split(u'.');
    const QStringList right = b.split(u'.');
    for (qsizetype i = 0; i < std::min(left.size(), right.size()); ++i) {
        const bool leftIsNumber = isNumber(left[i]);
        const bool rightIsNumber = isNumber(right[i]);
        const int order = leftIsNumber && rightIsNumber ? compareNumbers(left[i], right[i])
            : leftIsNumber != rightIsNumber             ? rightIsNumber - leftIsNumber
                                                        : left[i].compare(right[i]);
        if (order != 0)
            return order;
    }
    return left.size() == right.size() ? 0 : left.size() < right.size() ? -1 : 1;
}

// Captures major, minor, patch and the pre-release. Whether leading zeros are allowed is the server's business.
QRegularExpressionMatch parts(const QString &version)
{
    static const QRegularExpression grammar(
        u"^([0-9]+)\\.([0-9]+)\\.([0-9]+)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?$"_s);
    return grammar.match(version);
}

QString plusOne(QString number)
{
    for (qsizetype i = number.size(); i-- > 0;) {
        if (number[i] != u'9') {
            number[i] = QChar(number[i].unicode() + 1);
            return number;
        }
        number[i] = u'0';
    }
    return u'1' + number;
}

} // namespace

int compare(const QString &a, const QString &b)
{
    const QRegularExpressionMatch left = parts(a);
    const QRegularExpressionMatch right = parts(b);
    if (!left.hasMatch() || !right.hasMatch())
        return left.hasMatch() == right.hasMatch() ? a.compare(b) : left.hasMatch() - right.hasMatch();
    for (int part = 1; part <= 3; ++part) {
        if (const int order = compareNumbers(left.captured(part), right.captured(part)); order != 0)
            return order;
    }
    return comparePreReleases(left.captured(4), right.captured(4));
}

QString highest(const QStringList &versions)
{
    QString highest;
    for (const QString &version : versions) {
        if (parts(version).hasMatch() && (highest.isEmpty() || compare(highest, version) < 0))
            highest = version;
    }
    return highest;
}

QString next(const QStringList &versions)
{
    const QString before = highest(versions);
    if (before.isEmpty())
        return u"1.0.0"_s;
    const QRegularExpressionMatch of = parts(before);
    const QString patch = of.captured(4).isEmpty() ? plusOne(of.captured(3)) : of.captured(3);
    return QStringList{of.captured(1), of.captured(2), patch}.join(u'.');
}

} // namespace semantic
