// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSortFilterProxyModel>

// The rows of a small model that have a typed text in any of their columns, whatever the case and however its accents
// are written. Owned by the view above it.
class TextFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString &text); // all rows where it is empty

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_folded;
};
