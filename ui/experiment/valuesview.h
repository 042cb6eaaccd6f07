// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractItemModel>
#include <QStringList>
#include <QWidget>

#include <functional>

class EmptyState;
class QLabel;
class QPushButton;
class TextFilter;
class QStackedWidget;
class QTableView;
class SearchField;

// One table of an experiment: filter, count, copy, sorted by a click on a head; in its place what to do
// while there is none. The model belongs to ExperimentValues. Owned by ExperimentPage.
class ValuesView : public QWidget
{
    Q_OBJECT
public:
    ValuesView(QAbstractItemModel *model, const QString &title, const QString &filterHint, QWidget *parent);

    void showTable();
    EmptyState *showState(const QString &icon, const QString &title, const QString &sentence);

    void focusFilter();
    void copy(); // the selected rows, or all that are shown; exact values
    void selectFirst(const QString &name); // the row with that text in the first column, else the first
    QStringList selectedNames() const; // texts of the first column
    // A button beside Copy, also in the rows' menu and on their double click: what else can be done with the
    // selected rows, given as indexes of the model.
    void setRowCommand(const QString &icon, const QString &text, const QString &toolTip,
        std::function<void(const QModelIndexList &rows)> run);

signals:
    void selectionChanged();
    void message(const QString &sentence);

private:
    void showCount();
    void showCommand();
    void runCommand();
    void showMenu(const QPoint &position);
    QString text(const QModelIndexList &rows) const;

    TextFilter *m_proxy;
    SearchField *m_filter;
    QLabel *m_count;
    QPushButton *m_copy;
    QPushButton *m_command = nullptr; // where there is a row command
    std::function<void(const QModelIndexList &rows)> m_runCommand;
    QTableView *m_table;
    EmptyState *m_state;
    QStackedWidget *m_stack;
};
