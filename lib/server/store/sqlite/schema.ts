/**
 * The database schema as a list of migrations; `PRAGMA user_version` counts those that a file has been through. To change
 * the schema, append a migration. Never edit a released one.
 *
 * A row of `trees` is a session (`level` 0) or an undo snapshot of it (a higher level; the highest is the newest).
 * `aside_kind` says whether a clear or a remove made the snapshot, `aside_until` until when it can be restored, and
 * `drop_at` when the row may be deleted. (The code says session and undo snapshot; `trees` and `aside` are the names of the
 * first release, and a released migration never changes.)
 *
 * Ids are stored as `encodeId` makes them, and `'.'` stands for no parent. Titles and previews are JSON strings. Times are
 * milliseconds since the epoch.
 *
 * `turns.seq` is the order of arrival, in which siblings are listed. `path` is the shown path by depth, with deleted turns
 * marked as hidden; `trees.shown` counts the others, so that a total never has to walk the path.
 *
 * An image is kept until `kept_until`, and for as long as a turn of `turn_images` can be read or restored.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE trees (
    pk INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    session TEXT NOT NULL,
    level INTEGER NOT NULL,
    aside_kind TEXT,
    aside_until INTEGER,
    drop_at INTEGER,
    assistant TEXT NOT NULL,
    title TEXT NOT NULL,
    preview TEXT NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    own_ttl TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_turn_at INTEGER NOT NULL,
    expires_at INTEGER,
    head TEXT,
    head_depth INTEGER NOT NULL DEFAULT -1,
    head_status TEXT,
    shown INTEGER NOT NULL DEFAULT 0,
    active TEXT,
    lease_token TEXT,
    lease_ends_at INTEGER,
    stop INTEGER NOT NULL DEFAULT 0,
    UNIQUE (owner, session, level)
  );
  CREATE INDEX trees_by_time ON trees (owner, pinned DESC, updated_at DESC, session DESC) WHERE level = 0;
  CREATE INDEX trees_by_end ON trees (drop_at) WHERE drop_at IS NOT NULL;

  CREATE TABLE turns (
    seq INTEGER PRIMARY KEY,
    tree INTEGER NOT NULL REFERENCES trees (pk) ON DELETE CASCADE,
    id TEXT NOT NULL,
    parent TEXT NOT NULL,
    depth INTEGER NOT NULL,
    status TEXT NOT NULL,
    last_child TEXT,
    deleted_at INTEGER,
    blanked INTEGER NOT NULL DEFAULT 0,
    json TEXT NOT NULL,
    UNIQUE (tree, id)
  );
  CREATE INDEX turns_by_parent ON turns (tree, parent, seq);
  CREATE INDEX turns_to_blank ON turns (tree, deleted_at) WHERE deleted_at IS NOT NULL AND blanked = 0;

  CREATE TABLE path (
    tree INTEGER NOT NULL REFERENCES trees (pk) ON DELETE CASCADE,
    depth INTEGER NOT NULL,
    turn TEXT NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tree, depth)
  ) WITHOUT ROWID;
  CREATE INDEX path_shown ON path (tree, depth) WHERE hidden = 0;

  CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE checks (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL);
  `,
  `
  CREATE TABLE images (
    pk INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    kept_until INTEGER,
    data BLOB NOT NULL,
    UNIQUE (owner, id)
  );
  CREATE INDEX images_by_end ON images (kept_until) WHERE kept_until IS NOT NULL;

  CREATE TABLE image_uses (
    image INTEGER NOT NULL REFERENCES images (pk) ON DELETE CASCADE,
    tree INTEGER NOT NULL REFERENCES trees (pk) ON DELETE CASCADE,
    PRIMARY KEY (image, tree)
  ) WITHOUT ROWID;
  CREATE INDEX image_uses_by_tree ON image_uses (tree);
  `,
  // An image is kept for single turns instead of whole sessions. From now on an image that was sent is kept for one day on
  // its own account, and one that was only uploaded for 30.
  `
  CREATE TABLE turn_images (
    owner TEXT NOT NULL,
    image TEXT NOT NULL,
    turn INTEGER NOT NULL REFERENCES turns (seq) ON DELETE CASCADE,
    PRIMARY KEY (owner, image, turn)
  ) WITHOUT ROWID;
  CREATE INDEX turn_images_by_turn ON turn_images (turn);

  INSERT OR IGNORE INTO turn_images (owner, image, turn)
    SELECT trees.owner, json_extract(ref.value, '$.id'), turns.seq
    FROM trees JOIN turns ON turns.tree = trees.pk
      JOIN json_each(CASE WHEN json_valid(turns.json) THEN turns.json ELSE '{}' END, '$.user.images') AS ref
    WHERE trees.pk IN (SELECT tree FROM image_uses) AND turns.blanked = 0;
  UPDATE images SET kept_until = MIN(COALESCE(kept_until, 1e15),
    unixepoch() * 1000 + 86400000 * CASE WHEN pk IN (SELECT image FROM image_uses) THEN 1 ELSE 30 END);
  DROP TABLE image_uses;
  `,
  // NULL: the turn is older than this column, or its text was blanked.
  'ALTER TABLE turns ADD COLUMN user_hash TEXT;',
  // A revoked device keeps its row, without a name. `deletions`: since when an owner's older cookies are refused.
  `
  CREATE TABLE devices (
    owner TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (owner, id)
  ) WITHOUT ROWID;
  CREATE INDEX devices_by_time ON devices (seen_at);
  CREATE TABLE deletions (owner TEXT PRIMARY KEY, deleted_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX deletions_by_time ON deletions (deleted_at);
  `,
  // Triggers keep the sums of what each guest stores, whichever statement changes a turn or an image. `rates.next_at` is
  // in microseconds. Where `owner` is '', a rate or a count is that of an address or of the server.
  `
  CREATE TABLE guests (owner TEXT PRIMARY KEY, bytes INTEGER NOT NULL, last_take_at INTEGER) WITHOUT ROWID;
  CREATE INDEX guests_idle ON guests (last_take_at) WHERE bytes = 0;
  CREATE TABLE rates (owner TEXT NOT NULL, name TEXT NOT NULL, next_at INTEGER NOT NULL, PRIMARY KEY (owner, name)) WITHOUT ROWID;
  CREATE INDEX rates_by_time ON rates (next_at);
  CREATE TABLE day_counts (
    day INTEGER NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (day, owner, name)
  ) WITHOUT ROWID;
  CREATE INDEX trees_live ON trees (owner, lease_ends_at) WHERE active IS NOT NULL;

  ALTER TABLE trees ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
  UPDATE trees SET bytes = (SELECT COALESCE(SUM(octet_length(json)), 0) FROM turns WHERE tree = trees.pk);
  INSERT INTO guests (owner, bytes, last_take_at)
    SELECT owner, SUM(bytes), unixepoch() * 1000 FROM (
      SELECT owner, bytes FROM trees UNION ALL SELECT owner, octet_length(data) FROM images
    ) GROUP BY owner;

  CREATE TRIGGER turn_added AFTER INSERT ON turns BEGIN
    UPDATE trees SET bytes = bytes + octet_length(NEW.json) WHERE pk = NEW.tree;
  END;
  CREATE TRIGGER turn_changed AFTER UPDATE OF json ON turns BEGIN
    UPDATE trees SET bytes = bytes + octet_length(NEW.json) - octet_length(OLD.json) WHERE pk = NEW.tree;
  END;
  CREATE TRIGGER turn_moved AFTER UPDATE OF tree ON turns BEGIN
    UPDATE trees SET bytes = bytes - octet_length(OLD.json) WHERE pk = OLD.tree;
    UPDATE trees SET bytes = bytes + octet_length(NEW.json) WHERE pk = NEW.tree;
  END;
  CREATE TRIGGER turn_removed AFTER DELETE ON turns BEGIN
    UPDATE trees SET bytes = bytes - octet_length(OLD.json) WHERE pk = OLD.tree;
  END;
  CREATE TRIGGER tree_changed AFTER UPDATE OF bytes ON trees BEGIN
    INSERT INTO guests (owner, bytes) VALUES (NEW.owner, NEW.bytes - OLD.bytes)
      ON CONFLICT (owner) DO UPDATE SET bytes = bytes + excluded.bytes;
  END;
  CREATE TRIGGER tree_removed AFTER DELETE ON trees BEGIN
    UPDATE guests SET bytes = bytes - OLD.bytes WHERE owner = OLD.owner;
  END;
  CREATE TRIGGER image_added AFTER INSERT ON images BEGIN
    INSERT INTO guests (owner, bytes) VALUES (NEW.owner, octet_length(NEW.data))
      ON CONFLICT (owner) DO UPDATE SET bytes = bytes + excluded.bytes;
  END;
  CREATE TRIGGER image_removed AFTER DELETE ON images BEGIN
    UPDATE guests SET bytes = bytes - octet_length(OLD.data) WHERE owner = OLD.owner;
  END;
  `,
  // The owner that a join in progress moves everything to.
  'ALTER TABLE deletions ADD COLUMN joining_to TEXT;',
];
