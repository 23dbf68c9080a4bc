import { defineScript } from '../script';

/** `Store.secret`. KEYS: the secret's key. Returns the secret that is stored now. */
export const SECRET = defineScript(
  ['candidate'],
  `
local kept = call('GET', KEYS[1])
if kept then return kept end
call('SET', KEYS[1], candidate)
return candidate
`,
);
