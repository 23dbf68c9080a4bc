import { useEffect, useMemo } from 'react';
import { plainText } from '@/lib/chat/plain-text';
import type { Turn } from '@/lib/chat/turn';
import { loadOlder } from '@/lib/client/actions';
import { type ConversationView, useLoadedTurns } from '@/lib/client/hooks';
import { countIn } from './find-pattern';
import type { Found } from './match-list';

/** The words of a turn, once for all searches; a turn is never changed, only replaced. */
const words = new WeakMap<Turn, string>();

function wordsOf(turn: Turn): string {
  const known = words.get(turn);
  if (known !== undefined) return known;
  const made = `${turn.user.content}\n${plainText(turn.reply.content, 'screen')}`;
  words.set(turn, made);
  return made;
}

/** Searches the whole conversation: what is not loaded yet is loaded while there is something to look for. */
export function useFound({ sessionId, older, hasOlder }: ConversationView, pattern: RegExp | null) {
  const turns = useLoadedTurns(sessionId ?? '');
  // One cache for one pattern: a token counts its own turn anew, and no other.
  const counts = useMemo(() => ({ pattern, of: new WeakMap<Turn, number>() }), [pattern]);

  useEffect(() => {
    if (sessionId && pattern && hasOlder && older === 'idle') void loadOlder(sessionId, 'large');
  }, [sessionId, pattern, hasOlder, older]);

  const found = useMemo((): Found => {
    const { pattern, of } = counts;
    if (!pattern) return [];
    return turns.toReversed().flatMap((turn) => {
      const count = of.get(turn) ?? countIn(wordsOf(turn), pattern);
      of.set(turn, count);
      return count === 0 ? [] : [{ turnId: turn.id, count }];
    });
  }, [turns, counts]);

  return { found, searched: turns.length };
}
