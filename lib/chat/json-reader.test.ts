import { describe, expect, it } from 'vitest';
import { flag, listOf, nullable, number, objectOf, oneOf, optional, recordOf, text } from './json-reader';

interface Person {
  name: string;
  age?: number;
  tags: string[];
  home: { city: string | null };
}

const readPerson = objectOf<Person>({
  name: text,
  age: optional(number),
  tags: listOf(text),
  home: objectOf<Person['home']>({ city: nullable(text) }),
});

const person: Person = { name: 'Ada', tags: ['a', 'b'], home: { city: null } };

describe('a reader of parsed JSON', () => {
  it('returns a value that fits', () => {
    expect(readPerson(person)).toEqual(person);
    expect(readPerson({ ...person, age: 36 })).toEqual({ ...person, age: 36 });
  });

  it('leaves out fields that it does not know', () => {
    expect(readPerson({ ...person, secret: 1, home: { city: 'London', zip: 7 } })).toEqual({
      ...person,
      home: { city: 'London' },
    });
  });

  it.each([
    [null, 'expected an object'],
    [[], 'expected an object'],
    [{ ...person, name: undefined }, 'name: expected text'],
    [{ ...person, age: null }, 'age: expected a number'],
    [{ ...person, tags: 'a' }, 'tags: expected a list'],
    [{ ...person, tags: ['a', 7] }, 'tags.1: expected text'],
    [{ ...person, home: { city: 7 } }, 'home.city: expected text'],
  ])('names the place and what it expected, never the content: %j', (value, message) => {
    expect(() => readPerson(value)).toThrow(message);
  });

  it('reads closed sets, flags and maps', () => {
    expect(oneOf('a', 'b')('b')).toBe('b');
    expect(() => oneOf('a', 'b')('c')).toThrow('expected one of a, b');
    expect(flag(false)).toBe(false);
    expect(() => flag(0)).toThrow('expected true or false');
    expect(recordOf(number)({ x: 1, constructor: 2 })).toEqual({ x: 1, constructor: 2 });
    expect(() => recordOf(number)({ x: '1' })).toThrow('x: expected a number');
  });
});
