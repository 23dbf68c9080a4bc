import { expect, it } from 'vitest';
import * as exported from '.';
import { client } from './client';

it('every action is exported by its name', () => {
  expect({ ...exported }).toEqual(client.actions);
});
