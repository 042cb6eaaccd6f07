// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/connectdialog.h"

#include "models/session/keychain.h"
#include "models/session/session.h"
#include "models/values/format.h"
#include "ui/session/inlinenote.h"
#include "ui/session/markfields.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHostAddress>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>
#include <QUuid>

using namespace Qt::StringLiterals;
using KeySource = Profile::KeySource;

namespace {

bool isLoopback(const QUrl &root)
{
    return root.host() == "localhost"_L1 || QHostAddress(root.host()).isLoopback();
}

QToolButton *smallButton(const QString &icon, const QString &name)
{
    auto *button = new QToolButton;
    button->setIcon(theme::icon(icon));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

// What went wrong, in terms of the fields above the sentence.
QString sentenceFor(const api::Error &error, const QUrl &root)
{
    const QString host = root.authority();
    switch (error.kind) {
    case api::Error::Kind::Unauthorized:
    case api::Error::Kind::Forbidden:
        return ConnectDialog::tr("%1 didn’t accept this API key. Keys are on the server under Account Settings.")
            .arg(host);
    case api::Error::Kind::Offline:
        return ConnectDialog::tr("Nothing answers at %1. Check the address, and that the server is running.")
            .arg(host);
    case api::Error::Kind::Timeout:
        return ConnectDialog::tr("%1 doesn’t answer in time. Check the address and the network.").arg(host);
    case api::Error::Kind::NotFound:
    case api::Error::Kind::BadAnswer:
    case api::Error::Kind::Redirected:
    case api::Error::Kind::TooLarge:
        return ConnectDialog::tr("%1 answers, but isn’t a Comet server. Check the address.").arg(host);
    default:
        return error.sentence();
    }
}

// Whether the server may well be right, only not now.
bool isUnreachable(const api::Error &error)
{
    switch (error.kind) {
    case api::Error::Kind::Offline:
    case api::Error::Kind::Timeout:
    case api::Error::Kind::Tls:
    case api::Error::Kind::Server:
    case api::Error::Kind::RateLimited:
        return true;
    default:
        return false;
    }
}

} // namespace

ConnectDialog::ConnectDialog(Keychain &keychain, const Environment &environment, QWidget *parent)
    : QDialog(parent)
    , m_keychain(keychain)
    , m_found(Credentials::find(environment))
{
    setWindowTitle(tr("Connect to Server"));
    m_profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    makeFields();
    formChanged();
    m_address->setFocus();
}

void ConnectDialog::makeFields()
{
    m_name = new QLineEdit;
    m_address = new QLineEdit;
    m_address->setPlaceholderText(u"https://www.comet.com"_s);
    m_address->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    m_addressNote = new InlineNote;
    m_outcome = new InlineNote;
    m_keep = new QComboBox;
    m_keep->addItem(m_keychain.where() == Keychain::Where::System ? tr("In the system keychain")
                                                                  : tr("In the system keychain (there is none)"),
        QVariant::fromValue(static_cast<int>(KeySource::Keychain)));
    m_keep->addItem(tr("Until the program ends"), static_cast<int>(KeySource::ThisRun));
    if (m_keychain.where() == Keychain::Where::ThisRun)
        m_keep->setCurrentIndex(1);

    auto *form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("Server &address"), m_address);
    form->addRow({}, m_addressNote);
    QWidget *keyRow = makeKeyRow();
    form->addRow(tr("API &key"), keyRow);
    static_cast<QLabel *>(form->labelForField(keyRow))->setBuddy(m_key);
    form->addRow({}, m_outcome);
    form->addRow(tr("K&eep the key"), m_keep);
    m_marks = new MarkFields(this);
    form->addRow(tr("C&olour"), m_marks->colourBox());
    form->addRow({}, m_marks);

    m_foundLink = new QLabel;
    m_foundLink->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    QStringList where{m_found.keyFoundIn, m_found.rootFoundIn};
    where.removeAll({});
    where.removeDuplicates();
    m_foundLink->setText(tr("Found in %1: <a href=\"use\">use these</a>")
                             .arg(where.join(tr(" and ")).toHtmlEscaped()));
    m_foundLink->setAccessibleName(tr("Use the address and key found in %1").arg(where.join(tr(" and "))));
    m_foundLink->setToolTip(m_found.remarks.join(u'\n'));
    m_foundLink->setVisible(!m_found.apiKey.isEmpty());
    form->addRow({}, m_foundLink);
    connect(m_foundLink, &QLabel::linkActivated, this, &ConnectDialog::useFound);

    connect(m_address, &QLineEdit::textChanged, this, &ConnectDialog::checkAddress);
    connect(m_key, &QLineEdit::textChanged, this, &ConnectDialog::checkKey);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 20);
    layout->setSpacing(16);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(makeButtons());
    resize(520, sizeHint().height());
}

QWidget *ConnectDialog::makeKeyRow()
{
    m_key = new QLineEdit;
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setAccessibleName(tr("API key"));
    m_reveal = smallButton(u"view-visible"_s, tr("Show the key"));
    m_reveal->setCheckable(true);
    connect(m_reveal, &QToolButton::toggled, this, [this](bool shown) {
        m_key->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        m_reveal->setIcon(theme::icon(shown ? u"view-hidden"_s : u"view-visible"_s));
        m_reveal->setToolTip(shown ? tr("Hide the key") : tr("Show the key"));
        m_reveal->setAccessibleName(m_reveal->toolTip());
    });
    QToolButton *paste = smallButton(u"edit-paste"_s, tr("Paste the key"));
    connect(paste, &QToolButton::clicked, this, [this] {
        m_key->setText(QGuiApplication::clipboard()->text().trimmed());
        m_key->setFocus();
    });

    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_key, 1);
    layout->addWidget(m_reveal);
    layout->addWidget(paste);
    return row;
}

QWidget *ConnectDialog::makeButtons()
{
    m_test = new QPushButton(tr("&Test"));
    m_test->setAutoDefault(false);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    m_connect = new QPushButton(tr("&Connect"));
    m_connect->setDefault(true);
    m_saveAnyway = new QPushButton(tr("Sa&ve Anyway"));
    m_saveAnyway->setToolTip(tr("Keep the server as it is here and connect when it answers"));
    m_saveAnyway->setAutoDefault(false);
    m_saveAnyway->hide();
    connect(m_saveAnyway, &QPushButton::clicked, this, &ConnectDialog::keepKey);
    connect(m_test, &QPushButton::clicked, this, [this] { tryServer(Purpose::Test); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_connect, &QPushButton::clicked, this, &ConnectDialog::accept);

    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_test);
    layout->addStretch(1);
    layout->addWidget(cancel);
    layout->addWidget(m_saveAnyway);
    layout->addWidget(m_connect);
    return row;
}

bool ConnectDialog::event(QEvent *event)
{
    const bool known = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest && layout()) {
        if (const int needed = layout()->sizeHint().height(); needed > height())
            resize(width(), needed);
    }
    return known;
}

void ConnectDialog::edit(const Profile &profile)
{
    setWindowTitle(tr("Edit Server"));
    m_connect->setText(tr("&Save Changes"));
    m_isEditing = true;
    m_profile = profile;
    m_name->setText(profile.name);
    m_address->setText(profile.root.toString());
    if (profile.keySource == KeySource::ThisRun)
        chooseKeep(KeySource::ThisRun);
    m_marks->setProfile(profile);
    m_name->setFocus();
    findKnownKey();
}

void ConnectDialog::focusKey()
{
    m_key->setFocus();
}

void ConnectDialog::findKnownKey()
{
    if (m_profile.keySource != KeySource::Found) {
        m_isAskingKeychain = true; // it may ask the person in turn
        showKeyHint();
        m_keychain.read(m_profile.id, this, [this](const QString &key, const QString &problem) {
            m_isAskingKeychain = false;
            setKnownKey(key, problem);
        });
        return;
    }
    // A configuration that has changed meanwhile may hold the key of another server.
    if (m_found.root == m_profile.root && !m_found.apiKey.isEmpty()) {
        setKnownKey(m_found.apiKey, {});
        chooseKeep(KeySource::Found);
    } else {
        setKnownKey({}, tr("The API key that was in %1 is not there any more.").arg(m_profile.foundIn));
    }
}

void ConnectDialog::setKnownKey(const QString &key, const QString &problem)
{
    m_knownKey = key;
    showKeyHint();
    formChanged();
    if (!key.isEmpty() || !m_key->text().isEmpty())
        return;
    m_outcome->say(InlineNote::Kind::Warning,
        problem.isEmpty() ? tr("The API key of this server is not stored. Enter it.") : problem);
    focusKey();
}

// The key goes to no other host than the one it was entered for.
bool ConnectDialog::usesKnownKey() const
{
    return m_key->text().trimmed().isEmpty() && !m_knownKey.isEmpty()
        && address().root.host() == m_profile.root.host();
}

void ConnectDialog::showKeyHint()
{
    if (m_isAskingKeychain)
        m_key->setPlaceholderText(tr("Asking the keychain…"));
    else if (usesKnownKey())
        m_key->setPlaceholderText(tr("Unchanged; type to replace it"));
    else if (m_isEditing && !m_knownKey.isEmpty())
        m_key->setPlaceholderText(tr("Another server needs its own key"));
    else
        m_key->setPlaceholderText({});
}

void ConnectDialog::useFound()
{
    m_address->setText(m_found.root.toString());
    m_key->setText(m_found.apiKey);
    chooseKeep(KeySource::Found);
    if (!m_found.remarks.isEmpty())
        m_outcome->say(InlineNote::Kind::Warning, m_found.remarks.join(u' '));
    m_connect->setFocus();
}

void ConnectDialog::chooseKeep(KeySource source)
{
    int row = m_keep->findData(static_cast<int>(source));
    if (row < 0 && source == KeySource::Found) {
        m_keep->addItem(
            tr("Where it was found: %1").arg(m_found.keyFoundIn), static_cast<int>(KeySource::Found));
        row = m_keep->count() - 1;
    }
    m_keep->setCurrentIndex(row);
}

KeySource ConnectDialog::keep() const
{
    return static_cast<KeySource>(m_keep->currentData().toInt());
}

ServerAddress ConnectDialog::address() const
{
    return ServerAddress::parse(m_address->text());
}

void ConnectDialog::checkAddress()
{
    const ServerAddress typed = address();
    if (m_address->text().trimmed().isEmpty())
        m_addressNote->clear();
    else if (!typed.problem.isEmpty())
        m_addressNote->say(InlineNote::Kind::Bad, typed.problem);
    else if (typed.root.scheme() == "http"_L1 && !isLoopback(typed.root))
        m_addressNote->say(InlineNote::Kind::Warning,
            tr("Without https:// anyone on the way can read the API key and the data."));
    else if (!typed.dropped.isEmpty())
        m_addressNote->say(InlineNote::Kind::Hint,
            tr("Connects to %1. “%2” is not part of a server’s address.").arg(typed.root.toString(), typed.dropped));
    else if (typed.schemeAdded)
        m_addressNote->say(InlineNote::Kind::Hint, tr("Connects to %1.").arg(typed.root.toString()));
    else
        m_addressNote->clear();
    m_name->setPlaceholderText(typed.root.host() == "www.comet.com"_L1 ? u"Comet"_s : typed.root.host());
    formChanged();
}

void ConnectDialog::checkKey()
{
    // A smart key knows its server.
    const QUrl root = baseUrlInKey(apiKey());
    if (root.isValid() && m_address->text().trimmed().isEmpty())
        m_address->setText(root.toString());
    const int found = m_keep->findData(static_cast<int>(KeySource::Found));
    if (found >= 0 && apiKey() != m_found.apiKey)
        m_keep->removeItem(found);
    formChanged();
}

void ConnectDialog::formChanged()
{
    if (m_trial)
        m_trial->deleteLater(); // what it says is about other words
    m_trial.clear();
    m_busy = false;
    m_saveAnyway->hide();
    if (m_key->text().isEmpty())
        showKeyHint();
    static const QRegularExpression space(u"\\s"_s);
    if (apiKey().contains(space))
        m_outcome->say(InlineNote::Kind::Bad, tr("An API key has no spaces in it."));
    else
        m_outcome->clear();
    const bool valid = address().problem.isEmpty() && !apiKey().isEmpty() && !apiKey().contains(space);
    m_test->setEnabled(valid);
    m_connect->setEnabled(valid);
}

void ConnectDialog::accept()
{
    if (m_connect->isEnabled() && !m_busy)
        tryServer(Purpose::Connect);
}

void ConnectDialog::tryServer(Purpose purpose)
{
    m_purpose = purpose;
    m_busy = true;
    m_test->setEnabled(false);
    m_connect->setEnabled(false);
    m_saveAnyway->hide();
    m_outcome->say(InlineNote::Kind::Hint, tr("Asking %1…").arg(address().root.authority()));
    if (m_trial)
        m_trial->deleteLater();
    m_trial = new Session(profile(), apiKey(), this);
    connect(m_trial, &Session::stateChanged, this, &ConnectDialog::tryAnswered);
    m_since.start();
    m_trial->connectToServer();
}

void ConnectDialog::tryAnswered()
{
    if (m_trial->state() == Session::State::Connecting)
        return;
    m_busy = false;
    m_test->setEnabled(true);
    m_connect->setEnabled(true);
    if (m_trial->state() == Session::State::Failed) {
        m_outcome->say(InlineNote::Kind::Bad, sentenceFor(m_trial->error(), m_trial->profile().root));
        // What is not about the connection can be changed without one.
        m_saveAnyway->setVisible(m_isEditing || isUnreachable(m_trial->error()));
        return;
    }
    const QString user = m_trial->account().userName;
    const QString version = m_trial->version();
    const QString time = format::duration(m_since.elapsed());
    m_outcome->say(InlineNote::Kind::Good,
        version.isEmpty() ? tr("Signed in as %1, %2").arg(user, time)
                          : tr("Signed in as %1, API %2, %3").arg(user, version, time));
    if (m_purpose == Purpose::Connect)
        keepKey();
}

void ConnectDialog::keepKey()
{
    if (m_busy)
        return; // the keychain is asked already
    const bool isStored = m_isEditing && m_profile.keySource == keep() && usesKnownKey();
    const bool wasInKeychain = m_isEditing && m_profile.keySource == KeySource::Keychain;
    m_profile = profile();
    if (isStored) {
        QDialog::accept();
        return;
    }
    if (keep() != KeySource::Keychain) {
        const QString key = apiKey();
        if (wasInKeychain)
            m_keychain.remove(m_profile.id);
        if (keep() == KeySource::ThisRun)
            m_keychain.keepForThisRun(m_profile.id, key);
        QDialog::accept();
        return;
    }
    m_busy = true;
    m_connect->setEnabled(false);
    m_keychain.write(m_profile.id, apiKey(), this, [this](Keychain::Where where, const QString &problem) {
        m_busy = false;
        m_connect->setEnabled(true);
        if (where == Keychain::Where::System) {
            QDialog::accept();
            return;
        }
        // The person has asked for something that can't be had: they see what they get instead.
        chooseKeep(KeySource::ThisRun);
        m_outcome->say(InlineNote::Kind::Warning, problem);
    });
}

Profile ConnectDialog::profile() const
{
    Profile profile = m_profile;
    profile.root = address().root;
    profile.name = m_name->text().trimmed();
    if (profile.name.isEmpty())
        profile.name = m_name->placeholderText();
    profile.keySource = keep();
    profile.foundIn = keep() == KeySource::Found ? m_found.keyFoundIn : QString();
    m_marks->applyTo(profile);
    return profile;
}

QString ConnectDialog::apiKey() const
{
    return usesKnownKey() ? m_knownKey : m_key->text().trimmed();
}
