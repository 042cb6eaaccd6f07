// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

// A few words on a tinted ground, beside a title: "15,000 of 15,000", "4 NaN in 2 runs", and fewer of them where there
// is little room. Hidden while empty.
class Badge : public QLabel
{
    Q_OBJECT
public:
    enum class Tone { Neutral, Warning, Bad };
    struct Words
    {
        QString full; // where brief, the tool tip begins with these
        QString brief;
    };

    explicit Badge(QWidget *parent = nullptr);

    void show(const Words &words, Tone tone, const QString &explanation);
    void setBrief(bool isBrief);
    const QString &fullText() const { return m_words.full; }
    Tone tone() const { return m_tone; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void apply();

    Words m_words;
    QString m_explanation;
    bool m_isBrief = false;
    Tone m_tone = Tone::Neutral;
};
