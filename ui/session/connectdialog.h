// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/credentials.h"
#include "models/session/profile.h"

#include <QDialog>

#include <memory>

class Keychain;

// Asks for a server's address and key, tries them, and gives back a profile and its key. Used for a new
// server and for editing one. Where the key shall live in the keychain, it is there when accepted.
class ConnectDialog : public QDialog
{
    Q_OBJECT
public:
    ConnectDialog(Keychain &keychain, const Environment &environment, QWidget *parent = nullptr);
    ~ConnectDialog() override;

    void edit(const Profile &profile, const QString &apiKey);

    Profile profile() const;
    QString apiKey() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};
