// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/placeactions.h"

#include "models/session/sessions.h"
#include "ui/browse/experimentspage.h"
#include "ui/navigator.h"
#include "ui/pagestack.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>

PlaceActions::PlaceActions(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    ofTable(Actions::CopyWithHeaders, &ExperimentsPage::copyWithHeaders);
    ofTable(Actions::SelectAll, &ExperimentsPage::selectAll);
    ofTable(Actions::OpenExperiment, &ExperimentsPage::openSelected);
    ofTable(Actions::ChooseColumns, &ExperimentsPage::chooseColumns);
    ofTable(Actions::ExportShown, &ExperimentsPage::exportShown);
    ofTable(Actions::ExportEverything, &ExperimentsPage::exportEverything);

    ofSelectionOrPlace(
        Actions::CopyKey, &ExperimentsPage::copyKeys, [](const Place &place) { return place.experiment; });
    ofSelectionOrPlace(Actions::CopyPython, &ExperimentsPage::copyAsPython, &pythonText);
    ofSelectionOrPlace(Actions::CopyLink, &ExperimentsPage::copyWebLinks,
        [this](const Place &place) { return link(place); });

    connect(m_parts.actions[Actions::Copy], &QAction::triggered, &m_parts.pages, &PageStack::copy);
    connect(m_parts.actions[Actions::CopyPath], &QAction::triggered, this, [this] {
        const Place &place = m_parts.navigator.current();
        QStringList steps{place.workspace, place.project, place.experiment, place.model};
        steps.removeAll(QString());
        copyText(steps.join(u'/'));
    });
    connect(m_parts.actions[Actions::OpenInBrowser], &QAction::triggered, this,
        [this] { QDesktopServices::openUrl(QUrl(link(m_parts.navigator.current()))); });
}

void PlaceActions::ofTable(Actions::Id action, TableSlot slot)
{
    connect(m_parts.actions[action], &QAction::triggered, this, [this, slot] {
        if (ExperimentsPage *page = m_parts.pages.experimentsShown())
            (page->*slot)();
    });
}

template<class Text>
void PlaceActions::ofSelectionOrPlace(Actions::Id action, TableSlot slot, Text text)
{
    connect(m_parts.actions[action], &QAction::triggered, this, [this, slot, text] {
        ExperimentsPage *page = m_parts.pages.experimentsShown();
        if (page && !page->selectedKeys().isEmpty())
            (page->*slot)();
        else
            copyText(text(m_parts.navigator.current()));
    });
}

QString PlaceActions::link(const Place &place) const
{
    const Session *session = m_parts.sessions.find(place.server);
    return session ? webLink(session->profile().root, place).toString() : QString();
}

void PlaceActions::copyText(const QString &text)
{
    QApplication::clipboard()->setText(text);
    emit message(tr("Copied %1").arg(text));
}
