import { describe, expect, it } from 'vitest';
import { fuzzyScore } from './fuzzy';

describe('fuzzyScore', () => {
  it.each([
    ['', 'anything'],
    ['teach', 'Teacher'],
    ['tchr', 'Teacher'],
    ['nc', 'New conversation'],
    ['conversation new', 'New conversation'],
    ['CAFE', 'Café in the city'],
    ['编程', '编程专家'],
    ['deepseek rea', 'deepseek:deepseek-reasoner'],
  ])('"%s" finds "%s"', (query, text) => {
    expect(fuzzyScore(query, text)).not.toBeNull();
  });

  it.each([
    ['zebra', 'Teacher'],
    ['ttt', 'Teacher'],
    ['teacher dark', 'Teacher'],
    ['程编', '编程专家'],
  ])('"%s" does not find "%s"', (query, text) => {
    expect(fuzzyScore(query, text)).toBeNull();
  });

  it.each([
    ['dark', 'Dark', 'A draft about a park'],
    ['stop', 'Stop the reply', 'Sort the people'],
    ['new', 'New conversation', 'The renewed plan'],
    ['plan', 'My plan', 'Airplane'],
  ])('"%s" ranks "%s" above "%s"', (query, better, worse) => {
    expect(fuzzyScore(query, better) ?? 0).toBeGreaterThan(fuzzyScore(query, worse) ?? 0);
  });
});
