import { ROOT } from '../encode-id';
import { UNDO_MS } from '../store';
import { KEEP_IMAGES } from './keep-images';
import { META } from './meta';

/** How long after its end a key is kept: more than the clocks of instances differ. Until then fields decide. */
const GRACE_MS = 60_000;

/**
 * What the scripts share. It stands before each of them.
 *
 * A turn is two fields of the session's hash: `turn:<id>` is its JSON, which Lua neither reads nor makes (cjson turns
 * [] into {}), and `side:<id>` is "status depth parent deletedAt", which decides. `kids:<id>` lists the children in
 * the order of arrival, `last:<id>` is the child last shown, `blank:<id>` what a deleted turn is to become. For the
 * images of turns see `keep-images.ts`. `userHash:<id>` tells versions apart by their user message without reading them;
 * turns of the first release have none.
 *
 * The index holds each session twice: `u<session>!<assistant>` with the time of its last change (pinned ones far above
 * all times), and `x<session>!<assistant>` with the time of its end, negated. One command writes both; the end tells
 * which ones to drop, so that a total is never counted by hand.
 *
 * Writes come after all reads, the index first: a key of a wrong type fails a script before it has changed anything.
 */
export const PRELUDE = `
local S, P, H, I = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local ROOT, UNDO, GRACE, PINNED = '${ROOT}', ${UNDO_MS}, ${GRACE_MS}, 4e15
local META = {${META.map((name) => `'${name}'`).join(',')}}
local call = redis.call

local function int(x) return string.format('%.0f', x) end

local function hmget(key, names)
  local out = {}
  for from = 1, #names, 1000 do
    local part = call('HMGET', key, unpack(names, from, math.min(from + 999, #names)))
    for i = 1, #part do out[#out + 1] = part[i] end
  end
  return out
end

local function hset(key, pairs)
  for from = 1, #pairs, 1000 do
    call('HSET', key, unpack(pairs, from, math.min(from + 999, #pairs)))
  end
end

-- The session's own fields (nil: no such record), and the values of more fields: one command.
local function read(key, more)
  local names = {unpack(META)}
  for _, name in ipairs(more or {}) do names[#names + 1] = name end
  local values = hmget(key, names)
  if not values[1] then return nil, {} end
  local m, rest = {}, {}
  for i, name in ipairs(META) do m[name] = values[i] or '' end
  for i = #META + 1, #values do rest[#rest + 1] = values[i] end
  return m, rest
end

local function expired(m, now) return m.expiresAt ~= '' and tonumber(m.expiresAt) <= tonumber(now) end
local function live(m, now) return m and m.gone == '' and not expired(m, now) end

local function meta(m)
  local out = {}
  for i, name in ipairs(META) do out[i] = m[name] end
  return out
end

local function metaFields(m)
  local out = {}
  for _, name in ipairs(META) do out[#out + 1] = name; out[#out + 1] = m[name] end
  return out
end

local function parse(side)
  local status, depth, parent, deletedAt = string.match(side or '', '^(%S+) (%d+) (%S+) (%d+)$')
  if not status then error('CONFAB a turn lacks what stands beside it') end
  return {status = status, depth = tonumber(depth), parent = parent, deletedAt = deletedAt}
end

local function sideOf(t) return t.status .. ' ' .. int(t.depth) .. ' ' .. t.parent .. ' ' .. t.deletedAt end

local function stored(m, id, json, side)
  if m.active == id then return {json, side, m.token, m.leaseEnd, m.stop} end
  return {json, side, '', '', ''}
end

local function readStored(m, id)
  local t = call('HMGET', S, 'turn:' .. id, 'side:' .. id)
  return stored(m, id, t[1], t[2])
end

local function expire(key, at)
  if at == '' then call('PERSIST', key) else call('PEXPIREAT', key, int(tonumber(at) + GRACE)) end
end

${KEEP_IMAGES}
-- All keys of a session have one end, renewed together.
local function expireSession(m, now, images)
  expire(S, m.expiresAt)
  expire(P, m.expiresAt)
  if m.hides ~= '' then expire(H, m.expiresAt) end
  keepImages(m, now, images or {})
end

local function score(m) return int(tonumber(m.updatedAt) + (m.pinned == '1' and PINNED or 0)) end

local function addToIndex(m, session)
  local entry = session .. '!' .. m.assistant
  local ends = m.expiresAt == '' and '-inf' or int(-tonumber(m.expiresAt))
  call('ZADD', I, score(m), 'u' .. entry, ends, 'x' .. entry)
end

-- The index lives as long as its longest session. 'ttl' is its own before the session was added, if that is new.
local function expireIndex(m, ttl)
  if m.expiresAt == '' then call('PERSIST', I)
  elseif ttl == -2 then call('PEXPIREAT', I, int(tonumber(m.expiresAt) + GRACE))
  else call('PEXPIREAT', I, int(tonumber(m.expiresAt) + GRACE), 'GT') end
end

local function onPath(m, id)
  local at = call('ZSCORE', P, id)
  if not at and m.hides ~= '' then at = call('ZSCORE', H, id) end
  return at and tonumber(at)
end

-- Cuts the shown path so that it ends before this depth.
local function trim(m, depth)
  call('ZREMRANGEBYSCORE', P, depth, '+inf')
  if m.hides ~= '' then call('ZREMRANGEBYSCORE', H, depth, '+inf') end
end

-- Makes the shown path the one from the root to this turn. Touches only what is below the fork with the present one.
local function show(m, leaf)
  local below, id, fork = {}, leaf, -1
  while id ~= ROOT do
    local at = onPath(m, id)
    if at then fork = at break end
    local t = parse(call('HGET', S, 'side:' .. id))
    t.id = id
    below[#below + 1] = t
    id = t.parent
  end
  trim(m, fork + 1)
  for i = #below, 1, -1 do
    local t = below[i]
    call('ZADD', t.deletedAt == '0' and P or H, t.depth, t.id)
    call('HSET', S, 'last:' .. t.parent, t.id)
  end
end

-- The path was lost and the turns were not (an eviction): never a session that opens empty.
local function heal(m, now)
  if m.head == '' or call('EXISTS', P, H) > 0 then return end
  show(m, m.head)
  expireSession(m, now)
end

-- Removes the text of turns whose delete can no longer be undone. Answers whether there were any.
local function blank(m, now)
  if m.trash == '' then return false end
  local keep, due = {}, {}
  for id, at in string.gmatch(m.trash, '(%S+)@(%d+)') do
    if tonumber(at) + UNDO <= tonumber(now) then due[#due + 1] = id else keep[#keep + 1] = id .. '@' .. at end
  end
  for _, id in ipairs(due) do
    local json = call('HGET', S, 'blank:' .. id)
    if json then
      call('HSET', S, 'turn:' .. id, json)
      call('HDEL', S, 'blank:' .. id, 'images:' .. id, 'userHash:' .. id)
    end
  end
  if #due == 0 then return false end
  m.trash = table.concat(keep, ' ')
  call('HSET', S, 'trash', m.trash)
  return true
end

-- Moves a key, or its absence.
local function move(from, to)
  if call('EXISTS', from) == 1 then call('RENAME', from, to) else call('DEL', to) end
end

-- Takes the session's keys away under a number of their own. Answers that number and until when it can be undone.
local function setAside(m, now)
  local n = int((tonumber(m.asides) or 0) + 1)
  local till = int(tonumber(now) + UNDO)
  local keys = {S, P, H}
  if hasImages(m) then
    for _, id in ipairs(call('SMEMBERS', IMAGES)) do claim(id, till, now) end
    keys[4] = IMAGES
  end
  for _, key in ipairs(keys) do
    move(key, key .. ':aside:' .. n)
    expire(key .. ':aside:' .. n, till)
  end
  return n, till
end
`;
