import { describe, expect, it } from 'vitest';
import { readTurnHash, turnHash } from './turn-link';

describe('a link to a turn', () => {
  it.each([
    ['0193-a', '0193-b'],
    ['one/two', 'a b#c%'],
    ['消息', '对话'],
  ])('has the ids of turn %s and session %s', (turnId, sessionId) => {
    expect(readTurnHash(turnHash(sessionId, turnId))).toEqual({ sessionId, turnId });
  });

  it.each(['', '#', '#composer', '#turn-', '#turn-a', '#turn-a/', '#turn-/b', '#turn-a/b/c', '#turn-%zz/b'])(
    'is not %j',
    (hash) => expect(readTurnHash(hash)).toBeNull(),
  );
});
