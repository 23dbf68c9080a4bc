import { IMAGE_GRACE_MS, UPLOAD_MS } from '../store';

/**
 * The part of the prelude that keeps an image as long as a turn refers to it (decision 10).
 *
 * An image's hash has a field `claim:<session>` for each session that needs it: until when, or 'never' (to expire). Its
 * field `hold` says until when it is kept without any claim. Its `end`, and the expiry of its keys, is the latest of these.
 *
 * In a session's hash, `uses:<image>` lists the turns that refer to an image, and `images:<turn>` lists the images of a
 * deleted turn. The set `<session>:images` holds the images of undeleted turns.
 *
 * Records of the first release have no claims and no `uses`. An image without a `hold` is one of them: all sessions of its
 * owner are searched for it, once. The `uses` of such a session are filled in when one of its turns with images is deleted.
 */
export const IMAGE_CLAIMS = `
local SESSION = string.match(KEYS[1], ':session:([^:]+)$')
local IMAGES = KEYS[1] .. ':images'

-- Both are times in ms or 'never'.
local function latest(a, b)
  if a == 'never' or b == 'never' then return 'never' end
  return tonumber(a) > tonumber(b) and a or b
end

local function splitIds(list)
  local out = {}
  for id in string.gmatch(list or '', '%S+') do out[#out + 1] = id end
  return out
end

-- A session claims its images for a day beyond its own expiry, so that it renews the claims once a day at most.
local function claimEnd(expiresAt)
  return expiresAt == '' and 'never' or int(tonumber(expiresAt) + ${IMAGE_GRACE_MS})
end

-- The fields of an image's hash. To one of the first release, this adds the claims of all sessions that use it.
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

-- Stores the claims and the hold, drops claims that have run out, and sets when the image expires.
local function writeImage(key, image, now)
  local till, fields, runOut = image.hold, {'hold', image.hold}, {}
  for name, value in pairs(image) do
    if string.sub(name, 1, 6) == 'claim:' then
      if value ~= 'never' and tonumber(value) <= tonumber(now) then runOut[#runOut + 1] = name
      else
        till = latest(till, value)
        fields[#fields + 1] = name
        fields[#fields + 1] = value
      end
    end
  end
  if #runOut > 0 then call('HDEL', key, unpack(runOut)) end
  local ends = till == 'never' and '' or till
  if image.charged then image.charged = moveCharge(key, image.charged, ends, now) end
  call('HSET', key, 'end', ends, unpack(fields))
  if image['end'] == ends then return end
  expire(key, ends)
  for n = 0, tonumber(image.pieces or 0) - 1 do expire(key .. ':' .. n, ends) end
end

-- Claims the image for this session. 'isSent': a new turn refers to it, so that its time as a mere upload is over.
local function claim(id, till, now, isSent)
  local key = OWNER .. 'image:' .. id
  local image = readImage(key, now)
  image['claim:' .. SESSION] = till
  local soon = int(tonumber(now) + ${IMAGE_GRACE_MS})
  if isSent and tonumber(image.hold) > tonumber(soon) then image.hold = soon end
  writeImage(key, image, now)
end

local function hasImages(m) return m.claimed ~= '' or m.imagesEnd ~= '' end

-- Whether the session's claims last long enough for its expiry, and not too long.
local function isClaimed(m)
  local wanted = claimEnd(m.expiresAt)
  if tonumber(m.claimed) and wanted ~= 'never' then
    return tonumber(m.claimed) >= tonumber(m.expiresAt) and tonumber(m.claimed) <= tonumber(wanted)
  end
  return m.claimed == wanted
end

-- Claims the added images, and all of the session if its expiry has moved too far from its claims, either way.
local function keepImages(m, now, added)
  local had = hasImages(m)
  if not had and #added == 0 then return end
  local isEnough, ids = isClaimed(m), {}
  if not isEnough then
    m.claimed = claimEnd(m.expiresAt)
    call('HSET', S, 'claimed', m.claimed)
    if had then ids = call('SMEMBERS', IMAGES) end
  end
  if #added > 0 then call('SADD', IMAGES, unpack(added)) end
  if #added > 0 or not isEnough then expire(IMAGES, m.claimed == 'never' and '' or m.claimed) end
  for _, id in ipairs(ids) do claim(id, m.claimed, now) end
  for _, id in ipairs(added) do claim(id, m.claimed, now, true) end
end

-- Ends this session's claim at 'till', unless another undeleted turn of it refers to the image.
local function releaseImage(id, till, now)
  local sides = {}
  for _, turn in ipairs(splitIds(call('HGET', S, 'uses:' .. id))) do sides[#sides + 1] = 'side:' .. turn end
  for _, side in ipairs(hmget(S, sides)) do
    if parse(side).deletedAt == '0' then return end
  end
  call('SREM', IMAGES, id)
  claim(id, till, now)
end

-- Fills in 'uses' for a session of the first release. The image ids are matched in the JSON of its turns: text cannot
-- match, because quotes inside it are escaped.
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
  -- The set also holds images of blanked turns. They can go, but not while a clear that used this set can be undone.
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
