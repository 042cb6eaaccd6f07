// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;

// The head of an experiment's page: name, state and tags; below when, by whom, which file, which key.
// Owned by ExperimentPage.
class ExperimentHeader : public QWidget
{
    Q_OBJECT
public:
    explicit ExperimentHeader(QWidget *parent);

    void setLoading(const QString &key);
    void setMetadata(const api::Metadata &metadata);
    void setTags(const QStringList &tags);

signals:
    void keyCopied();

private:
    class StateGlyph;

    QString m_fullKey;
    QLabel *m_name;
    StateGlyph *m_glyph;
    QLabel *m_state;
    QHBoxLayout *m_tags;
    QLabel *m_facts;
    QLabel *m_key;
    QToolButton *m_copy;
};
