// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/savedqueriesbar.h"

#include "models/query/normalform.h"
#include "ui/query/queryfiles.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/promptdialog.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace query;

namespace {

constexpr qsizetype longestSuggestion = 60; // of a name
constexpr int widest = 320; // of a text in the menu and the head

void collectNames(const Expression &expression, QStringList &names)
{
    if (!expression.isGroup())
        names += expression.clause().name;
    for (const Expression &child : expression.children())
        collectNames(child, names);
}

} // namespace

SavedQueriesBar::SavedQueriesBar(SavedQueries &saved, QWidget *parent)
    : QWidget(parent)
    , m_saved(saved)
    , m_title(new QLabel(this))
    , m_edited(new QLabel(tr("edited"), this))
    , m_queries(new QToolButton(this))
    , m_save(new QToolButton(this))
    , m_menu(new QMenu(m_queries))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setAccessibleName(tr("The saved query"));
    m_edited->setEnabled(false); // in the colour of captions
    m_queries->setText(tr("Queries"));
    m_queries->setIcon(theme::icon(u"view-filter"_s));
    m_queries->setPopupMode(QToolButton::InstantPopup);
    m_queries->setMenu(m_menu);
    m_save->setText(tr("Save Query…"));
    m_save->setIcon(theme::icon(u"document-save"_s));
    for (QToolButton *button : {m_queries, m_save}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
    }
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_title);
    row->addWidget(m_edited);
    row->addStretch(1);
    row->addWidget(m_queries);
    row->addWidget(m_save);
    connect(m_menu, &QMenu::aboutToShow, this, &SavedQueriesBar::fill);
    connect(m_save, &QToolButton::clicked, this, &SavedQueriesBar::save);
    connect(&saved, &SavedQueries::changed, this, &SavedQueriesBar::show);
    connect(&saved, &SavedQueries::renamed, this, [this](const QString &before, const QString &name) {
        if (m_shownName == before)
            setName(name);
    });
    show();
}

void SavedQueriesBar::setName(const QString &name)
{
    m_name = name;
    show();
}

void SavedQueriesBar::setExpression(const Expression &expression)
{
    m_expression = expression;
    show();
}

void SavedQueriesBar::show()
{
    m_shownName = m_name; // it may come back under another name, with renamed()
    if (!m_saved.contains(m_name))
        m_name.clear();
    m_title->setText(fontMetrics().elidedText(m_name.simplified(), Qt::ElideMiddle, widest));
    m_title->setToolTip(m_name.toHtmlEscaped());
    m_edited->setVisible(isEdited());
    m_save->setEnabled(!asksNothing(m_expression));
}

bool SavedQueriesBar::isEdited() const
{
    return !m_name.isEmpty() && simplified(m_saved.query(m_name).expression) != simplified(m_expression);
}

void SavedQueriesBar::fill()
{
    m_menu->clear();
    const auto shown = [this](const QString &text) {
        return fontMetrics().elidedText(text.simplified(), Qt::ElideMiddle, widest).replace(u'&', u"&&"_s);
    };
    for (const QString &name : m_saved.names()) {
        QAction *action = m_menu->addAction(shown(name), this, [this, name] { open(name); });
        action->setCheckable(true);
        action->setChecked(name == m_name);
    }
    if (m_menu->isEmpty())
        m_menu->addAction(tr("No Saved Queries"))->setEnabled(false);
    m_menu->addSeparator();
    QMenu *recent = m_menu->addMenu(tr("&Recent"));
    for (const Expression &expression : m_saved.recent()) {
        recent->addAction(shown(toPython(expression)), this, [this, expression] {
            setName({});
            emit openRequested(expression);
        });
    }
    recent->setEnabled(!recent->isEmpty());
    m_menu->addSeparator();
    const QString name = shown(m_name);
    const auto add = [this](const QString &text, auto slot, bool isPossible) {
        m_menu->addAction(text, this, slot)->setEnabled(isPossible);
    };
    const auto say = [this](const QString &sentence) { emit message(sentence); };
    add(m_name.isEmpty() ? tr("Re&name…") : tr("Re&name “%1”…").arg(name), 
        [this] { queryfiles::askForName(m_saved, m_name, window()); }, !m_name.isEmpty());
    add(m_name.isEmpty() ? tr("&Delete…") : tr("&Delete “%1”…").arg(name), &SavedQueriesBar::remove, !m_name.isEmpty());
    m_menu->addSeparator();
    add(tr("&Export All…"), [this, say] { queryfiles::exportTo(m_saved, {}, window(), say); },
        !m_saved.names().isEmpty());
    add(tr("&Import…"), [this, say] { queryfiles::importFrom(m_saved, window(), say); }, true);
}

Reading SavedQueriesBar::read(const QString &name)
{
    Reading reading = m_saved.query(name);
    if (reading.problem)
        emit message(tr("The query “%1” can't be read: %2").arg(name, reading.problem->message));
    return reading;
}

void SavedQueriesBar::open(const QString &name)
{
    const Reading reading = read(name);
    if (reading.problem)
        return;
    setName(name);
    emit openRequested(reading.expression);
}

void SavedQueriesBar::save()
{
    QStringList variables;
    collectNames(simplified(m_expression), variables);
    variables.removeDuplicates();
    const QString suggested = m_name.isEmpty() ? variables.join(u", "_s).simplified().left(longestSuggestion) : m_name;
    PromptDialog::Content content{tr("Save Query"), tr("Name"), suggested, tr("Save")};
    content.remark = [this](const QString &text) {
        return m_saved.contains(text) ? tr("Takes the place of the query of that name.") : QString();
    };
    PromptDialog::ask(content, window(), this, [this](const QString &name) {
        const auto keep = [this, name, expression = m_expression] {
            m_saved.save(name, expression);
            setName(name);
            emit message(tr("Saved the query “%1”.").arg(name));
        };
        if (name == m_name || !m_saved.contains(name)) {
            keep();
            return;
        }
        ConfirmDialog::ask({tr("Replace the Query?"),
                               tr("There is a query “%1” already; what it asks for is lost.").arg(name), {},
                               tr("Replace")},
            window(), this, keep);
    });
}

void SavedQueriesBar::remove()
{
    ConfirmDialog::ask({tr("Delete the Query?"), tr("The query “%1” is deleted for good.").arg(m_name), {}, tr("Delete")},
        window(), this, [this, name = m_name] { m_saved.remove(name); });
}
