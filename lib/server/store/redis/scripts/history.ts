import { defineScript } from '../script';

/**
 * `Store.history`. `before` '' = from the end of the shown path. Answers `{}` for no such session, or
 * `{meta, total, more, {id, json, side, ...}, {id, siblings, ...}}`, newest first; siblings by spaces, undeleted only.
 */
export const HISTORY = defineScript(
  ['before', 'limit', 'now'],
  `
limit = tonumber(limit)
local m = read(S)
if not live(m, now) then return {} end
blank(m, now)
heal(m, now)

local total = call('ZCARD', P)
local depth = tonumber(m.headDepth) or -1
if before ~= '' then
  local at = onPath(m, before)
  if not at then return {meta(m), total, '0', {}, {}} end
  depth = at - 1
end
local ids = call('ZREVRANGEBYSCORE', P, depth, '-inf', 'LIMIT', 0, limit + 1)
local more = #ids > limit
if more then ids[#ids] = nil end

local names, rows, kidsOf = {}, {}, {}
for _, id in ipairs(ids) do names[#names + 1] = 'turn:' .. id; names[#names + 1] = 'side:' .. id end
local values = hmget(S, names)
for i, id in ipairs(ids) do
  rows[#rows + 1] = id
  rows[#rows + 1] = values[2 * i - 1]
  rows[#rows + 1] = values[2 * i]
  kidsOf[i] = 'kids:' .. parse(values[2 * i]).parent
end

local kids, versions = hmget(S, kidsOf), {}
for i, id in ipairs(ids) do
  if string.find(kids[i] or '', ' ', 1, true) then
    local siblings, sides, shown = {}, {}, {}
    for kid in string.gmatch(kids[i], '%S+') do
      siblings[#siblings + 1] = kid
      sides[#sides + 1] = 'side:' .. kid
    end
    if m.hides == '' then shown = siblings
    else
      for k, side in ipairs(hmget(S, sides)) do
        if parse(side).deletedAt == '0' then shown[#shown + 1] = siblings[k] end
      end
    end
    if #shown > 1 then
      versions[#versions + 1] = id
      versions[#versions + 1] = table.concat(shown, ' ')
    end
  end
end
return {meta(m), total, more and '1' or '0', rows, versions}
`,
);
