import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster, Redis } from 'ioredis';
import type { Session } from '@/lib/chat/session';
import type { ImageRef } from '@/lib/chat/turn';
import type { HistoryPage } from '../../store';

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

/**
 * The part of the data in a form that only a future release writes: the session `tree` with one of its turns,
 * or the whole store.
 */
export type Newer = 'record' | 'store';

/** The owner whose data is partly in a newer form. */
export const NEWER_OWNER = 'newer-release-guest';

const withNewerTurn = (text: string): string =>
  text
    .replaceAll('first-release-', 'newer-release-')
    .replace(/\{(\\?")v\1:1,\1id\1:\1t3\1/, (turn) => turn.replace(':1,', ':2,'));

/** The statements that make a SQLite file of the first release. */
export function firstReleaseSql(newer?: Newer): string {
  const sql = read('sqlite.sql');
  if (newer === 'record') return withNewerTurn(sql);
  return newer === 'store' ? `${sql}PRAGMA user_version = 1000;` : sql;
}

/** Writes to Redis what the first release wrote, on a single server, on a Cluster and through Upstash alike. */
export async function loadFirstRelease(redis: Redis | Cluster, newer?: Newer): Promise<void> {
  const text = read('redis.jsonl').trim();
  for (const line of (newer === 'record' ? withNewerTurn(text) : text).split('\n')) {
    const [command = '', ...values]: string[] = JSON.parse(line);
    await redis.call(command, ...values);
  }
  if (newer === 'record') await redis.hset(`confab:{${NEWER_OWNER}}:session:tree`, 'v', '2');
  if (newer === 'store') await redis.set('confab:schema', '2');
}

type Owner = 'first-release-guest' | 'first-release-other-guest';

/** What the first release itself read from its data, at the time `now`. */
export interface FirstRelease {
  now: number;
  sessions: Record<Owner, Session[]>;
  histories: Record<Owner, Record<string, Pick<HistoryPage, 'total' | 'turns' | 'versions'>>>;
  images: Record<'red' | 'blue' | 'gone' | 'kept', ImageRef>;
}

export const firstRelease: FirstRelease = JSON.parse(read('expected.json'));
