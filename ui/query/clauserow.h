// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/query/partwidget.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

// A condition: source, name, operator and value, by the type of the variable. Owned by its group's card.
class ClauseRow : public PartWidget
{
    Q_OBJECT
public:
    ClauseRow(const QueryParts &parts, const query::Path &path, QWidget *parent);

    void show(const query::Expression &part) override;
    void showCounts() override;
    void showNames() override;
    void focusFirst() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString type() const;
    void setVariable(query::Source source, const QString &name);
    void setOperator(query::Operator op);
    void takeValue();
    QString lack() const;
    QString problem() const;
    void showOperators();
    void showValue();
    void edit(const query::Clause &clause, const QString &field = {});

    query::Clause m_clause; // as shown: NotContains and the like are operators here
    query::Clause m_filled; // the one whose value the fields say, or something of no value
    std::optional<query::Source> m_namesOf; // that are in the list of variables
    bool m_isShowing = false; // what changes now is not the person's doing
    QCheckBox *m_on;
    QComboBox *m_source;
    QComboBox *m_name;
    QComboBox *m_operator;
    QLineEdit *m_value;
    QLabel *m_and; // between the two values
    QLineEdit *m_other;
    QLabel *m_problem;
    QLabel *m_unit;
};
