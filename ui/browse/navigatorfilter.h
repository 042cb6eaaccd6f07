// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSortFilterProxyModel>

// The rows of a WorkspaceTree whose server, workspace or project has the typed text in its name, with
// the way to them and all that is below them. Part of NavigatorPanel.
class NavigatorFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit NavigatorFilter(QObject *parent = nullptr);

    const QString &text() const { return m_text; }
    void setText(const QString &text);

    bool hasChildren(const QModelIndex &parent = {}) const override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
};
