// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What of the places that are known fits a typed text; what is shown and looked up of it is in goto.cpp.

#include "models/browse/goto.h"

#include "models/browse/fuzzymatch.h"
#include "models/values/unicode.h"

#include <algorithm>
#include <optional>
#include <string_view>

using namespace Qt::StringLiterals;

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

QByteArray asciiOf(const QString &folded)
{
    QByteArray letters;
    for (const QChar letter : folded) {
        if (letter.unicode() < 0x80)
            letters += letter.toLatin1();
    }
    return letters;
}

// Whether it is worth making a QString of the row: most rows are turned down here, a thousand of them in
// the time that it takes to allocate one. Only ASCII letters are asked for.
bool mayMatch(const QByteArray &letters, const QByteArray &before, const api::Experiments &listing, std::size_t row)
{
    const auto walk = [&](std::string_view text, qsizetype from) {
        qsizetype at = from;
        for (const char c : text) {
            if (at < letters.size() && lower(c) == letters[at])
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

} // namespace

// How well a place fits a text. Points of a tier outweigh all of those below it.
class GoTo::Matcher
{
public:
    Matcher(const QString &text, const QString &here)
        : m_needle(unicode::folded(text))
        , m_here(here)
    {
        while (m_needle.startsWith(u'/'))
            m_needle.remove(0, 1);
        while (m_needle.endsWith(u'/'))
            m_needle.chop(1);
    }

    const QString &needle() const { return m_needle; }

    // Of path/name, or of the path alone; name is the key where the experiment has none.
    std::optional<int> score(const Place &place, const QString &path, const QString &name = {}) const
    {
        if (m_needle.isEmpty())
            return 0;
        const QString own = unicode::folded(name);
        const QString folded = unicode::folded(path);
        const QString key = place.experiment.toLower();
        const QString whole = own.isEmpty() ? folded : folded + u'/' + own;
        // A few letters of a key say nothing.
        const std::optional<int> fuzzy = fuzzyScore(m_needle, name == place.experiment ? folded : whole);
        constexpr qsizetype telling = 4;
        const bool isByKey = m_needle.size() >= telling && key.startsWith(m_needle);
        if (!fuzzy && !isByKey && m_needle != whole)
            return std::nullopt;
        const bool isExact = m_needle == whole || m_needle == key
            || m_needle == (own.isEmpty() ? folded.section(u'/', -1) : own);
        constexpr int byKey = 2'000;
        int score = isByKey ? byKey : fuzzy.value_or(0);
        if (isExact)
            score += exactTier;
        if (isExact || score >= inOnePiece)
            score += pieceTier;
        return place.server == m_here ? score + hereTier : score;
    }

    static constexpr int recentTier = 10'000;

private:
    static constexpr int hereTier = 20'000;
    static constexpr int pieceTier = 40'000;
    static constexpr int exactTier = 80'000;

    QString m_needle;
    QString m_here;
};

// The table may list what the tree never loaded, or newer.
void GoTo::look()
{
    std::vector<WorkspaceTree::Known> known = m_tree.known();
    if (m_listing && m_listing->size() > 0) {
        const Place project{m_here.server, m_here.workspace, m_here.project, {}};
        auto shown = std::ranges::find(known, project, &WorkspaceTree::Known::place);
        if (shown == known.end()) {
            const Session *session = m_sessions.find(project.server);
            shown = known.insert(shown, {project, session ? session->profile().name : QString(), nullptr});
        }
        shown->listing = m_listing;
    }
    m_known = std::make_shared<const std::vector<WorkspaceTree::Known>>(std::move(known));
}

QString GoTo::pathOf(const Place &place)
{
    QStringList steps{place.workspace, place.project, place.model};
    if (place.registry && place.model.isEmpty())
        steps << GoTo::tr("Model Registry");
    steps.removeAll(QString());
    return steps.join(u'/');
}

// Empty where it has none, or is in no listing here.
QString GoTo::nameOf(const Place &experiment) const
{
    const std::string key = experiment.experiment.toStdString();
    for (const WorkspaceTree::Known &one : *m_known) {
        if (!one.listing || one.place.server != experiment.server || one.place.project != experiment.project
            || one.place.workspace != experiment.workspace)
            continue;
        for (std::size_t row = 0; row < one.listing->size(); ++row) {
            if (one.listing->keys.view(row) == key)
                return one.listing->names.at(row);
        }
    }
    return {};
}

std::vector<GoTo::Suggestion> GoTo::recentMatching(const QString &text) const
{
    std::vector<Suggestion> found;
    const Matcher matcher(text, m_here.server);
    for (const Place &place : m_recent) {
        const auto same = [&place](const Suggestion &other) { return other.place == place; };
        const Session *session = m_sessions.find(place.server);
        if (!session || std::ranges::any_of(found, same))
            continue;
        const QString path = place.workspace.isEmpty() ? session->profile().name : pathOf(place);
        const QString own = place.experiment.isEmpty() ? QString() : nameOf(place);
        const QString name = own.isEmpty() ? place.experiment : own;
        if (const std::optional<int> score = matcher.score(place, path, name)) {
            found.push_back({place, name.isEmpty() ? path : path + u'/' + name, tr("recent"), false,
                *score + Matcher::recentTier});
        }
    }
    return found;
}

// Runs on another thread, until stop.
std::vector<GoTo::Suggestion> GoTo::match(const std::vector<WorkspaceTree::Known> &known, const QString &text,
    const QString &here, const std::atomic_bool &stop)
{
    const Matcher matcher(text, here);
    const QByteArray letters = asciiOf(matcher.needle());
    std::vector<Suggestion> found;
    const auto consider = [&](const Place &place, const QString &path, const QString &name, const QString &detail,
                              qint64 start) {
        if (const std::optional<int> score = matcher.score(place, path, name))
            found.push_back({place, name.isEmpty() ? path : path + u'/' + name, detail, false, *score, start});
    };
    const auto keepBest = [&found] {
        std::ranges::stable_sort(found, std::greater(), &Suggestion::score);
        if (found.size() > most)
            found.resize(most);
    };
    for (const WorkspaceTree::Known &one : known) {
        const QString path = pathOf(one.place);
        // A project and a model may have the same name.
        consider(one.place, path, {}, one.place.model.isEmpty() ? one.serverName : tr("Model, %1").arg(one.serverName), 0);
        if (!one.listing || matcher.needle().isEmpty())
            continue;
        const QByteArray before = path.toLower().toUtf8() + '/';
        for (std::size_t row = 0; row < one.listing->size() && !stop; ++row) {
            if (!mayMatch(letters, before, *one.listing, row))
                continue;
            Place place = one.place;
            place.experiment = one.listing->keys.at(row);
            const QString name = one.listing->names.at(row);
            consider(place, path, name.isEmpty() ? place.experiment : name, one.serverName, one.listing->starts[row]);
            if (found.size() > 100 * most) // a million rows may match: keep it small on the way
                keepBest();
        }
    }
    keepBest();
    return found;
}
