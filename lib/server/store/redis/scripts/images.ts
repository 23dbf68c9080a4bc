import { defineScript } from '../script';

/**
 * KEYS: the image's hash; on a single server with limits also the address. Returns `{'stored'}` if all its `chars` are
 * stored, and keeps it until `hold` at least. If it is missing or incomplete, takes it from `limits` ('' = none), counts its
 * `bytes` until `unfinishedEnd` at least, and returns `{'missing'}` or `{'limited', limit, wait}`. `{'revoked'}` if the
 * device ('' = none) may not act for its owner.
 */
export const HOLD_IMAGE = defineScript(
  ['chars', 'hold', 'limits', 'bytes', 'unfinishedEnd', 'device', 'issuedAt', 'now'],
  `
if device ~= '' and isRevoked(device, issuedAt) then return {'revoked'} end
local pieces, there = call('HGET', S, 'pieces'), 0
for n = 0, (tonumber(pieces or '') or 0) - 1 do there = there + call('STRLEN', S .. ':' .. n) end
if not pieces or there ~= tonumber(chars) then
  if limits == '' then return {'missing'} end
  local l, state = pairsOf(limits), readState()
  local limit, wait = takeUpload(l, state, tonumber(bytes), now)
  local takeFromShared
  if not limit then
    limit, wait, takeFromShared = takeShared(l, false, KEYS[2], nil, isNewGuest(state, now), now)
  end
  if limit then return {'limited', limit, wait} end
  takeFromShared()
  state.seen = now
  if l.storage then
    call('HSET', S, 'charged', charge(state, call('HGET', S, 'charged') or '', tonumber(bytes), unfinishedEnd, now))
    if not pieces then expire(S, unfinishedEnd) end
  end
  writeState(state, now)
  return {'missing'}
end
local image = readImage(S, now)
image.hold = latest(image.hold, hold)
writeImage(S, image, now)
return {'stored'}
`,
);

/**
 * KEYS: the image's hash. Makes an image of the stored pieces, kept until `hold` at least. Returns '1', or '0' if the device
 * was signed out while they were stored; then they are removed.
 */
export const FINISH_IMAGE = defineScript(
  ['type', 'width', 'height', 'chars', 'pieces', 'hold', 'device', 'issuedAt', 'now'],
  `
if device ~= '' and isRevoked(device, issuedAt) then
  for n = 0, tonumber(pieces) - 1 do call('UNLINK', S .. ':' .. n) end
  if call('HEXISTS', S, 'pieces') == 0 then call('UNLINK', S) end
  return '0'
end
local image = readImage(S, now)
image.hold, image.pieces, image['end'] = latest(image.hold, hold), pieces, nil
call('HSET', S, 'v', '1', 'type', type, 'width', width, 'height', height, 'chars', chars, 'pieces', pieces)
writeImage(S, image, now)
return '1'
`,
);

/** KEYS: the hash of an image that the first release stored. Gives it the claims of the sessions that use it. */
export const ADOPT_IMAGE = defineScript(
  ['now'],
  `
writeImage(S, readImage(S, now), now)
return '1'
`,
);
