import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Turn } from '@/lib/chat/turn';
import { client } from '../actions/client';

// Not in the index of the hooks: the find bar loads in a script of its own.
const { conversations } = client;
const NO_IDS: readonly string[] = [];

/** All loaded turns, oldest first. It changes with every token. */
export function useLoadedTurns(sessionId: string): readonly Turn[] {
  const conversation = useStore(conversations, ({ bySession }) => bySession[sessionId]);
  const { turnIds = NO_IDS, turns } = conversation ?? {};
  return useMemo(() => turnIds.flatMap((id) => turns?.[id] ?? []), [turnIds, turns]);
}
