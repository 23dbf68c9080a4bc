/**
 * An id as a part of a key: only `A-Z a-z 0-9 _ - %` come out, so that every other character is free to separate.
 * One to one, for any string of UTF-16 units (lone surrogates too): no two ids, and no two lists of ids, meet in one key.
 * Never empty.
 */
export const encodeId = (id: string): string =>
  id === ''
    ? '%'
    : id.replace(/[^A-Za-z0-9_-]/g, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The id that `encodeId` was given. */
export const decodeId = (key: string): string =>
  key === '%'
    ? ''
    : key.replace(/%([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Stands where a parent's key stands, for a turn that has none. No id is encoded to it. */
export const ROOT = '.';

export const encodeParent = (parentId: string | null): string =>
  parentId === null ? ROOT : encodeId(parentId);

export const decodeParent = (key: string): string | null => (key === ROOT ? null : decodeId(key));
