import { DAY_MS, GUEST_MEMORY_MS } from '../limits';

/**
 * The part of the prelude that counts what guests, addresses and the server use (ADR 0012).
 *
 * `confab:{owner}:limits` is one string of `name=value` pairs, so that a turn reads and writes it with one command each:
 *
 *     turns, images      when each rate is at rest again, in microseconds (see `takeFrom` in `limits.ts`)
 *     live               the sessions with a live turn
 *     day, tokens, cost  what the turns that ended on that day used
 *     seen               when the guest last took a turn or an upload
 *     b<hour>, bnever    bytes that are stored until that hour since the epoch, or for ever
 *
 * Redis removes expired keys without running a script, so storage is summed by the time at which it expires. A session and
 * an image have a field `charged`, `<bytes>@<b...>`: what they have added to which sum.
 */
export const GUEST_LIMITS = `
local HOUR, DAY, GUEST_MEMORY = 3600000, ${DAY_MS}, ${GUEST_MEMORY_MS}
local OWNER = string.match(KEYS[1], '^(.-{[^}]*}:)') or ''
local STATE = OWNER .. 'limits'

local function pairsOf(list)
  local out = {}
  for name, value in string.gmatch(list or '', '(%S-)=(%S*)') do out[name] = value end
  return out
end

local function today(now) return int(math.floor(tonumber(now) / DAY)) end
local function untilNextDay(now) return DAY - tonumber(now) % DAY end

-- One step of GCRA: 'takeFrom' of 'limits.ts'. Returns the value to store, or nil and how long to wait.
local function takeRate(rate, nextAt, now)
  local count, period = string.match(rate, '^(%d+)/(%d+)$')
  period = tonumber(period) * 1000
  local step, at = math.floor(period / tonumber(count)), tonumber(now) * 1000
  local from = math.max(tonumber(nextAt or '') or 0, at)
  local wait = from + step - period - at
  if wait > 0 then return nil, math.ceil(wait / 1000) end
  return int(from + step)
end

local stateIsRead = false
local function readState()
  stateIsRead = true
  return pairsOf(call('GET', STATE) or '')
end

local function writeState(state, now)
  local parts, last = {}, tonumber(now) + GUEST_MEMORY
  for name, value in pairs(state) do
    local ends = tonumber(string.match(name, '^b(%d+)$') or '')
    local isOver = (ends and ends * HOUR <= tonumber(now)) or (string.sub(name, 1, 1) == 'b' and value == '0')
    if not isOver then
      parts[#parts + 1] = name .. '=' .. value
      if ends then last = math.max(last, (ends + 1) * HOUR) end
    end
  end
  local list = table.concat(parts, ' ')
  if (tonumber(state.bnever or '') or 0) > 0 then call('SET', STATE, list)
  else call('SET', STATE, list, 'PX', int(last - tonumber(now))) end
end

local function isNewGuest(state, now)
  return not state.seen or tonumber(state.seen) + GUEST_MEMORY <= tonumber(now)
end

local function storedBytes(state, now)
  local sum = tonumber(state.bnever or '') or 0
  for name, value in pairs(state) do
    local ends = tonumber(string.match(name, '^b(%d+)$') or '')
    if ends and ends * HOUR > tonumber(now) then sum = sum + tonumber(value) end
  end
  return sum
end

local function chargedBytes(charged) return tonumber(string.match(charged, '^(%d+)@') or '') or 0 end

-- By the hour for two days, then by the day, so that there are never many. 'ends': '' = never.
local function bucketOf(ends, now)
  if ends == '' or ends == 'never' then return 'bnever' end
  local size = tonumber(ends) - tonumber(now) > 2 * DAY and DAY or HOUR
  return 'b' .. int(math.ceil(tonumber(ends) / size) * size / HOUR)
end

-- Replaces what was charged. Returns what is charged now.
local function charge(state, charged, bytes, ends, now)
  local before = string.match(charged, '@(%S+)$')
  if before then state[before] = int(math.max(0, (tonumber(state[before] or '') or 0) - chargedBytes(charged))) end
  local bucket = bucketOf(ends, now)
  state[bucket] = int((tonumber(state[bucket] or '') or 0) + bytes)
  return int(bytes) .. '@' .. bucket
end

-- Moves what a session or an image has charged to another end.
local function moveCharge(key, charged, ends, now)
  if charged == '' or string.match(charged, '@(%S+)$') == bucketOf(ends, now) then return charged end
  local state = readState()
  charged = charge(state, charged, chargedBytes(charged), ends, now)
  call('HSET', key, 'charged', charged)
  writeState(state, now)
  return charged
end

-- The other sessions that have a live turn. Those whose producer died are found only when they are in the way.
local function liveSessions(state, session, most, now)
  local ids, running = {}, {}
  for id in string.gmatch(state.live or '', '[^,]+') do
    if id ~= session then ids[#ids + 1] = id end
  end
  if not most or #ids < most then return ids end
  for _, id in ipairs(ids) do
    local lease = call('HMGET', OWNER .. 'session:' .. id, 'active', 'leaseEnd')
    if lease[1] and lease[1] ~= '' and tonumber(lease[2]) > tonumber(now) then running[#running + 1] = id end
  end
  return running
end

local function isPaused(limits, switch) return limits.pause and call('EXISTS', switch) == 1 end

-- Returns the limit that is used up and how long to wait ('' = time alone does not help), or changes 'state'.
local function takeTurn(limits, state, session, bytes, now)
  local isToday = state.day == today(now)
  local function isUsed(name, most)
    return most and (isToday and tonumber(state[name] or '') or 0) >= tonumber(most)
  end
  if limits.storage and storedBytes(state, now) + bytes > tonumber(limits.storage) then return 'storage', '' end
  if isUsed('tokens', limits.tokens) then return 'tokens', untilNextDay(now) end
  if isUsed('cost', limits.cost) then return 'cost', untilNextDay(now) end
  if limits.replies then
    local ids = liveSessions(state, session, tonumber(limits.replies), now)
    if #ids >= tonumber(limits.replies) then return 'replies', '' end
    ids[#ids + 1] = session
    state.live = table.concat(ids, ',')
  end
  if limits.turns then
    local nextAt, wait = takeRate(limits.turns, state.turns, now)
    if not nextAt then return 'turns', wait end
    state.turns = nextAt
  end
end

local function takeUpload(limits, state, bytes, now)
  if limits.storage and storedBytes(state, now) + bytes > tonumber(limits.storage) then return 'storage', '' end
  if limits.images then
    local nextAt, wait = takeRate(limits.images, state.images, now)
    if not nextAt then return 'images', wait end
    state.images = nextAt
  end
end

-- The same for limits of an address and of the server. Returns nil, nil and what writes the take.
local function takeShared(limits, isTurn, address, day, isNew, now)
  if isTurn and (limits.serverTokens or limits.serverCost) then
    local used = call('HMGET', day, 'tokens', 'cost')
    if limits.serverTokens and tonumber(used[1] or 0) >= tonumber(limits.serverTokens) then
      return 'server_tokens', untilNextDay(now)
    end
    if limits.serverCost and tonumber(used[2] or 0) >= tonumber(limits.serverCost) then
      return 'server_cost', untilNextDay(now)
    end
  end
  local takesTurn, takesGuest = isTurn and limits.address, isNew and limits.newGuests
  if not takesTurn and not takesGuest then return nil, nil, function() end end
  local turns, guests = string.match(call('GET', address) or '', '^(%d+) (%d+)$')
  local wait
  if takesTurn then
    turns, wait = takeRate(limits.address, turns, now)
    if wait then return 'address', wait end
  end
  if takesGuest then
    guests, wait = takeRate(limits.newGuests, guests, now)
    if wait then return 'new_guests', wait end
  end
  return nil, nil, function()
    local rest = math.max(tonumber(turns or '') or 0, tonumber(guests or '') or 0) / 1000 - tonumber(now)
    call('SET', address, (turns or '0') .. ' ' .. (guests or '0'), 'PX', int(rest + 60000))
  end
end

-- Adds what a finished turn used to the guest's day.
local function addUse(state, tokens, cost, now)
  if state.day ~= today(now) then state.day, state.tokens, state.cost = today(now), '0', '0' end
  state.tokens = int(tonumber(state.tokens) + tonumber(tokens))
  state.cost = string.format('%.9f', tonumber(state.cost) + tonumber(cost))
end

local function addToDay(key, name, value, ttl)
  if tonumber(value) == 0 then return end
  if call('HINCRBYFLOAT', key, name, value) == value then call('PEXPIRE', key, ttl) end
end

`;
