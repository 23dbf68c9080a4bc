import { describe, expect, it } from 'vitest';
import { closeOpenMarkup } from './close-open-markup';

describe('closeOpenMarkup', () => {
  it.each<[string, string, string]>([
    ['words', 'some words', 'some words'],
    ['an opening mark', 'some **', 'some '],
    ['half an opening mark', 'some *', 'some '],
    ['open weight', 'some **wei', 'some **wei**'],
    ['open weight after a blank', 'some **wei ', 'some **wei** '],
    ['half a closing mark', 'some **weight*', 'some **weight**'],
    ['closed weight', 'some **weight**', 'some **weight**'],
    ['weight, closed, and more', '**a** b', '**a** b'],
    ['open emphasis', 'an *emph', 'an *emph*'],
    ['emphasis in weight', '**a *b', '**a *b***'],
    ['an open deletion', 'a ~~b', 'a ~~b~~'],
    ['a name with underscores', 'call snake_case_name', 'call snake_case_name'],
    ['a product', '2 * 3', '2 * 3'],
    ['open code', 'a `co', 'a `co`'],
    ['an opening of code', 'a `', 'a '],
    ['half an end of code', 'a ``co`', 'a ``co``'],
    ['marks in code', '`**a` b', '`**a` b'],
    ['half the words of a link', 'see [the do', 'see the do'],
    ['half the address of a link', 'see [the docs](https://exa', 'see the docs'],
    ['a whole link', 'see [the docs](https://example.org)', 'see [the docs](https://example.org)'],
    ['half an image', 'see ![a tree](https://ex', 'see '],
    ['an escape', 'a \\', 'a '],
    ['a list marker alone', 'a\n- ', 'a'],
    ['a marker after an item', '- a\n-', '- a'],
    ['a number alone', '1. a\n2', '1. a'],
    ['a task without words', '- a\n- [ ]', '- a'],
    ['an underline of a heading', 'a\n--', 'a'],
    ['half a heading', 'a\n\n##', 'a\n'],
    ['half a fence', 'a\n\n``', 'a\n'],
    ['half a quote', 'a\n\n>', 'a\n'],
    ['weight in an item', '- **a\n- **b', '- **a\n- **b**'],
    ['a paragraph before', '**a\n\nb', '**a\n\nb'],
    ['half the head of a table', '| a | b', '| a | b\n| - | - |'],
    ['the head of a table', '| a | b |\n', '| a | b |\n| - | - |'],
    ['half the second row', 'x\n\n| a | b |\n|--', 'x\n\n| a | b |\n| - | - |'],
    ['a whole second row', '| a | b |\n| - | :-: |', '| a | b |\n| - | :-: |'],
    ['half a row', '| a | b |\n| - | - |\n| **c', '| a | b |\n| - | - |\n| **c**'],
  ])('%s', (_, open, shown) => {
    expect(closeOpenMarkup(open)).toBe(shown);
  });
});
