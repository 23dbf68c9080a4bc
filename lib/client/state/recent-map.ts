/** How many entries a stored map keeps, the newest: storage is small and shared by the whole origin. */
export const MAP_LIMIT = 200;

/** The map with `key` set, as its newest entry. The oldest entries beyond `MAP_LIMIT` are dropped. */
export const withEntry = <T>(map: Readonly<Record<string, T>>, key: string, value: T): Record<string, T> =>
  Object.fromEntries([...Object.entries(withoutEntry(map, key)), [key, value]].slice(-MAP_LIMIT));

export const withoutEntry = <T>(map: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
