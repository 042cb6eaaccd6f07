// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/variables.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

class GroupCard;
class PartWidget;
class QScrollArea;

// Moves conditions and groups by mouse, and takes variables dragged from their panel: finds the gap under the
// pointer, marks it, scrolls at the edges. Owned by the builder.
class PartDrag : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void watch(GroupCard *root, QScrollArea *area); // once
    void begin(PartWidget *part);
    void follow(const QPoint &global);
    void drop();
    void cancel();
    bool isActive() const { return m_isActive; }
    bool hasPlace() const { return m_place.has_value(); }

signals:
    void moved(const query::Path &from, const query::Path &to); // to as expressions count before the move
    void variableDropped(const query::Variable &variable, const query::Path &to);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void scroll();
    void showMark();

    GroupCard *m_root = nullptr;
    QScrollArea *m_area = nullptr;
    QWidget *m_mark = nullptr;
    QTimer m_scrolling;
    QPointer<PartWidget> m_part; // null: a variable
    QPoint m_at; // of the screen
    bool m_isActive = false;
    std::optional<query::Path> m_place;
};

// Six dots by which a part is dragged. Owned by the part.
class PartGrip : public QWidget
{
    Q_OBJECT
public:
    PartGrip(PartDrag &drag, PartWidget *part, QWidget *parent);

    QSize sizeHint() const override { return {12, 20}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    PartDrag &m_drag;
    PartWidget *m_part;
    std::optional<QPoint> m_pressed;
};
