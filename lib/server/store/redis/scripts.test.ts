import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PRELUDE } from './prelude';

/** The commands and options that scripts may use. Add only what Redis 6.0 has. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  DEL: [],
  EXISTS: [],
  GET: [],
  HDEL: [],
  HEXISTS: [],
  HGET: [],
  HGETALL: [],
  HINCRBYFLOAT: [],
  HMGET: [],
  HSET: [],
  HSTRLEN: [],
  HVALS: [],
  PERSIST: [],
  PEXPIRE: [],
  PEXPIREAT: [],
  PTTL: [],
  RENAME: [],
  SADD: [],
  SCARD: [],
  SCAN: ['MATCH', 'COUNT'],
  SET: ['PX', 'NX'],
  SISMEMBER: [],
  SMEMBERS: [],
  SREM: [],
  STRLEN: [],
  SUNIONSTORE: [],
  TYPE: [],
  UNLINK: [],
  ZADD: [],
  ZCARD: [],
  ZCOUNT: [],
  ZRANGE: ['WITHSCORES'],
  ZRANGEBYSCORE: ['LIMIT'],
  ZREM: [],
  ZREMRANGEBYSCORE: [],
  ZREVRANGE: [],
  ZREVRANGEBYSCORE: ['LIMIT'],
  ZREVRANK: [],
  ZSCORE: [],
};

const isScript = (value: unknown): value is { source: string } =>
  typeof value === 'object' && value !== null && 'source' in value && 'sha' in value;

async function allScripts(): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const folder = fileURLToPath(new URL('./scripts/', import.meta.url));
  for (const file of readdirSync(folder)) {
    const exported: Record<string, unknown> = await import(`./scripts/${file.replace(/\.ts$/, '')}.ts`);
    for (const [name, script] of Object.entries(exported))
      if (isScript(script)) found.push([name, script.source.slice(PRELUDE.length)]);
  }
  return [...found, ['the prelude', PRELUDE]];
}

/** Every command call in this Lua: its name, and its arguments in capitals. */
function callsOf(lua: string): { command: string; options: string[] }[] {
  const plain = lua.replace(/'[^'\n]*'/g, (text) => text.replace(/[()]/g, '_'));
  return [...plain.matchAll(/\b(?:call|pcall)\(/g)].map((match) => {
    let depth = 1;
    let own = '';
    for (const char of plain.slice(match.index + match[0].length)) {
      if (char === ')') depth--;
      if (depth === 0) break;
      if (depth === 1) own += char;
      if (char === '(') depth++;
    }
    const [command = '?', ...options] = [...own.matchAll(/'([A-Z]{2,})'/g)].map(([, word = '']) => word);
    return { command, options };
  });
}

const isOld = ({ command, options }: ReturnType<typeof callsOf>[number]): boolean =>
  options.every((option) => COMMANDS[command]?.includes(option)) && command in COMMANDS;

describe('the Lua scripts', async () => {
  it.each(await allScripts())('%s uses only what Redis 6.0 has', (_, source) => {
    expect(callsOf(source).filter((call) => !isOld(call))).toEqual([]);
  });

  it('are all found, with all their calls', async () => {
    const scripts = await allScripts();
    expect(scripts.length).toBeGreaterThan(25);
    expect(scripts.flatMap(([, source]) => callsOf(source)).length).toBeGreaterThan(150);
  });

  it.each([
    ["call('PEXPIREAT', I, int(tonumber(x)), 'GT')", { command: 'PEXPIREAT', options: ['GT'] }],
    ["redis.pcall('GETEX', S)", { command: 'GETEX', options: [] }],
    ["call('SET', k, f(1), 'PXAT', 5)", { command: 'SET', options: ['PXAT'] }],
  ])('%s would be found', (lua, call) => {
    expect(callsOf(lua)).toEqual([call]);
    expect(isOld(call)).toBe(false);
  });
});
