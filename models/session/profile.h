// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

// A server a person connects to: its address and where its key comes from. The key itself is not in
// here; it is in the keychain, in the environment, in a file, or kept for this run (Credentials).
struct Profile
{
    enum class KeySource { Keychain, ThisRun, Found, Demo };

    QString id; // stable, never shown
    QString name; // "Lab"
    QUrl root; // scheme, host, port
    KeySource keySource = KeySource::Keychain;
    QString foundIn = {}; // for Found: "COMET_API_KEY" or "~/.comet.config", shown to the person
    bool isReadOnly = false; // nothing is ever changed there
    bool asksBeforeWriting = false; // a server where mistakes are dear
    QString colour = {}; // "#c02b2b", to tell it from the others; empty: none

    bool operator==(const Profile &) const = default;
};
