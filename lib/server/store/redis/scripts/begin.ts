import { defineScript } from '../script';

/**
 * `Store.begin`. `parent`: '' = the head, '.' = a new root, otherwise a turn. `lastTurn`: '' = any. `ttl`: '' = forever. `images`: ids,
 * separated by spaces. `limits`: see `prepareLimits`; '' = none. `device`: '' = none. KEYS: those of the session; on a single server with limits
 * also the address, the server's day and the stop switch. Returns
 * `{'begun', meta, json ('' = as sent), parent, depth, pathTotal, {json, side, ...}}` with the path newest first,
 * `{'exists', stored}`, `{'busy', stored, expired}`, `{'wrong_assistant', assistant}`,
 * `{'unknown_parent'}`, `{'gone'}`, `{'revoked'}` or `{'limited', limit, wait}`.
 */
export const BEGIN = defineScript(
  [
    'session',
    'turn',
    'json',
    'userHash',
    'parent',
    'lastTurn',
    'assistant',
    'token',
    'leaseEnd',
    'title',
    'preview',
    'ttl',
    'count',
    'images',
    'limits',
    'now',
    'device',
    'issuedAt',
  ],
  `
if device ~= '' and isRevoked(device, issuedAt) then return {'revoked'} end
count = tonumber(count)
local asked = parent == '' and ROOT or parent
local m, x = read(S, {'turn:' .. turn, 'side:' .. turn, 'side:' .. asked, 'kids:' .. asked, 'side:' .. lastTurn})
local fresh = not live(m, now)
local had = m and m.gone == '' and hasImages(m) -- a removed session keeps its images for the undo

local function above(depth)
  return call('ZREVRANGEBYSCORE', P, depth - 1, '-inf', 'LIMIT', 0, math.max(count, 1))
end

local function begun(json, parent, depth, total, ids)
  local names = {}
  for i = 1, math.min(count, #ids) do
    names[#names + 1] = 'turn:' .. ids[i]
    names[#names + 1] = 'side:' .. ids[i]
  end
  return {'begun', meta(m), json, parent, int(depth), total, hmget(S, names)}
end

if not fresh then
  if m.assistant ~= assistant then return {'wrong_assistant', m.assistant} end
  if blank(m, now) and x[2] then x[1] = call('HGET', S, 'turn:' .. turn) end
  if x[2] then
    if m.active ~= turn or m.token ~= token then return {'exists', stored(m, turn, x[1], x[2])} end
    -- The same call again, because its answer was lost.
    local t = parse(x[2])
    return begun(x[1], t.parent, t.depth, call('ZCOUNT', P, '-inf', t.depth - 1), above(t.depth))
  end
end

-- A late retry of a send whose turn was cleared or removed finds that turn, and is not sent twice.
if m and not expired(m, now) then
  local n, till = m.aside, m.asideUntil
  while n ~= '' and tonumber(till) + GRACE > tonumber(now) do
    local a = call('HMGET', S .. ':aside:' .. n, 'aside', 'asideUntil', 'turn:' .. turn, 'side:' .. turn)
    if a[4] then return {'exists', {a[3], a[4], '', '', ''}} end
    n, till = a[1] or '', a[2] or '0'
  end
end

if lastTurn ~= '' and (fresh or not x[5]) then return {'gone'} end
if not fresh and m.active ~= '' then
  return {'busy', readStored(m, m.active), tonumber(m.leaseEnd) <= tonumber(now) and '1' or '0'}
end

local depth, kids = 0, ''
if parent == '' then
  parent = not fresh and m.head ~= '' and m.head or ROOT
  if parent ~= ROOT then depth = tonumber(m.headDepth) + 1 end -- a head has no children
elseif parent == ROOT then
  kids = not fresh and x[4] or ''
else
  if fresh or not x[3] then return {'unknown_parent'} end
  depth, kids = parse(x[3]).depth + 1, x[4] or ''
end

local l, state, takeFromShared = pairsOf(limits), nil, nil
if limits ~= '' then
  if isPaused(l, KEYS[7]) then return {'limited', 'paused', ''} end
  state = readState()
  local limit, wait = takeTurn(l, state, session, #json, now)
  if not limit then
    limit, wait, takeFromShared = takeShared(l, true, KEYS[5], KEYS[6], isNewGuest(state, now), now)
  end
  if limit then return {'limited', limit, wait} end
  state.seen = now
end

if fresh then
  local before = m
  m = {}
  for _, name in ipairs(META) do m[name] = '' end
  if before and not expired(before, now) then
    m.aside, m.asideKind, m.asideUntil, m.asides = before.aside, before.asideKind, before.asideUntil, before.asides
  end
  m.v, m.assistant, m.title, m.createdAt, m.pinned, m.head = '1', assistant, title, now, '0', ''
elseif m.title == '""' then m.title = title end
local own = m.ttl ~= '' and m.ttl or ttl
m.expiresAt = (own == '' or own == 'never') and '' or int(tonumber(now) + tonumber(own))
m.updatedAt = now

m.limited = state and '1' or ''
if l.storage then
  local bytes = chargedBytes(m.charged)
  if not fresh and m.charged == '' then
    -- It was begun before storage was limited: once, all of it is counted.
    for _, value in ipairs(call('HVALS', S)) do bytes = bytes + #value end
  end
  m.charged = charge(state, m.charged, bytes, m.expiresAt, now)
end

local ids = depth > 0 and above(depth) or {}
-- Also true for a parent that is hidden on the path; then show() changes nothing.
local isOffPath = parent ~= m.head and ids[1] ~= parent
local added, uses = splitIds(images), {}
for _, id in ipairs(added) do
  local others = not fresh and call('HGET', S, 'uses:' .. id)
  uses[#uses + 1] = 'uses:' .. id
  uses[#uses + 1] = others and others .. ' ' .. turn or turn
end
if #added > 0 and not hasImages(m) then m.uses = '1' end
local lost = #ids == 0 and (m.hides == '' or call('EXISTS', P, H) == 0)
if not fresh and depth == 0 then call('ZCARD', P) end
checkKeys(m, added)
addToIndex(m, session)
if state then
  writeState(state, now)
  takeFromShared()
end
if fresh then
  call('DEL', S, P, H)
  if had then call('DEL', IMAGES) end
elseif depth > 0 and (isOffPath or lost) then
  show(m, parent)
  trim(m, depth)
  ids = above(depth)
elseif parent ~= m.head then
  trim(m, depth)
end
local total = m.hides ~= '' and call('ZCARD', P) or depth

call('ZADD', P, depth, turn)
m.lastTurnAt, m.preview, m.head, m.headDepth, m.headStatus = now, preview, turn, int(depth), 'streaming'
m.active, m.token, m.leaseEnd, m.stop = turn, token, leaseEnd, ''
local fields = metaFields(m)
for _, value in ipairs({
  'turn:' .. turn, json,
  'userHash:' .. turn, userHash,
  'side:' .. turn, 'streaming ' .. int(depth) .. ' ' .. parent .. ' 0',
  'kids:' .. parent, kids == '' and turn or kids .. ' ' .. turn,
  'last:' .. parent, turn,
}) do fields[#fields + 1] = value end
for _, value in ipairs(uses) do fields[#fields + 1] = value end
call('HSET', S, unpack(fields))
expireSession(m, now, added)
expireIndex(m)
return begun('', parent, depth, total, ids)
`,
);
