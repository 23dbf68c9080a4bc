import type { Turn } from './turn';

export const sameUserMessage = (a: Turn['user'], b: Turn['user']): boolean =>
  a.content === b.content &&
  a.images.length === b.images.length &&
  a.images.every(({ id }, index) => id === b.images[index]?.id);
