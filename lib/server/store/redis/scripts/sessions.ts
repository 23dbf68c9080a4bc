import { defineScript } from '../script';

/**
 * `Store.sessions`. KEYS: the index, and the prefix of this owner's session keys. `assistant`: '' = all. `before`: '' =
 * from the first. Returns `{total, more, {session, meta, ...}}`.
 */
export const SESSIONS = defineScript(
  ['assistant', 'before', 'limit', 'now'],
  `
local index, prefix = KEYS[1], KEYS[2]
limit = tonumber(limit)

local function drop(entry) call('ZREM', index, 'u' .. entry, 'x' .. entry) end

-- Drops the entries of sessions that have expired.
local ended
repeat
  ended = call('ZRANGEBYSCORE', index, '-' .. now, '(0', 'LIMIT', 0, 500)
  for _, member in ipairs(ended) do drop(string.sub(member, 2)) end
until #ended < 500

-- The entries of the page and one more, if there is one; and how many match in all.
local function select(after)
  local count = call('ZCOUNT', index, 0, '+inf')
  local first = after and call('ZREVRANK', index, after) + 1 or 0
  if assistant == '' then
    local last = math.min(first + limit, count - 1)
    return last < first and {} or call('ZREVRANGE', index, first, last), count
  end
  -- One command reads them all: entries are short, and an owner has few.
  local members, total, suffix = {}, 0, '!' .. assistant
  for rank, member in ipairs(call('ZREVRANGE', index, 0, count - 1)) do
    if string.sub(member, -#suffix) == suffix then
      total = total + 1
      if rank > first and #members <= limit then members[#members + 1] = member end
    end
  end
  return members, total
end

local after
if before ~= '' then
  local owns = call('HGET', prefix .. before, 'assistant')
  after = owns and 'u' .. before .. '!' .. owns
  if not after or not call('ZSCORE', index, after) then
    local _, total = select()
    return {total, '0', {}}
  end
end

-- If a session of the page is missing before its time (an eviction), its entry is dropped and the page read again.
while true do
  local members, total = select(after)
  local out, whole = {}, true
  for i, member in ipairs(members) do
    local entry = string.sub(member, 2)
    local id = string.match(entry, '^[^!]+')
    local m = readAny(prefix .. id)
    if not live(m, now) then
      drop(entry)
      whole = false
    elseif i <= limit then
      out[#out + 1] = id
      out[#out + 1] = meta(m)
    end
  end
  if whole then return {total, #members > limit and '1' or '0', out} end
end
`,
);
