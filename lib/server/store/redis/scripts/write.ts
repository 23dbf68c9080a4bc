import { defineScript } from '../script';

/**
 * `Store.write`. `json`: '' = renew only. `status`: the turn's. `preview`: '' leaves it as it is. `ifExpired`: '1' or ''.
 * `tokens`, `cost`: what a terminal turn used, or ''. KEYS: those of the session; on a single server also the server's day.
 * Returns `{'held', stop, '1' if it was written before}` or `{'refused', stored or {}}`. A save or a renewal costs three commands, counting this call.
 */
export const WRITE = defineScript(
  [
    'session',
    'turn',
    'token',
    'json',
    'status',
    'preview',
    'leaseEnd',
    'ifExpired',
    'tokens',
    'cost',
    'dayTtl',
    'now',
  ],
  `
local m, x = read(S, {'side:' .. turn})
if not live(m, now) then return {'refused', {}} end
local side = x[1]
local held = m.active == turn and m.token == token
if held and ifExpired ~= '' then held = tonumber(m.leaseEnd) <= tonumber(now) end
if not held then
  if not side then return {'refused', {}} end
  blank(m, now)
  local current = readStored(m, turn)
  -- The same write again, because its answer was lost: what is stored is what it wrote.
  local isTerminal = m.active ~= turn and parse(side).deletedAt == '0'
  if isTerminal and json ~= '' and current[1] == json then return {'held', '', '1'} end
  return {'refused', current}
end

if json == '' or status == 'streaming' then
  local fields = {'leaseEnd', leaseEnd}
  if json ~= '' then fields = {'leaseEnd', leaseEnd, 'turn:' .. turn, json} end
  call('HSET', S, unpack(fields))
  return {'held', m.stop}
end

local t = parse(side)
t.status = status
m.updatedAt = now
addToIndex(m, session)
if m.limited ~= '' then
  local state = readState()
  state.live = table.concat(liveSessions(state, session, nil, now), ',')
  if m.charged ~= '' then
    m.charged = charge(state, m.charged, chargedBytes(m.charged) + #json, m.expiresAt, now)
  end
  if tokens ~= '' then addUse(state, tokens, cost, now) end
  writeState(state, now)
end
if tokens ~= '' and KEYS[5] then
  addToDay(KEYS[5], 'tokens', tokens, dayTtl)
  addToDay(KEYS[5], 'cost', cost, dayTtl)
end
call('HSET', S, 'turn:' .. turn, json, 'side:' .. turn, sideOf(t),
  'active', '', 'token', '', 'leaseEnd', '', 'stop', '',
  'headStatus', status, 'updatedAt', now, 'charged', m.charged, 'preview', preview == '' and m.preview or preview)
return {'held', m.stop}
`,
);
