// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The tables of the database. Keys that clients see are texts; inside, everything refers to row numbers.
namespace localserver::schema {

inline constexpr unsigned applicationId = 0x50524948; // "PRIH"
inline constexpr int version = 3;

// Where a value of table `entries` and a column of table `columns` comes from.
enum Source { Metric = 1, Parameter = 2, Other = 3 };

// What a row of table `pieces` is.
enum Piece { Html = 1, Code = 2, Graph = 3, GitMetadata = 4, SystemDetails = 5, GitPatch = 6 };

// Which requests a row of table `requests` is about.

// How an experiment's life is known (experiments.life): by the heartbeats of a script, which says good
// bye, by those of a REST client, which does not (PROTOCOL-ANSWERS 3), or it is over.
enum Life { Over = 0, Script = 1, Rest = 2 };

inline constexpr const char *tables = R"sql(
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE workspaces(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE projects(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, workspace INTEGER NOT NULL, name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '', public INTEGER NOT NULL DEFAULT 0, notes TEXT NOT NULL DEFAULT '',
    updated INTEGER NOT NULL, UNIQUE(workspace, name));
CREATE TABLE experiments(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, project INTEGER NOT NULL, name TEXT, user TEXT NOT NULL,
    started INTEGER NOT NULL, ended INTEGER NOT NULL, archived INTEGER NOT NULL DEFAULT 0,
    life INTEGER NOT NULL DEFAULT 0, beat INTEGER NOT NULL DEFAULT 0, crashed INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', file_path TEXT NOT NULL DEFAULT '', optimization TEXT NOT NULL DEFAULT '');
CREATE INDEX experiments_of_project ON experiments(project);
CREATE TABLE links(project INTEGER NOT NULL, experiment INTEGER NOT NULL, PRIMARY KEY(project, experiment)) WITHOUT ROWID;
-- One row for each metric, parameter and other of an experiment: its summary. Values are text as answered.
CREATE TABLE entries(
    id INTEGER PRIMARY KEY, experiment INTEGER NOT NULL, source INTEGER NOT NULL, name TEXT NOT NULL, context TEXT NOT NULL DEFAULT '',
    current TEXT, current_at INTEGER, current_step INTEGER,
    maximum TEXT, maximum_at INTEGER, maximum_step INTEGER,
    minimum TEXT, minimum_at INTEGER, minimum_step INTEGER,
    textual INTEGER NOT NULL DEFAULT 0, points INTEGER NOT NULL DEFAULT 0, UNIQUE(experiment, source, name));
-- The points of a metric, packed; id is the entry's id << 30 | number.
CREATE TABLE blocks(id INTEGER PRIMARY KEY, points INTEGER NOT NULL, data BLOB NOT NULL);
-- Which names the experiments of a project have, how often, and how often as something else than a number.
CREATE TABLE columns(
    project INTEGER NOT NULL, source INTEGER NOT NULL, name TEXT NOT NULL, experiments INTEGER NOT NULL, texts INTEGER NOT NULL,
    PRIMARY KEY(project, source, name)) WITHOUT ROWID;
CREATE TABLE tags(experiment INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY(experiment, tag)) WITHOUT ROWID;
CREATE TABLE pieces(experiment INTEGER NOT NULL, piece INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY(experiment, piece));
-- What one request brought. Offset and stamp are nought since version 3; before, they told what was sent a second time.
CREATE TABLE output(id INTEGER PRIMARY KEY, experiment INTEGER NOT NULL, offset INTEGER NOT NULL, stamp INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX output_of_experiment ON output(experiment, offset);
CREATE TABLE contents(id INTEGER PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE models(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, experiment INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE(experiment, name));
)sql";

// Since version 2 an asset outlives its experiment where a version of the registry has it among its files:
// its experiment is null then. crc is that of its bytes (as zips have it); null where there are none here,
// or where they came before version 2 and belong to no model.
inline constexpr const char *assets = R"sql(
CREATE TABLE assets(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, experiment INTEGER, name TEXT NOT NULL, type TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '', context TEXT NOT NULL DEFAULT '', step INTEGER, epoch INTEGER, created INTEGER NOT NULL,
    size INTEGER NOT NULL, link TEXT NOT NULL DEFAULT '', metadata TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '',
    crc INTEGER, UNIQUE(experiment, key));
)sql";

// Since version 2. What a version was registered from is kept as texts: the experiment may go.
inline constexpr const char *registry = R"sql(
CREATE TABLE registry(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, workspace INTEGER NOT NULL, name TEXT NOT NULL COLLATE NOCASE,
    description TEXT NOT NULL DEFAULT '', public INTEGER NOT NULL DEFAULT 0, notes TEXT NOT NULL DEFAULT '', user TEXT NOT NULL,
    created INTEGER NOT NULL, updated INTEGER NOT NULL, UNIQUE(workspace, name));
CREATE TABLE versions(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, model INTEGER NOT NULL, version TEXT NOT NULL,
    comment TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT '', user TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
    experiment TEXT NOT NULL, experiment_model TEXT NOT NULL, experiment_model_name TEXT NOT NULL, UNIQUE(model, version));
CREATE INDEX versions_of_experiment_model ON versions(experiment_model);
CREATE TABLE stages(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, stage TEXT NOT NULL, UNIQUE(version, stage));
CREATE TABLE files(version INTEGER NOT NULL, asset INTEGER NOT NULL, PRIMARY KEY(version, asset)) WITHOUT ROWID;
CREATE INDEX files_by_asset ON files(asset);
-- What was done to a version, when and by whom.
CREATE TABLE events(
    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, time INTEGER NOT NULL, user TEXT NOT NULL, event TEXT NOT NULL,
    old TEXT NOT NULL DEFAULT '{}', new TEXT NOT NULL DEFAULT '{}'); -- JSON objects
CREATE INDEX events_of_version ON events(version);
CREATE TABLE shares(id INTEGER PRIMARY KEY, project INTEGER NOT NULL, code TEXT NOT NULL UNIQUE);
CREATE INDEX shares_of_project ON shares(project);
)sql";

// Since version 3 the bytes of an asset lie in several rows of table `contents`, so that nobody needs more
// memory than one of them. Those of an upload under way are here before there is such an asset.
inline constexpr const char *extents = R"sql(
CREATE TABLE extents(
    asset INTEGER NOT NULL, start INTEGER NOT NULL, content INTEGER NOT NULL, PRIMARY KEY(asset, start)) WITHOUT ROWID;
)sql";

// The histograms of one combined asset, each with the asset id its script gave it; since version 3 several
// may have no step, or one and the same.
inline constexpr const char *histograms = R"sql(
CREATE TABLE histograms(
    id INTEGER PRIMARY KEY, asset INTEGER NOT NULL, step INTEGER, key TEXT NOT NULL, content TEXT NOT NULL, UNIQUE(asset, key));
)sql";

// Since version 3. The keys of experiments that were deleted: a script that logs on must not bring one back.
// And what requests brought, as far as it tells those that are sent a second time.
inline constexpr const char *memory = R"sql(
CREATE TABLE deleted(key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE requests(
    id INTEGER PRIMARY KEY, experiment INTEGER NOT NULL, kind INTEGER NOT NULL, digest INTEGER NOT NULL, awaited BLOB);
CREATE INDEX requests_of_experiment ON requests(experiment, kind, digest);
CREATE INDEX requests_awaited ON requests(experiment, kind) WHERE awaited IS NOT NULL;
)sql";

// From versions 1 and 2: the bytes stay where they are, each asset in one piece.
inline constexpr const char *contentsAsExtents = R"sql(
ALTER TABLE contents RENAME COLUMN asset TO id;
INSERT INTO extents SELECT id, 0, id FROM contents;
)sql";
inline constexpr const char *oldHistogramsAway = "ALTER TABLE histograms RENAME TO old_histograms";
inline constexpr const char *oldHistogramsBack = R"sql(
INSERT INTO histograms(asset, step, key, content) SELECT asset, step, key, content FROM old_histograms ORDER BY asset, step;
DROP TABLE old_histograms;
)sql";

// From version 1: the table anew, as a column can't be made nullable.
inline constexpr const char *oldAssetsAway = "ALTER TABLE assets RENAME TO old_assets";
inline constexpr const char *oldAssetsBack = R"sql(
INSERT INTO assets SELECT *, NULL FROM old_assets;
DROP TABLE old_assets;
)sql";

} // namespace localserver::schema
