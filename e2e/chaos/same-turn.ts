import { isDeepStrictEqual } from 'node:util';
import type { Turn } from '@/lib/chat/turn';

/** Whether two answers tell the same of a turn, whatever the order of its fields. */
export const sameTurn = (one: Turn, other: Turn): boolean => isDeepStrictEqual(one, other);
