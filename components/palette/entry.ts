import type { OverlayStrings } from '@/lib/chat/strings/overlays';
import type { Chord } from '../shortcuts/shortcuts';
import type { IconName } from '../ui/icon';
import { fuzzyScore } from './fuzzy';

export type GroupId = keyof OverlayStrings['palette']['groups'];

/** One option of the palette. */
export interface Entry {
  id: string;
  group: GroupId;
  icon: IconName;
  label: string;
  /** Shown beside the label, e.g. the assistant of a conversation. */
  detail?: string;
  /** More words that find it. */
  keywords?: string;
  /** It is in effect already, like the theme in use. */
  selected?: boolean;
  chord?: Chord;
  run: () => void;
  /** Where the focus goes afterwards; if left out, back to where it was before. */
  focus?: 'composer';
}

export interface Group {
  id: GroupId;
  entries: Entry[];
}

/** How many conversations are listed: the best matches of a query, or the newest without one. */
const MATCHING_SESSIONS = 20;
const NEWEST_SESSIONS = 5;

/** The entries that match the query, best first, in groups: the group of the best match comes first. */
export function findEntries(entries: readonly Entry[], query: string): Group[] {
  const hasQuery = query.trim() !== '';
  const scored = entries
    .map((entry) => ({
      entry,
      score: fuzzyScore(query, `${entry.label} ${entry.keywords ?? ''} ${entry.detail ?? ''}`),
    }))
    .filter((match): match is { entry: Entry; score: number } => match.score !== null)
    .sort((a, b) => b.score - a.score);
  const groups = new Map<GroupId, Entry[]>();
  for (const { entry } of scored) {
    const group = groups.get(entry.group) ?? [];
    const limit =
      entry.group === 'sessions' ? (hasQuery ? MATCHING_SESSIONS : NEWEST_SESSIONS) : entries.length;
    if (group.length < limit) groups.set(entry.group, [...group, entry]);
  }
  return [...groups].map(([id, all]) => ({ id, entries: all }));
}
