// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/changes/outcomedialog.h"

#include "models/changes/changes.h"
#include "models/changes/stepkinds.h"
#include "models/values/format.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

OutcomeDialog::OutcomeDialog(const Outcome &outcome, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("What Happened"));
    auto *sentence = new QLabel(outcome.sentence(), this);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);

    auto *list = new QTreeWidget(this);
    list->setAccessibleName(tr("What was not done"));
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAllColumnsShowFocus(true);
    list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list->setHeaderLabels({tr("Name"), tr("Reason")});
    QStringList lines;
    const auto add = [&](const Step &step, const QString &reason) {
        auto *item = new QTreeWidgetItem(list, {step.label, reason});
        item->setToolTip(0, step.subject);
        item->setToolTip(1, reason);
        lines += step.subject + u'\t' + step.label + u'\t' + reason;
    };
    for (const Outcome::Failure &failure : outcome.failed)
        add(failure.step, failure.reason);
    for (const Step &step : outcome.left)
        add(step, tr("Not begun."));
    list->header()->resizeSection(0, 220);
    list->setCurrentItem(list->topLevelItem(0));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copy = buttons->addButton(tr("Copy List"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this,
        [lines] { QGuiApplication::clipboard()->setText(lines.join(u'\n')); });
    if (const std::vector<Step> again = outcome.retryable(); !again.empty()) {
        const QString number = format::count(stepkinds::count(again));
        QPushButton *retry
            = buttons->addButton(tr("Retry Those %1").arg(number), QDialogButtonBox::AcceptRole);
        retry->setDefault(true);
        connect(retry, &QPushButton::clicked, this, [this] {
            accept();
            emit retryRequested();
        });
    }
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(sentence);
    column->addWidget(list, 1);
    column->addWidget(buttons);
    resize(640, 380);
}
