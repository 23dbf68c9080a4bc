import { DEVICE_MS, SEEN_EVERY_MS } from '../../store';
import { defineScript } from '../script';

/**
 * The hash of an owner's devices, KEYS of all these scripts. Its fields:
 *
 *     name:<id>, created:<id>, seen:<id>  of a device that is signed in
 *     revoked:<id>                        when a device was signed out
 *     deletedAt                           when everything of the owner was deleted: older cookies are refused
 *     joiningTo                           the owner that a join in progress moves everything to
 *     secret:<hash>                       a copy of a secret that the server made, for a Redis that loses its own key
 */
const keepDevices = `call('PEXPIREAT', S, int(tonumber(now) + ${DEVICE_MS} + GRACE))`;

/**
 * `Store.seeDevice`. `secrets`: `hash=secret`, separated by spaces. Returns '1' or '0'. A Redis that takes no writes still
 * answers who may read.
 */
export const SEE_DEVICE = defineScript(
  ['device', 'issuedAt', 'name', 'secrets', 'now'],
  `
local fields, copies = {'revoked:' .. device, 'deletedAt', 'seen:' .. device}, {}
for hash, secret in string.gmatch(secrets, '(%S+)=(%S+)') do
  fields[#fields + 1] = 'secret:' .. hash
  copies[#fields] = secret
end
local has = call('HMGET', S, unpack(fields))
local revoked, deletedAt, seen = has[1], has[2], has[3]
if isRefused(revoked, deletedAt, issuedAt) then return '0' end
local function keepCopies()
  for i, secret in pairs(copies) do
    if not has[i] then redis.pcall('HSET', S, fields[i], secret) end
  end
end
if seen then
  keepCopies()
  if tonumber(now) - tonumber(seen) < ${SEEN_EVERY_MS} then return '1' end
  redis.pcall('HSET', S, 'seen:' .. device, now)
elseif call('EXISTS', S, OWNER .. 'index') > 0 then
  redis.pcall('HSET', S, 'seen:' .. device, now, 'created:' .. device, now, 'name:' .. device, name)
  keepCopies()
else return '1' end
${keepDevices.replace('call(', 'redis.pcall(')}
return '1'
`,
);

/** `Store.devices`. A script, because drivers do not agree on the form of HGETALL's answer. Returns `{name, value, ...}`. */
export const READ_DEVICES = defineScript([], `return call('HGETALL', S)`);

/** `Store.renameDevice`. Returns '1' or '0'. */
export const RENAME_DEVICE = defineScript(
  ['device', 'name'],
  `
if call('HEXISTS', S, 'created:' .. device) == 0 then return '0' end
call('HSET', S, 'name:' .. device, name)
return '1'
`,
);

/** `Store.revokeDevice`. Returns '1' or '0'. */
export const REVOKE_DEVICE = defineScript(
  ['device', 'now'],
  `
if call('HDEL', S, 'created:' .. device, 'seen:' .. device, 'name:' .. device) == 0 then return '0' end
call('HSET', S, 'revoked:' .. device, now)
${keepDevices}
return '1'
`,
);

const SCAN = `
local pattern = string.gsub(OWNER, '[*?%[%]\\\\]', '\\\\%0') .. '*'
local page = call('SCAN', cursor, 'MATCH', pattern, 'COUNT', 1000)`;

/** Some of the owner's keys, from `cursor`. Returns `{next cursor ('0' = no more), {key, ...}}`. */
export const SCAN_OWNER = defineScript(['cursor'], `${SCAN}\nreturn page`);

/**
 * One step of `Store.deleteOwner`, from `cursor`. The keys are found by their prefix, because nothing lists uploads and
 * undo snapshots. A script, because a Cluster has to run it where the owner's keys are. Returns the next cursor, '0' at
 * the end.
 */
export const DELETE_OWNER = defineScript(
  ['cursor', 'keepsUse', 'now'],
  `
local function deleteState()
  local state = readState()
  if keepsUse == '' or state.day ~= today(now) then return call('UNLINK', STATE) end
  local use = 'day=' .. state.day .. ' tokens=' .. state.tokens .. ' cost=' .. state.cost
  call('SET', STATE, use, 'PX', int(untilNextDay(now)))
end
local function refuseOlder()
  call('DEL', S)
  call('HSET', S, 'deletedAt', now)
  ${keepDevices}
end
if cursor == '0' and call('EXISTS', S, OWNER .. 'index', OWNER .. 'limits') > 0 then refuseOlder() end
${SCAN}
for _, key in ipairs(page[2]) do
  if key ~= S then
    if call('EXISTS', S) == 0 then refuseOlder() end
    if key == STATE then deleteState() else call('UNLINK', key) end
  end
end
return page[1]
`,
);
