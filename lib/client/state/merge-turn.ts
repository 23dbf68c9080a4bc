import { isLive, type Turn } from '@/lib/chat/turn';

/**
 * The newer of two tellings of one turn. What is shown never goes backwards: a terminal turn stays terminal, a live
 * one never gets shorter. Of two of the same kind the longer (live) or the later (terminal) wins; of equals the
 * one already shown, so that nothing is rendered again.
 */
export function mergeTurn(known: Turn | undefined, told: Turn): Turn {
  if (!known) return told;
  if (isLive(known) !== isLive(told)) return isLive(known) ? told : known;
  if (!isLive(known)) return told.updatedAt > known.updatedAt ? told : known;
  const growth = lengthOf(told) - lengthOf(known);
  if (growth !== 0) return growth > 0 ? told : known;
  return told.updatedAt > known.updatedAt ? told : known;
}

const lengthOf = ({ reply }: Turn): number => reply.content.length + reply.reasoning.length;
