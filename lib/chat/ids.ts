/** Ids of sessions, turns, assistants and images. No character that is special in a key, a URL or a path. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

export const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);
