import { defineScript } from '../script';

/**
 * `Store.write`. `json` '' = renew only; `status` is the turn's; `preview` '' = as it was; `ifExpired` '1' or ''.
 * Answers `{'held', stop}` or `{'refused', stored or {}}`. A save or a renewal is three commands, this call counted.
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
  local standing = readStored(m, turn)
  -- The answer to this very write was lost on its way, and it was made again: what stands there is what it wrote.
  local over = m.active ~= turn and parse(side).deletedAt == '0'
  if over and json ~= '' and standing[1] == json then return {'held', ''} end
  return {'refused', standing}
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
