import { defineScript } from '../script';

/**
 * KEYS: the image's own. Answers '1' if all its `chars` are there; it is then kept until `hold` at least. '0': it is
 * not there, or not whole.
 */
export const KEEP_IMAGE = defineScript(
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

/** KEYS: the image's own. Its pieces are there: from here on it is an image, kept until `hold` at least. */
export const SHOW_IMAGE = defineScript(
  ['type', 'width', 'height', 'chars', 'pieces', 'hold', 'now'],
  `
local image = readImage(S, now)
image.hold, image.pieces, image['end'] = latest(image.hold, hold), pieces, nil
call('HSET', S, 'v', '1', 'type', type, 'width', width, 'height', height, 'chars', chars, 'pieces', pieces)
writeImage(S, image, now)
return '1'
`,
);

/** KEYS: the image's own, of the first release: gives it the end that it has by the sessions that use it. */
export const END_IMAGE = defineScript(
  ['now'],
  `
writeImage(S, readImage(S, now), now)
return '1'
`,
);
