import { DEVICE_MS } from '../../store';
import { defineScript } from '../script';

/**
 * KEYS: the devices of the owner that is joined to another. Refuses its cookies from now on. `device`: '' = none. Returns
 * '1', or '0' if the device may not act for the owner, unless the same join has begun.
 */
export const BEGIN_JOIN = defineScript(
  ['device', 'issuedAt', 'to', 'now'],
  `
if device ~= '' and call('HGET', S, 'joiningTo') ~= to and isRevoked(device, issuedAt) then return '0' end
call('HSET', S, 'deletedAt', now, 'joiningTo', to)
call('PEXPIREAT', S, int(tonumber(now) + ${DEVICE_MS} + GRACE))
return '1'
`,
);

/** Adds what was charged to the old owner to the sums of the new one. */
const TAKE_CHARGE = `
local function takeCharge(state, charged)
  local bytes, bucket = string.match(charged or '', '^(%d+)@(%S+)$')
  if bytes then state[bucket] = int((tonumber(state[bucket] or '') or 0) + tonumber(bytes)) end
end`;

/**
 * Gives a session, whose keys have been copied to `copy` and the same suffixes, to its new owner: under its own id, or
 * under `other` if that is taken. KEYS: `RedisKeys.session` of the new owner, then the hash of what was joined before (by
 * `source`: the new id), so that a join which is made again does not give it twice. Returns the new id.
 */
export const ADOPT_SESSION = defineScript(
  ['session', 'other', 'source', 'copy', 'copied', 'now'],
  `${TAKE_CHARGE}
local joined = KEYS[5]
local before = call('HGET', joined, source)
if before then
  for suffix in string.gmatch(copied, '%S+') do call('DEL', copy .. suffix) end
  return before
end
local id = session
local base = OWNER .. 'session:'
if call('EXISTS', base .. id) == 1 then id = other end
call('HSET', joined, source, id)
call('PEXPIREAT', joined, int(tonumber(now) + 86400000))
local state = readState()
local m = read(copy .. 'session:' .. session)
if live(m, now) then
  addToIndex(m, id)
  expireIndex(m)
end
for suffix in string.gmatch(copied, '%S+') do
  local kind, rest = string.match(suffix, '^(%a+):[^:]+(.*)$')
  local key = OWNER .. kind .. ':' .. id .. rest
  call('RENAME', copy .. suffix, key)
  if kind == 'session' and (rest == '' or string.match(rest, '^:aside:%d+$')) then
    takeCharge(state, call('HGET', key, 'charged'))
  end
end
writeState(state, now)
return id
`,
);

/**
 * Adds what an owner's image is needed for to the image of the new owner, whose pieces are there. KEYS: the image's hash.
 * `claims`: sessions of the new owner and until when they need it. Returns '1'.
 */
export const ADOPT_CLAIMS = defineScript(
  ['type', 'width', 'height', 'chars', 'pieces', 'hold', 'claims', 'charged', 'now'],
  `${TAKE_CHARGE}
local image = readImage(S, now)
image.hold = latest(image.hold, hold)
for session, till in string.gmatch(claims, '(%S+)=(%S+)') do
  image['claim:' .. session] = latest(image['claim:' .. session] or '0', till)
end
if not image.charged and charged ~= '' then
  local state = readState()
  takeCharge(state, charged)
  writeState(state, now)
  image.charged = charged
  call('HSET', S, 'charged', charged)
end
image.pieces, image['end'] = pieces, nil
call('HSET', S, 'v', '1', 'type', type, 'width', width, 'height', height, 'chars', chars, 'pieces', pieces)
writeImage(S, image, now)
return '1'
`,
);
