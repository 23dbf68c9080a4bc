import { defineScript } from '../script';

/**
 * `Store.remove`. The session's key keeps what a restore needs, and expires with the snapshot.
 * Returns `{'removed', undoUntil}`, `{'unknown'}` or `{'busy', stored}`.
 */
export const REMOVE = defineScript(
  ['session', 'now'],
  `
local m = read(S)
if not live(m, now) then return {'unknown'} end
if m.active ~= '' then return {'busy', readStored(m, m.active)} end
checkKeys(m, {}, true)
local entry = session .. '!' .. m.assistant
call('ZREM', I, 'u' .. entry, 'x' .. entry)
local n, till = makeSnapshot(m, now)
call('HSET', S, 'v', '1', 'gone', '1', 'aside', n, 'asideKind', 'remove', 'asideUntil', till, 'asides', n)
expire(S, till)
return {'removed', till}
`,
);
