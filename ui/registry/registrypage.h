// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/registry/registrytable.h"
#include "ui/browse/listingpage.h"

// The model registry of a workspace: its models.
class RegistryPage : public ListingPage
{
    Q_OBJECT
public:
    explicit RegistryPage(QWidget *parent);

    void setWorkspace(Session *session, const QString &workspace);
    void refresh();

protected:
    void activate(int row) override;
    void reload() override;

private:
    void showNone();
    void showMenu(const QPoint &point);
    Place place(int row) const;

    RegistryTable m_models;
    QPointer<Session> m_session;
    QString m_workspace;
    api::Latest m_latest;
};
