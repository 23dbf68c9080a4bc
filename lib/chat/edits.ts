import type { Turn } from './turn';

/** Whether two versions of a turn have the same user message, and so belong to the same edit. */
export const sameUserMessage = (a: Turn['user'], b: Turn['user']): boolean =>
  a.content === b.content &&
  a.images.length === b.images.length &&
  a.images.every(({ id }, index) => id === b.images[index]?.id);
