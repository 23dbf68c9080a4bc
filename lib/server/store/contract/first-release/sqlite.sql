-- What the first release (0.1.0) wrote to a SQLite file. Never edit this: it is what people have.
BEGIN;
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
CREATE TABLE path (
    tree INTEGER NOT NULL REFERENCES trees (pk) ON DELETE CASCADE,
    depth INTEGER NOT NULL,
    turn TEXT NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tree, depth)
  ) WITHOUT ROWID;
CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE checks (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL);
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
CREATE TABLE image_uses (
    image INTEGER NOT NULL REFERENCES images (pk) ON DELETE CASCADE,
    tree INTEGER NOT NULL REFERENCES trees (pk) ON DELETE CASCADE,
    PRIMARY KEY (image, tree)
  ) WITHOUT ROWID;
CREATE INDEX trees_by_time ON trees (owner, pinned DESC, updated_at DESC, session DESC) WHERE level = 0;
CREATE INDEX trees_by_end ON trees (drop_at) WHERE drop_at IS NOT NULL;
CREATE INDEX turns_by_parent ON turns (tree, parent, seq);
CREATE INDEX turns_to_blank ON turns (tree, deleted_at) WHERE deleted_at IS NOT NULL AND blanked = 0;
CREATE INDEX path_shown ON path (tree, depth) WHERE hidden = 0;
CREATE INDEX images_by_end ON images (kept_until) WHERE kept_until IS NOT NULL;
CREATE INDEX image_uses_by_tree ON image_uses (tree);
INSERT INTO trees (pk, owner, session, level, aside_kind, aside_until, drop_at, assistant, title, preview, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at, head, head_depth, head_status, shown, active, lease_token, lease_ends_at, stop) VALUES (1, 'first-release-guest', 'tree', 0, NULL, NULL, NULL, 'assistant', '"你好 “title” 👋"', '"answers t6"', 0, '', 4102441260000, 4102441261000, 4102441261000, NULL, 't6', 5, 'done', 6, NULL, NULL, NULL, 0);
INSERT INTO trees (pk, owner, session, level, aside_kind, aside_until, drop_at, assistant, title, preview, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at, head, head_depth, head_status, shown, active, lease_token, lease_ends_at, stop) VALUES (2, 'first-release-guest', 'pinned', 0, NULL, NULL, NULL, 'teacher', '"Kept on top"', '"answers p1"', 1, 'never', 4102441320000, 4102441320000, 4102441320000, NULL, 'p1', 0, 'done', 1, NULL, NULL, NULL, 0);
INSERT INTO trees (pk, owner, session, level, aside_kind, aside_until, drop_at, assistant, title, preview, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at, head, head_depth, head_status, shown, active, lease_token, lease_ends_at, stop) VALUES (3, 'first-release-guest', 'own-time', 0, NULL, NULL, 4110217380000, 'programmer', '"title o1"', '"answers o1"', 0, '7776000000', 4102441380000, 4102441380000, 4102441380000, 4110217380000, 'o1', 0, 'done', 1, NULL, NULL, NULL, 0);
INSERT INTO trees (pk, owner, session, level, aside_kind, aside_until, drop_at, assistant, title, preview, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at, head, head_depth, head_status, shown, active, lease_token, lease_ends_at, stop) VALUES (4, 'first-release-guest', 'thinned', 0, NULL, NULL, NULL, 'assistant', '"title d1"', '"answers d3"', 0, '', 4102441440000, 4102441440000, 4102441440000, NULL, 'd3', 2, 'done', 1, NULL, NULL, NULL, 0);
INSERT INTO trees (pk, owner, session, level, aside_kind, aside_until, drop_at, assistant, title, preview, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at, head, head_depth, head_status, shown, active, lease_token, lease_ends_at, stop) VALUES (5, 'first-release-guest', 'live', 0, NULL, NULL, NULL, 'assistant', '"title l1"', '"preview l2"', 0, '', 4102444680000, 4102444680000, 4102444680000, NULL, 'l2', 1, 'streaming', 2, 'l2', 'token-l2', 4102444695000, 0);
INSERT INTO trees (pk, owner, session, level, aside_kind, aside_until, drop_at, assistant, title, preview, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at, head, head_depth, head_status, shown, active, lease_token, lease_ends_at, stop) VALUES (6, 'first-release-guest', 'removed', 1, 'remove', 4102445280000, 4102445340000, 'assistant', '"title r1"', '"answers r2"', 0, '', 4102444680000, 4102444680000, 4102444680000, NULL, 'r2', 1, 'done', 2, NULL, NULL, NULL, 0);
INSERT INTO trees (pk, owner, session, level, aside_kind, aside_until, drop_at, assistant, title, preview, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at, head, head_depth, head_status, shown, active, lease_token, lease_ends_at, stop) VALUES (7, 'first-release-guest', 'cleared', 1, 'clear', 4102445280000, 4102445340000, 'assistant', '"title c1"', '"answers c2"', 0, '', 4102444680000, 4102444680000, 4102444680000, NULL, 'c2', 1, 'done', 2, NULL, NULL, NULL, 0);
INSERT INTO trees (pk, owner, session, level, aside_kind, aside_until, drop_at, assistant, title, preview, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at, head, head_depth, head_status, shown, active, lease_token, lease_ends_at, stop) VALUES (8, 'first-release-guest', 'cleared', 0, NULL, NULL, NULL, 'assistant', '"title c1"', '"answers c3"', 0, '', 4102444680000, 4102444680000, 4102444680000, NULL, 'c3', 0, 'done', 1, NULL, NULL, NULL, 0);
INSERT INTO trees (pk, owner, session, level, aside_kind, aside_until, drop_at, assistant, title, preview, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at, head, head_depth, head_status, shown, active, lease_token, lease_ends_at, stop) VALUES (9, 'first-release-other-guest', 'tree', 0, NULL, NULL, NULL, 'assistant', '"title t1"', '"answers t1"', 0, '', 4102441680000, 4102441680000, 4102441680000, NULL, 't1', 0, 'done', 1, NULL, NULL, NULL, 0);
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (1, 1, 't1', '.', 0, 'done', 't2-edited', NULL, 0, '{"v":1,"id":"t1","parentId":null,"depth":0,"assistantId":"assistant","createdAt":4102441260000,"updatedAt":4102441260000,"user":{"content":"Hello 你好 👋\n\u0000 and \ud800 alone","images":[{"id":"hz-3yNxFWfaxvto7vOVc0xbNU2epKQfuaqhYFvrimgQ","type":"image/webp","width":640,"height":480},{"id":"ycmEfd7jPmKWnNF8xrMbcxwn2cQdLdXKIskjGxbxOUw","type":"image/webp","width":640,"height":480}]},"reply":{"content":"answers t1","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (2, 1, 't2', 't1', 1, 'done', NULL, NULL, 0, '{"v":1,"id":"t2","parentId":"t1","depth":1,"assistantId":"assistant","createdAt":4102441260000,"updatedAt":4102441261000,"user":{"content":"says t2","images":[]},"reply":{"content":"Second **answer**","reasoning":"Thinking it over","images":[],"model":"fake:model"},"status":"done","finishReason":"stop","usage":{"inputTokens":12,"outputTokens":34,"reasoningTokens":5},"timing":{"firstTokenMs":120,"totalMs":900,"thoughtMs":80},"context":{"sent":1,"dropped":0,"images":2}}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (3, 1, 't2-regenerated', 't1', 1, 'done', NULL, NULL, 0, '{"v":1,"id":"t2-regenerated","parentId":"t1","depth":1,"assistantId":"assistant","createdAt":4102441261000,"updatedAt":4102441261000,"user":{"content":"says t2","images":[]},"reply":{"content":"answers t2-regenerated","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (4, 1, 't2-edited', 't1', 1, 'done', 't3', NULL, 0, '{"v":1,"id":"t2-edited","parentId":"t1","depth":1,"assistantId":"assistant","createdAt":4102441261000,"updatedAt":4102441261000,"user":{"content":"asks otherwise","images":[]},"reply":{"content":"answers t2-edited","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (5, 1, 't3', 't2-edited', 2, 'stopped', 't4', NULL, 0, '{"v":1,"id":"t3","parentId":"t2-edited","depth":2,"assistantId":"assistant","createdAt":4102441261000,"updatedAt":4102441261000,"user":{"content":"says t3","images":[]},"reply":{"content":"half an ans","reasoning":"","images":[],"model":"fake:model"},"status":"stopped"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (6, 1, 't4', 't3', 3, 'failed', 't5', NULL, 0, '{"v":1,"id":"t4","parentId":"t3","depth":3,"assistantId":"assistant","createdAt":4102441261000,"updatedAt":4102441261000,"user":{"content":"says t4","images":[]},"reply":{"content":"","reasoning":"","images":[],"model":"fake:model"},"status":"failed","error":{"code":"model_failed","reason":"upstream","message":"The model failed."}}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (7, 1, 't5', 't4', 4, 'interrupted', 't6', NULL, 0, '{"v":1,"id":"t5","parentId":"t4","depth":4,"assistantId":"assistant","createdAt":4102441261000,"updatedAt":4102441261000,"user":{"content":"says t5","images":[]},"reply":{"content":"cut off","reasoning":"","images":[],"model":"fake:model"},"status":"interrupted"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (8, 1, 't6', 't5', 5, 'done', NULL, NULL, 0, '{"v":1,"id":"t6","parentId":"t5","depth":5,"assistantId":"assistant","createdAt":4102441261000,"updatedAt":4102441261000,"user":{"content":"says t6","images":[{"id":"ycmEfd7jPmKWnNF8xrMbcxwn2cQdLdXKIskjGxbxOUw","type":"image/webp","width":640,"height":480}]},"reply":{"content":"answers t6","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (9, 2, 'p1', '.', 0, 'done', NULL, NULL, 0, '{"v":1,"id":"p1","parentId":null,"depth":0,"assistantId":"teacher","createdAt":4102441320000,"updatedAt":4102441320000,"user":{"content":"says p1","images":[]},"reply":{"content":"answers p1","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (10, 3, 'o1', '.', 0, 'done', NULL, NULL, 0, '{"v":1,"id":"o1","parentId":null,"depth":0,"assistantId":"programmer","createdAt":4102441380000,"updatedAt":4102441380000,"user":{"content":"says o1","images":[]},"reply":{"content":"answers o1","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (11, 4, 'd1', '.', 0, 'done', 'd2', 4102441440000, 1, '{"v":1,"id":"d1","parentId":null,"depth":0,"assistantId":"assistant","createdAt":4102441440000,"updatedAt":4102441440000,"user":{"content":"","images":[]},"reply":{"content":"","reasoning":"","images":[],"model":"fake:model"},"status":"done","deletedAt":4102441440000}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (12, 4, 'd2', 'd1', 1, 'done', 'd3', 4102444740000, 0, '{"v":1,"id":"d2","parentId":"d1","depth":1,"assistantId":"assistant","createdAt":4102441440000,"updatedAt":4102441440000,"user":{"content":"says d2","images":[]},"reply":{"content":"answers d2","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (13, 4, 'd3', 'd2', 2, 'done', NULL, NULL, 0, '{"v":1,"id":"d3","parentId":"d2","depth":2,"assistantId":"assistant","createdAt":4102441440000,"updatedAt":4102441440000,"user":{"content":"says d3","images":[]},"reply":{"content":"answers d3","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (14, 5, 'l1', '.', 0, 'done', 'l2', NULL, 0, '{"v":1,"id":"l1","parentId":null,"depth":0,"assistantId":"assistant","createdAt":4102444680000,"updatedAt":4102444680000,"user":{"content":"says l1","images":[]},"reply":{"content":"answers l1","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (15, 5, 'l2', 'l1', 1, 'streaming', NULL, NULL, 0, '{"v":1,"id":"l2","parentId":"l1","depth":1,"assistantId":"assistant","createdAt":4102444680000,"updatedAt":4102444680000,"user":{"content":"says l2","images":[]},"reply":{"content":"and then the serv","reasoning":"","images":[],"model":"fake:model"},"status":"streaming"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (16, 6, 'r1', '.', 0, 'done', 'r2', NULL, 0, '{"v":1,"id":"r1","parentId":null,"depth":0,"assistantId":"assistant","createdAt":4102444680000,"updatedAt":4102444680000,"user":{"content":"says r1","images":[{"id":"1ahwLP9yyOebpz1FCpsp1J8hKKMPfa7PEKaIwSUNsM8","type":"image/webp","width":640,"height":480}]},"reply":{"content":"answers r1","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (17, 6, 'r2', 'r1', 1, 'done', NULL, NULL, 0, '{"v":1,"id":"r2","parentId":"r1","depth":1,"assistantId":"assistant","createdAt":4102444680000,"updatedAt":4102444680000,"user":{"content":"says r2","images":[]},"reply":{"content":"answers r2","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (18, 7, 'c1', '.', 0, 'done', 'c2', NULL, 0, '{"v":1,"id":"c1","parentId":null,"depth":0,"assistantId":"assistant","createdAt":4102444680000,"updatedAt":4102444680000,"user":{"content":"says c1","images":[]},"reply":{"content":"answers c1","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (19, 7, 'c2', 'c1', 1, 'done', NULL, NULL, 0, '{"v":1,"id":"c2","parentId":"c1","depth":1,"assistantId":"assistant","createdAt":4102444680000,"updatedAt":4102444680000,"user":{"content":"says c2","images":[]},"reply":{"content":"answers c2","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (20, 8, 'c3', '.', 0, 'done', NULL, NULL, 0, '{"v":1,"id":"c3","parentId":null,"depth":0,"assistantId":"assistant","createdAt":4102444680000,"updatedAt":4102444680000,"user":{"content":"says c3","images":[]},"reply":{"content":"answers c3","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO turns (seq, tree, id, parent, depth, status, last_child, deleted_at, blanked, json) VALUES (21, 9, 't1', '.', 0, 'done', NULL, NULL, 0, '{"v":1,"id":"t1","parentId":null,"depth":0,"assistantId":"assistant","createdAt":4102441680000,"updatedAt":4102441680000,"user":{"content":"says t1","images":[{"id":"hz-3yNxFWfaxvto7vOVc0xbNU2epKQfuaqhYFvrimgQ","type":"image/webp","width":640,"height":480}]},"reply":{"content":"answers t1","reasoning":"","images":[],"model":"fake:model"},"status":"done"}');
INSERT INTO path (tree, depth, turn, hidden) VALUES (1, 0, 't1', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (1, 1, 't2-edited', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (1, 2, 't3', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (1, 3, 't4', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (1, 4, 't5', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (1, 5, 't6', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (2, 0, 'p1', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (3, 0, 'o1', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (4, 0, 'd1', 1);
INSERT INTO path (tree, depth, turn, hidden) VALUES (4, 1, 'd2', 1);
INSERT INTO path (tree, depth, turn, hidden) VALUES (4, 2, 'd3', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (5, 0, 'l1', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (5, 1, 'l2', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (6, 0, 'r1', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (6, 1, 'r2', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (7, 0, 'c1', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (7, 1, 'c2', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (8, 0, 'c3', 0);
INSERT INTO path (tree, depth, turn, hidden) VALUES (9, 0, 't1', 0);
INSERT INTO secrets (name, value) VALUES ('auth', 'first-release-secret-of-guest-cookies-0123456');
INSERT INTO images (pk, owner, id, type, width, height, kept_until, data) VALUES (1, 'first-release-guest', 'hz-3yNxFWfaxvto7vOVc0xbNU2epKQfuaqhYFvrimgQ', 'image/webp', 640, 480, NULL, X'7265642070696374757265206f66207468652066697273742072656c65617365');
INSERT INTO images (pk, owner, id, type, width, height, kept_until, data) VALUES (2, 'first-release-guest', 'ycmEfd7jPmKWnNF8xrMbcxwn2cQdLdXKIskjGxbxOUw', 'image/webp', 640, 480, NULL, X'626c75652070696374757265206f66207468652066697273742072656c65617365');
INSERT INTO images (pk, owner, id, type, width, height, kept_until, data) VALUES (3, 'first-release-guest', 'arnfYvxOuUYXBJTuJ_sWfuZsrQ4QzoKRx4bJ6kD6Cn0', 'image/webp', 640, 480, NULL, X'70696374757265206f6620612064656c65746564207475726e');
INSERT INTO images (pk, owner, id, type, width, height, kept_until, data) VALUES (4, 'first-release-guest', '1ahwLP9yyOebpz1FCpsp1J8hKKMPfa7PEKaIwSUNsM8', 'image/webp', 640, 480, NULL, X'70696374757265206f6620612072656d6f7665642073657373696f6e');
INSERT INTO images (pk, owner, id, type, width, height, kept_until, data) VALUES (5, 'first-release-other-guest', 'hz-3yNxFWfaxvto7vOVc0xbNU2epKQfuaqhYFvrimgQ', 'image/webp', 640, 480, NULL, X'7265642070696374757265206f66207468652066697273742072656c65617365');
INSERT INTO image_uses (image, tree) VALUES (1, 1);
INSERT INTO image_uses (image, tree) VALUES (2, 1);
INSERT INTO image_uses (image, tree) VALUES (3, 4);
INSERT INTO image_uses (image, tree) VALUES (4, 6);
INSERT INTO image_uses (image, tree) VALUES (5, 9);
PRAGMA user_version = 2;
COMMIT;
