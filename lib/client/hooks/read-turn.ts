import type { Turn } from '@/lib/chat/turn';
import { client } from '../actions/client';

/** A turn of this conversation as it is now; undefined: it is not loaded. For what happens once; else `useTurn`. */
export const readTurn = (sessionId: string, turnId: string): Turn | undefined =>
  client.conversations.of(sessionId)?.turns[turnId];
