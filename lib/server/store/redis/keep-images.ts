import { IMAGE_GRACE_MS, UPLOAD_MS } from '../store';

/**
 * The part of the prelude that keeps an image as long as a turn refers to it.
 *
 * Redis deletes an image by itself, so its end is written down, and moved when a session's end moves. An image's hash
 * holds a claim of each session that needs it, `claim:<session>`: until when, or 'never' (to end); and `hold`, until
 * when it is kept without any. Its `end`, and that of its keys, is the latest of them.
 *
 * A session's hash lists beside its turns which turns refer to an image (`uses:<image>`), and, for a turn that was
 * deleted, its images (`images:<turn>`). The set `…:images` names the images that undeleted turns refer to.
 *
 * Records of the first release have neither claims nor `uses`. An image without a `hold` is one of them: who uses it is
 * looked up in all sessions of the owner, once. `uses` is filled in when a turn with images is deleted.
 */
export const KEEP_IMAGES = `
local OWNER = string.match(KEYS[1], '^(.-{[^}]*}:)') or ''
local SESSION = string.match(KEYS[1], ':session:([^:]+)$')
local IMAGES = KEYS[1] .. ':images'

-- Both are times, or 'never'.
local function latest(a, b)
  if a == 'never' or b == 'never' then return 'never' end
  return tonumber(a) > tonumber(b) and a or b
end

local function wordsOf(list)
  local out = {}
  for word in string.gmatch(list or '', '%S+') do out[#out + 1] = word end
  return out
end

-- How long a session claims its images: beyond its end, so that they are renewed once a day at most.
local function claimEnd(expiresAt)
  return expiresAt == '' and 'never' or int(tonumber(expiresAt) + ${IMAGE_GRACE_MS})
end

local function readImage(key, now)
  local image, flat = {}, call('HGETALL', key)
  for i = 1, #flat, 2 do image[flat[i]] = flat[i + 1] end
  if image.hold then return image end
  if not image.pieces then
    image.hold = '0'
    return image
  end
  local id, used = string.match(key, ':image:(.*)$'), false
  for _, member in ipairs(call('ZRANGEBYSCORE', OWNER .. 'index', 0, '+inf')) do
    local session = string.match(member, '^u([^!]+)')
    local ends = call('HGET', OWNER .. 'session:' .. session, 'expiresAt')
    if ends and call('SISMEMBER', OWNER .. 'session:' .. session .. ':images', id) == 1 then
      image['claim:' .. session], used = claimEnd(ends), true
    end
  end
  image.hold = int(tonumber(now) + (used and ${IMAGE_GRACE_MS} or ${UPLOAD_MS}))
  return image
end

local function writeImage(key, image, now)
  local till, fields, over = image.hold, {'hold', image.hold}, {}
  for name, value in pairs(image) do
    if string.sub(name, 1, 6) == 'claim:' then
      if value ~= 'never' and tonumber(value) <= tonumber(now) then over[#over + 1] = name
      else
        till = latest(till, value)
        fields[#fields + 1] = name
        fields[#fields + 1] = value
      end
    end
  end
  if #over > 0 then call('HDEL', key, unpack(over)) end
  local ends = till == 'never' and '' or till
  call('HSET', key, 'end', ends, unpack(fields))
  if image['end'] == ends then return end
  expire(key, ends)
  for n = 0, tonumber(image.pieces or 0) - 1 do expire(key .. ':' .. n, ends) end
end

-- This session needs the image until then. 'isSent': a turn now refers to it, and the upload's own time is over.
local function claim(id, till, now, isSent)
  local key = OWNER .. 'image:' .. id
  local image = readImage(key, now)
  image['claim:' .. SESSION] = till
  local soon = int(tonumber(now) + ${IMAGE_GRACE_MS})
  if isSent and tonumber(image.hold) > tonumber(soon) then image.hold = soon end
  writeImage(key, image, now)
end

local function hasImages(m) return m.claimed ~= '' or m.imagesEnd ~= '' end

-- Claims what was added, and everything if the session's end has moved beyond its claims, or to long before them.
local function keepImages(m, now, added)
  local had = hasImages(m)
  if not had and #added == 0 then return end
  local wanted, ids = claimEnd(m.expiresAt), {}
  local isEnough = m.claimed == wanted
  if tonumber(m.claimed) and wanted ~= 'never' then
    isEnough = tonumber(m.claimed) >= tonumber(m.expiresAt) and tonumber(m.claimed) <= tonumber(wanted)
  end
  if not isEnough then
    m.claimed = wanted
    call('HSET', S, 'claimed', wanted)
    if had then ids = call('SMEMBERS', IMAGES) end
  end
  if #added > 0 then call('SADD', IMAGES, unpack(added)) end
  if #added > 0 or not isEnough then expire(IMAGES, m.claimed == 'never' and '' or m.claimed) end
  for _, id in ipairs(ids) do claim(id, m.claimed, now) end
  for _, id in ipairs(added) do claim(id, m.claimed, now, true) end
end

-- The image goes when this delete can no longer be undone, unless another undeleted turn of the session refers to it.
local function releaseImage(id, till, now)
  local sides = {}
  for _, turn in ipairs(wordsOf(call('HGET', S, 'uses:' .. id))) do sides[#sides + 1] = 'side:' .. turn end
  for _, side in ipairs(hmget(S, sides)) do
    if parse(side).deletedAt == '0' then return end
  end
  call('SREM', IMAGES, id)
  claim(id, till, now)
end

-- Fills in 'uses' for a session of the first release. Ids are found in a turn's JSON by their form: a quote inside a
-- text would be escaped.
local function fillUses(m, now)
  if m.uses == '1' then return end
  local uses, flat = {}, call('HGETALL', S)
  for i = 1, #flat, 2 do
    local turn = string.match(flat[i], '^turn:(.*)$')
    for images in string.gmatch(turn and flat[i + 1] or '', '"images":%[(.-)%]') do
      for id in string.gmatch(images, '"id":"([^"]+)"') do uses[id] = (uses[id] and uses[id] .. ' ' or '') .. turn end
    end
  end
  for id, turns in pairs(uses) do call('HSET', S, 'uses:' .. id, turns) end
  -- The set also names images of turns that are gone, unless a clear can still be undone.
  if m.aside == '' or tonumber(m.asideUntil) <= tonumber(now) then
    for _, id in ipairs(call('SMEMBERS', IMAGES)) do
      if not uses[id] then
        call('SREM', IMAGES, id)
        claim(id, now, now)
      end
    end
  end
  m.uses = '1'
  call('HSET', S, 'uses', '1')
end

`;
