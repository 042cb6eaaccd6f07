// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What steps are called in menus and messages.

#include "models/changes/stepkinds.h"
#include "models/values/format.h"

#include <QCoreApplication>

#include <numeric>

using namespace Qt::StringLiterals;
using Kind = Step::Kind;

namespace stepkinds {

namespace {

struct Texts
{
    Kind kind;
    bool takesAway; // the same kind the other way round: Step::after is false or an empty list
    const char *verbOne; // %1 is the label, %2 what is in the step: a tag, a project, a stage
    const char *verbMany; // %1 is the number
    const char *pastOne;
    const char *pastMany;
};

constexpr Texts table[] = {
    {Kind::Archived, false, QT_TRANSLATE_NOOP("stepkinds", "Archive “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Archive %1 Experiments"), QT_TRANSLATE_NOOP("stepkinds", "“%1” archived"),
        QT_TRANSLATE_NOOP("stepkinds", "%1 experiments archived")},
    {Kind::Archived, true, QT_TRANSLATE_NOOP("stepkinds", "Restore “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Restore %1 Experiments"), QT_TRANSLATE_NOOP("stepkinds", "“%1” restored"),
        QT_TRANSLATE_NOOP("stepkinds", "%1 experiments restored")},
    {Kind::DeleteExperiment, true, QT_TRANSLATE_NOOP("stepkinds", "Delete “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Delete %1 Experiments"), QT_TRANSLATE_NOOP("stepkinds", "“%1” deleted"),
        QT_TRANSLATE_NOOP("stepkinds", "%1 experiments deleted")},
    {Kind::Stop, true, QT_TRANSLATE_NOOP("stepkinds", "Stop “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Stop %1 Experiments"),
        QT_TRANSLATE_NOOP("stepkinds", "Stop requested for “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Stop requested for %1 experiments")},
    {Kind::Place, false, QT_TRANSLATE_NOOP("stepkinds", "Move “%1” to %2"),
        QT_TRANSLATE_NOOP("stepkinds", "Move %1 Experiments to %2"),
        QT_TRANSLATE_NOOP("stepkinds", "“%1” moved to %2"),
        QT_TRANSLATE_NOOP("stepkinds", "%1 experiments moved to %2")},
    {Kind::Link, false, QT_TRANSLATE_NOOP("stepkinds", "Link “%1” in %2"),
        QT_TRANSLATE_NOOP("stepkinds", "Link %1 Experiments in %2"),
        QT_TRANSLATE_NOOP("stepkinds", "“%1” linked in %2"),
        QT_TRANSLATE_NOOP("stepkinds", "%1 experiments linked in %2")},
    {Kind::Name, false, QT_TRANSLATE_NOOP("stepkinds", "Rename to “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Rename %1 Experiments"),
        QT_TRANSLATE_NOOP("stepkinds", "Renamed to “%1”"), QT_TRANSLATE_NOOP("stepkinds", "%1 experiments renamed")},
    {Kind::Tags, false, QT_TRANSLATE_NOOP("stepkinds", "Tag “%1” as %2"),
        QT_TRANSLATE_NOOP("stepkinds", "Tag %1 Experiments as %2"),
        QT_TRANSLATE_NOOP("stepkinds", "“%1” tagged %2"),
        QT_TRANSLATE_NOOP("stepkinds", "%1 experiments tagged %2")},
    {Kind::Tags, true, QT_TRANSLATE_NOOP("stepkinds", "Remove Tag %2 from “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Remove Tag %2 from %1 Experiments"),
        QT_TRANSLATE_NOOP("stepkinds", "Tag %2 removed from “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Tag %2 removed from %1 experiments")},
    {Kind::Other, false, QT_TRANSLATE_NOOP("stepkinds", "Log “%2” to “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Log “%2” to %1 Experiments"),
        QT_TRANSLATE_NOOP("stepkinds", "“%2” logged to “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "“%2” logged to %1 experiments")},
    {Kind::CreateProject, false, QT_TRANSLATE_NOOP("stepkinds", "Create Project “%1”"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Project “%1” created"), ""},
    {Kind::Project, false, QT_TRANSLATE_NOOP("stepkinds", "Edit Project “%1”"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Project “%1” changed"), ""},
    {Kind::ProjectNotes, false, QT_TRANSLATE_NOOP("stepkinds", "Edit Notes of “%1”"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Notes of “%1” saved"), ""},
    {Kind::DeleteProject, true, QT_TRANSLATE_NOOP("stepkinds", "Delete Project “%1”"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Project “%1” deleted"), ""},
    {Kind::CreateShareKey, false, QT_TRANSLATE_NOOP("stepkinds", "Create Share Key for “%1”"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Share key for “%1” created"), ""},
    {Kind::DeleteShareKey, true, QT_TRANSLATE_NOOP("stepkinds", "Delete Share Key “%1”"),
        QT_TRANSLATE_NOOP("stepkinds", "Delete %1 Share Keys"),
        QT_TRANSLATE_NOOP("stepkinds", "Share key “%1” deleted"),
        QT_TRANSLATE_NOOP("stepkinds", "%1 share keys deleted")},
    {Kind::RegisterModel, false, QT_TRANSLATE_NOOP("stepkinds", "Register Model %1"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Model %1 registered"), ""},
    {Kind::Model, false, QT_TRANSLATE_NOOP("stepkinds", "Edit Model “%1”"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Model “%1” changed"), ""},
    {Kind::ModelNotes, false, QT_TRANSLATE_NOOP("stepkinds", "Edit Notes of Model “%1”"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Notes of model “%1” saved"), ""},
    {Kind::VersionComment, false, QT_TRANSLATE_NOOP("stepkinds", "Edit Comment of %1"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Comment of %1 changed"), ""},
    {Kind::Stage, false, QT_TRANSLATE_NOOP("stepkinds", "Add Stage “%2” to %1"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Stage “%2” added to %1"), ""},
    {Kind::Stage, true, QT_TRANSLATE_NOOP("stepkinds", "Remove Stage “%2” from %1"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Stage “%2” removed from %1"), ""},
    {Kind::Status, false, QT_TRANSLATE_NOOP("stepkinds", "Set Status of %1 to “%2”"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Status of %1 set to “%2”"), ""},
    {Kind::DeleteVersion, true, QT_TRANSLATE_NOOP("stepkinds", "Delete %1"), "",
        QT_TRANSLATE_NOOP("stepkinds", "%1 deleted"), ""},
    {Kind::DeleteModel, true, QT_TRANSLATE_NOOP("stepkinds", "Delete Model “%1”"), "",
        QT_TRANSLATE_NOOP("stepkinds", "Model “%1” deleted"), ""},
};

bool takesAway(const Step &step)
{
    if (step.after.isArray())
        return step.after.toArray().isEmpty();
    return !step.after.isObject() && !step.after.isString() && !step.after.toBool();
}

const Texts &textsOf(const Step &step)
{
    const bool away = takesAway(step);
    const Texts *found = nullptr;
    for (const Texts &texts : table) {
        if (texts.kind == step.kind && (!found || texts.takesAway == away))
            found = &texts;
    }
    return *found;
}

QString content(const Step &step)
{
    switch (step.kind) {
    case Kind::Place:
    case Kind::Link:
        return step.after["workspace"_L1].toString() + u'/' + step.after["project"_L1].toString();
    case Kind::Tags: {
        QStringList tags;
        for (const QJsonValue &tag : step.details["tags"_L1].toArray())
            tags += u'“' + tag.toString() + u'”';
        return tags.join(u", "_s);
    }
    case Kind::Other:
        return step.details["name"_L1].toString();
    case Kind::Stage:
        return step.details["stage"_L1].toString();
    case Kind::Status:
        return step.after.toString();
    default:
        return {};
    }
}

// Long names would hide what is said about them.
QString shortened(const QString &text)
{
    constexpr qsizetype most = 60;
    const QString line = text.simplified();
    return line.size() <= most ? line : line.left(most - 1) + u'…';
}

QString filledIn(const std::vector<Step> &steps, const char *one, const char *many)
{
    const qsizetype number = count(steps);
    const bool isOne = number == 1 || !*many;
    const QString pattern = QCoreApplication::translate("stepkinds", isOne ? one : many);
    const QString subject = isOne ? shortened(steps.front().label) : format::count(number);
    // At once: a label may hold "%2" itself.
    return pattern.contains("%2"_L1) ? pattern.arg(subject, shortened(content(steps.front())))
                                     : pattern.arg(subject);
}

} // namespace

qsizetype count(const std::vector<Step> &steps)
{
    return std::accumulate(steps.begin(), steps.end(), qsizetype(0), [](qsizetype sum, const Step &step) {
        return sum + std::max<qsizetype>(1, step.details["keys"_L1].toArray().size());
    });
}

QString subjects(const QStringList &names)
{
    return names.size() == 1 ? u'“' + shortened(names.front()) + u'”'
                             : QCoreApplication::translate("stepkinds", "%1 Experiments").arg(format::count(names.size()));
}

QString verb(const std::vector<Step> &steps)
{
    const Texts &texts = textsOf(steps.front());
    return filledIn(steps, texts.verbOne, texts.verbMany);
}

QString pastTense(const std::vector<Step> &steps)
{
    const Texts &texts = textsOf(steps.front());
    return filledIn(steps, texts.pastOne, texts.pastMany);
}

} // namespace stepkinds
