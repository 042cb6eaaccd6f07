// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/cache.h"
#include "models/api/requestlog.h"
#include "models/session/place.h"
#include "models/session/profile.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>
#include <QVariant>

#include <memory>
#include <utility>
#include <vector>

class QSettings;
class Settings;

// One remembered value with its type and what it is until somebody sets it. A public member of Settings.
template<class T>
class Setting
{
public:
    Setting(Settings &settings, const char *key, T fallback)
        : m_settings(settings)
        , m_key(QString::fromLatin1(key))
        , m_fallback(std::move(fallback))
    {
    }
    Setting(const Setting &) = delete;
    Setting &operator=(const Setting &) = delete;

    const QString &key() const { return m_key; }
    T value() const;
    void set(const T &value);

private:
    Settings &m_settings;
    QString m_key;
    T m_fallback;
};

// What the program remembers between runs, in one INI file; never a key or another secret. A file that
// can't be read or written costs the memory, not the run: problemFound() says so once. Owned by main;
// lives on the main thread.
class Settings : public QObject
{
    Q_OBJECT
public:
    enum class Scheme { System, Light, Dark };
    Q_ENUM(Scheme)

    // An empty path is perihelion/perihelion.conf in the person's configuration folder.
    explicit Settings(const QString &path = {}, QObject *parent = nullptr);
    ~Settings() override;

    Setting<Scheme> scheme{*this, "appearance/scheme", Scheme::System};
    Setting<QByteArray> windowGeometry{*this, "window1/geometry", {}}; // the number is the layout's version
    Setting<QByteArray> windowState{*this, "window1/state", {}};
    Setting<bool> navigatorVisible{*this, "window1/navigatorVisible", true};
    Setting<Place> lastPlace{*this, "window1/lastPlace", {}};
    Setting<QString> exportFolder{*this, "folders/export", {}};
    Setting<QString> downloadFolder{*this, "folders/download", {}};
    Setting<bool> downloadExpands{*this, "downloads/expand", true};
    Setting<bool> downloadInOwnFolder{*this, "downloads/ownFolder", true}; // what is expanded

    Setting<bool> cacheIsOn{*this, "cache/on", api::CachePolicy().isOn};
    // One after the other, with spaces: an empty list would not be told from none.
    Setting<QString> cacheNever{*this, "cache/never", api::CachePolicy::defaultNever().join(QLatin1Char(' '))};
    Setting<int> cacheMinutes{*this, "cache/minutes", api::CachePolicy().minutes};
    Setting<int> requestsPerHour{*this, "requests/perHour", api::RequestLog::usualBudget};
    Setting<int> refreshMinutes{*this, "requests/refreshMinutes", 0}; // what is shown; 0: when asked to
    api::CachePolicy cachePolicy() const;

    std::vector<Profile> profiles() const;
    void setProfiles(const std::vector<Profile> &profiles);

    // What belongs to a subject that only its page knows: layout("columns", "lab/vision/cifar10"). Null
    // or empty where nothing was kept; setting an empty value forgets it.
    QByteArray layout(const QString &kind, const QString &subject) const;
    void setLayout(const QString &kind, const QString &subject, const QByteArray &state);
    static QString layoutKey(const QString &kind, const QString &subject); // as changed() tells it
    QStringList names(const QString &kind, const QString &subject) const;
    void setNames(const QString &kind, const QString &subject, const QStringList &names);

    QString path() const;
    const QString &problem() const { return m_problem; } // a sentence; empty where all is well
    void save(); // writes now what would be written soon

    QVariant raw(const QString &key, const QVariant &fallback) const;
    void setRaw(const QString &key, const QVariant &value);

signals:
    void changed(const QString &key);
    void problemFound(const QString &sentence);

private:
    void checkFile();
    void setProblem(const QString &sentence);

    std::unique_ptr<QSettings> m_file;
    QString m_problem;
};

// How values of our own types are written; the others go as QVariant does them.
namespace settings {
QVariant toVariant(const Place &place);
QVariant toVariant(Settings::Scheme scheme);
template<class T>
QVariant toVariant(const T &value)
{
    return QVariant::fromValue(value);
}
void fromVariant(const QVariant &variant, Place &place);
void fromVariant(const QVariant &variant, Settings::Scheme &scheme);
template<class T>
void fromVariant(const QVariant &variant, T &value)
{
    if (variant.canConvert<T>())
        value = variant.value<T>();
}
} // namespace settings

template<class T>
T Setting<T>::value() const
{
    T value = m_fallback;
    if (const QVariant kept = m_settings.raw(m_key, {}); kept.isValid())
        settings::fromVariant(kept, value);
    return value;
}

template<class T>
void Setting<T>::set(const T &value)
{
    m_settings.setRaw(m_key, settings::toVariant(value));
}
