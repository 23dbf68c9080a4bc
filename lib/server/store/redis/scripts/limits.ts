import { defineScript } from '../script';

/**
 * Takes a turn or an upload from the limits of an address and of the server, on a Cluster, where their keys are on another
 * node than the guest's. KEYS: the address, the server's day, the guest, and the turn or nothing. A turn is taken once,
 * however often its begin is repeated. Returns `{'taken'}` or `{'limited', limit, wait}`.
 */
export const TAKE_SHARED = defineScript(
  ['limits', 'isTurn', 'turnMemory', 'now'],
  `
local guest, turn = KEYS[3], KEYS[4]
if turn and call('EXISTS', turn) == 1 then return {'taken'} end
local l = pairsOf(limits)
local isNew = l.newGuests and call('EXISTS', guest) == 0
local limit, wait, take = takeShared(l, isTurn == '1', KEYS[1], KEYS[2], isNew, now)
if limit then return {'limited', limit, wait} end
take()
if turn then call('SET', turn, '1', 'PX', turnMemory) end
if l.newGuests then call('SET', guest, '1', 'PX', GUEST_MEMORY) end
return {'taken'}
`,
);

/** `Store.takeRate`. KEYS: the rate's key. Returns '' or how long to wait. */
export const TAKE_RATE = defineScript(
  ['rate', 'now'],
  `
local nextAt, wait = takeRate(rate, call('GET', KEYS[1]) or '', now)
if wait then return int(wait) end
call('SET', KEYS[1], nextAt, 'PX', int(tonumber(nextAt) / 1000 - tonumber(now) + 60000))
return ''
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
