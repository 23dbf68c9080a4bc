import { defineScript } from '../script';

/**
 * `Store.clear`. Clearing an empty session makes no snapshot: an earlier one stays the newest.
 * Returns `{'removed', undoUntil}`, `{'unknown'}` or `{'busy', stored}`.
 */
export const CLEAR = defineScript(
  ['now'],
  `
local m = read(S)
if not live(m, now) then return {'unknown'} end
if m.active ~= '' then return {'busy', readStored(m, m.active)} end
if m.head == '' then
  local canUndo = m.aside ~= '' and tonumber(m.asideUntil) > tonumber(now)
  return {'removed', canUndo and m.asideUntil or int(tonumber(now) + UNDO)}
end
checkKeys(m, {}, true)
local n, till = makeSnapshot(m, now)
m.aside, m.asideKind, m.asideUntil, m.asides = n, 'clear', till, n
m.preview, m.head, m.headDepth, m.headStatus, m.trash, m.hides = '""', '', '', '', '', ''
m.imagesEnd, m.claimed, m.uses, m.charged = '', '', '', ''
call('HSET', S, unpack(metaFields(m)))
expire(S, m.expiresAt)
return {'removed', till}
`,
);
