// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/helpdialogs.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("HelpDialogs", text);
}

QDialog *dialog(const QString &title, QWidget *content, QWidget *parent)
{
    auto *box = new QDialog(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(title);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, box);
    QObject::connect(buttons, &QDialogButtonBox::rejected, box, &QDialog::reject);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(content, 1);
    column->addWidget(buttons);
    return box;
}

QString withoutMnemonic(QString text)
{
    return text.remove(u'&').remove(u"…"_s);
}

} // namespace

void showShortcuts(const QMenuBar *menus, QWidget *parent)
{
    auto *list = new QTreeWidget;
    list->setAccessibleName(translated(QT_TRANSLATE_NOOP("HelpDialogs", "Keyboard shortcuts")));
    list->setColumnCount(2);
    list->setHeaderHidden(true);
    list->setRootIsDecorated(false);
    list->setFrameShape(QFrame::NoFrame);
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    for (const QAction *menu : menus->actions()) {
        auto *group = new QTreeWidgetItem(list, {withoutMnemonic(menu->text())});
        QFont font = list->font();
        font.setWeight(QFont::DemiBold);
        group->setFont(0, font);
        for (const QAction *action : menu->menu()->actions()) {
            QStringList keys;
            for (const QKeySequence &key : action->shortcuts()) {
                if (!key.isEmpty())
                    keys.append(key.toString(QKeySequence::NativeText));
            }
            if (!keys.isEmpty())
                new QTreeWidgetItem(group, {withoutMnemonic(action->text()), keys.join(u", "_s)});
        }
        if (group->childCount() == 0)
            delete group;
    }
    list->expandAll();
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->header()->setStretchLastSection(false);
    QDialog *box = dialog(
        translated(QT_TRANSLATE_NOOP("HelpDialogs", "Keyboard Shortcuts")), list, parent);
    box->resize(460, 620);
    box->open();
}

void showAbout(QWidget *parent)
{
    auto *text = new QLabel(
        translated(QT_TRANSLATE_NOOP("HelpDialogs",
                       "<h3>Perihelion %1</h3><p>A native desktop browser for Comet experiment-tracking "
                       "servers.</p><p>Free software under the GNU General Public License, version 3 or "
                       "later. It is not made by, and has no connection with, Comet ML, Inc.</p>"))
            .arg(QStringLiteral(PERIHELION_VERSION)));
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QDialog *box
        = dialog(translated(QT_TRANSLATE_NOOP("HelpDialogs", "About Perihelion")), text, parent);
    box->setMinimumWidth(420);
    box->open();
}
