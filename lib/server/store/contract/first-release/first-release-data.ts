import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster, Redis } from 'ioredis';
import type { Session } from '@/lib/chat/session';
import type { ImageRef } from '@/lib/chat/turn';
import type { HistoryPage } from '../../store';

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

/** The statements that make a SQLite file of the first release. */
export const firstReleaseSql = (): string => read('sqlite.sql');

/** Writes to Redis what the first release wrote, on a single server, on a Cluster and through Upstash alike. */
export async function loadFirstRelease(redis: Redis | Cluster): Promise<void> {
  for (const line of read('redis.jsonl').trim().split('\n')) {
    const [command = '', ...values]: string[] = JSON.parse(line);
    await redis.call(command, ...values);
  }
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
