/**
 * Encodes an id as a part of a key. The result is never empty and has only `A-Z a-z 0-9 _ - %`, so that any other
 * character can separate the parts. Different ids (any strings, with lone surrogates too) have different results, so no
 * two lists of ids share a key.
 */
export const encodeId = (id: string): string =>
  id === ''
    ? '%'
    : id.replace(/[^A-Za-z0-9_-]/g, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The inverse of `encodeId`. */
export const decodeId = (key: string): string =>
  key === '%'
    ? ''
    : key.replace(/%([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Stored as the parent of a turn that has none. `encodeId` never returns it. */
export const ROOT = '.';

export const encodeParent = (parentId: string | null): string =>
  parentId === null ? ROOT : encodeId(parentId);

export const decodeParent = (key: string): string | null => (key === ROOT ? null : decodeId(key));
