// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/place.h"

#include <QStringList>

QUrl webLink(const QUrl &root, const Place &place, bool archived)
{
    if (place.registry)
        return {};
    QStringList parts;
    for (const QString &part : {place.workspace, place.project}) {
        if (part.isEmpty())
            break;
        parts << QString::fromLatin1(QUrl::toPercentEncoding(part));
    }
    if (parts.size() == 2 && !place.experiment.isEmpty()) {
        if (archived)
            parts << QStringLiteral("archive");
        parts << QString::fromLatin1(QUrl::toPercentEncoding(place.experiment));
    }
    QUrl link = root;
    link.setPath(QLatin1Char('/') + parts.join(QLatin1Char('/')), QUrl::StrictMode);
    return link;
}

QString pythonLiteral(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    text.replace(QLatin1Char('"'), QLatin1String("\\\""));
    text.replace(QLatin1Char('\n'), QLatin1String("\\n"));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString pythonText(const Place &place)
{
    if (place.workspace.isEmpty())
        return QStringLiteral("api.get_workspaces()");
    if (!place.model.isEmpty()) {
        return QStringLiteral("api.get_registry_model_details(%1, %2)")
            .arg(pythonLiteral(place.workspace), pythonLiteral(place.model));
    }
    if (place.registry)
        return QStringLiteral("api.get_registry_model_names(%1)").arg(pythonLiteral(place.workspace));
    QStringList path{place.workspace};
    if (!place.project.isEmpty()) {
        path << place.project;
        if (!place.experiment.isEmpty())
            path << place.experiment;
    }
    return QStringLiteral("api.get(%1)").arg(pythonLiteral(path.join(QLatin1Char('/'))));
}
