// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/browse/rowfilter.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QToolButton;
class SearchField;

// The bar over the experiment table: the row filter and its mode, active or archived ones, how many of how
// many are shown, the button for the columns. Owned by ExperimentsPage.
class FilterBar : public QWidget
{
    Q_OBJECT
public:
    explicit FilterBar(QWidget *parent = nullptr);

    RowFilter filter() const;
    void setFilter(const RowFilter &filter); // tells nobody
    void clearFilter();
    void setArchived(api::Archived archived); // tells nobody
    void setCounts(std::size_t shown, std::size_t all); // "37 of 412"
    void focusFilter();
    void setQueryOpen(bool open); // tells nobody

signals:
    void filterChanged(const RowFilter &filter);
    void archivedChanged(api::Archived archived);
    void queryToggled(bool open);
    void columnsRequested();
    void left(); // the person goes on to the rows

private:
    void setMode(RowFilter::Mode mode);
    void tell();

    RowFilter::Mode m_mode = RowFilter::Mode::Text;
    SearchField *m_field;
    QToolButton *m_modeButton;
    QAction *m_textMode;
    QAction *m_patternMode;
    QToolButton *m_query;
    QComboBox *m_archived;
    QLabel *m_counts;
    QLabel *m_problem;
};
