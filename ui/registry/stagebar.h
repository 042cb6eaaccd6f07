// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <QWidget>

class FlowLayout;
class QLineEdit;
class QStringListModel;

// The stages of a version as chips, each with a button (and Delete) that removes it, and a field that adds
// one, with those that are in use elsewhere offered. It changes nothing itself. Owned by its pane or dialog.
class StageBar : public QWidget
{
    Q_OBJECT
public:
    explicit StageBar(QWidget *parent = nullptr);

    void setStages(const QStringList &stages);
    const QStringList &stages() const { return m_stages; }
    void setSuggestions(const QStringList &stages);
    // An empty reason: they can be changed.
    void setReadOnly(const QString &reason);
    void focusField();

signals:
    void addRequested(const QString &stage); // not empty, and not there yet
    void removeRequested(const QString &stage);
    void problem(const QString &sentence); // of what was typed; empty where it is none any more

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Chip;

    void submit();
    void suggest();
    void fit(); // as high as the chips need at this width

    QStringList m_stages;
    QStringList m_inUse;
    FlowLayout *m_layout;
    QLineEdit *m_field;
    QStringListModel *m_suggestions;
};
