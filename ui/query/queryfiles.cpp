// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/queryfiles.h"

#include "models/query/savedqueries.h"
#include "ui/widgets/promptdialog.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>

using namespace Qt::StringLiterals;
using query::SavedQueries;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(QueryFiles)
};

// A file's name can't hold all that a query's can.
QString fileName(QString query)
{
    for (QChar &letter : query) {
        if (!letter.isLetterOrNumber() && !u" -_.()"_s.contains(letter))
            letter = u'_';
    }
    constexpr qsizetype longest = 60;
    query = query.left(longest).trimmed();
    return (query.isEmpty() || query.startsWith(u'.') ? u"query"_s : query) + u".json"_s;
}

QFileDialog *makeDialog(const QString &title, QWidget *window)
{
    auto *dialog = new QFileDialog(window, title, QDir::homePath(), Words::tr("Queries (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

} // namespace

void queryfiles::askForName(SavedQueries &saved, const QString &name, QWidget *window)
{
    PromptDialog::Content content{Words::tr("Rename Query"), Words::tr("Name"), name, Words::tr("Rename")};
    content.problem = [&saved, name](const QString &text) {
        return text != name && saved.contains(text) ? Words::tr("There is a query of that name already.") : QString();
    };
    PromptDialog::ask(content, window, &saved, [&saved, name](const QString &text) {
        if (text != name)
            saved.rename(name, text);
    });
}

void queryfiles::exportTo(SavedQueries &saved, const QString &name, QWidget *window, const Say &say)
{
    QFileDialog *dialog
        = makeDialog(name.isEmpty() ? Words::tr("Export Queries") : Words::tr("Export Query"), window);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(name.isEmpty() ? u"queries.json"_s : fileName(name));
    QObject::connect(dialog, &QFileDialog::fileSelected, &saved, [&saved, name, say](const QString &path) {
        const QString problem = saved.exportTo(path, name);
        const QString file = QDir::toNativeSeparators(path);
        say(problem.isEmpty() ? Words::tr("Exported to %1.").arg(file)
                              : Words::tr("%1 could not be written: %2").arg(file, problem));
    });
    dialog->open();
}

void queryfiles::importFrom(SavedQueries &saved, QWidget *window, const Say &say)
{
    QFileDialog *dialog = makeDialog(Words::tr("Import Queries"), window);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, &saved, [&saved, say](const QString &path) {
        int count = 0;
        const QString problem = saved.importFrom(path, &count);
        if (!problem.isEmpty())
            say(Words::tr("%1 could not be imported: %2").arg(QDir::toNativeSeparators(path), problem));
        else
            say(count == 1 ? Words::tr("Imported one query.") : Words::tr("Imported %1 queries.").arg(count));
    });
    dialog->open();
}
