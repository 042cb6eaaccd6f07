// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/credentials.h"
#include "models/session/profile.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QPointer>

class InlineNote;
class Keychain;
class MarkFields;
class Session;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

// Asks for a server's address and key, tries them, and gives back a profile and its key. For a new
// server and for editing one; a server that does not answer now can be kept all the same. When it is
// accepted the key is where the profile says. Owned by the window.
class ConnectDialog : public QDialog
{
    Q_OBJECT
public:
    ConnectDialog(Keychain &keychain, const Environment &environment, QWidget *parent = nullptr);

    // Shows a known server instead of an empty form. Its key stays as it is, wherever it is kept, until
    // another is typed.
    void edit(const Profile &profile);
    void focusKey(); // where it is the key that has to be another

    // Once accepted.
    Profile profile() const;
    QString apiKey() const;

    void accept() override; // tries the server first

protected:
    bool event(QEvent *event) override; // grows with its sentences

private:
    enum class Purpose { Test, Connect };

    void makeFields();
    QWidget *makeKeyRow();
    QWidget *makeButtons();
    void useFound();
    void findKnownKey();
    void setKnownKey(const QString &key, const QString &problem);
    bool usesKnownKey() const;
    void showKeyHint();
    void checkAddress();
    void checkKey();
    void formChanged();
    void tryServer(Purpose purpose);
    void tryAnswered();
    void keepKey();
    void chooseKeep(Profile::KeySource source);
    Profile::KeySource keep() const;
    ServerAddress address() const;

    Keychain &m_keychain;
    Credentials m_found;
    Profile m_profile; // id of what is edited or made
    QString m_knownKey; // of the edited server
    bool m_isEditing = false;
    bool m_isAskingKeychain = false;
    bool m_busy = false;
    Purpose m_purpose = Purpose::Test;
    QPointer<Session> m_trial;
    QElapsedTimer m_since;

    QLineEdit *m_name;
    QLineEdit *m_address;
    InlineNote *m_addressNote;
    QLineEdit *m_key;
    QToolButton *m_reveal;
    InlineNote *m_outcome;
    QComboBox *m_keep;
    QLabel *m_foundLink;
    MarkFields *m_marks;
    QPushButton *m_test;
    QPushButton *m_saveAnyway;
    QPushButton *m_connect;
};
