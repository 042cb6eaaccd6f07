// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/goto.h"

#include "models/api/background.h"
#include "models/browse/fuzzymatch.h"
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

QString pathOf(const Place &place)
{
    QStringList steps{place.workspace, place.project, place.model};
    if (place.registry && place.model.isEmpty())
        steps << GoTo::tr("Model Registry");
    steps.removeAll(QString());
    return steps.join(u'/');
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Whether it is worth making a QString of the row: most rows are turned down here, a thousand of them in
// the time that it takes to allocate one. Letters beyond ASCII are let through.
bool mayMatch(const QByteArray &letters, const QByteArray &before, const api::Experiments &listing, std::size_t row)
{
    const auto walk = [&](std::string_view text, qsizetype from) {
        qsizetype at = from;
        for (const char c : text) {
            if (at < letters.size() && (lower(c) == letters[at] || letters[at] < 0))
                ++at;
        }
        return at;
    };
    const std::string_view key = listing.keys.view(row);
    if (walk(key.substr(0, static_cast<std::size_t>(letters.size())), 0) == letters.size())
        return true;
    const qsizetype next = walk({before.constData(), static_cast<std::size_t>(before.size())}, 0);
    const std::string_view name = listing.names.view(row);
    return walk(name.empty() ? key : name, next) == letters.size();
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

GoTo::GoTo(Sessions &sessions, const WorkspaceTree &tree, QObject *parent)
    : QAbstractListModel(parent)
    , m_sessions(sessions)
    , m_tree(tree)
    , m_known(std::make_shared<std::vector<WorkspaceTree::Known>>())
{
}

void GoTo::setRecent(const std::vector<Place> &places)
{
    m_recent = places;
}

void GoTo::begin()
{
    m_known = std::make_shared<const std::vector<WorkspaceTree::Known>>(m_tree.known());
    setText({});
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

QString GoTo::titleOf(const Place &place) const
{
    if (place.workspace.isEmpty()) {
        const Session *session = m_sessions.find(place.server);
        return session ? session->profile().name : QString();
    }
    if (place.experiment.isEmpty())
        return pathOf(place);
    const QModelIndex here = m_tree.find(place);
    const bool named = m_tree.kind(here) == WorkspaceTree::Kind::Experiment;
    return pathOf(place) + u'/' + (named ? here.data().toString() : place.experiment);
}

std::vector<GoTo::Suggestion> GoTo::recentMatching(const QString &text) const
{
    std::vector<Suggestion> found;
    const QString needle = text.toLower();
    for (const Place &place : m_recent) {
        const QString title = titleOf(place);
        const auto same = [&place](const Suggestion &other) { return other.place == place; };
        if (!title.isEmpty() && fuzzyScore(needle, title.toLower()) && std::ranges::none_of(found, same))
            found.push_back({place, title, tr("recent")});
    }
    return found;
}

// Runs on another thread, until stop.
std::vector<GoTo::Suggestion> GoTo::match(
    const std::vector<WorkspaceTree::Known> &known, const QString &text, const std::atomic_bool &stop)
{
    const QString needle = text.toLower();
    const QByteArray letters = needle.toUtf8();
    std::vector<Suggestion> found;
    const auto consider = [&found, &needle](const Place &place, const QString &title, const QString &detail,
                              qint64 start = 0) {
        const std::optional<int> score = fuzzyScore(needle, title.toLower());
        // A key is found by its beginning.
        const bool byKey = needle.size() >= 4 && place.experiment.startsWith(needle, Qt::CaseInsensitive);
        if (score || byKey)
            found.push_back({place, title, detail, false, byKey ? 2000 : *score, start});
    };
    const auto keepBest = [&found] {
        std::ranges::stable_sort(found, std::greater(), &Suggestion::score);
        if (found.size() > most)
            found.resize(most);
    };
    for (const WorkspaceTree::Known &one : known) {
        const QString path = pathOf(one.place);
        // A project and a model may have the same name.
        consider(one.place, path, one.place.model.isEmpty() ? one.serverName : tr("Model, %1").arg(one.serverName));
        if (!one.listing || needle.isEmpty())
            continue;
        const QByteArray before = path.toLower().toUtf8() + '/';
        for (std::size_t row = 0; row < one.listing->size() && !stop; ++row) {
            if (!mayMatch(letters, before, *one.listing, row))
                continue;
            Place place = one.place;
            place.experiment = one.listing->keys.at(row);
            const QString name = one.listing->names.at(row);
            consider(place, path + u'/' + (name.isEmpty() ? place.experiment : name), one.serverName,
                one.listing->starts[row]);
            if (found.size() > 100 * most) // a million rows may match: keep it small on the way
                keepBest();
        }
    }
    keepBest();
    return found;
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
        this, [known = m_known, text = m_text, stop = m_stop] { return match(*known, text, *stop); },
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
    for (Suggestion &suggestion : found) {
        const auto same = [&suggestion](const Suggestion &other) { return other.place == suggestion.place; };
        if (all.size() < most && std::ranges::none_of(all, same))
            all.push_back(std::move(suggestion));
    }
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
    beginResetModel(); // each text is a subject of its own
    m_suggestions = std::move(all);
    m_shownText = m_text;
    endResetModel();
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
    m_latest.cancel();
}

void GoTo::lookUp(const TypedAddress &address)
{
    cancel();
    m_wanted = address;
    m_problem.clear();
    for (Session *session : m_sessions.all()) {
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

// One server after the other, in the order of the navigator.
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
