import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeId, encodeId, encodeParent, ROOT } from './encode-id';

const anyString = fc.string({ unit: 'binary' });

test('encodes any string reversibly, without separators', () => {
  fc.assert(
    fc.property(anyString, (id) => {
      expect(encodeId(id)).toMatch(/^[A-Za-z0-9_%-]+$/);
      expect(decodeId(encodeId(id))).toBe(id);
      expect(encodeParent(id)).not.toBe(ROOT);
    }),
  );
});

test.each(['\ud800', '\ufffd', '', '%', '%0025', 'a:b', '{x}', '话'])('encodes %j reversibly', (id) => {
  expect(decodeId(encodeId(id))).toBe(id);
});
