// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/emptyproject.h"

#include "ui/widgets/emptystate.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QString pythonString(QString text)
{
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

} // namespace

EmptyProject::EmptyProject(QWidget *parent)
    : QWidget(parent)
    , m_state(new EmptyState(this))
    , m_code(new QLabel(this))
{
    m_state->setContent(u"text-x-script"_s, tr("No experiments yet"),
        tr("Log the first one with the lines below; your API key is read from COMET_API_KEY or ~/.comet.config. "
           "Then refresh (F5)."));
    connect(m_state->addButton(tr("Copy Python")), &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_snippet); });
    m_code->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_code->setTextFormat(Qt::PlainText);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setAccessibleName(tr("Python that logs an experiment"));
    m_code->setAutoFillBackground(true);
    m_code->setBackgroundRole(QPalette::Window);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_code->setMargin(12);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(m_state);
    layout->addWidget(m_code, 0, Qt::AlignHCenter);
    layout->addStretch(2);
}

void EmptyProject::setProject(const QUrl &server, const QString &workspace, const QString &project)
{
    const QStringList lines{
        u"import os"_s,
        u"os.environ[\"COMET_URL_OVERRIDE\"] = "_s + pythonString(server.toString(QUrl::StripTrailingSlash) + u"/clientlib/"_s),
        u"import comet_ml"_s,
        QString(),
        u"experiment = comet_ml.Experiment(workspace=%1, project_name=%2)"_s.arg(
            pythonString(workspace), pythonString(project)),
        u"experiment.log_parameter(\"learning_rate\", 0.001)"_s,
        u"for step in range(100):"_s,
        u"    experiment.log_metric(\"loss\", 1 / (step + 1), step=step)"_s,
        u"experiment.end()"_s,
    };
    m_snippet = lines.join(u'\n') + u'\n';
    m_code->setText(m_snippet.trimmed());
}
