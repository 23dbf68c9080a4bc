/** A message may have at most this many characters (code points). */
export const CONTENT_LIMIT = 32_000;

/** The longest reply that is kept, its reasoning included, in UTF-16 units. A model that goes on is cut off there. */
export const REPLY_LIMIT = 400_000;

export function isTooLong(content: string): boolean {
  if (content.length <= CONTENT_LIMIT) return false;
  if (content.length > CONTENT_LIMIT * 2) return true;
  let characters = 0;
  for (const _ of content) characters += 1;
  return characters > CONTENT_LIMIT;
}

/** Replaces lone surrogates, which UTF-8 cannot encode; everything else is kept as it is. */
export const wellFormed = (text: string): string => text.toWellFormed();
