// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/settings.h"
#include "tests/query/sweep.h"
#include "ui/query/querybuilder.h"
#include "ui/widgets/promptdialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals; // as every suite that includes this
using namespace query;

// A builder over six runs, two of them good.
struct Scene : Sweep
{
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.conf"_s)};
    QueryBuilder builder{settings};

    Scene()
        : Sweep(6, 2)
    {
        builder.resize(1000, 500);
        builder.show();
    }
    bool open()
    {
        builder.setProject(session, project.workspace, project.name, api::Archived::No);
        return read(&builder, api::Archived::No, [this](auto listing) { builder.setListing(listing); },
                   [this](const api::Columns &columns) { builder.setColumns(columns); })
            && QTest::qWaitForWindowActive(&builder);
    }
    // The nth visible one, waited for: new parts come into sight with the next layout.
    template<typename Widget>
    Widget *find(const std::function<bool(const Widget *)> &isMeant, int nth) const
    {
        const auto now = [&]() -> Widget * {
            int left = nth;
            for (Widget *widget : builder.findChildren<Widget *>()) {
                if (widget->isVisible() && isMeant(widget) && left-- == 0)
                    return widget;
            }
            return nullptr;
        };
        if (!QTest::qWaitFor([&] { return now() != nullptr; }))
            qFatal("the widget does not come into sight");
        return now();
    }
    template<typename Widget>
    Widget *named(const QString &name, int nth = 0) const
    {
        return find<Widget>([name](const Widget *widget) { return widget->accessibleName() == name; }, nth);
    }
    void press(const QString &text)
    {
        QTest::mouseClick(find<QAbstractButton>(
                              [text](const QAbstractButton *button) {
                                  return button->text() == text || button->accessibleName() == text;
                              }, 0),
            Qt::LeftButton);
    }
    // New parts have their places with the next layout, which goes from card to card.
    void layOut()
    {
        for (int depth = 0; depth < 4; ++depth)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }
    // Of the condition about a tag; empty where there is none.
    Path pathOf(const QString &tag, const Path &below = {}) const
    {
        const QList<Expression> &children = builder.expression().at(below)->children();
        for (int i = 0; i < static_cast<int>(children.size()); ++i) {
            const Path path = below + Path{i};
            if (children[i].clause().name == tag)
                return path;
            if (const Path inside = pathOf(tag, path); !inside.isEmpty())
                return inside;
        }
        return {};
    }
    QString python() const { return named<QPlainTextEdit>(u"The query in Python"_s)->toPlainText(); }
    QString status() const { return named<QLabel>(u"What the query finds"_s)->text(); }
    bool says(const QString &text) const
    {
        return QTest::qWaitFor([&] { return status().startsWith(text); }, 10'000);
    }
    // Types into the dialog that is shown and chooses the verb.
    template<typename Dialog>
    bool answer(const QString &text, const QString &verb)
    {
        Dialog *dialog = nullptr;
        const auto find = [&] {
            for (Dialog *one : builder.findChildren<Dialog *>()) {
                if (one->isVisible())
                    dialog = one;
            }
            return dialog != nullptr;
        };
        if (!QTest::qWaitFor(find))
            return false;
        if (!text.isEmpty()) {
            auto *field = dialog->template findChild<QLineEdit *>();
            field->selectAll();
            QTest::keyClicks(field, text);
        }
        for (QPushButton *button : dialog->template findChildren<QPushButton *>()) {
            if (button->text().remove(u'&') == verb && button->isEnabled()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return true;
            }
        }
        return false;
    }
    bool saveAs(const QString &name)
    {
        press(u"Save Query…"_s);
        return answer<PromptDialog>(name, u"Save"_s);
    }
    bool triggerQueries(const QString &text)
    {
        auto *button = find<QToolButton>([](const QToolButton *one) { return one->text() == u"Queries"_s; }, 0);
        emit button->menu()->aboutToShow();
        for (QAction *action : button->menu()->actions()) {
            if (action->text() == text && action->isEnabled()) {
                action->trigger();
                return true;
            }
        }
        return false;
    }
    void choose(QComboBox *combo, const QString &text)
    {
        combo->setCurrentIndex(combo->findText(text));
        emit combo->activated(combo->currentIndex());
    }
};
