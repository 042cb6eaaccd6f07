// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartline.h"

#include <QAbstractTableModel>

#include <functional>
#include <memory>
#include <vector>

// The points of some lines as a table: a row for each x that any of them has, a column for each line. Keeps what it
// is given; asks nothing. Owned by the view that shows it.
class LineTable : public QAbstractTableModel
{
    Q_OBJECT
public:
    using XText = std::function<QString(double)>;
    struct Content
    {
        std::vector<ChartLine> lines;
        std::vector<double> x; // ascending, each once
        QString xTitle;
    };

    // Of these lines; for another thread.
    static std::shared_ptr<const Content> content(const std::vector<ChartLine> &lines, const QString &xTitle);
    // Tab-separated, every digit, below their titles; for another thread.
    static QString text(const Content &content, int firstRow, int lastRow, int firstColumn, int lastColumn);

    LineTable(std::shared_ptr<const Content> content, XText xText, QObject *parent = nullptr);
    const std::shared_ptr<const Content> &content() const { return m_content; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const Content> m_content;
    XText m_xText;
};
