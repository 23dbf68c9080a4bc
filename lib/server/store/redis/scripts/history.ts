import { defineScript } from '../script';

/**
 * `Store.history`. `before`: '' = from the end of the shown path. Reads `step` turns at a time, and stops before
 * `maxBytes`. Returns `{}` if there is no such session, or
 * `{meta, total, more, {id, json, side, ...}, {id, sibling, userHash, ...}}`, newest first. Siblings are
 * the undeleted ones; `userHash` is '' where none is stored yet.
 */
export const HISTORY = defineScript(
  ['before', 'limit', 'step', 'maxBytes', 'now'],
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
local all = call('ZREVRANGEBYSCORE', P, depth, '-inf', 'LIMIT', 0, limit + 1)

-- A few turns at a time, until the page is full.
local ids, rows, kidsOf, bytes = {}, {}, {}, 0
local isFull = false
for first = 1, math.min(limit, #all), tonumber(step) do
  local names = {}
  local last = math.min(first + tonumber(step) - 1, limit, #all)
  for i = first, last do names[#names + 1] = 'turn:' .. all[i]; names[#names + 1] = 'side:' .. all[i] end
  local values = hmget(S, names)
  for i = first, last do
    local json, side = values[2 * (i - first) + 1], values[2 * (i - first) + 2]
    bytes = bytes + #(json or '')
    isFull = isFull or (#ids > 0 and bytes > tonumber(maxBytes))
    if not isFull then
      ids[#ids + 1] = all[i]
      rows[#rows + 1] = all[i]
      rows[#rows + 1] = json
      rows[#rows + 1] = side
      kidsOf[#ids] = 'kids:' .. parse(side).parent
    end
  end
  if isFull then break end
end
local more = #all > #ids

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
