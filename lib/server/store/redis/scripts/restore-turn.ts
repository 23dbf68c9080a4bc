import { defineScript } from '../script';

/** `Store.restoreTurn`. Returns the stored turn, `{}` if there is none or its delete can no longer be undone. */
export const RESTORE_TURN = defineScript(
  ['turn', 'now'],
  `
local m, x = read(S, {'turn:' .. turn, 'side:' .. turn, 'images:' .. turn})
if not live(m, now) or not x[2] then return {} end
blank(m, now)
local t = parse(x[2])
if t.deletedAt == '0' then return stored(m, turn, x[1], x[2]) end
if tonumber(t.deletedAt) + UNDO <= tonumber(now) then return {} end

call('ZCARD', P)
checkKeys(m, splitIds(x[3]))
t.deletedAt = '0'
local keep = {}
for entry in string.gmatch(m.trash, '%S+') do
  if string.match(entry, '^(.*)@') ~= turn then keep[#keep + 1] = entry end
end
if call('ZREM', H, turn) == 1 then call('ZADD', P, t.depth, turn) end
call('HSET', S, 'side:' .. turn, sideOf(t), 'trash', table.concat(keep, ' '))
call('HDEL', S, 'blank:' .. turn)
expireSession(m, now, splitIds(x[3]))
return stored(m, turn, x[1], sideOf(t))
`,
);
