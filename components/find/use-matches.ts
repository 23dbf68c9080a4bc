import { useEffect, useMemo } from 'react';
import { plainText } from '@/lib/chat/text/plain-text';
import type { Turn } from '@/lib/chat/turn';
import { loadOlder } from '@/lib/client/actions';
import type { ConversationView } from '@/lib/client/hooks';
import { useLoadedTurns } from '@/lib/client/hooks/loaded-turns-hook';
import { countIn } from './find-pattern';
import type { MatchCounts } from './match-list';

/** The text of each turn, shared by all searches. A turn is never changed, only replaced. */
const texts = new WeakMap<Turn, string>();

function textOf(turn: Turn): string {
  const cached = texts.get(turn);
  if (cached !== undefined) return cached;
  const text = `${turn.user.content}\n${plainText(turn.reply.content, 'screen')}`;
  texts.set(turn, text);
  return text;
}

/** Searches the whole conversation. While there is a pattern, the turns that are missing are loaded. */
export function useMatches({ sessionId, older, hasOlder }: ConversationView, pattern: RegExp | null) {
  const turns = useLoadedTurns(sessionId ?? '');
  // A cache for each pattern, so that a token of a reply counts only its own turn again.
  const counts = useMemo(() => ({ pattern, of: new WeakMap<Turn, number>() }), [pattern]);

  useEffect(() => {
    if (sessionId && pattern && hasOlder && older === 'idle') void loadOlder(sessionId, 'large');
  }, [sessionId, pattern, hasOlder, older]);

  const matches = useMemo((): MatchCounts => {
    const { pattern, of } = counts;
    if (!pattern) return [];
    return turns.toReversed().flatMap((turn) => {
      const count = of.get(turn) ?? countIn(textOf(turn), pattern);
      of.set(turn, count);
      return count === 0 ? [] : [{ turnId: turn.id, count }];
    });
  }, [turns, counts]);

  return { matches, searched: turns.length };
}
