import { defineScript } from '../script';

/**
 * `Store.write`. `json`: '' = renew only. `status`: the turn's. `preview`: '' leaves it as it is. `ifExpired`: '1' or ''.
 * Returns `{'held', stop}` or `{'refused', stored or {}}`. A save or a renewal costs three commands, counting this call.
 */
export const WRITE = defineScript(
  ['session', 'turn', 'token', 'json', 'status', 'preview', 'leaseEnd', 'ifExpired', 'now'],
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
  if isTerminal and json ~= '' and current[1] == json then return {'held', ''} end
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
call('HSET', S, 'turn:' .. turn, json, 'side:' .. turn, sideOf(t),
  'active', '', 'token', '', 'leaseEnd', '', 'stop', '',
  'headStatus', status, 'updatedAt', now, 'preview', preview == '' and m.preview or preview)
return {'held', m.stop}
`,
);
