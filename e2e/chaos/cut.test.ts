import { expect, it } from 'vitest';
import { runCutPart } from './cut-part';

it('client, model and server are cut at every event boundary of a reply of 30: the outcome is right each time', async () => {
  const { violations } = await runCutPart('at once');
  expect(violations).toEqual([]);
}, 120_000);
