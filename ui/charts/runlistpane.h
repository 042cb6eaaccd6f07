// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/runlist.h"

#include <QWidget>

class QLabel;
class QListView;
class QToolButton;
class RunDelegate;
class SearchField;

// The legend of a charts page, which is the list of its runs: colour, eye, name and the value at the cursor; the run
// that is pointed at stands out everywhere. Owned by a ChartsPage.
class RunListPane : public QWidget
{
    Q_OBJECT
public:
    explicit RunListPane(QWidget *parent = nullptr);

    RunList &runs() { return m_runs; }
    void setRuns(std::vector<RunList::Entry> runs);
    // caption: what the values are, "loss at step 9,000".
    void setValues(const QString &caption, const QHash<QString, double> &values);
    void setEmphasised(const QString &key); // by a chart

    QListView *view() const { return m_view; }
    SearchField *search() const { return m_search; }

signals:
    void shownRequested(const QStringList &keys, bool isShown);
    void onlyRequested(const QStringList &keys); // these and no others
    void selectionRequested(); // those that are selected in the table
    void pointedAt(const QString &key); // empty: at none
    void activated(const QString &key); // to be opened

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void makeHead();
    void makeList();
    void showCounts();
    void showMenu(const QPoint &at);
    void toggleSelected();
    QStringList selectedKeys() const;

    RunList m_runs;
    QLabel *m_count;
    QToolButton *m_all;
    SearchField *m_search;
    QLabel *m_caption;
    QListView *m_view;
    RunDelegate *m_delegate;
};
