// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimenttable.h"

#include <QHash>
#include <QTableView>
#include <QTimer>

class ExperimentDelegate;
class TableHeader;

// The experiments of a project, row by row; the pinned columns at the left stay while the others scroll.
// They are shown by a second view that lies over the first and shares model, selection and scrolling.
// Owned by ExperimentsPage.
class ExperimentView : public QTableView
{
    Q_OBJECT
public:
    ExperimentView(ExperimentTable &table, QWidget *parent = nullptr);

    // Columns as on screen, the pinned ones first.
    std::vector<TableColumn> visualColumns() const;
    // So many of the first columns stay.
    void setPinned(int count);
    int pinned() const { return m_pinned; }
    QHash<QString, int> widths() const; // by TableColumn::id()
    void setWidths(const QHash<QString, int> &widths); // of columns that are or will be shown

    // Columns nobody has sized grow to show the values on screen.
    void fitColumns();

    void setCharted(const QHash<QString, int> &colours, const QSet<QString> &eyes); // see ExperimentDelegate
    std::vector<int> selectedRows(std::size_t most) const; // in order; no more than most
    int selectedCount() const;
    QTableView *pinnedView() const { return m_frozen; }

    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void startDrag(Qt::DropActions actions) override; // of the selected experiments

signals:
    void visibleRowsChanged(int first, int last);
    void layoutEdited(); // by the person: order or width of columns
    void headerMenuRequested(int column, const QPoint &global);
    void selectionEdited();
    void eyeClicked(const QString &key);
    void eyesToggled(const QStringList &keys); // of the selection, by key; all become what the first one is not

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void setUp(QTableView *view);
    void setUpFrozen();
    void applyWidths();
    void placeFrozen();
    void keepPinnedFirst();
    void tellVisibleRows();
    void keepPlace();

    ExperimentTable &m_table;
    ExperimentDelegate *m_delegate;
    QTableView *m_frozen;
    QTimer m_visibleRows; // until scrolling rests
    QHash<QString, int> m_widths;
    QString m_topKey; // the first row on screen
    int m_topOffset = 0;
    bool m_keepPlace = false; // a refresh came: the same row stays on top
    bool m_applying = false; // what changes is not the person's doing
    int m_pinned = 1;
};
