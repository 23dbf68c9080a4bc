import { defineScript } from '../script';

/**
 * `Store.removeTurn`. `blankJson`: the turn without its text, which replaces it when the delete can no longer be undone.
 * `images`: the ids of its images, separated by spaces. Returns `{'removed', undoUntil}`, `{'unknown'}` or
 * `{'busy', stored}`.
 */
export const REMOVE_TURN = defineScript(
  ['turn', 'blankJson', 'images', 'now'],
  `
local m, x = read(S, {'side:' .. turn})
if not live(m, now) or not x[1] then return {'unknown'} end
if m.active == turn then return {'busy', readStored(m, turn)} end
blank(m, now)
local t = parse(x[1])
if t.deletedAt ~= '0' then
  local till = tonumber(t.deletedAt) + UNDO
  if till <= tonumber(now) then return {'unknown'} end
  return {'removed', int(till)}
end

call('ZCARD', H)
checkKeys(m, splitIds(images))
t.deletedAt = now
m.hides = '1'
m.trash = m.trash .. ' ' .. turn .. '@' .. now
if call('ZREM', P, turn) == 1 then call('ZADD', H, t.depth, turn) end
call('HSET', S, 'side:' .. turn, sideOf(t), 'blank:' .. turn, blankJson, 'trash', m.trash, 'hides', '1')
expireSession(m, now)
local undoUntil = int(tonumber(now) + UNDO)
if images ~= '' then
  fillUses(m, now)
  call('HSET', S, 'images:' .. turn, images)
  for _, id in ipairs(splitIds(images)) do releaseImage(id, undoUntil, now) end
end
return {'removed', undoUntil}
`,
);
