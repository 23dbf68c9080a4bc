import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTurn, type TurnStatus } from '@/lib/chat/turn';
import { IMAGE_GRACE_MS, type Store, UNDO_MS } from '../store';
import { ModelStore } from './model-store';
import { DAY_MS, LEASE_MS, reply } from './session-client';

/** One call, on one of four sessions of two owners. `turn` and `parent` are indexes into the existing turns. */
type Step = {
  what:
    | 'addTurn'
    | 'begin'
    | 'save'
    | 'renew'
    | 'finish'
    | 'stop'
    | 'settle'
    | 'choose'
    | 'rename'
    | 'pin'
    | 'clear'
    | 'remove'
    | 'restore'
    | 'removeTurn'
    | 'restoreTurn'
    | 'upload';
  owner: number;
  session: number;
  assistantId: string;
  turn: number;
  parent: number | null | undefined;
  lastTurn: number | undefined;
  token: string;
  text: string;
  status: TurnStatus;
  /** Indexes into `IMAGES`: what a turn refers to, or what is uploaded again. */
  images: readonly number[];
  limit: number;
  /** How many ms pass before this step. */
  after: number;
};

const TURN_IDS = Array.from({ length: 24 }, (_, n) => `t${n}`);
const IMAGES = [0, 1, 2].map((n) => ({ id: `i${n}`, type: 'image/png', width: 1, height: 1 }) as const);
/** Longer than any history takes. */
const UPLOAD_TTL_MS = 6 * 3_600_000;
const SESSION_TTL_MS = 30 * DAY_MS;
const someTurn = fc.nat({ max: TURN_IDS.length - 1 });

function mostly<T>(often: T, seldom: T): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(often) },
    { weight: 1, arbitrary: fc.constant(seldom) },
  );
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    { weight: 12, arbitrary: fc.constant('addTurn' as const) },
    { weight: 6, arbitrary: fc.constant('begin' as const) },
    { weight: 8, arbitrary: fc.constantFrom('finish' as const, 'save' as const) },
    { weight: 7, arbitrary: fc.constantFrom('renew' as const, 'stop' as const, 'settle' as const) },
    {
      weight: 8,
      arbitrary: fc.constantFrom('choose' as const, 'removeTurn' as const, 'restoreTurn' as const),
    },
    { weight: 6, arbitrary: fc.constantFrom('clear' as const, 'remove' as const, 'restore' as const) },
    { weight: 1, arbitrary: fc.constantFrom('rename' as const, 'pin' as const, 'upload' as const) },
  ),
  owner: mostly(0, 1),
  session: mostly(0, 1),
  assistantId: mostly('teacher', 'other'),
  turn: someTurn,
  lastTurn: fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: someTurn }),
  parent: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 3, arbitrary: someTurn },
  ),
  token: fc.oneof({ weight: 9, arbitrary: fc.constant('k0') }, { weight: 1, arbitrary: fc.constant('k1') }),
  text: fc.constantFrom('', 'half', 'whole'),
  status: fc.constantFrom('done', 'stopped', 'failed', 'interrupted'),
  images: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray([0, 1, 2], { minLength: 1 }) },
  ),
  limit: fc.integer({ min: 1, max: 4 }),
  after: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(1, 700) },
    { weight: 2, arbitrary: fc.constant(LEASE_MS) },
    { weight: 1, arbitrary: fc.constant(5 * 60_000) },
  ),
});

/** After any series of steps, the store has given the same answers as the model and holds the same data. */
export function modelProperty(store: () => Store, runs: number): void {
  test(`${runs} random histories agree with the model`, { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const model = new ModelStore();
        const unique = randomUUID();
        let now = Date.now();
        for (const owner of [0, 1])
          for (const n of IMAGES.keys()) await upload(store(), `${unique}-${owner}`, n, now);
        for (const next of steps) {
          now += next.after;
          await take(store(), model, next, { owner: `${unique}-${next.owner}`, now });
        }
        for (const owner of [0, 1]) await compareOwner(store(), model, `${unique}-${owner}`, now);
        for (const owner of [0, 1]) await compareImages(store(), model, `${unique}-${owner}`, now);
      }),
      { numRuns: runs },
    );
  });
}

async function take(store: Store, model: ModelStore, step: Step, at: { owner: string; now: number }) {
  const ref = { ...at, sessionId: `s${step.session}` };
  const existing = model.turnIds(ref);
  const chosen = (n: number) => existing[n % existing.length] ?? idOf(n);
  const live = model.liveTurnId(ref);
  // Directs most writes at the live turn, which few would hit by chance.
  const turnId = live && step.text !== '' ? live : chosen(step.turn);
  const turnRef = { ...ref, turnId };
  const lease = { token: step.token, endsAt: at.now + LEASE_MS };
  const change = (of: Parameters<Store['change']>[0]['change']) => ({ ...ref, change: of });
  const write = (status: TurnStatus) => {
    const turn = model.seen(turnRef) ?? started(turnId, step, at.now);
    return { ...turnRef, ...lease, turn: reply(turn, step.text, status) };
  };
  const same = async <T>(actual: Promise<T>, expected: T) => {
    expect(await actual).toEqual(expected);
  };

  switch (step.what) {
    case 'addTurn':
    case 'begin': {
      const request = {
        ...ref,
        turn: started(idOf(step.turn), step, at.now),
        parentId: typeof step.parent === 'number' ? chosen(step.parent) : step.parent,
        lastTurnId: step.lastTurn === undefined ? undefined : chosen(step.lastTurn),
        lease,
        title: step.text,
        preview: step.text,
        ttlMs: SESSION_TTL_MS,
        contextTurns: step.limit - 1,
      };
      const begun = model.begin(request);
      await same(store.begin(request), begun);
      if (step.what === 'begin' || begun.kind !== 'begun') break;
      const end = {
        ...ref,
        ...lease,
        turnId: begun.turn.id,
        turn: reply(begun.turn, step.text, step.status),
      };
      await same(store.write(end), model.write(end));
      break;
    }
    case 'save':
      await same(store.write(write('streaming')), model.write(write('streaming')));
      break;
    case 'finish': {
      const request = { ...write(step.status), preview: step.text };
      await same(store.write(request), model.write(request));
      break;
    }
    case 'settle': {
      const request = { ...write('interrupted'), ifExpired: true };
      await same(store.write(request), model.write(request));
      break;
    }
    case 'renew':
      await same(store.write({ ...turnRef, ...lease }), model.write({ ...turnRef, ...lease }));
      break;
    case 'stop':
      await same(store.requestStop(turnRef), model.requestStop(turnRef));
      break;
    case 'choose':
      await same(
        store.change(change({ headTurnId: chosen(step.turn) })),
        model.change(change({ headTurnId: chosen(step.turn) })),
      );
      break;
    case 'rename':
      await same(store.change(change({ title: step.text })), model.change(change({ title: step.text })));
      break;
    case 'pin':
      await same(
        store.change(change({ pinned: step.text !== '' })),
        model.change(change({ pinned: step.text !== '' })),
      );
      break;
    case 'clear':
      await same(store.clear(ref), model.clear(ref));
      break;
    case 'remove':
      await same(store.remove(ref), model.remove(ref));
      break;
    case 'restore':
      await same(store.restore(ref), model.restore(ref));
      break;
    case 'removeTurn':
      await same(store.removeTurn(turnRef), model.removeTurn(turnRef));
      break;
    case 'upload':
      for (const n of step.images) await upload(store, at.owner, n, at.now);
      break;
    case 'restoreTurn':
      await same(store.restoreTurn(turnRef), model.restoreTurn(turnRef));
      break;
  }
  const page = { ...ref, limit: step.limit };
  const expected = model.history(page);
  await same(store.history(page), expected);
  if (expected.nextBefore === null) return;
  const older = { ...page, before: expected.nextBefore };
  await same(store.history(older), model.history(older));
}

const idOf = (n: number): string => TURN_IDS[n] ?? 't0';

const started = (id: string, { assistantId, text, images }: Step, now: number) =>
  startTurn({
    id,
    assistantId,
    content: text,
    images: images.flatMap((n) => IMAGES[n] ?? []),
    model: 'fake:model',
    now,
  });

async function upload(store: Store, owner: string, n: number, now: number): Promise<void> {
  const image = IMAGES[n];
  if (image)
    await store.putImage({ owner, image: { ...image, data: Buffer.of(n) }, ttlMs: UPLOAD_TTL_MS, now });
}

/** Images are kept while a turn that refers to them can be read or restored, and are gone a day after the last of them. */
async function compareImages(store: Store, model: ModelStore, owner: string, now: number): Promise<void> {
  const stored = async (at: number) => {
    const found = await Promise.all(IMAGES.map(({ id }) => store.image({ owner, imageId: id, now: at })));
    return IMAGES.map(({ id }) => id).filter((_, n) => found[n] !== null);
  };
  expect(await stored(now)).toEqual(expect.arrayContaining(model.imagesInUse({ owner, now })));
  // By then no undo is left, and no image is kept as an upload.
  const later = now + UNDO_MS + IMAGE_GRACE_MS + 1;
  expect(await stored(later)).toEqual(model.imagesInUse({ owner, now: later }));
  expect(await stored(now + SESSION_TTL_MS + IMAGE_GRACE_MS + 1)).toEqual([]);
}

/** Compares every turn of every session of an owner, and the list of sessions. */
async function compareOwner(store: Store, model: ModelStore, owner: string, now: number): Promise<void> {
  const listed = model.sessions({ owner });
  expect(await store.sessions({ owner, limit: 10, now })).toEqual({
    sessions: listed,
    total: listed.length,
    nextBefore: null,
  });
  for (const sessionId of ['s0', 's1']) {
    const actual = await Promise.all(TURN_IDS.map((turnId) => store.turn({ owner, sessionId, turnId, now })));
    expect(actual).toEqual(TURN_IDS.map((turnId) => model.turn({ owner, sessionId, turnId, now })));
  }
}
