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

struct Key
{
    const char *what;
    const char *keys;
};

// What the panel of a chart hears when the keyboard is in it; no actions, because they mean that panel.
constexpr Key chartKeys[] = {
    {QT_TRANSLATE_NOOP("HelpDialogs", "Cursor along a line, by 100 points"), "Left, Right, Ctrl+Left, Ctrl+Right"},
    {QT_TRANSLATE_NOOP("HelpDialogs", "To the next line"), "Up, Down"},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Zoom, only along x"), "+, −, Ctrl++, Ctrl+−"},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Show everything"), "0"},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Move the view"), "Shift+Left, Shift+Right, Shift+Up, Shift+Down"},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Logarithmic values, x axis"), "L, Shift+L"},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Less, more smoothing"), "[, ]"},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Begin, end a range at the cursor"), "R"},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Full size, back"), "Return, Esc"},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Move the panel"), "Ctrl+Shift+Left, Ctrl+Shift+Right"},
};

// The same by the mouse: translated on both sides.
constexpr Key chartGestures[] = {
    {QT_TRANSLATE_NOOP("HelpDialogs", "Zoom, only along x, only the values"), QT_TRANSLATE_NOOP("HelpDialogs", "Wheel, Ctrl+Wheel, Shift+Wheel")},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Zoom into a rectangle"), QT_TRANSLATE_NOOP("HelpDialogs", "Drag")},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Move the view"), QT_TRANSLATE_NOOP("HelpDialogs", "Ctrl+Drag, Middle Button")},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Read a range"), QT_TRANSLATE_NOOP("HelpDialogs", "Shift+Drag")},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Show everything, then full size"), QT_TRANSLATE_NOOP("HelpDialogs", "Double Click")},
    {QT_TRANSLATE_NOOP("HelpDialogs", "Move, resize a panel"), QT_TRANSLATE_NOOP("HelpDialogs", "Drag Its Title, Its Corner")},
};

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
    QFont font = list->font();
    font.setWeight(QFont::DemiBold);
    for (const QAction *menu : menus->actions()) {
        auto *group = new QTreeWidgetItem(list, {withoutMnemonic(menu->text())});
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
    auto *charts = new QTreeWidgetItem(list, {translated(QT_TRANSLATE_NOOP("HelpDialogs", "In a Chart"))});
    charts->setFont(0, font);
    for (const Key &key : chartKeys)
        new QTreeWidgetItem(charts, {translated(key.what), QString::fromUtf8(key.keys)});
    auto *gestures = new QTreeWidgetItem(list, {translated(QT_TRANSLATE_NOOP("HelpDialogs", "In a Chart by Mouse"))});
    gestures->setFont(0, font);
    for (const Key &gesture : chartGestures)
        new QTreeWidgetItem(gestures, {translated(gesture.what), translated(gesture.keys)});
    list->expandAll();
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->header()->setStretchLastSection(false);
    QDialog *box = dialog(
        translated(QT_TRANSLATE_NOOP("HelpDialogs", "Keyboard Shortcuts")), list, parent);
    box->resize(680, 620);
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
