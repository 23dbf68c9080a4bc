/**
 * Readers of parsed JSON: each checks a value of unknown shape and returns it typed. They are made from the types
 * themselves: `objectOf<T>` wants a reader for every field of `T`, so a field without one does not compile.
 */
export type Read<T> = (value: unknown) => T;

/** The value is not what its reader expects. The message names the place and the expectation, never the content. */
export class UnexpectedJson extends Error {
  override readonly name = 'UnexpectedJson';

  constructor(
    readonly expected: string,
    readonly path = '',
  ) {
    super(path === '' ? `expected ${expected}` : `${path}: expected ${expected}`);
  }
}

export const text: Read<string> = (value) => {
  if (typeof value !== 'string') throw new UnexpectedJson('text');
  return value;
};

export const number: Read<number> = (value) => {
  if (typeof value !== 'number') throw new UnexpectedJson('a number');
  return value;
};

export const flag: Read<boolean> = (value) => {
  if (typeof value !== 'boolean') throw new UnexpectedJson('true or false');
  return value;
};

/** One of a closed set of values. */
export const oneOf =
  <const T extends string | number>(...values: readonly T[]): Read<T> =>
  (value) => {
    const found = values.find((one) => one === value);
    if (found === undefined) throw new UnexpectedJson(`one of ${values.join(', ')}`);
    return found;
  };

export const nullable =
  <T>(read: Read<T>): Read<T | null> =>
  (value) =>
    value === null ? null : read(value);

export const optional =
  <T>(read: Read<T>): Read<T | undefined> =>
  (value) =>
    value === undefined ? undefined : read(value);

export const listOf =
  <T>(read: Read<T>): Read<T[]> =>
  (value) => {
    if (!Array.isArray(value)) throw new UnexpectedJson('a list');
    return value.map((item: unknown, index) => at(String(index), () => read(item)));
  };

/** An object used as a map: any keys, values of one kind. */
export const recordOf =
  <T>(read: Read<T>): Read<Record<string, T>> =>
  (value) =>
    Object.fromEntries(
      Object.entries(plainObject(value)).map(([key, one]) => [key, at(key, () => read(one))]),
    );

/** An object with these fields. Fields without a reader are left out: a newer server may send more. */
export const objectOf =
  <T extends object>(fields: { [K in keyof T]-?: Read<T[K]> }): Read<T> =>
  (value) => {
    const source = plainObject(value);
    const result: Record<string, unknown> = {};
    for (const key in fields) {
      const field = at(key, () => fields[key](source[key]));
      if (field !== undefined) result[key] = field;
    }
    return result as T; // every field of T was read by its own reader
  };

function plainObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnexpectedJson('an object');
  return { ...value };
}

function at<T>(key: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnexpectedJson)) throw error;
    throw new UnexpectedJson(error.expected, error.path === '' ? key : `${key}.${error.path}`);
  }
}
