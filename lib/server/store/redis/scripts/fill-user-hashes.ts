import { defineScript } from '../script';

/** Stores the hashes of turns that have none. `hashes`: `id hash id hash …`. */
export const FILL_USER_HASHES = defineScript(
  ['hashes', 'now'],
  `
local m = read(S)
if not live(m, now) then return 0 end
for id, hash in string.gmatch(hashes, '(%S+) (%S+)') do
  local side = call('HGET', S, 'side:' .. id)
  if side and parse(side).deletedAt == '0' then call('HSET', S, 'userHash:' .. id, hash) end
end
return 1
`,
);
