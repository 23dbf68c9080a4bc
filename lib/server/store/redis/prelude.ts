import { ROOT } from '../encode-id';
import { UNDO_MS } from '../store';
import { GUEST_LIMITS } from './guest-limits';
import { IMAGE_CLAIMS } from './image-claims';
import { META } from './meta';

/** How much later than its record a key expires. The clocks of instances differ by less, and until then fields decide. */
const GRACE_MS = 60_000;

/**
 * The Lua code that all scripts share, put in front of each. `keys.ts` describes the keys, `meta.ts` the fields of a
 * session.
 *
 * Short names: `S` is the session's hash, `P` its shown path, `H` the hidden turns of that path, `I` the owner's index;
 * `m` holds the fields of a session, `x` the values of further fields of its hash.
 *
 * The fields of a turn in its session's hash:
 *
 *     turn:<id>      its JSON. Lua never decodes or writes JSON, because cjson turns [] into {} (decision 5).
 *     side:<id>      "status depth parent deletedAt". Where the JSON differs, this holds.
 *     kids:<id>      its children, in the order of arrival
 *     last:<id>      the child that was last shown
 *     blank:<id>     of a deleted turn: the JSON without its text, which replaces the turn when the undo has run out
 *     userHash:<id>  a hash of its user message (turns of the first release have none)
 *
 * For the images of turns see `image-claims.ts`.
 *
 * The index holds each session twice: `u<session>!<assistant>` is scored by its last change (pinned ones above all
 * others), and `x<session>!<assistant>` by its expiry, negated. One command writes both. The expiries tell which sessions
 * to drop, so that the total is the size of the set.
 *
 * A script reads everything before it writes, and writes the index first: a key of a wrong type then fails
 * the script before it has changed anything. `checkKeys` covers keys that it only writes. A test damages each
 * key in turn (`all-or-nothing.test.ts`).
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

-- In one command: the session's META fields (nil if there is no such session), and the values of more fields.
local function readAny(key, more)
  local names = {unpack(META)}
  for _, name in ipairs(more or {}) do names[#names + 1] = name end
  local values = hmget(key, names)
  if not values[1] then return nil, {} end
  local m, rest = {}, {}
  for i, name in ipairs(META) do m[name] = values[i] or '' end
  for i = #META + 1, #values do rest[#rest + 1] = values[i] end
  return m, rest
end

-- As readAny, but fails if a newer release wrote the session: what this one would write could damage it.
local function read(key, more)
  local m, rest = readAny(key, more)
  if m and (tonumber(m.v) or 0) > 1 then error('CONFAB_NEWER a session was written by a newer version of Confab') end
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
  if not status then error('CONFAB a turn lacks its side field') end
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

${GUEST_LIMITS}
${IMAGE_CLAIMS}
-- Fails if a key that a write of this session needs is not of its type, or is not here, because a Cluster is moving it.
-- Called before the first write. 'added': images that are claimed. 'all': all of the session are.
local function checkKeys(m, added, all)
  if m.hides ~= '' then call('ZCARD', H) end
  local uses = hasImages(m) or #added > 0
  if not stateIsRead and (uses or m.charged ~= '') then call('STRLEN', STATE) end
  if not uses then return end
  local ids = {unpack(added)}
  if hasImages(m) and (all or not isClaimed(m)) then
    for _, id in ipairs(call('SMEMBERS', IMAGES)) do ids[#ids + 1] = id end
  else call('SCARD', IMAGES) end
  for _, id in ipairs(ids) do call('HEXISTS', OWNER .. 'image:' .. id, 'hold') end
end

-- Whether the device was signed out, or everything of its owner was deleted since its cookie was issued.
local function isRefused(revoked, deletedAt, issuedAt)
  return revoked or deletedAt and tonumber(deletedAt) >= tonumber(issuedAt)
end

local function isRevoked(device, issuedAt)
  local is = call('HMGET', OWNER .. 'devices', 'revoked:' .. device, 'deletedAt')
  return isRefused(is[1], is[2], issuedAt)
end

-- All keys of a session expire together.
local function expireSession(m, now, images)
  expire(S, m.expiresAt)
  expire(P, m.expiresAt)
  if m.hides ~= '' then expire(H, m.expiresAt) end
  m.charged = moveCharge(S, m.charged, m.expiresAt, now)
  keepImages(m, now, images or {})
end

local function score(m) return int(tonumber(m.updatedAt) + (m.pinned == '1' and PINNED or 0)) end

local function addToIndex(m, session)
  local entry = session .. '!' .. m.assistant
  local ends = m.expiresAt == '' and '-inf' or int(-tonumber(m.expiresAt))
  call('ZADD', I, score(m), 'u' .. entry, ends, 'x' .. entry)
end

-- The index expires with its longest session, whose expiry is the lowest score of all.
local function expireIndex(m)
  local lowest = m.expiresAt == '' and '-inf' or call('ZRANGE', I, 0, 0, 'WITHSCORES')[2]
  expire(I, lowest == '-inf' and '' or -tonumber(lowest))
end

local function onPath(m, id)
  local at = call('ZSCORE', P, id)
  if not at and m.hides ~= '' then at = call('ZSCORE', H, id) end
  return at and tonumber(at)
end

-- Removes the turns at this depth and below from the shown path.
local function trim(m, depth)
  call('ZREMRANGEBYSCORE', P, depth, '+inf')
  if m.hides ~= '' then call('ZREMRANGEBYSCORE', H, depth, '+inf') end
end

-- Makes the path from the root to this turn the shown one. Changes only what is below the fork with the current one.
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

-- Rebuilds the shown path if Redis evicted it but not the turns, so that the session does not open empty.
local function heal(m, now)
  if m.head == '' or call('EXISTS', P, H) > 0 then return end
  show(m, m.head)
  expireSession(m, now)
end

-- Removes the text of turns whose delete can no longer be undone. Returns whether there were any.
local function blank(m, now)
  if m.trash == '' then return false end
  local keep, due, freed = {}, {}, 0
  for id, at in string.gmatch(m.trash, '(%S+)@(%d+)') do
    if tonumber(at) + UNDO <= tonumber(now) then due[#due + 1] = id else keep[#keep + 1] = id .. '@' .. at end
  end
  if #due == 0 then return false end
  call('ZCARD', P)
  call('ZCARD', H)
  local state = m.charged ~= '' and readState()
  for _, id in ipairs(due) do
    local json = call('HGET', S, 'blank:' .. id)
    if json then
      if m.charged ~= '' then freed = freed + call('HSTRLEN', S, 'turn:' .. id) - #json end
      call('HSET', S, 'turn:' .. id, json)
      call('HDEL', S, 'blank:' .. id, 'images:' .. id, 'userHash:' .. id)
    end
  end
  if freed > 0 then
    local bytes = math.max(0, chargedBytes(m.charged) - freed)
    m.charged = charge(state, m.charged, bytes, m.expiresAt, now)
    call('HSET', S, 'charged', m.charged)
    writeState(state, now)
  end
  m.trash = table.concat(keep, ' ')
  call('HSET', S, 'trash', m.trash)
  return true
end

-- Renames a key; if there is none, deletes the target.
local function move(from, to)
  if call('EXISTS', from) == 1 then call('RENAME', from, to) else call('DEL', to) end
end

-- Makes an undo snapshot of the session's keys. Returns its epoch and until when it can be restored.
local function makeSnapshot(m, now)
  local n = int((tonumber(m.asides) or 0) + 1)
  local till = int(tonumber(now) + UNDO)
  local keys = {S, P, H}
  m.charged = moveCharge(S, m.charged, till, now)
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
