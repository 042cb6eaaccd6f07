// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/metricchooser.h"

#include "ui/widgets/searchfield.h"

#include <QListView>
#include <QScreen>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

MetricChooser::MetricChooser(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_search(new SearchField(tr("Search metrics"), this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
    , m_filter(new QSortFilterProxyModel(this))
{
    setFrameShape(QFrame::StyledPanel);
    m_filter->setSourceModel(m_model);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_filter);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Metrics"));
    m_list->setAccessibleDescription(tr("A ticked metric has a panel."));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_search);
    column->addWidget(m_list);

    connect(m_search, &QLineEdit::textChanged, m_filter, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_search, &SearchField::left, this, [this] {
        m_list->setFocus();
        m_list->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { toggle(m_filter->index(0, 0)); });
    connect(m_list, &QListView::activated, this, &MetricChooser::toggle);
    connect(m_model, &QStandardItemModel::itemChanged, this, [this](const QStandardItem *item) {
        const QString name = item->text();
        const bool isChosen = item->checkState() == Qt::Checked;
        if (isChosen == m_chosen.contains(name))
            return;
        if (isChosen)
            m_chosen.append(name);
        else
            m_chosen.removeAll(name);
        emit chosenChanged(m_chosen);
    });
}

void MetricChooser::setNames(const QStringList &names)
{
    if (names == m_names)
        return;
    m_names = names;
    fill();
}

void MetricChooser::setChosen(const QStringList &names)
{
    if (names == m_chosen)
        return;
    m_chosen = names;
    fill();
}

void MetricChooser::fill()
{
    QStringList all = m_names;
    for (const QString &name : std::as_const(m_chosen)) {
        if (!all.contains(name))
            all.append(name);
    }
    std::sort(all.begin(), all.end(), [](const QString &a, const QString &b) {
        return QString::localeAwareCompare(a, b) < 0;
    });
    m_model->clear();
    QList<QStandardItem *> items;
    for (const QString &name : std::as_const(all)) {
        auto *item = new QStandardItem(name);
        item->setToolTip(name);
        item->setCheckable(true);
        item->setCheckState(m_chosen.contains(name) ? Qt::Checked : Qt::Unchecked);
        items.append(item);
    }
    m_model->invisibleRootItem()->appendRows(items);
}

void MetricChooser::toggle(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const bool isChosen = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    m_filter->setData(index, isChosen ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

void MetricChooser::popUpBelow(QWidget *widget)
{
    resize(300, 360);
    QPoint corner = widget->mapToGlobal(QPoint(0, widget->height() + 2));
    const QRect screen = widget->screen()->availableGeometry();
    corner.setX(std::clamp(corner.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    if (corner.y() + height() > screen.bottom())
        corner.setY(widget->mapToGlobal(QPoint(0, 0)).y() - height() - 2);
    move(corner);
    m_search->clear();
    show();
    m_search->setFocus();
}
