import { defineScript } from '../script';

/**
 * `Store.check`. KEYS: the check's key. Writes as a begin does: a server that is read-only, full or over its quota still
 * answers PING and reads, and a user may be allowed no scripts.
 */
export const CHECK = defineScript(
  ['ttl'],
  `
call('SET', KEYS[1], '1', 'PX', ttl)
return call('PEXPIRE', KEYS[1], ttl)
`,
);
