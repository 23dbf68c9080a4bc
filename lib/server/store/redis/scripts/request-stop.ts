import { defineScript } from '../script';

/** `Store.requestStop`. Returns the stored turn, `{}` if there is none. */
export const REQUEST_STOP = defineScript(
  ['turn', 'now'],
  `
local m, x = read(S, {'side:' .. turn})
if not live(m, now) or not x[1] then return {} end
blank(m, now)
if m.active == turn then
  call('HSET', S, 'stop', '1')
  m.stop = '1'
end
return readStored(m, turn)
`,
);
