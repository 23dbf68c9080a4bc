import { defineScript } from '../script';

/**
 * KEYS: the image's own. Answers '1' if all its `chars` are there; it is then kept until `till` at least ('' = for
 * ever). '0': it is not there, or not whole.
 */
export const KEEP_IMAGE = defineScript(
  ['chars', 'till'],
  `
local pieces = call('HGET', S, 'pieces')
if not pieces then return '0' end
local there = 0
for n = 0, tonumber(pieces) - 1 do there = there + call('STRLEN', S .. ':' .. n) end
if there ~= tonumber(chars) then return '0' end
keepImage(S, till)
return '1'
`,
);

/** KEYS: the image's own. Its pieces are there: from here on it is an image, kept until `till` at least. */
export const SHOW_IMAGE = defineScript(
  ['type', 'width', 'height', 'chars', 'pieces', 'till'],
  `
local before = call('HGET', S, 'end')
if before == '' then till = '' end
if before and till ~= '' then till = int(math.max(tonumber(before), tonumber(till))) end
call('HSET', S, 'v', '1', 'type', type, 'width', width, 'height', height,
  'chars', chars, 'pieces', pieces, 'end', '0')
keepImage(S, till)
return '1'
`,
);
