import type { StoreWarning } from '@/lib/chat/store-warnings';
import type { PrimaryReport } from './redis-commands';

/** `npm run stores-check` tests the store on this version and newer ones. */
const OLDEST_MAJOR = 6;

/**
 * The settings of a primary that can lose conversations. A setting that it hides from this user gives no
 * warning.
 */
export function warningsOf({ info, save }: PrimaryReport): StoreWarning[] {
  const warnings: StoreWarning[] = [];
  const policy = fieldOf(info, 'maxmemory_policy');
  // Without a limit, Redis never evicts.
  const hasLimit = fieldOf(info, 'maxmemory') !== '0';
  if (policy !== undefined && policy !== 'noeviction' && hasLimit) warnings.push('evicts');
  if (fieldOf(info, 'aof_enabled') === '0' && save === '') warnings.push('not_persisted');
  const major = /^(\d+)\./.exec(fieldOf(info, 'redis_version') ?? '')?.[1];
  if (major !== undefined && Number(major) < OLDEST_MAJOR) warnings.push('too_old');
  return warnings;
}

const fieldOf = (info: string | null, name: string): string | undefined =>
  info?.match(new RegExp(`^${name}:(.*?)\\r?$`, 'm'))?.[1];
