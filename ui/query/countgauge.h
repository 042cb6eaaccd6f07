// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <optional>

// How many experiments a part of a query finds: a number, and a bar of how many that are of all. Owned by
// the part.
class CountGauge : public QWidget
{
    Q_OBJECT
public:
    explicit CountGauge(QWidget *parent);

    // count is null while it is not known; isSoughtFor tells whether it is on its way.
    void setCount(std::optional<std::size_t> count, std::size_t all, bool isSoughtFor);
    void setStrong(bool strong); // of groups
    QString text() const { return m_text; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    double m_share = 0;
    bool m_isStrong = false;
};
