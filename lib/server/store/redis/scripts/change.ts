import { defineScript } from '../script';

/**
 * `Store.change`. '' leaves a value as it is. `pinned`: '1' or '0'. `ttl`: 'never' or milliseconds.
 * Returns `{'changed', meta}`, `{'unknown'}`, `{'unknown_turn'}` or `{'busy', active}`.
 */
export const CHANGE = defineScript(
  ['session', 'title', 'pinned', 'head', 'ttl', 'now'],
  `
local m, x = read(S, {'side:' .. head})
if not live(m, now) then return {'unknown'} end
if head ~= '' and m.active ~= '' then return {'busy', m.active} end
if head ~= '' and not x[1] then return {'unknown_turn'} end
blank(m, now)

if title ~= '' then m.title = title end
if pinned ~= '' then m.pinned = pinned end
if ttl ~= '' then
  -- The time runs from now where that is later than the last turn: a short one never ends an old session at once.
  local from = math.max(tonumber(m.lastTurnAt), tonumber(now))
  m.ttl = ttl
  m.expiresAt = ttl == 'never' and '' or int(from + tonumber(ttl))
end
if head ~= '' then call('ZCARD', P) end
if head ~= '' or ttl ~= '' then checkKeys(m, {}) end
if pinned ~= '' or ttl ~= '' then addToIndex(m, session) end
if head ~= '' then
  local leaf = head
  local child = call('HGET', S, 'last:' .. leaf)
  while child do
    leaf = child
    child = call('HGET', S, 'last:' .. leaf)
  end
  show(m, leaf)
  local t = parse(call('HGET', S, 'side:' .. leaf))
  m.head, m.headDepth, m.headStatus = leaf, int(t.depth), t.status
end
call('HSET', S, unpack(metaFields(m)))
if head ~= '' or ttl ~= '' then expireSession(m, now) end
if ttl ~= '' then expireIndex(m) end
return {'changed', meta(m)}
`,
);
