// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/serverspage.h"

#include "models/session/servertable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/rowtableview.h"
#include "ui/widgets/swatch.h"
#include "ui/widgets/textfilter.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace {

// In pixels, from the left; the last column takes the rest.
constexpr int widths[] = {144, 160, 128, 104, 92};

// The name of a colour after a square of it.
class ColourDelegate : public QStyledItemDelegate
{
public:
    using ColourOf = std::function<QColor(const QModelIndex &)>;

    ColourDelegate(ColourOf colourOf, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_colourOf(std::move(colourOf))
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const QColor colour = m_colourOf(index);
        if (!colour.isValid())
            return;
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = swatch(colour, option->palette);
        option->decorationSize = {16, 16};
    }

private:
    ColourOf m_colourOf;
};

} // namespace

ServersPage::ServersPage(const Settings &settings, const Sessions &sessions, QWidget *parent)
    : QWidget(parent)
    , m_servers(new ServerTable(settings, sessions, this))
    , m_table(new RowTableView(tr("Servers"), this))
    , m_none(new EmptyState(this))
    , m_edit(new QPushButton(tr("&Edit…"), this))
    , m_remove(new QPushButton(tr("Re&move"), this))
{
    m_table->setRows(m_servers);
    m_table->setFrameShape(QFrame::StyledPanel);
    m_table->setMinimumSize(768, 200);
    m_table->setTextElideMode(Qt::ElideMiddle);
    for (int column = 0; const int width : widths)
        m_table->setColumnWidth(column++, width);
    m_table->setItemDelegateForColumn(ServerTable::Colour,
        new ColourDelegate(
            [this](const QModelIndex &index) {
                return QColor(m_servers->row(m_table->proxy()->mapToSource(index).row()).profile.colour);
            },
            this));
    m_none->setContent(u"network-server"_s, tr("No servers yet"),
        tr("Add the address of a Comet server and your API key there."));

    auto *add = new QPushButton(tr("&Add…"), this);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {add, m_edit, m_remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    m_remove->setToolTip(tr("Disconnect from the server and forget its address and key"));
    buttons->addStretch(1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(m_table, 1);
    column->addWidget(m_none, 1);
    column->addLayout(buttons);

    connect(add, &QPushButton::clicked, this, &ServersPage::addRequested);
    connect(m_edit, &QPushButton::clicked, this, [this] { emit editRequested(chosen()); });
    connect(m_remove, &QPushButton::clicked, this, [this] { emit removeRequested(chosen()); });
    connect(m_table, &QAbstractItemView::activated, this, [this] { emit editRequested(chosen()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ServersPage::showButtons);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_servers, signal, this, &ServersPage::showRows);
    showRows();
}

void ServersPage::showRows()
{
    const bool hasRows = m_servers->rowCount() > 0;
    m_table->setVisible(hasRows);
    m_none->setVisible(!hasRows);
    showButtons();
}

void ServersPage::showButtons()
{
    const bool isChosen = !chosen().isEmpty();
    m_edit->setEnabled(isChosen);
    m_remove->setEnabled(isChosen);
}

QString ServersPage::chosen() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : m_servers->row(m_table->proxy()->mapToSource(rows.front()).row()).profile.id;
}
