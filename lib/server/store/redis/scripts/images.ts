import { defineScript } from '../script';

/**
 * KEYS: the image's hash. Returns '1' if all its `chars` are stored, and keeps it until `hold` at least; '0' if it is
 * missing or incomplete.
 */
export const HOLD_IMAGE = defineScript(
  ['chars', 'hold', 'now'],
  `
local pieces = call('HGET', S, 'pieces')
if not pieces then return '0' end
local there = 0
for n = 0, tonumber(pieces) - 1 do there = there + call('STRLEN', S .. ':' .. n) end
if there ~= tonumber(chars) then return '0' end
local image = readImage(S, now)
image.hold = latest(image.hold, hold)
writeImage(S, image, now)
return '1'
`,
);

/** KEYS: the image's hash. Makes an image of the stored pieces, kept until `hold` at least. Returns '1'. */
export const FINISH_IMAGE = defineScript(
  ['type', 'width', 'height', 'chars', 'pieces', 'hold', 'now'],
  `
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
