import { defineScript } from '../script';

/** `Store.secret`. KEYS: the secret's key. Returns the secret that is stored now. */
export const SECRET = defineScript(
  ['candidate'],
  `
call('SET', KEYS[1], candidate, 'NX')
return call('GET', KEYS[1])
`,
);
