import { createHash } from 'node:crypto';
import { PRELUDE } from './prelude';
import { type RedisCommands, RedisFailure } from './redis-commands';

/** A Lua script whose arguments are passed by name. */
export interface Script<Arg extends string> {
  readonly source: string;
  readonly sha: string;
  readonly args: readonly Arg[];
}

/**
 * Each name in `args` becomes a local string variable of the script. `KEYS` are `RedisKeys.session` unless
 * the script says otherwise. The short names that scripts use (`S`, `P`, `H`, `I`, `m`, `x`) are explained in
 * `prelude.ts`.
 */
export function defineScript<const Arg extends string>(args: readonly Arg[], body: string): Script<Arg> {
  const names = args.map((name, index) => `local ${name} = ARGV[${index + 1}]`);
  const source = [PRELUDE, ...names, body].join('\n');
  return { source, sha: createHash('sha1').update(source).digest('hex'), args };
}

/** Runs a script by its hash, or by its source if the server does not have it in its cache. */
export async function runScript<Arg extends string>(
  redis: RedisCommands,
  script: Script<Arg>,
  keys: readonly string[],
  values: Record<Arg, string | number>,
): Promise<unknown> {
  const rest = [String(keys.length), ...keys, ...script.args.map((name) => String(values[name]))];
  try {
    return await redis.call('evalsha', script.sha, ...rest);
  } catch (error) {
    // Recognised by its text, because over REST an error has no code.
    if (!(error instanceof RedisFailure) || !error.message.includes('NOSCRIPT')) throw error;
    return redis.call('eval', script.source, ...rest);
  }
}

/**
 * Runs a script that adds what an old record lacks, while the record is being read. Resolves if Redis cannot be written to:
 * the next read tries again.
 */
export async function fillIn<Arg extends string>(...args: Parameters<typeof runScript<Arg>>): Promise<void> {
  try {
    await runScript(...args);
  } catch (error) {
    if (!(error instanceof RedisFailure)) throw error;
  }
}
