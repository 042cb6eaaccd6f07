// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/workspacetree.h"

#include <QAbstractListModel>
#include <QTimer>

#include <atomic>

// What a typed text may name, read without asking anybody.
struct TypedAddress
{
    enum class Kind { None, Key, Workspace, Project, Experiment };

    Kind kind = Kind::None;
    QUrl root; // of a pasted web link; else invalid
    QString workspace;
    QString project;
    QString experiment; // name or key

    static TypedAddress parse(const QString &text);
};

// "Go to anything": suggestions for a typed text from the tree and the table that is shown. What is named exactly so comes
// first, then what has the text in one piece; among these the server one is on, then places of late. A path, key or web
// link that is not here is looked up on the servers. Owned by the popup; main thread, with the matching on another.
class GoTo : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        PlaceRole = Qt::UserRole, // Place
        DetailRole, // the server's name, "recent", or what tells namesakes apart
        LookUpRole, // bool: not known here; choosing it asks the server
    };
    static constexpr std::size_t most = 50; // suggestions

    GoTo(Sessions &sessions, WorkspaceTree &tree, QObject *parent = nullptr);

    void setRecent(const std::vector<Place> &places); // newest first
    // Where one is, and the experiments that its table has; null where there is none.
    void setHere(const Place &here, std::shared_ptr<const api::Experiments> listing);
    // Takes a new picture of the tree, for the next texts, and asks for the projects of workspaces that were never opened;
    // what comes of it is found too, until end().
    void begin();
    void end();
    void setText(const QString &text);
    const QString &text() const { return m_text; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    // chosen() at once, or after a look-up; then there may be failed() instead. Where the suggestions for
    // the text are still on their way, the first of them is taken when they are here.
    void choose(const QModelIndex &index);

signals:
    void chosen(const Place &place);
    void lookingUp(const QString &sentence);
    void failed(const QString &sentence);
    void ambiguous(const QString &sentence); // the suggestions are now what the text may mean

private:
    struct Suggestion
    {
        Place place;
        QString text;
        QString detail;
        bool lookUp = false;
        int score = 0;
        qint64 start = 0; // of an experiment; 0: not known

        bool operator==(const Suggestion &) const = default;
    };
    class Matcher;
    static std::vector<Suggestion> match(const std::vector<WorkspaceTree::Known> &known, const QString &text,
        const QString &here, const std::atomic_bool &stop);
    void look();
    void cancel();
    void startMatching();
    void take(const Suggestion &suggestion);
    std::vector<Suggestion> recentMatching(const QString &text) const;
    void show(std::vector<Suggestion> found);
    void lookUp(const TypedAddress &address);
    void lookUpNext();
    void lookUpKey(Session *session, const QString &key);
    void lookUpProjectId(Session *session, const QString &projectId);
    void lookUpProject(Session *session);
    void lookUpExperiment(Session *session);
    void showNamed(const QString &server, const api::Experiments &listing);
    void notHere(const api::Error &error);
    static QString pathOf(const Place &place);
    QString nameOf(const Place &experiment) const;

    Sessions &m_sessions;
    WorkspaceTree &m_tree;
    Place m_here;
    std::shared_ptr<const api::Experiments> m_listing; // of the project in m_here
    QTimer m_looking; // several answers in a moment are one picture
    bool m_isOpen = false;
    std::vector<Place> m_recent;
    std::shared_ptr<const std::vector<WorkspaceTree::Known>> m_known;
    std::vector<Suggestion> m_suggestions;
    QString m_text;
    QString m_shownText; // what the suggestions are for
    bool m_takeFirst = false; // of the suggestions to come
    std::shared_ptr<std::atomic_bool> m_stop; // of the matching under way; null where there is none

    TypedAddress m_wanted;
    std::vector<QPointer<Session>> m_toAsk;
    QString m_problem; // of the look-up, where it was another than "not found"
    api::Latest m_latest;
};
