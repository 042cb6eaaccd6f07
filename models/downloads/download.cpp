// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/downloads/download.h"

#include "models/session/place.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// Short enough for any file system, with room for ".zip.part" and a number.
constexpr qsizetype longestName = 200; // bytes

QString safeName(const QString &name)
{
    static const QString forbidden = u"/\\:*?\"<>|"_s;
    QString safe;
    for (const QChar c : name)
        safe += c.unicode() < 0x20 || c.unicode() == 0x7f || forbidden.contains(c) ? u'_' : c;
    safe = safe.trimmed();
    while (safe.startsWith(u'.')) // neither hidden nor a way out
        safe.remove(0, 1);
    return safe.isEmpty() ? u"download"_s : safe;
}

// An ending stays, as it says what the file is.
QString shortened(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString ending = dot > 0 && name.size() - dot <= 12 ? name.mid(dot) : QString();
    QString stem = name.chopped(ending.size());
    while (stem.size() > 1 && (stem + ending).toUtf8().size() > longestName)
        stem.chop(stem.back().isLowSurrogate() ? 2 : 1);
    return stem + ending;
}

QString nameOf(const RegistryDownload &source)
{
    const QString which = !source.version.isEmpty() ? source.version
        : !source.stage.isEmpty()                   ? source.stage
                                                    : u"latest"_s;
    return source.name + u'_' + which;
}

QString nameOf(const ModelDownload &source)
{
    return source.name;
}

QString nameOf(const AssetDownload &source)
{
    return source.fileName.section(u'/', -1, -1, QString::SectionSkipEmpty);
}

} // namespace

bool isZip(const DownloadSource &source)
{
    return !std::holds_alternative<AssetDownload>(source);
}

QString downloadFileName(const DownloadSource &source)
{
    const QString name = std::visit([](const auto &of) { return nameOf(of); }, source);
    return shortened(safeName(isZip(source) ? name + u".zip"_s : name));
}

QString downloadFolderName(const DownloadSource &source)
{
    const QString name = std::visit([](const auto &of) { return nameOf(of); }, source);
    QString safe = safeName(name);
    while (safe.size() > 1 && safe.toUtf8().size() > longestName)
        safe.chop(safe.back().isLowSurrogate() ? 2 : 1);
    return safe;
}

QString pythonText(const DownloadSource &source, const QString &folder, bool expand)
{
    const QString folderText = pythonLiteral(folder);
    if (const auto *registry = std::get_if<RegistryDownload>(&source)) {
        QStringList arguments{pythonLiteral(registry->workspace), pythonLiteral(registry->name)};
        if (!registry->version.isEmpty())
            arguments << pythonLiteral(registry->version);
        arguments << u"output_path="_s + folderText << u"expand="_s + (expand ? u"True"_s : u"False"_s);
        if (registry->version.isEmpty() && !registry->stage.isEmpty())
            arguments << u"stage="_s + pythonLiteral(registry->stage);
        return u"api.download_registry_model(%1)"_s.arg(arguments.join(u", "_s));
    }
    if (const auto *model = std::get_if<ModelDownload>(&source)) {
        return u"api.get_experiment_by_id(%1).download_model(%2, output_path=%3, expand=%4)"_s.arg(
            pythonLiteral(model->experimentKey), pythonLiteral(model->name), folderText, expand ? u"True"_s : u"False"_s);
    }
    return {};
}
