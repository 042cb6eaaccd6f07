// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/filterbar.h"

#include "models/values/format.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tint.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_field(new SearchField(tr("Filter experiments"), this))
    , m_modeButton(new QToolButton(this))
    , m_query(new QToolButton(this))
    , m_archived(new QComboBox(this))
    , m_counts(new QLabel(this))
    , m_problem(new QLabel(this))
{
    m_field->setMinimumWidth(160);
    m_field->setMaximumWidth(320);
    auto *menu = new QMenu(this);
    auto *group = new QActionGroup(this);
    m_textMode = menu->addAction(tr("&Text in any column"));
    m_textMode->setToolTip(tr("All words must be somewhere in the row; case does not count."));
    m_patternMode = menu->addAction(tr("&Pattern on name or key"));
    m_patternMode->setToolTip(
        tr("A regular expression, matched from the start of the name or the key, as the API's pattern does."));
    menu->setToolTipsVisible(true);
    for (QAction *action : {m_textMode, m_patternMode}) {
        action->setCheckable(true);
        group->addAction(action);
    }
    m_modeButton->setMenu(menu);
    m_modeButton->setPopupMode(QToolButton::InstantPopup);
    m_modeButton->setAccessibleName(tr("How the filter is read"));
    connect(m_textMode, &QAction::triggered, this, [this] { setMode(RowFilter::Mode::Text); });
    connect(m_patternMode, &QAction::triggered, this, [this] { setMode(RowFilter::Mode::Pattern); });

    m_archived->addItem(tr("Active"), static_cast<int>(api::Archived::No));
    m_archived->addItem(tr("Archived"), static_cast<int>(api::Archived::Yes));
    m_archived->addItem(tr("Active and archived"), static_cast<int>(api::Archived::Both));
    m_archived->setAccessibleName(tr("Which experiments are listed"));
    connect(m_archived, &QComboBox::currentIndexChanged, this, [this] {
        emit archivedChanged(static_cast<api::Archived>(m_archived->currentData().toInt()));
    });

    m_counts->setAccessibleName(tr("How many are shown"));
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    theme::tint(m_problem, &theme::Tokens::bad);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();

    m_query->setText(tr("Query"));
    m_query->setIcon(theme::icon(u"view-filter"_s));
    m_query->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_query->setCheckable(true);
    m_query->setToolTip(tr("Build a query of conditions on metrics, parameters, tags and other values (Ctrl+Shift+F)"));
    connect(m_query, &QToolButton::toggled, this, &FilterBar::queryToggled);

    auto *columns = new QToolButton(this);
    columns->setText(tr("Columns…"));
    columns->setIcon(theme::icon(u"table"_s));
    columns->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    columns->setToolTip(tr("Choose which parameters, metrics and other values are shown"));
    connect(columns, &QToolButton::clicked, this, &FilterBar::columnsRequested);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(m_field, 3);
    row->addWidget(m_modeButton);
    row->addWidget(m_query);
    row->addWidget(m_archived);
    row->addWidget(m_counts);
    row->addWidget(m_problem, 2);
    row->addStretch(1);
    row->addWidget(columns);
    setLayout(row);

    connect(m_field, &QLineEdit::textChanged, this, &FilterBar::tell);
    connect(m_field, &SearchField::left, this, &FilterBar::left);
    setMode(RowFilter::Mode::Text);
}

RowFilter FilterBar::filter() const
{
    return {m_mode, m_field->text()};
}

void FilterBar::setFilter(const RowFilter &filter)
{
    const QSignalBlocker blocker(this);
    m_field->setText(filter.text);
    setMode(filter.mode);
}

void FilterBar::clearFilter()
{
    m_field->clear();
}

void FilterBar::setArchived(api::Archived archived)
{
    const QSignalBlocker blocker(this);
    m_archived->setCurrentIndex(m_archived->findData(static_cast<int>(archived)));
}

void FilterBar::setCounts(std::size_t shown, std::size_t all)
{
    const auto count = [](std::size_t number) { return format::count(static_cast<qint64>(number)); };
    m_counts->setText(shown == all ? tr("%1 experiments").arg(count(all)) : tr("%1 of %2").arg(count(shown), count(all)));
    if (shown == all && all == 1)
        m_counts->setText(tr("1 experiment"));
}

void FilterBar::setQueryOpen(bool open)
{
    const QSignalBlocker blocker(this);
    m_query->setChecked(open);
}

void FilterBar::focusFilter()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FilterBar::setMode(RowFilter::Mode mode)
{
    m_mode = mode;
    const bool text = mode == RowFilter::Mode::Text;
    (text ? m_textMode : m_patternMode)->setChecked(true);
    m_modeButton->setText(text ? tr("Text") : tr("Pattern"));
    m_modeButton->setToolTip((text ? m_textMode : m_patternMode)->toolTip());
    m_field->setPlaceholderText(text ? tr("Filter: words in any column") : tr("Pattern: run-.*, (?i)resnet"));
    tell();
}

void FilterBar::tell()
{
    const QString problem = filter().isEmpty() ? QString() : filter().error();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    emit filterChanged(filter());
}
