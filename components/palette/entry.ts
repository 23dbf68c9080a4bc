import type { Strings } from '@/lib/chat/strings/strings';
import type { Chord } from '../shortcuts/shortcuts';
import type { IconName } from '../ui/icon';
import { fuzzy } from './fuzzy';

export type GroupId = keyof Strings['palette']['groups'];

/** One thing that the palette can do. */
export interface Entry {
  id: string;
  group: GroupId;
  icon: IconName;
  label: string;
  /** Said beside it: whose it is. */
  detail?: string;
  /** What it is also called. */
  also?: string;
  /** What is so already. */
  chosen?: boolean;
  chord?: Chord;
  run: () => void;
  /** Where the focus belongs afterwards; the place from which the palette was opened if left out. */
  focus?: 'composer';
}

export interface Group {
  id: GroupId;
  entries: Entry[];
}

/** Conversations may be thousands: without a query the newest of them, with one the best. */
const SESSIONS_ASKED = 20;
const SESSIONS_UNASKED = 5;

/** What answers the query, best first within a group, and the group of the best first. */
export function findEntries(entries: readonly Entry[], query: string): Group[] {
  const asked = query.trim() !== '';
  const scored = entries
    .map((entry) => ({
      entry,
      score: fuzzy(query, `${entry.label} ${entry.also ?? ''} ${entry.detail ?? ''}`),
    }))
    .filter((one): one is { entry: Entry; score: number } => one.score !== null)
    .sort((a, b) => b.score - a.score);
  const groups = new Map<GroupId, Entry[]>();
  for (const { entry } of scored) {
    const group = groups.get(entry.group) ?? [];
    const limit = entry.group === 'sessions' ? (asked ? SESSIONS_ASKED : SESSIONS_UNASKED) : entries.length;
    if (group.length < limit) groups.set(entry.group, [...group, entry]);
  }
  return [...groups].map(([id, all]) => ({ id, entries: all }));
}
