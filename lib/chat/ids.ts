/** Ids of sessions, turns, assistants and images. Nothing that could separate, escape or hide. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

export const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);
