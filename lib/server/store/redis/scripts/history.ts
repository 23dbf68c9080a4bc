import { defineScript } from '../script';

/**
 * `Store.history`. `before`: '' = from the end of the shown path. Returns `{}` if there is no such session, or
 * `{meta, total, more, {id, json, side, ...}, {id, sibling, userHash, ...}}`, newest first. Siblings are
 * the undeleted ones; `userHash` is '' where none is stored yet.
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

local kids, candidates, fields = hmget(S, kidsOf), {}, {}
for i, id in ipairs(ids) do
  if string.find(kids[i] or '', ' ', 1, true) then
    for kid in string.gmatch(kids[i], '%S+') do
      candidates[#candidates + 1] = {of = id, id = kid}
      fields[#fields + 1] = 'userHash:' .. kid
      if m.hides ~= '' then fields[#fields + 1] = 'side:' .. kid end
    end
  end
end
local values, siblings = hmget(S, fields), {}
local width = m.hides == '' and 1 or 2
for i, kid in ipairs(candidates) do
  local hash, side = values[width * (i - 1) + 1], values[width * i]
  if m.hides == '' or parse(side).deletedAt == '0' then
    siblings[kid.of] = siblings[kid.of] or {}
    table.insert(siblings[kid.of], {kid.id, hash or ''})
  end
end
local versions = {}
for _, id in ipairs(ids) do
  if siblings[id] and #siblings[id] > 1 then
    for _, kid in ipairs(siblings[id]) do
      versions[#versions + 1] = id
      versions[#versions + 1] = kid[1]
      versions[#versions + 1] = kid[2]
    end
  end
end
return {meta(m), total, more and '1' or '0', rows, versions}
`,
);
