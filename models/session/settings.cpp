// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/settings.h"

#include <QFile>
#include <QFileInfo>
#include <QMetaEnum>
#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace {

QString defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + "/perihelion/perihelion.conf"_L1;
}

template<class Enum>
QString enumText(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

struct SourceName
{
    Profile::KeySource source;
    QLatin1StringView name;
};
constexpr SourceName sourceNames[] = {
    {Profile::KeySource::Keychain, "keychain"_L1},
    {Profile::KeySource::ThisRun, "thisRun"_L1},
    {Profile::KeySource::Found, "found"_L1},
    {Profile::KeySource::Demo, "demo"_L1},
};

} // namespace

QVariant settings::toVariant(const Place &place)
{
    QStringList parts{place.server, place.workspace, place.project, place.experiment};
    if (place.registry)
        parts << place.model; // a fifth part is in the registry, be it empty
    return parts;
}

void settings::fromVariant(const QVariant &variant, Place &place)
{
    if (const QStringList parts = variant.toStringList(); parts.size() == 4)
        place = {parts[0], parts[1], parts[2], parts[3]};
    else if (parts.size() == 5)
        place = Place::ofRegistry(parts[0], parts[1], parts[4]);
}

QVariant settings::toVariant(Settings::Scheme scheme)
{
    return enumText(scheme);
}

void settings::fromVariant(const QVariant &variant, Settings::Scheme &scheme)
{
    bool known = false;
    const int value
        = QMetaEnum::fromType<Settings::Scheme>().keyToValue(variant.toString().toLatin1().constData(), &known);
    if (known)
        scheme = static_cast<Settings::Scheme>(value);
}

Settings::Settings(const QString &path, QObject *parent)
    : QObject(parent)
    , m_file(std::make_unique<QSettings>(path.isEmpty() ? defaultPath() : path, QSettings::IniFormat))
{
    checkFile();
}

Settings::~Settings() = default;

QString Settings::path() const
{
    return m_file->fileName();
}

void Settings::checkFile()
{
    if (m_file->status() != QSettings::FormatError) {
        save();
        return;
    }
    // QSettings goes on with the lines it could read and would write over the rest: keep the original.
    const QString copy = path() + ".broken"_L1;
    QFile::remove(copy);
    if (QFile::copy(path(), copy))
        setProblem(tr("The settings file is damaged. What could be read of it is used; it was kept as %1.").arg(copy));
    else
        setProblem(tr("The settings file %1 is damaged. What could be read of it is used.").arg(path()));
}

void Settings::save()
{
    m_file->sync();
    if (m_file->status() == QSettings::AccessError) {
        setProblem(QFileInfo::exists(path())
                ? tr("The settings file %1 can't be read or written: changes are forgotten at the end.").arg(path())
                : tr("The settings file %1 can't be written: changes are forgotten at the end.").arg(path()));
    }
}

void Settings::setProblem(const QString &sentence)
{
    if (!m_problem.isEmpty())
        return;
    m_problem = sentence;
    emit problemFound(sentence);
}

QVariant Settings::raw(const QString &key, const QVariant &fallback) const
{
    return m_file->value(key, fallback);
}

void Settings::setRaw(const QString &key, const QVariant &value)
{
    if (m_file->contains(key) && m_file->value(key) == value)
        return;
    m_file->setValue(key, value);
    if (m_problem.isEmpty() && !m_file->isWritable())
        setProblem(tr("The settings file %1 can't be written: changes are forgotten at the end.").arg(path()));
    emit changed(key);
}

api::CachePolicy Settings::cachePolicy() const
{
    api::CachePolicy policy;
    policy.isOn = cacheIsOn.value();
    policy.never = cacheNever.value().split(u' ', Qt::SkipEmptyParts);
    policy.minutes = cacheMinutes.value();
    return policy;
}

std::vector<Profile> Settings::profiles() const
{
    std::vector<Profile> profiles;
    const int count = m_file->beginReadArray("servers"_L1);
    for (int i = 0; i < count; ++i) {
        m_file->setArrayIndex(i);
        Profile profile;
        profile.id = m_file->value("id"_L1).toString();
        profile.name = m_file->value("name"_L1).toString();
        profile.root = QUrl(m_file->value("address"_L1).toString(), QUrl::StrictMode);
        profile.foundIn = m_file->value("foundIn"_L1).toString();
        profile.isReadOnly = m_file->value("readOnly"_L1).toBool();
        profile.asksBeforeWriting = m_file->value("asksBeforeWriting"_L1).toBool();
        profile.colour = m_file->value("colour"_L1).toString();
        const QString source = m_file->value("key"_L1).toString();
        for (const SourceName &known : sourceNames) {
            if (known.name == source)
                profile.keySource = known.source;
        }
        if (!profile.id.isEmpty() && profile.root.isValid() && !profile.root.host().isEmpty())
            profiles.push_back(profile);
    }
    m_file->endArray();
    return profiles;
}

void Settings::setProfiles(const std::vector<Profile> &profiles)
{
    m_file->remove("servers"_L1);
    m_file->beginWriteArray("servers"_L1, static_cast<int>(profiles.size()));
    for (int i = 0; const Profile &profile : profiles) {
        m_file->setArrayIndex(i++);
        m_file->setValue("id"_L1, profile.id);
        m_file->setValue("name"_L1, profile.name);
        m_file->setValue("address"_L1, profile.root.toString(QUrl::FullyEncoded));
        for (const SourceName &known : sourceNames) {
            if (known.source == profile.keySource)
                m_file->setValue("key"_L1, QString(known.name));
        }
        if (!profile.foundIn.isEmpty())
            m_file->setValue("foundIn"_L1, profile.foundIn);
        if (profile.isReadOnly)
            m_file->setValue("readOnly"_L1, true);
        if (profile.asksBeforeWriting)
            m_file->setValue("asksBeforeWriting"_L1, true);
        if (!profile.colour.isEmpty())
            m_file->setValue("colour"_L1, profile.colour);
    }
    m_file->endArray();
    emit changed(QStringLiteral("servers"));
}

// A subject may hold slashes and any letter; in the file it is one name.
QString Settings::layoutKey(const QString &kind, const QString &subject)
{
    return "layouts/"_L1 + kind + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(subject));
}

QByteArray Settings::layout(const QString &kind, const QString &subject) const
{
    return m_file->value(layoutKey(kind, subject)).toByteArray();
}

void Settings::setLayout(const QString &kind, const QString &subject, const QByteArray &state)
{
    if (state.isEmpty())
        m_file->remove(layoutKey(kind, subject));
    else
        setRaw(layoutKey(kind, subject), state);
}

QStringList Settings::names(const QString &kind, const QString &subject) const
{
    return m_file->value(layoutKey(kind, subject)).toStringList();
}

void Settings::setNames(const QString &kind, const QString &subject, const QStringList &names)
{
    if (names.isEmpty())
        m_file->remove(layoutKey(kind, subject));
    else
        setRaw(layoutKey(kind, subject), names);
}
