// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/changes.h"
#include "models/session/keychain.h"
#include "models/session/servers.h"
#include "models/session/settings.h"
#include "models/session/tasks.h"
#include "ui/actions.h"
#include "ui/browse/navigatorpanel.h"
#include "ui/mainwindow.h"
#include "ui/pagestack.h"
#include "ui/widgets/emptystate.h"

#include <QAbstractItemView>
#include <QAction>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

// The program around a window, with its own settings and a keychain that is memory.
struct House
{
    explicit House(const QString &settingsPath, const QString &undoLog = {})
        : settings(settingsPath)
        , keychain([](Keychain::Operation, const QString &, const QString &, const Keychain::Answered &answered) {
            answered({Keychain::Answer::Status::NoKeychain, {}, {}});
        })
        , servers(sessions, settings, keychain, environment)
        , changes(sessions, tasks, undoLog)
        , window({sessions, servers, settings, keychain, tasks, changes, environment})
    {
        window.resize(1280, 800);
        window.show();
    }

    Session *connectTo(const QUrl &root, const QString &key, const QString &id = QStringLiteral("lab"))
    {
        Profile profile;
        profile.id = id;
        profile.name = QStringLiteral("Lab");
        profile.root = root;
        profile.keySource = Profile::KeySource::ThisRun;
        return servers.connectTo(profile, key);
    }
    QAction *action(Actions::Id id) const { return window.actions()[id]; }
    QTreeView *tree() const { return window.panel().findChild<QTreeView *>(); }
    // The empty state that a person sees now.
    EmptyState *state() const
    {
        for (EmptyState *state : window.pages().findChildren<EmptyState *>()) {
            if (state->isVisible())
                return state;
        }
        return nullptr;
    }

    Environment environment; // an empty one: nothing is found
    Settings settings;
    Keychain keychain;
    Tasks tasks;
    Sessions sessions;
    Servers servers;
    Changes changes;
    MainWindow window;
};

inline QModelIndex child(const QAbstractItemModel *model, const QString &text, const QModelIndex &parent = {})
{
    for (int row = 0; row < model->rowCount(parent); ++row) {
        const QModelIndex index = model->index(row, 0, parent);
        if (index.data().toString() == text)
            return index;
    }
    return {};
}

inline void click(QAbstractItemView *view, const QModelIndex &index)
{
    view->scrollTo(index);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
}

// The visible one, waited for; null where it does not come.
template<typename Dialog>
Dialog *shown(const QWidget &window)
{
    const auto find = [&window]() -> Dialog * {
        for (Dialog *dialog : window.findChildren<Dialog *>()) {
            if (dialog->isVisible())
                return dialog;
        }
        return nullptr;
    };
    return QTest::qWaitFor([&find] { return find() != nullptr; }) ? find() : nullptr;
}

// The button whose text begins so, & aside; null where there is none.
inline QPushButton *button(const QWidget *widget, const QString &text)
{
    for (QPushButton *one : widget->findChildren<QPushButton *>()) {
        if (one->isVisible() && one->text().remove(QLatin1Char('&')).startsWith(text))
            return one;
    }
    return nullptr;
}
inline bool press(const QWidget *widget, const QString &text)
{
    QPushButton *one = button(widget, text);
    if (!one || !one->isEnabled())
        return false;
    QTest::mouseClick(one, Qt::LeftButton);
    return true;
}
