// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/upgrade.h"

#include "app/localserver/schema.h"
#include "app/localserver/storedbytes.h"

namespace localserver {

namespace {

// Those of models alone, which go into zips: reading all would make people wait.
void addChecksums(Connection &db)
{
    std::vector<std::int64_t> assets;
    {
        Rows rows = db.query("SELECT id FROM assets WHERE model<>'' AND id IN (SELECT asset FROM extents)");
        while (rows.next())
            assets.push_back(rows.integer(0));
    }
    for (const std::int64_t asset : assets)
        db.run("UPDATE assets SET crc=? WHERE id=?", std::int64_t(StoredBytes(db, asset).crc()), asset);
}

} // namespace

void upgradeSchema(Connection &db, int version)
{
    SQLite::Database &database = db.database();
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (version == 0) {
        database.exec(schema::tables);
        // Before there is a log beside the file: its header must say whose it is from the start, or a
        // server killed before the first checkpoint would not know its own file again.
        database.exec("PRAGMA application_id=" + std::to_string(schema::applicationId));
    } else {
        database.exec(schema::oldHistogramsAway);
    }
    database.exec(schema::extents);
    database.exec(schema::histograms);
    database.exec(schema::memory);
    if (version > 0) {
        database.exec(schema::contentsAsExtents);
        database.exec(schema::oldHistogramsBack);
    }
    if (version == 1)
        database.exec(schema::oldAssetsAway);
    if (version < 2) {
        database.exec(schema::assets);
        database.exec(schema::registry);
    }
    if (version == 1) {
        database.exec(schema::oldAssetsBack);
        addChecksums(db);
    }
    database.exec("PRAGMA user_version=" + std::to_string(schema::version));
    transaction.commit();
}

} // namespace localserver
