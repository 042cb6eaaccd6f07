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
    // Why there is no count: a word or two in its place, and the sentence; empty: the count is shown.
    void setRemark(const QString &words, const QString &sentence);
    QString text() const { return m_text; }
    const QString &remark() const { return m_remark; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_remark;
    double m_share = 0;
    bool m_isStrong = false;
};
