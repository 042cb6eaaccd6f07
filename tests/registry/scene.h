// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/browse/localproject.h"
#include "tests/window/house.h"

#include "ui/navigator.h"
#include "ui/registry/modelpage.h"
#include "ui/registry/registerdialog.h"
#include "ui/registry/registrypage.h"
#include "ui/session/inlinenote.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/rowtableview.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>

// A window on a server where the experiment "trained" has logged the models "net" and "My Net (v2)", and net is
// registered in the versions 1.0.0 (Staging), 1.10.0 and 1.2.0 (Production), in this order.
struct RegistryScene
{
    LocalProject project;
    const QString experiment;
    const QString modelId;
    QTemporaryDir folder;
    House house;
    Session *session = nullptr;

    explicit RegistryScene(bool registers = true)
        : experiment(project.addExperiment(QStringLiteral("trained")))
        , modelId(project.logModel(experiment, QStringLiteral("net"), "weights"))
        , house(folder.filePath(QStringLiteral("settings.conf")))
    {
        project.logModel(experiment, QStringLiteral("My Net (v2)"), "more");
        if (!registers)
            return;
        using namespace Qt::StringLiterals;
        project.registerModel(modelId, u"net"_s, u"1.0.0"_s, true,
            {{u"description"_s, u"Tells <b>digits</b> apart"_s}, {u"stages"_s, QJsonArray{u"Staging"_s}},
                {u"comment"_s, u"the first"_s}});
        project.registerModel(modelId, u"net"_s, u"1.10.0"_s, false);
        project.registerModel(
            modelId, u"net"_s, u"1.2.0"_s, false, {{u"stages"_s, QJsonArray{u"Production"_s}}});
    }

    bool open(const Place &place, bool readOnly = false)
    {
        Profile profile;
        profile.id = QStringLiteral("lab");
        profile.name = QStringLiteral("Lab");
        profile.root = project.root();
        profile.keySource = Profile::KeySource::ThisRun;
        profile.isReadOnly = readOnly;
        session = house.servers.connectTo(profile, project.apiKey());
        house.window.navigator().go(Place(place));
        return QTest::qWaitFor([this] { return session->state() == Session::State::Ready; })
            && QTest::qWaitForWindowActive(&house.window);
    }
    Place registry() const { return Place::ofRegistry(QStringLiteral("lab"), project.workspace); }
    Place model(const QString &name) const { return Place::ofRegistry(QStringLiteral("lab"), project.workspace, name); }
    bool openModel(bool readOnly = false)
    {
        return open(model(QStringLiteral("net")), readOnly) && QTest::qWaitFor([this] { return page() && page()->version(); });
    }
    ModelPage *page() const { return house.window.pages().modelShown(); }
    bool isAt(const Place &place) const
    {
        return QTest::qWaitFor([&] { return house.window.navigator().current() == place; }, 10'000);
    }
    QString message() const { return house.window.messages().text(); }
    bool says(const QString &sentence) const
    {
        return QTest::qWaitFor([&] { return message() == sentence; }, 10'000);
    }
    // As the server has it.
    QJsonObject version(const QString &number, const QString &of = QStringLiteral("net"))
    {
        for (const QJsonValue &one : project.registered(of)[QStringLiteral("versions")].toArray()) {
            if (one[QStringLiteral("version")].toString() == number)
                return one.toObject();
        }
        return {};
    }
    QStringList stages(const QString &number)
    {
        QStringList all;
        for (const QJsonValue &stage : version(number)[QStringLiteral("stages")].toArray())
            all += stage.toString();
        return all;
    }
    // Clicks the version in its table.
    void choose(const QString &number)
    {
        auto *table = page()->findChild<RowTableView *>();
        click(table, child(table->model(), number));
    }
    // A shortcut, with the focus where it is.
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        house.window.activateWindow(); // after a dialog there is no one here who would
        if (!QTest::qWaitForWindowActive(&house.window))
            qFatal("the window does not become active");
        QWidget *focus = house.window.focusWidget();
        QTest::keyClick(focus ? focus : &house.window, key, modifiers);
    }
};

// The visible one that screen readers call so; null where there is none.
template<class Widget>
Widget *named(const QWidget *parent, const QString &name)
{
    for (Widget *one : parent->findChildren<Widget *>()) {
        if (one->isVisible() && one->accessibleName() == name)
            return one;
    }
    return nullptr;
}

// What the notes under the fields say, the empty ones aside.
inline QStringList notes(const QWidget *parent)
{
    QStringList texts;
    for (const InlineNote *note : parent->findChildren<InlineNote *>()) {
        if (!note->text().isEmpty())
            texts += note->text();
    }
    return texts;
}
