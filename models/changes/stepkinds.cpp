// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/changes/stepkinds.h"

#include "models/api/cache.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSet>
#include <QVersionNumber>

#include <algorithm>

using namespace Qt::StringLiterals;
using Kind = Step::Kind;

namespace stepkinds {

namespace {

using api::Client;
using Sent = api::Reply<api::Acknowledgement> *;

QString text(const Step &step, QLatin1StringView name)
{
    return step.details[name].toString();
}

QStringList texts(const QJsonValue &list)
{
    QStringList texts;
    for (const QJsonValue &each : list.toArray())
        texts += each.toString();
    return texts;
}

QStringList keysOf(const Step &step)
{
    return texts(step.details["keys"_L1]);
}

api::PropertyChange change(const QJsonObject &object)
{
    api::PropertyChange change;
    if (object.contains("name"_L1))
        change.name = object["name"_L1].toString();
    if (object.contains("description"_L1))
        change.description = object["description"_L1].toString();
    if (object.contains("isPublic"_L1))
        change.isPublic = object["isPublic"_L1].toBool();
    return change;
}

// What is there now of the properties that the step changes.
QJsonValue propertiesOf(const Step &step, const QString &name, const QString &description, bool isPublic)
{
    const QJsonObject all{{u"name"_s, name}, {u"description"_s, description}, {u"isPublic"_s, isPublic}};
    QJsonObject now;
    for (const QString &property : step.after.toObject().keys())
        now.insert(property, all[property]);
    return now;
}

// reply's value, read by now(); `gone` stands for an answer that the thing is not there.
template<class T, class Now>
void answer(api::Reply<T> *reply, const QObject *context, const Looked &done, Now now,
    const std::optional<QJsonValue> &gone = std::nullopt)
{
    reply->then(context, [done, now](const T &value) { done(now(value)); });
    reply->otherwise(context, [done, gone](const api::Error &error) {
        // An unknown model is answered with 400 and this code (PROTOCOL-ANSWERS 1).
        constexpr int noModel = 42008;
        const bool isGone = error.kind == api::Error::Kind::NotFound || error.serverCode == noModel;
        if (gone && isGone)
            done(*gone);
        else
            done(error);
    });
}

QJsonValue yes(const auto &)
{
    return true;
}

const api::ModelVersion *versionIn(const api::RegistryModel &model, const Step &step)
{
    const auto found = std::find_if(model.versions.begin(), model.versions.end(),
        [&](const api::ModelVersion &version) { return version.version == text(step, "version"_L1); });
    return found == model.versions.end() ? nullptr : &*found;
}

api::Reply<api::RegistryModel> *details(Client &client, const Step &step)
{
    return client.registryModelDetails(text(step, "workspace"_L1), text(step, "model"_L1));
}

// A property of the version that the step is about.
template<class Now>
void lookAtVersion(Client &client, const Step &step, const QObject *context, const Looked &done,
    Now now, const std::optional<QJsonValue> &gone = std::nullopt)
{
    auto read = [step, now, gone](const api::RegistryModel &model) {
        const api::ModelVersion *version = versionIn(model, step);
        return version ? QJsonValue(now(*version)) : gone.value_or(QJsonValue());
    };
    answer(details(client, step), context, done, read, gone);
}

// A model is found by its name only, which may be the one that the step changes: then under the new one.
void lookAtModel(
    Client &client, const Step &step, const QString &name, const QObject *context, const Looked &done)
{
    const QString renamed = step.after["name"_L1].toString();
    const Looked orUnderNewName = [=, &client](const api::Result<QJsonValue> &now) {
        if (now && now.value().isNull() && !renamed.isEmpty() && name != renamed)
            lookAtModel(client, step, renamed, context, done);
        else
            done(now);
    };
    answer(
        client.registryModelDetails(text(step, "workspace"_L1), name), context, orUnderNewName,
        [step](const api::RegistryModel &model) {
            return propertiesOf(step, model.name, model.description, model.isPublic);
        },
        QJsonValue());
}

void lookAtExistence(Client &client, const Step &step, const QObject *context, const Looked &done)
{
    answer(client.experimentMetadata(step.subject), context, done,
        [](const api::Metadata &) { return QJsonValue(true); }, QJsonValue(false));
}

// Where all of the experiments are: at the place after the step, or somewhere else.
void lookAtPlace(Client &client, const Step &step, const QObject *context, const Looked &done)
{
    const QJsonObject target = step.after.toObject();
    auto *listing = client.experiments(
        target["workspace"_L1].toString(), target["project"_L1].toString(), api::Archived::Both);
    const auto now = [step](const api::Experiments &all) {
        QSet<QString> there;
        for (std::size_t row = 0; row < all.size(); ++row)
            there.insert(all.keys.at(row));
        const QStringList keys = keysOf(step);
        const bool areThere = std::all_of(
            keys.begin(), keys.end(), [&](const QString &key) { return there.contains(key); });
        return areThere ? step.after : step.before;
    };
    answer(listing, context, done, now, step.before);
}

struct Row
{
    Kind kind;
    const char *id; // in the log
    bool isReversible;
    Sent (*send)(Client &, const Step &);
    void (*look)(Client &, const Step &, const QObject *, const Looked &);
};

// In the order of Kind.
constexpr Row table[] = {
    {Kind::Archived, "archived", true,
        [](Client &c, const Step &s) {
            return s.after.toBool() ? c.archiveExperiment(s.subject) : c.restoreExperiment(s.subject);
        },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.experimentMetadata(s.subject), context, done,
                [](const api::Metadata &m) { return QJsonValue(m.archived); });
        }},
    {Kind::DeleteExperiment, "deleteExperiment", false,
        [](Client &c, const Step &s) { return c.deleteExperiment(s.subject); }, lookAtExistence},
    {Kind::Stop, "stop", false, [](Client &c, const Step &s) { return c.stopExperiment(s.subject); }, nullptr},
    {Kind::Place, "place", true,
        [](Client &c, const Step &s) {
            return c.moveExperiments(keysOf(s), s.after["workspace"_L1].toString(),
                s.after["project"_L1].toString(), false);
        },
        lookAtPlace},
    {Kind::Link, "link", false,
        [](Client &c, const Step &s) {
            return c.moveExperiments(keysOf(s), s.after["workspace"_L1].toString(),
                s.after["project"_L1].toString(), true);
        },
        nullptr},
    {Kind::Name, "name", true,
        [](Client &c, const Step &s) { return c.logOther(s.subject, u"Name"_s, s.after.toString()); },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.experimentMetadata(s.subject), context, done,
                [](const api::Metadata &m) { return QJsonValue(m.name); });
        }},
    {Kind::Tags, "tags", true,
        [](Client &c, const Step &s) {
            const QStringList tags = texts(s.details["tags"_L1]);
            return s.after.toArray().isEmpty() ? c.deleteTags(s.subject, tags) : c.addTags(s.subject, tags);
        },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.tags(s.subject), context, done, [s](const QStringList &now) {
                QJsonArray those;
                for (const QString &tag : texts(s.details["tags"_L1])) {
                    if (now.contains(tag))
                        those.append(tag);
                }
                return QJsonValue(those);
            });
        }},
    {Kind::Other, "other", true,
        [](Client &c, const Step &s) { return c.logOther(s.subject, text(s, "name"_L1), s.after.toString()); },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.others(s.subject), context, done, [s](const api::Summaries &now) {
                for (const api::Summary &other : now) {
                    if (other.name == text(s, "name"_L1))
                        return QJsonValue(other.current);
                }
                return QJsonValue();
            });
        }},
    {Kind::CreateProject, "createProject", false,
        [](Client &c, const Step &s) {
            return c.createProject(text(s, "workspace"_L1), text(s, "project"_L1), text(s, "description"_L1),
                s.details["isPublic"_L1].toBool());
        },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.project(text(s, "workspace"_L1), text(s, "project"_L1)), context, done,
                yes<api::Project>, QJsonValue(false));
        }},
    {Kind::Project, "project", true,
        [](Client &c, const Step &s) { return c.updateProjectById(s.subject, change(s.after.toObject())); },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.projectById(s.subject), context, done,
                [s](const api::Project &p) { return propertiesOf(s, p.name, p.description, p.isPublic); });
        }},
    {Kind::ProjectNotes, "projectNotes", true,
        [](Client &c, const Step &s) { return c.setProjectNotes(s.subject, s.after.toString()); },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.projectNotes(s.subject), context, done,
                [](const QString &notes) { return QJsonValue(notes); });
        }},
    {Kind::DeleteProject, "deleteProject", false,
        [](Client &c, const Step &s) {
            return c.deleteProjectById(s.subject, s.details["withExperiments"_L1].toBool());
        },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.projectById(s.subject), context, done, yes<api::Project>, QJsonValue(false));
        }},
    {Kind::CreateShareKey, "createShareKey", false,
        [](Client &c, const Step &s) { return c.createProjectShareKey(s.subject); }, nullptr},
    {Kind::DeleteShareKey, "deleteShareKey", false,
        [](Client &c, const Step &s) { return c.deleteProjectShareKey(s.subject, text(s, "key"_L1)); },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.projectShareKeys(s.subject), context, done,
                [s](const QStringList &keys) { return QJsonValue(keys.contains(text(s, "key"_L1))); });
        }},
    {Kind::RegisterModel, "registerModel", false,
        [](Client &c, const Step &s) {
            return c.registerModel(text(s, "workspace"_L1),
                {s.subject, text(s, "model"_L1), text(s, "version"_L1), text(s, "comment"_L1),
                    texts(s.details["stages"_L1]), text(s, "description"_L1),
                    s.details["isPublic"_L1].toBool()});
        },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            lookAtVersion(c, s, context, done, [](const api::ModelVersion &) { return true; }, QJsonValue(false));
        }},
    {Kind::Model, "model", true,
        [](Client &c, const Step &s) { return c.updateRegistryModel(s.subject, change(s.after.toObject())); },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            lookAtModel(c, s, text(s, "model"_L1), context, done);
        }},
    {Kind::ModelNotes, "modelNotes", true,
        [](Client &c, const Step &s) {
            return c.updateRegistryModelNotes(text(s, "workspace"_L1), text(s, "model"_L1), s.after.toString());
        },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(c.registryModelNotes(text(s, "workspace"_L1), text(s, "model"_L1)), context, done,
                [](const QString &notes) { return QJsonValue(notes); });
        }},
    {Kind::VersionComment, "versionComment", true,
        [](Client &c, const Step &s) {
            return c.updateRegistryModelVersion(s.subject, s.after.toString(), std::nullopt);
        },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            lookAtVersion(c, s, context, done, [](const api::ModelVersion &v) { return v.comment; });
        }},
    {Kind::Stage, "stage", true,
        [](Client &c, const Step &s) {
            const QString stage = text(s, "stage"_L1);
            return s.after.toBool() ? c.addRegistryModelVersionStage(s.subject, stage)
                                    : c.deleteRegistryModelVersionStage(s.subject, stage);
        },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            lookAtVersion(c, s, context, done,
                [s](const api::ModelVersion &v) { return v.stages.contains(text(s, "stage"_L1)); });
        }},
    {Kind::Status, "status", true,
        [](Client &c, const Step &s) { return c.setRegistryModelVersionStatus(s.subject, s.after.toString()); },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            lookAtVersion(c, s, context, done, [](const api::ModelVersion &v) { return v.status; });
        }},
    {Kind::DeleteVersion, "deleteVersion", false,
        [](Client &c, const Step &s) { return c.deleteRegistryModelVersion(s.subject); },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            lookAtVersion(c, s, context, done, [](const api::ModelVersion &) { return true; }, QJsonValue(false));
        }},
    {Kind::DeleteModel, "deleteModel", false,
        [](Client &c, const Step &s) {
            return c.deleteRegistryModel(text(s, "workspace"_L1), text(s, "model"_L1));
        },
        [](Client &c, const Step &s, const QObject *context, const Looked &done) {
            answer(details(c, s), context, done, yes<api::RegistryModel>, QJsonValue(false));
        }},
};

const Row &rowOf(Kind kind)
{
    return table[static_cast<std::size_t>(kind)];
}

} // namespace

Sent send(Client &client, const Step &step)
{
    return rowOf(step.kind).send(client, step);
}

bool canLook(const Step &step)
{
    return rowOf(step.kind).look;
}

void look(Client &client, const Step &step, const QObject *context, const Looked &done)
{
    client.cache().clear(); // what is there now, not what was there before
    rowOf(step.kind).look(client, step, context, done);
}

std::optional<Step> reversed(const Step &step)
{
    // What had no value can't be made to have none: the API knows no call for it.
    if (!rowOf(step.kind).isReversible || (step.kind == Kind::Other && step.before.isNull()))
        return std::nullopt;
    Step back = step;
    std::swap(back.before, back.after);
    if (step.kind == Kind::Name)
        back.label = back.after.toString();
    if (step.kind == Kind::Model && step.after.toObject().contains("name"_L1))
        back.details["model"_L1] = step.after["name"_L1];
    if (step.kind == Kind::Model || step.kind == Kind::Project) {
        if (const QJsonValue name = back.before["name"_L1]; name.isString())
            back.label = name.toString();
    }
    return back;
}

QString obstacle(const Step &step, const QString &serverVersion)
{
    // PROTOCOL 4b
    static const QVersionNumber removesTags(3, 12, 26);
    const QVersionNumber version = QVersionNumber::fromString(serverVersion);
    if (step.kind == Kind::Tags && step.after.toArray().isEmpty() && version < removesTags)
        return QCoreApplication::translate(
            "stepkinds", "Removing tags needs a server of version %1 or later; this is %2.")
            .arg(removesTags.toString(), serverVersion.isEmpty() ? u"?"_s : serverVersion);
    return {};
}

QJsonObject toJson(const Step &step)
{
    return {{u"kind"_s, QString::fromLatin1(rowOf(step.kind).id)}, {u"subject"_s, step.subject},
        {u"label"_s, step.label}, {u"details"_s, step.details}, {u"before"_s, step.before},
        {u"after"_s, step.after}};
}

std::optional<Step> fromJson(const QJsonObject &object)
{
    const auto row = std::find_if(std::begin(table), std::end(table),
        [id = object["kind"_L1].toString()](const Row &row) { return id == QLatin1StringView(row.id); });
    if (row == std::end(table))
        return std::nullopt;
    return Step{row->kind, object["subject"_L1].toString(), object["label"_L1].toString(),
        object["details"_L1].toObject(), object["before"_L1], object["after"_L1]};
}

} // namespace stepkinds
