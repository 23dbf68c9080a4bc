import type { Turn } from './turn';

export const sameWords = (a: Turn['user'], b: Turn['user']): boolean =>
  a.content === b.content &&
  a.images.length === b.images.length &&
  a.images.every(({ id }, index) => id === b.images[index]?.id);

/** Ids of the versions of a turn, those in which the person said the same together. Oldest first, as they are given. */
export function wordingsOf(versions: readonly Pick<Turn, 'id' | 'user'>[]): string[][] {
  const groups: { user: Turn['user']; ids: string[] }[] = [];
  for (const { id, user } of versions) {
    const same = groups.find((group) => sameWords(group.user, user));
    if (same) same.ids.push(id);
    else groups.push({ user, ids: [id] });
  }
  return groups.map(({ ids }) => ids);
}
