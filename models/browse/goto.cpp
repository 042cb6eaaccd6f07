// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/goto.h"

#include "models/api/background.h"
#include "models/session/credentials.h"
#include "models/values/format.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <string_view>

using namespace Qt::StringLiterals;

namespace {

// Comet's own keys, and the ids of its projects, are 32 hexadecimal digits; a person may give an experiment
// 32 to 50 letters and digits.
bool looksLikeKey(const QString &text)
{
    static const QRegularExpression key(u"^[0-9A-Za-z]{32,50}$"_s);
    return key.match(text).hasMatch();
}

// Tells namesakes apart: the beginning of the key, and when it was started where that is known.
QString distinction(const QString &key, qint64 start)
{
    const QString shortKey = key.left(8);
    return start > 0 ? shortKey + u" · "_s + format::time(start, QDateTime::currentDateTime()) : shortKey;
}

bool isNotFound(const api::Error &error)
{
    // "No such experiment" is 400 on old servers and 404 on new ones (PROTOCOL 1.5).
    return error.kind == api::Error::Kind::NotFound || error.kind == api::Error::Kind::Invalid
        || error.kind == api::Error::Kind::Forbidden;
}

} // namespace

TypedAddress TypedAddress::parse(const QString &text)
{
    TypedAddress address;
    QString path = text.trimmed();
    if (path.contains("://"_L1)) {
        const QUrl link(path);
        address.root = ServerAddress::parse(path).root;
        path = link.path(QUrl::FullyDecoded);
    }
    while (path.startsWith(u'/'))
        path.remove(0, 1);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (looksLikeKey(path)) {
        address.kind = Kind::Key;
        address.experiment = path;
        return address;
    }
    // An experiment's name may hold slashes; those of workspaces and projects can't.
    address.workspace = path.section(u'/', 0, 0);
    address.project = path.section(u'/', 1, 1);
    address.experiment = path.section(u'/', 2);
    if (address.root.isValid() && address.experiment.startsWith("archive"_L1))
        address.experiment = address.experiment.section(u'/', 1);
    address.kind = address.workspace.isEmpty() ? Kind::None
        : address.project.isEmpty()            ? Kind::Workspace
        : address.experiment.isEmpty()         ? Kind::Project
                                               : Kind::Experiment;
    return address;
}

GoTo::GoTo(Sessions &sessions, WorkspaceTree &tree, QObject *parent)
    : QAbstractListModel(parent)
    , m_sessions(sessions)
    , m_tree(tree)
    , m_known(std::make_shared<std::vector<WorkspaceTree::Known>>())
{
    m_looking.setSingleShot(true);
    connect(&m_looking, &QTimer::timeout, this, [this] {
        look();
        m_tree.fetchWorkspaces(); // of a server that was still connecting
        if (m_wanted.kind != TypedAddress::Kind::None)
            return; // what a look-up has found stays
        if (m_stop)
            *m_stop = true;
        else
            startMatching();
    });
    connect(&m_tree, &WorkspaceTree::loadStateChanged, this, [this](const QModelIndex &index) {
        if (m_isOpen && m_tree.loadState(index) == WorkspaceTree::LoadState::Loaded)
            m_looking.start();
    });
}

void GoTo::setRecent(const std::vector<Place> &places)
{
    m_recent = places;
}

void GoTo::setHere(const Place &here, std::shared_ptr<const api::Experiments> listing)
{
    m_here = here;
    m_listing = std::move(listing);
}

void GoTo::begin()
{
    m_isOpen = true;
    look();
    setText({});
    m_tree.fetchWorkspaces();
}

void GoTo::end()
{
    m_isOpen = false;
    m_looking.stop();
    cancel();
}

int GoTo::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_suggestions.size());
}

QVariant GoTo::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Suggestion &suggestion = m_suggestions[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return suggestion.text;
    case PlaceRole:
        return QVariant::fromValue(suggestion.place);
    case DetailRole:
        return suggestion.detail;
    case LookUpRole:
        return suggestion.lookUp;
    default:
        return {};
    }
}

void GoTo::setText(const QString &text)
{
    cancel();
    m_text = text.trimmed();
    if (m_stop)
        *m_stop = true; // what comes of it is thrown away, and the new text's turn comes
    else
        startMatching();
}

void GoTo::startMatching()
{
    m_stop = std::make_shared<std::atomic_bool>(false);
    runInBackground(
        this,
        [known = m_known, text = m_text, here = m_here.server, stop = m_stop] {
            return match(*known, text, here, *stop);
        },
        [this, stop = m_stop](std::vector<Suggestion> found) {
            m_stop.reset();
            if (*stop)
                startMatching();
            else
                show(std::move(found));
        });
}

void GoTo::show(std::vector<Suggestion> found)
{
    std::vector<Suggestion> all = recentMatching(m_text);
    const std::size_t recent = all.size();
    for (Suggestion &suggestion : found) {
        const auto same = [&suggestion](const Suggestion &other) { return other.place == suggestion.place; };
        if (std::none_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(recent), same))
            all.push_back(std::move(suggestion));
    }
    std::ranges::stable_sort(all, std::greater(), &Suggestion::score);
    all.resize(std::min(all.size(), most));
    QHash<QString, int> named;
    for (const Suggestion &suggestion : all)
        ++named[suggestion.text];
    for (Suggestion &suggestion : all) {
        if (named[suggestion.text] > 1 && !suggestion.place.experiment.isEmpty())
            suggestion.detail = distinction(suggestion.place.experiment, suggestion.start);
    }
    // What is typed in full but not known here can be looked up.
    const TypedAddress address = TypedAddress::parse(m_text);
    const bool exact = std::ranges::any_of(all, [this](const Suggestion &suggestion) {
        return suggestion.text == m_text || suggestion.place.experiment == m_text;
    });
    const bool lookUp = address.kind == TypedAddress::Kind::Key || address.kind == TypedAddress::Kind::Project
        || address.kind == TypedAddress::Kind::Experiment
        || (address.kind == TypedAddress::Kind::Workspace && address.root.isValid());
    if (lookUp && !exact) {
        const Suggestion ask{{}, tr("Look up %1").arg(m_text), tr("on the server"), true};
        // A key or a link means itself; a path in the making comes after what is known.
        const bool first = address.kind == TypedAddress::Kind::Key || address.root.isValid();
        all.insert(first ? all.begin() : all.end(), ask);
    }
    if (m_shownText != m_text || m_suggestions != all) {
        beginResetModel(); // each text is a subject of its own
        m_suggestions = std::move(all);
        m_shownText = m_text;
        endResetModel();
    }
    if (m_takeFirst && !m_suggestions.empty())
        take(m_suggestions.front());
    m_takeFirst = false;
}

void GoTo::choose(const QModelIndex &index)
{
    if (m_shownText != m_text || m_stop)
        m_takeFirst = true; // the person is faster: what is seen is not what they mean
    else if (checkIndex(index, CheckIndexOption::IndexIsValid))
        take(m_suggestions[static_cast<std::size_t>(index.row())]);
}

void GoTo::take(const Suggestion &suggestion)
{
    if (suggestion.lookUp)
        lookUp(TypedAddress::parse(m_text));
    else
        emit chosen(Place(suggestion.place)); // a copy: a slot may begin anew
}

void GoTo::cancel()
{
    m_takeFirst = false;
    m_toAsk.clear();
    m_wanted = {};
    m_latest.cancel();
}

void GoTo::lookUp(const TypedAddress &address)
{
    cancel();
    m_wanted = address;
    m_problem.clear();
    std::vector<Session *> sessions = m_sessions.all();
    std::ranges::stable_partition(
        sessions, [this](const Session *session) { return session->profile().id == m_here.server; });
    for (Session *session : sessions) {
        if (!address.root.isValid() || session->profile().root == address.root)
            m_toAsk.emplace_back(session);
    }
    if (m_toAsk.empty()) {
        emit failed(address.root.isValid()
                ? tr("No connected server has the address %1.").arg(address.root.toString())
                : tr("No server is connected."));
        return;
    }
    emit lookingUp(tr("Looking up %1…").arg(m_text));
    lookUpNext();
}

// One server after the other: the one that one is on, then in the order of the navigator.
void GoTo::lookUpNext()
{
    while (!m_toAsk.empty() && !m_toAsk.front())
        m_toAsk.erase(m_toAsk.begin());
    if (m_toAsk.empty()) {
        emit failed(m_problem.isEmpty() ? tr("%1 was not found.").arg(m_text) : m_problem);
        return;
    }
    Session *session = m_toAsk.front();
    m_toAsk.erase(m_toAsk.begin());
    switch (m_wanted.kind) {
    case TypedAddress::Kind::Key:
        lookUpKey(session, m_wanted.experiment);
        break;
    case TypedAddress::Kind::Experiment:
        if (looksLikeKey(m_wanted.experiment))
            lookUpKey(session, m_wanted.experiment);
        else
            lookUpExperiment(session);
        break;
    case TypedAddress::Kind::Project:
        lookUpProject(session);
        break;
    case TypedAddress::Kind::Workspace:
        emit chosen({session->profile().id, m_wanted.workspace, {}, {}});
        break;
    case TypedAddress::Kind::None:
        break;
    }
}

void GoTo::lookUpKey(Session *session, const QString &key)
{
    m_latest(session->client().experimentMetadata(key))
        ->then(this,
            [this, id = session->profile().id](const api::Metadata &found) {
                emit chosen({id, found.workspace, found.project, found.key});
            })
        ->otherwise(this, [this, session, key](const api::Error &error) {
            if (isNotFound(error) && m_wanted.kind == TypedAddress::Kind::Key)
                lookUpProjectId(session, key);
            else
                notHere(error);
        });
}

// What is no experiment's key may be a project's id.
void GoTo::lookUpProjectId(Session *session, const QString &projectId)
{
    m_latest(session->client().projectById(projectId))
        ->then(this,
            [this, id = session->profile().id](const api::Project &found) {
                emit chosen({id, found.workspace, found.name, {}});
            })
        ->otherwise(this, [this](const api::Error &error) { notHere(error); });
}

void GoTo::lookUpProject(Session *session)
{
    m_latest(session->client().project(m_wanted.workspace, m_wanted.project))
        ->then(this,
            [this, id = session->profile().id](const api::Project &found) {
                emit chosen({id, m_wanted.workspace, found.name, {}});
            })
        ->otherwise(this, [this](const api::Error &error) { notHere(error); });
}

void GoTo::lookUpExperiment(Session *session)
{
    m_latest(session->client().experiments(m_wanted.workspace, m_wanted.project, api::Archived::Both))
        ->then(this,
            [this, id = session->profile().id](const api::Experiments &listing) {
                showNamed(id, listing);
            })
        ->otherwise(this, [this](const api::Error &error) { notHere(error); });
}

// Names need not be unique: where several have this one, the person chooses.
void GoTo::showNamed(const QString &server, const api::Experiments &listing)
{
    const std::string name = m_wanted.experiment.toStdString();
    std::vector<Suggestion> named;
    for (std::size_t row = 0; row < listing.size(); ++row) {
        if (listing.names.view(row) != name && listing.keys.view(row) != name)
            continue;
        const Place place{server, m_wanted.workspace, m_wanted.project, listing.keys.at(row)};
        named.push_back({place, pathOf(place) + u'/' + m_wanted.experiment,
            distinction(place.experiment, listing.starts[row]), false, 0, listing.starts[row]});
    }
    if (named.size() > 1) {
        std::ranges::stable_sort(named, std::greater(), &Suggestion::start);
        m_toAsk.clear();
        beginResetModel();
        m_suggestions = std::move(named);
        endResetModel();
        emit ambiguous(tr("%n experiments have this name: choose one.", nullptr, rowCount()));
    } else if (!named.empty()) {
        emit chosen(Place(named.front().place));
    } else {
        lookUpNext();
    }
}

void GoTo::notHere(const api::Error &error)
{
    if (!isNotFound(error))
        m_problem = error.sentence();
    lookUpNext();
}
