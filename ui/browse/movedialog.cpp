// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/movedialog.h"

#include "models/changes/stepkinds.h"
#include "models/values/unicode.h"
#include "ui/widgets/searchfield.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

using Kind = WorkspaceTree::Kind;

// Workspaces and projects only; below a project there is nothing to choose.
class MoveDialog::Targets : public QSortFilterProxyModel
{
public:
    explicit Targets(QObject *parent)
        : QSortFilterProxyModel(parent)
    {
        setRecursiveFilteringEnabled(true);
    }

    void setText(const QString &text)
    {
        m_text = unicode::folded(text);
        invalidateFilter();
    }

    bool hasChildren(const QModelIndex &parent) const override
    {
        return parent.data(WorkspaceTree::KindRole).value<Kind>() != Kind::Project
            && QSortFilterProxyModel::hasChildren(parent);
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        const Kind kind = index.data(WorkspaceTree::KindRole).value<Kind>();
        if (kind == Kind::Server)
            return true;
        if (kind != Kind::Workspace && kind != Kind::Project)
            return kind == Kind::Message && m_text.isEmpty() && !isBelowProject(index);
        const Place place = index.data(WorkspaceTree::PlaceRole).value<Place>();
        return unicode::hasFolded(place.workspace + QLatin1Char('/') + place.project, m_text);
    }

private:
    static bool isBelowProject(const QModelIndex &index)
    {
        return index.parent().data(WorkspaceTree::KindRole).value<Kind>() == Kind::Project;
    }

    QString m_text;
};

MoveDialog::MoveDialog(WorkspaceTree &tree, const Place &here, const QStringList &names, QWidget *parent)
    : QDialog(parent)
    , m_tree(tree)
    , m_here(here)
    , m_names(names)
    , m_targets(new Targets(this))
    , m_filter(new SearchField(tr("Filter projects"), this))
    , m_view(new QTreeView(this))
    , m_way(new QButtonGroup(this))
    , m_sentence(new QLabel(this))
{
    setWindowTitle(tr("Move or Link"));
    auto *head = new QLabel(tr("Choose the project for %1.").arg(stepkinds::subjects(names)), this);
    head->setTextFormat(Qt::PlainText);
    head->setWordWrap(true);

    m_targets->setSourceModel(&tree);
    m_view->setModel(m_targets);
    m_view->setRootIndex(m_targets->mapFromSource(tree.find({here.server, {}, {}, {}})));
    m_view->setHeaderHidden(true);
    m_view->setUniformRowHeights(true);
    m_view->setAccessibleName(tr("Projects"));
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &MoveDialog::showTarget);
    connect(m_view, &QTreeView::doubleClicked, this, [this] {
        if (m_verb->isEnabled())
            accept();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_targets->setText(text.trimmed());
        if (!text.isEmpty()) {
            loadWorkspaces();
            m_view->expandAll();
            chooseOnly();
        }
    });
    connect(m_targets, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_filter->text().isEmpty()) { // loaded meanwhile
            m_view->expandAll();
            chooseOnly();
        }
    });
    connect(m_filter, &SearchField::left, this, [this] {
        m_view->setFocus();
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_targets->index(0, 0, m_view->rootIndex()));
    });

    auto *move = new QRadioButton(tr("&Move: they leave %1").arg(here.project), this);
    auto *link = new QRadioButton(tr("&Link: they stay and are shown there too"), this);
    link->setToolTip(tr("A link can’t be undone from here: deleting it may delete the original."));
    m_way->addButton(move, 0);
    m_way->addButton(link, 1);
    move->setChecked(true);
    connect(m_way, &QButtonGroup::idToggled, this, &MoveDialog::showTarget);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_verb = buttons->addButton(tr("Move"), QDialogButtonBox::AcceptRole);
    m_verb->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(head);
    column->addWidget(m_filter);
    column->addWidget(m_view, 1);
    column->addWidget(move);
    column->addWidget(link);
    column->addWidget(m_sentence);
    column->addWidget(buttons);
    resize(460, 520);
    m_view->expand(m_targets->mapFromSource(tree.find({here.server, here.workspace, {}, {}})));
    m_filter->setFocus();
    showTarget();
}

// A project that was never loaded can't be found.
void MoveDialog::loadWorkspaces()
{
    const QModelIndex server = m_tree.find({m_here.server, {}, {}, {}});
    for (int row = 0; row < m_tree.rowCount(server); ++row) {
        const QModelIndex workspace = m_tree.index(row, 0, server);
        if (m_tree.canFetchMore(workspace))
            m_tree.fetchMore(workspace);
    }
}

// Where the filter leaves one project, Return takes it.
void MoveDialog::chooseOnly()
{
    QModelIndex only;
    const QModelIndex server = m_view->rootIndex();
    for (int workspace = 0; workspace < m_targets->rowCount(server); ++workspace) {
        const QModelIndex index = m_targets->index(workspace, 0, server);
        for (int project = 0; project < m_targets->rowCount(index); ++project) {
            if (only.isValid())
                return;
            only = m_targets->index(project, 0, index);
        }
    }
    if (only.data(WorkspaceTree::KindRole).value<Kind>() == Kind::Project)
        m_view->setCurrentIndex(only);
}

Place MoveDialog::target() const
{
    Place place = m_view->currentIndex().data(WorkspaceTree::PlaceRole).value<Place>();
    place.experiment.clear();
    return place;
}

bool MoveDialog::asLinks() const
{
    return m_way->checkedId() == 1;
}

void MoveDialog::showTarget()
{
    const Place place = target();
    const bool isProject = !place.project.isEmpty();
    const bool isHere = place.workspace == m_here.workspace && place.project == m_here.project;
    const QString what = stepkinds::subjects(m_names);
    m_verb->setText(asLinks() ? tr("Link %1").arg(what) : tr("Move %1").arg(what));
    m_verb->setEnabled(isProject && !isHere);
    m_sentence->setText(isHere && isProject ? tr("They are in this project already.")
            : isProject && place.workspace != m_here.workspace
            ? tr("Some servers don’t move experiments to another workspace; then nothing happens.")
            : QString());
}
