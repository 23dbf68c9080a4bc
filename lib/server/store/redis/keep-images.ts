/** The part of the prelude that keeps the images of a session as long as the session. */
export const KEEP_IMAGES = `
-- An image is kept until the latest end that anybody asked for.
local function keepImage(key, till)
  local image = call('HMGET', key, 'end', 'pieces')
  if not image[2] or image[1] == '' then return end
  if till ~= '' and tonumber(image[1]) >= tonumber(till) then return end
  call('HSET', key, 'end', till)
  expire(key, till)
  for n = 0, tonumber(image[2]) - 1 do expire(key .. ':' .. n, till) end
end

local function imageKey(id) return string.sub(I, 1, -#'index' - 1) .. 'image:' .. id end

-- The session's images outlive it, twice as long as it lives now: they are renewed once in its life, not every turn.
local function keepImages(m, added)
  for _, id in ipairs(added) do call('SADD', S .. ':images', id) end
  if #added > 0 and m.imagesEnd == '' then m.imagesEnd = '0' end
  if m.imagesEnd == '' then return end
  local enough = m.imagesEnd == 'never'
  if not enough and m.expiresAt ~= '' then enough = tonumber(m.imagesEnd) >= tonumber(m.expiresAt) end
  local ids, till = added, m.imagesEnd
  if not enough then
    ids = call('SMEMBERS', S .. ':images')
    till = 'never'
    if m.expiresAt ~= '' then till = int(2 * tonumber(m.expiresAt) - tonumber(m.lastTurnAt)) end
    m.imagesEnd = till
    call('HSET', S, 'imagesEnd', till)
    expire(S .. ':images', till == 'never' and '' or till)
  end
  for _, id in ipairs(ids) do keepImage(imageKey(id), till == 'never' and '' or till) end
end

`;
