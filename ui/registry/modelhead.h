// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

// The head of a model's page: name, visibility, description, how many versions, when and by whom; at the
// right the buttons of the actions that it is given. Owned by ModelPage.
class ModelHead : public QWidget
{
    Q_OBJECT
public:
    explicit ModelHead(QWidget *parent);

    void setLoading(const QString &name);
    void setModel(const api::RegistryModel &model);
    void addButtons(const QList<QAction *> &actions);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();

    QString m_fullName;
    QString m_fullDescription;
    QLabel *m_name;
    QLabel *m_visibility;
    QLabel *m_description;
    QLabel *m_facts;
    QHBoxLayout *m_buttons;
};
