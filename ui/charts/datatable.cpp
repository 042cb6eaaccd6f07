// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/datatable.h"

#include "models/api/background.h"
#include "models/charts/linetable.h"
#include "models/values/format.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/settingstext.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

DataTable *DataTable::open(ChartPanel &panel)
{
    auto *table = new DataTable(panel);
    table->show();
    return table;
}

DataTable::DataTable(ChartPanel &panel)
    : QDialog(panel.window())
    , m_view(new QTableView(this))
    , m_count(new QLabel(tr("Loading…"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Values of %1").arg(panel.panel().displayTitle()));
    resize(720, 520);
    m_view->setAccessibleName(windowTitle());
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(24);
    m_view->horizontalHeader()->setTextElideMode(Qt::ElideMiddle);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copyButton = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_view);
    column->addWidget(m_count);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(copyButton, &QPushButton::clicked, this, &DataTable::copy);

    const QPointer<ChartView> view = panel.view();
    const auto make = [lines = panel.view()->lines(), title = axisName(panel.feed().settings().xAxis, panel.view()->content().shown->content)] {
        return LineTable::content(lines, title);
    };
    const QStringList leftOut
        = leftOutTexts(panel.view()->content().question(), panel.view()->content().shown->content);
    runInBackground(this, make, [this, view, leftOut](const std::shared_ptr<const LineTable::Content> &content) {
        const auto xText = [view](double at) { return view ? view->xText(at) : format::metricFull(at); };
        QStringList sentences{tr("Lines: %1. Rows: %2")
                .arg(content->lines.size()).arg(format::count(static_cast<qint64>(content->x.size())))};
        m_count->setText((sentences + leftOut).join(u". "_s) + u'.');
        m_view->setModel(new LineTable(content, xText, m_view));
        constexpr int least = 165; // 17 digits
        constexpr int most = 260;
        for (int line = 0; line < static_cast<int>(content->lines.size()); ++line)
            m_view->setColumnWidth(line + 1, std::clamp(m_view->horizontalHeader()->sectionSizeHint(line + 1), least, most));
    });
}

void DataTable::copy() const
{
    const auto *table = qobject_cast<const LineTable *>(m_view->model());
    if (!table || table->rowCount() == 0)
        return;
    const QItemSelection selection = m_view->selectionModel()->selection();
    QItemSelectionRange range = selection.isEmpty() ? QItemSelectionRange() : selection.constFirst();
    if (!range.isValid() || range.width() * range.height() < 2) // one cell is where the keyboard is, not a choice
        range = QItemSelectionRange(table->index(0, 0), table->index(table->rowCount() - 1, table->columnCount() - 1));
    const auto make = [content = table->content(), top = range.top(), bottom = range.bottom(), left = range.left(),
                          right = range.right()] {
        return LineTable::text(*content, top, bottom, left, right);
    };
    runInBackground(QGuiApplication::clipboard(), make,
        [](const QString &text) { QGuiApplication::clipboard()->setText(text); });
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QDialog::keyPressEvent(event);
}
