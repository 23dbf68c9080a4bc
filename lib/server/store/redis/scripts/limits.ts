import { defineScript } from '../script';

/**
 * Takes a turn or an upload from the limits of an address and of the server, on a Cluster, where their keys are on another
 * node than the guest's. KEYS: the address, the server's day, the stop switch, the guest, and the turn or nothing. A turn is taken once,
 * however often its begin is repeated. Returns `{'taken'}` or `{'limited', limit, wait}`.
 */
export const TAKE_SHARED = defineScript(
  ['limits', 'isTurn', 'turnMemory', 'now'],
  `
local guest, turn = KEYS[4], KEYS[5]
if turn and call('EXISTS', turn) == 1 then return {'taken'} end
local l = pairsOf(limits)
if isPaused(l, KEYS[3]) then return {'limited', 'paused', ''} end
local isNew = l.newGuests and call('EXISTS', guest) == 0
local limit, wait, take = takeShared(l, isTurn == '1', KEYS[1], KEYS[2], isNew, now)
if limit then return {'limited', limit, wait} end
take()
if turn then call('SET', turn, '1', 'PX', turnMemory) end
if l.newGuests then call('SET', guest, '1', 'PX', GUEST_MEMORY) end
return {'taken'}
`,
);

/**
 * `Store.takeRates`. KEYS: those of the rates. `rates`: `count/period` of each. Returns '1' if it took them, and how long
 * to wait.
 */
export const TAKE_RATES = defineScript(
  ['rates', 'now'],
  `
local all, wait = {}, 0
for rate in string.gmatch(rates, '%S+') do
  local nextAt, early = takeRate(rate, call('GET', KEYS[#all + 1]) or '', now)
  wait = math.max(wait, early or 0)
  all[#all + 1] = { rate = rate, nextAt = nextAt }
end
if wait > 0 then return {'0', int(wait)} end
for i, take in ipairs(all) do
  call('SET', KEYS[i], take.nextAt, 'PX', int(tonumber(take.nextAt) / 1000 - tonumber(now) + 60000))
  local _, early = takeRate(take.rate, take.nextAt, now)
  wait = math.max(wait, early or 0)
end
return {'1', int(wait)}
`,
);

/** `Store.giveBackRates`. KEYS and `rates` as above. */
export const GIVE_BACK_RATES = defineScript(
  ['rates', 'now'],
  `
local i, at = 0, tonumber(now) * 1000
for count, period in string.gmatch(rates, '(%d+)/(%d+)') do
  i = i + 1
  local step = math.floor(tonumber(period) * 1000 / tonumber(count))
  local nextAt = (tonumber(call('GET', KEYS[i]) or '') or 0) - step
  if nextAt > at then call('SET', KEYS[i], int(nextAt), 'PX', int((nextAt - at) / 1000 + 60000))
  else call('DEL', KEYS[i]) end
end
return 1
`,
);

/** `Store.addToDay`. KEYS: the day's key. `add`: pairs of an encoded name and a number. */
export const ADD_TO_DAY = defineScript(
  ['add', 'ttl'],
  `
for name, value in pairs(pairsOf(add)) do addToDay(KEYS[1], name, value, ttl) end
return 1
`,
);

/** `Store.dayCounts`. KEYS: those of the days. Returns `{{name, value, ...}, ...}`. */
export const DAY_COUNTS = defineScript(
  [],
  `
local out = {}
for i, key in ipairs(KEYS) do out[i] = call('HGETALL', key) end
return out
`,
);
