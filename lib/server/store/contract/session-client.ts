import { createHash, randomUUID } from 'node:crypto';
import { type ImageRef, startTurn, type Turn, type TurnStatus } from '@/lib/chat/turn';
import type {
  BeginRequest,
  BeginResult,
  Lease,
  Store,
  StoredImage,
  StoredTurn,
  WriteRequest,
} from '../store';

export const LEASE_MS = 15_000;
export const DAY_MS = 86_400_000;
const PICTURE = { type: 'image/webp', width: 640, height: 480 } as const;

/** What a test sets differently in a begin. */
type BeginChange = Partial<BeginRequest> & { content?: string; images?: ImageRef[] };

type Begun = Extract<BeginResult, { kind: 'begun' }>;

/** Calls a store for one session, with its own clock. Each client has new ids, so tests can share a store. */
export class SessionClient {
  readonly store: Store;
  owner = `owner-${randomUUID()}`;
  sessionId = `session-${randomUUID()}`;
  assistantId = 'assistant';
  /** Starts at the real time, because Redis expires keys by its own clock. */
  now = Date.now();

  constructor(
    store: Store,
    change: Partial<Pick<SessionClient, 'owner' | 'sessionId' | 'assistantId' | 'now'>> = {},
  ) {
    this.store = store;
    Object.assign(this, change);
  }

  get ref() {
    return { owner: this.owner, sessionId: this.sessionId, now: this.now };
  }

  turnRef(turnId: string) {
    return { ...this.ref, turnId };
  }

  request(id: string, change: BeginChange = {}): BeginRequest {
    const { content = `says ${id}`, images, ...rest } = change;
    const turn = startTurn({
      id,
      assistantId: this.assistantId,
      content,
      images,
      model: 'fake:model',
      now: this.now,
    });
    return {
      ...this.ref,
      turn,
      lease: { token: `token-${id}`, endsAt: this.now + LEASE_MS },
      title: `title ${id}`,
      preview: `preview ${id}`,
      ttlMs: 30 * DAY_MS,
      contextTurns: 20,
      ...rest,
    };
  }

  begin(id: string, change: BeginChange = {}): Promise<BeginResult> {
    return this.store.begin(this.request(id, change));
  }

  /** Begins a turn, and throws if that fails. */
  async mustBegin(id: string, change: BeginChange = {}): Promise<Begun> {
    const result = await this.begin(id, change);
    if (result.kind !== 'begun') throw new Error(`begin of ${id} was answered with ${result.kind}`);
    return result;
  }

  write(turnId: string, change: Partial<WriteRequest> = {}) {
    const base = { ...this.turnRef(turnId), token: `token-${turnId}`, endsAt: this.now + LEASE_MS };
    return this.store.write({ ...base, ...change });
  }

  async save(turnId: string, content: string, change: Partial<WriteRequest> = {}) {
    return this.write(turnId, { turn: reply(await this.turn(turnId), content, 'streaming'), ...change });
  }

  async finish(turnId: string, content = `answers ${turnId}`, status: TurnStatus = 'done') {
    const turn = reply(await this.turn(turnId), content, status);
    return this.write(turnId, { turn, preview: content });
  }

  /** Begins a turn and finishes it. */
  async addTurn(id: string, change: BeginChange = {}): Promise<Begun> {
    const result = await this.mustBegin(id, change);
    await this.finish(id);
    return result;
  }

  async addTurns(...ids: string[]): Promise<void> {
    for (const id of ids) await this.addTurn(id);
  }

  /** Uploads these bytes as an image, and returns the reference for a turn. */
  async upload(bytes: Uint8Array, ttlMs = 30 * DAY_MS): Promise<ImageRef> {
    const ref = { id: createHash('sha256').update(bytes).digest('base64url'), ...PICTURE };
    await this.store.putImage({ owner: this.owner, image: { ...ref, data: bytes }, ttlMs, now: this.now });
    return ref;
  }

  image({ id }: { id: string }): Promise<StoredImage | null> {
    return this.store.image({ owner: this.owner, imageId: id, now: this.now });
  }

  /** Reads a turn, and throws if there is none. */
  async turn(turnId: string): Promise<Turn> {
    const found = await this.store.turn(this.turnRef(turnId));
    if (!found) throw new Error(`${turnId} is not there`);
    return found.turn;
  }

  async lease(turnId: string): Promise<Lease | null> {
    return (await this.store.turn(this.turnRef(turnId)))?.lease ?? null;
  }

  history(limit = 50, before?: string) {
    return this.store.history({ ...this.ref, limit, before });
  }

  /** The ids of the shown path, oldest first. */
  async shownIds(): Promise<string[]> {
    return idsOf((await this.history()).turns);
  }

  session() {
    return this.store.session(this.ref);
  }

  setHead(headTurnId: string) {
    return this.store.change({ ...this.ref, change: { headTurnId } });
  }
}

export const idsOf = (turns: readonly StoredTurn[]): string[] => turns.map(({ turn }) => turn.id);

export const reply = (turn: Turn, content: string, status: TurnStatus): Turn => ({
  ...turn,
  reply: { ...turn.reply, content },
  status,
});
