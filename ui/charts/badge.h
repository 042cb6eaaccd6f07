// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

// A few words on a tinted ground, beside a title: "15,000 of 15,000", "4 NaN in 2 runs". Hidden while empty.
class Badge : public QLabel
{
    Q_OBJECT
public:
    enum class Tone { Neutral, Warning, Bad };

    explicit Badge(QWidget *parent = nullptr);

    void show(const QString &text, Tone tone, const QString &toolTip);
    Tone tone() const { return m_tone; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
};
