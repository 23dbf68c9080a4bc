import { defineScript } from '../script';

/**
 * `Store.restore`. The newer turns move into the snapshot, because they are usually fewer: its path is shown, and the newer
 * roots become versions of its root. A cleared session kept its settings, so the current ones hold; a removed session's
 * settings come back with it. Returns `{'changed', meta}`, `{'unknown'}` or `{'busy', active}`.
 */
export const RESTORE = defineScript(
  ['session', 'now'],
  `
local m = read(S)
if not m or expired(m, now) or m.aside == '' or tonumber(m.asideUntil) <= tonumber(now) then return {'unknown'} end
local suffix = ':aside:' .. m.aside
local a = read(S .. suffix)
if not a or expired(a, now) then return {'unknown'} end
local beside = m.gone == ''
if beside and m.active ~= '' then return {'busy', m.active} end
if beside and m.assistant ~= a.assistant then return {'unknown'} end

local asides, kind = m.asides, m.asideKind
local moved = beside and call('HGETALL', S) or {}

local function laterOf(x, y)
  if x == '' or y == '' then return '' end
  return int(math.max(tonumber(x), tonumber(y)))
end

if beside then
  local settings = kind == 'clear' and m or a
  a.title, a.pinned, a.ttl = settings.title, settings.pinned, settings.ttl
  a.expiresAt = kind == 'clear' and m.expiresAt or laterOf(m.expiresAt, a.expiresAt)
  a.updatedAt, a.lastTurnAt = laterOf(m.updatedAt, a.updatedAt), laterOf(m.lastTurnAt, a.lastTurnAt)
end
a.asides = asides
local withImages = hasImages(a) or hasImages(m)
if withImages then
  local isFilled = (a.uses == '1' or not hasImages(a)) and (m.uses == '1' or not hasImages(m))
  a.uses = isFilled and '1' or ''
  -- Before any expiry, so that all claims are renewed.
  a.claimed = '0'
end
local wasEmpty = a.head == ''
if beside and wasEmpty then
  for _, name in ipairs({'head', 'headDepth', 'headStatus', 'preview', 'trash', 'hides'}) do a[name] = m[name] end
elseif beside then
  a.trash = a.trash .. ' ' .. m.trash
  if m.hides ~= '' then a.hides = '1' end
end
checkKeys(m, {}, true)
if hasImages(a) then
  call('STRLEN', STATE)
  for _, id in ipairs(call('SMEMBERS', IMAGES .. suffix)) do call('HEXISTS', OWNER .. 'image:' .. id, 'hold') end
end
if a.charged ~= '' then call('STRLEN', STATE) end
addToIndex(a, session)

local bytes = chargedBytes(a.charged) + (beside and chargedBytes(m.charged) or 0)
if bytes > 0 then
  local state = readState()
  if beside and m.charged ~= '' then charge(state, m.charged, 0, m.expiresAt, now) end
  a.charged = charge(state, a.charged, bytes, a.expiresAt, now)
  writeState(state, now)
end
if withImages then
  call('SUNIONSTORE', IMAGES, IMAGES, IMAGES .. suffix)
  call('DEL', IMAGES .. suffix)
end
if beside and wasEmpty then
  call('DEL', S .. suffix, P .. suffix, H .. suffix)
else
  for _, key in ipairs({S, P, H}) do move(key .. suffix, key) end
  local fields = {}
  for i = 1, #moved, 2 do
    local name, value = moved[i], moved[i + 1]
    if name == 'kids:' .. ROOT or string.sub(name, 1, 5) == 'uses:' then
      local older = call('HGET', S, name)
      value = older and older .. ' ' .. value or value
    end
    if string.find(name, ':', 1, true) then
      fields[#fields + 1] = name
      fields[#fields + 1] = value
    end
  end
  hset(S, fields)
end
call('HSET', S, unpack(metaFields(a)))
expireSession(a, now)
expireIndex(a)
return {'changed', meta(a)}
`,
);
