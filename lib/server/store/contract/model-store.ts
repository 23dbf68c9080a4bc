import type { Session } from '@/lib/chat/session';
import type { Turn } from '@/lib/chat/turn';
import { hashUserMessage } from '../hash-user-message';
import type {
  BeginRequest,
  BeginResult,
  ChangeResult,
  HistoryPage,
  Lease,
  RemoveResult,
  SessionChange,
  SessionRef,
  StoredTurn,
  TurnRef,
  WriteRequest,
  WriteResult,
} from '../store';
import { UNDO_MS } from '../store';

interface ModelSession {
  record: Session;
  turns: Map<string, { turn: Turn; written: string }>;
  /** The child that was last shown, by parent. */
  last: Map<string | null, string>;
  lease: (Lease & { turnId: string }) | null;
}

interface UndoSnapshot {
  session: ModelSession;
  kind: 'clear' | 'remove';
  until: number;
}

type At = { now: number };

/** As in the real stores, a snapshot still answers to its turn ids for a while after it can no longer be restored. */
const GRACE_MS = 60_000;

/**
 * The contract in its simplest form: maps, and loops over everything. The answers of real stores are compared with its
 * answers. Sessions do not expire here; other tests cover that.
 */
export class ModelStore {
  readonly #current = new Map<string, ModelSession>();
  readonly #snapshots = new Map<string, UndoSnapshot[]>();

  /** The turns of a session, in the order of arrival. */
  turnIds(ref: SessionRef): string[] {
    return [...(this.#current.get(keyOf(ref))?.turns.keys() ?? [])];
  }

  /** A turn as a client last saw it. Does not blank deleted turns, as a real access would. */
  seen(ref: TurnRef): Turn | undefined {
    return this.#current.get(keyOf(ref))?.turns.get(ref.turnId)?.turn;
  }

  /** The live turn. Does not blank deleted turns either. */
  liveTurnId(ref: SessionRef): string | undefined {
    return this.#current.get(keyOf(ref))?.lease?.turnId;
  }

  begin(request: BeginRequest): BeginResult {
    const { turn, lease, now } = request;
    const session = this.#current.get(keyOf(request));
    if (session && session.record.assistantId !== turn.assistantId)
      return { kind: 'wrong_assistant', assistantId: session.record.assistantId };
    if (session) blankDue(session, now);
    if (session?.turns.has(turn.id)) {
      if (session.lease?.turnId !== turn.id || session.lease.token !== lease.token)
        return { kind: 'exists', stored: storedIn(session, turn.id) };
      return begun(session, turn.id, request.contextTurns);
    }
    const snapshot = this.#snapshotsOf(request).find(
      ({ session, until }) => until + GRACE_MS > now && session.turns.has(turn.id),
    );
    if (snapshot) return { kind: 'exists', stored: storedIn(snapshot.session, turn.id) };
    if (request.lastTurnId !== undefined && !session?.turns.has(request.lastTurnId)) return { kind: 'gone' };
    if (session?.lease)
      return {
        kind: 'busy',
        stored: storedIn(session, session.lease.turnId),
        expired: session.lease.endsAt <= now,
      };

    const parentId = request.parentId === undefined ? (session?.record.headTurnId ?? null) : request.parentId;
    const parent = parentId === null ? null : session?.turns.get(parentId);
    if (parent === undefined) return { kind: 'unknown_parent' };
    const target = session ?? newSession(request);
    this.#current.set(keyOf(request), target);
    const depth = parent ? parent.turn.depth + 1 : 0;
    target.turns.set(turn.id, { turn: { ...turn, parentId, depth }, written: JSON.stringify(turn) });
    target.lease = { ...lease, stop: false, turnId: turn.id };
    target.record.updatedAt = now;
    target.record.preview = request.preview;
    target.record.title ||= request.title;
    target.record.expiresAt = request.ttlMs === null ? null : now + request.ttlMs;
    show(target, turn.id);
    return begun(target, turn.id, request.contextTurns);
  }

  write(request: WriteRequest): WriteResult {
    const session = this.#current.get(keyOf(request));
    const entry = session?.turns.get(request.turnId);
    if (!session || !entry) return { held: false, stored: null };
    const { lease } = session;
    const isMine = lease?.turnId === request.turnId && lease.token === request.token;
    if (!isMine || (request.ifExpired && lease.endsAt > request.now)) {
      blankDue(session, request.now);
      const isOver = lease?.turnId !== request.turnId && isShown(entry.turn);
      const isRepeated = isOver && entry.written === JSON.stringify(request.turn);
      return isRepeated
        ? { held: true, stop: false }
        : { held: false, stored: storedIn(session, request.turnId) };
    }
    lease.endsAt = request.endsAt;
    if (request.turn) {
      const { parentId, depth } = entry.turn;
      entry.turn = { ...request.turn, parentId, depth };
      entry.written = JSON.stringify(request.turn);
    }
    if (entry.turn.status !== 'streaming') {
      session.lease = null;
      session.record.updatedAt = request.now;
      session.record.preview = request.preview ?? session.record.preview;
    }
    return { held: true, stop: lease.stop };
  }

  requestStop(ref: TurnRef & At): StoredTurn | null {
    const session = this.#access(ref);
    if (!session?.turns.has(ref.turnId)) return null;
    if (session.lease?.turnId === ref.turnId) session.lease.stop = true;
    return storedIn(session, ref.turnId);
  }

  turn(ref: TurnRef & At): StoredTurn | null {
    const session = this.#access(ref);
    return session?.turns.has(ref.turnId) ? storedIn(session, ref.turnId) : null;
  }

  session(ref: SessionRef & At): Session | null {
    const session = this.#access(ref);
    return session ? sessionOf(session) : null;
  }

  history(query: SessionRef & At & { limit: number; before?: string }): HistoryPage {
    const session = this.#access(query);
    if (!session)
      return { session: null, total: 0, turns: [], versions: {}, userHashes: {}, nextBefore: null };
    const path = pathTo(session, session.record.headTurnId);
    const shown = path.filter(isShown);
    const before = path.find(({ id }) => id === query.before);
    const selected =
      query.before === undefined ? shown : shown.filter(({ depth }) => before && depth < before.depth);
    const page = selected.slice(-query.limit);
    return {
      session: sessionOf(session),
      total: shown.length,
      turns: page.map(({ id }) => storedIn(session, id)),
      versions: versionsOf(session, page),
      userHashes: Object.fromEntries(
        Object.values(versionsOf(session, page))
          .flat()
          .map((id) => [id, hashUserMessage(storedIn(session, id).turn.user)]),
      ),
      nextBefore: selected.length > query.limit ? (page[0]?.id ?? null) : null,
    };
  }

  sessions(query: { owner: string }): Session[] {
    return [...this.#current]
      .filter(([key]) => JSON.parse(key)[0] === query.owner)
      .map(([, session]) => sessionOf(session))
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt);
  }

  /** Ids of the images of all turns of an owner that can be read or restored. */
  imagesInUse({ owner, now }: { owner: string } & At): string[] {
    const ofOwner = ([key]: [string, unknown]) => JSON.parse(key)[0] === owner;
    const snapshots = [...this.#snapshots].filter(ofOwner).flatMap(([, kept]) => kept);
    const sessions = [
      ...[...this.#current].filter(ofOwner).map(([, session]) => session),
      ...snapshots.filter(({ until }) => until > now).map(({ session }) => session),
    ];
    const turns = sessions.flatMap((session) => [...session.turns.values()].map(({ turn }) => turn));
    const readable = turns.filter(({ deletedAt = Infinity }) => deletedAt + UNDO_MS > now);
    return [...new Set(readable.flatMap(({ user }) => user.images.map(({ id }) => id)))].sort();
  }

  change(request: SessionRef & At & { change: SessionChange }): ChangeResult {
    const session = this.#access(request);
    if (!session) return { kind: 'unknown' };
    const { title, pinned, headTurnId } = request.change;
    if (headTurnId !== undefined) {
      if (session.lease) return { kind: 'busy', activeTurnId: session.lease.turnId };
      if (!session.turns.has(headTurnId)) return { kind: 'unknown_turn' };
      let leaf = headTurnId;
      for (let child = session.last.get(leaf); child !== undefined; child = session.last.get(leaf))
        leaf = child;
      show(session, leaf);
    }
    if (title !== undefined) session.record.title = title;
    if (pinned !== undefined) session.record.pinned = pinned;
    return { kind: 'changed', session: sessionOf(session) };
  }

  clear(ref: SessionRef & At): RemoveResult {
    const session = this.#current.get(keyOf(ref));
    if (!session) return { kind: 'unknown' };
    if (session.lease) return { kind: 'busy', stored: storedIn(session, session.lease.turnId) };
    if (session.record.headTurnId === null)
      return { kind: 'removed', undoUntil: this.#lastSnapshot(ref)?.until ?? ref.now + UNDO_MS };
    const emptied = { ...session.record, headTurnId: null, preview: '' };
    this.#current.set(keyOf(ref), { record: emptied, turns: new Map(), last: new Map(), lease: null });
    return this.#keepSnapshot(ref, session, 'clear');
  }

  remove(ref: SessionRef & At): RemoveResult {
    const session = this.#current.get(keyOf(ref));
    if (!session) return { kind: 'unknown' };
    if (session.lease) return { kind: 'busy', stored: storedIn(session, session.lease.turnId) };
    this.#current.delete(keyOf(ref));
    return this.#keepSnapshot(ref, session, 'remove');
  }

  restore(ref: SessionRef & At): ChangeResult {
    const current = this.#current.get(keyOf(ref));
    const snapshot = this.#lastSnapshot(ref);
    if (!snapshot || (!current && snapshot.kind === 'clear')) return { kind: 'unknown' };
    if (current?.lease) return { kind: 'busy', activeTurnId: current.lease.turnId };
    const old = snapshot.session;
    if (current && current.record.assistantId !== old.record.assistantId) return { kind: 'unknown' };
    this.#snapshots.set(
      keyOf(ref),
      this.#snapshotsOf(ref).filter((other) => other !== snapshot),
    );
    this.#current.set(keyOf(ref), current ? merged(old, current, snapshot.kind) : old);
    return { kind: 'changed', session: sessionOf(current ? this.#require(ref) : old) };
  }

  removeTurn(ref: TurnRef & At): RemoveResult {
    const session = this.#access(ref);
    const entry = session?.turns.get(ref.turnId);
    if (!session || !entry) return { kind: 'unknown' };
    if (session.lease?.turnId === ref.turnId) return { kind: 'busy', stored: storedIn(session, ref.turnId) };
    const deletedAt = entry.turn.deletedAt ?? ref.now;
    if (deletedAt + UNDO_MS <= ref.now) return { kind: 'unknown' };
    entry.turn = { ...entry.turn, deletedAt };
    return { kind: 'removed', undoUntil: deletedAt + UNDO_MS };
  }

  restoreTurn(ref: TurnRef & At): StoredTurn | null {
    const session = this.#access(ref);
    const entry = session?.turns.get(ref.turnId);
    if (!session || !entry || (entry.turn.deletedAt ?? Infinity) + UNDO_MS <= ref.now) return null;
    const { deletedAt: _, ...turn } = entry.turn;
    entry.turn = turn;
    return storedIn(session, ref.turnId);
  }

  #access(ref: SessionRef & At): ModelSession | undefined {
    const session = this.#current.get(keyOf(ref));
    if (session) blankDue(session, ref.now);
    return session;
  }

  #require(ref: SessionRef): ModelSession {
    const session = this.#current.get(keyOf(ref));
    if (!session) throw new Error('the model lost a session');
    return session;
  }

  /** The newest first. */
  #snapshotsOf(ref: SessionRef): UndoSnapshot[] {
    return this.#snapshots.get(keyOf(ref)) ?? [];
  }

  #lastSnapshot(ref: SessionRef & At): UndoSnapshot | undefined {
    return this.#snapshotsOf(ref).find(({ until }) => until > ref.now);
  }

  #keepSnapshot(ref: SessionRef & At, session: ModelSession, kind: UndoSnapshot['kind']): RemoveResult {
    const until = ref.now + UNDO_MS;
    this.#snapshots.set(keyOf(ref), [{ session, kind, until }, ...this.#snapshotsOf(ref)]);
    return { kind: 'removed', undoUntil: until };
  }
}

const keyOf = ({ owner, sessionId }: SessionRef): string => JSON.stringify([owner, sessionId]);

const isShown = (turn: Turn): boolean => turn.deletedAt === undefined;

function newSession({ sessionId, turn, title, now }: BeginRequest): ModelSession {
  const record: Session = {
    v: 1,
    id: sessionId,
    assistantId: turn.assistantId,
    title,
    preview: '',
    headTurnId: null,
    headStatus: null,
    activeTurnId: null,
    createdAt: now,
    updatedAt: now,
    pinned: false,
    expiresAt: null,
  };
  return { record, turns: new Map(), last: new Map(), lease: null };
}

function sessionOf(session: ModelSession): Session {
  const head = session.record.headTurnId;
  const headStatus = head === null ? null : (session.turns.get(head)?.turn.status ?? null);
  return { ...session.record, headStatus, activeTurnId: session.lease?.turnId ?? null };
}

function storedIn(session: ModelSession, id: string): StoredTurn {
  const turn = session.turns.get(id)?.turn;
  if (!turn) throw new Error('the model lost a turn');
  if (session.lease?.turnId !== id) return { turn, lease: null };
  const { turnId: _, ...lease } = session.lease;
  return { turn, lease };
}

function pathTo(session: ModelSession, id: string | null): Turn[] {
  if (id === null) return [];
  const { turn } = storedIn(session, id);
  return [...pathTo(session, turn.parentId), turn];
}

function show(session: ModelSession, head: string): void {
  session.record.headTurnId = head;
  for (const { id, parentId } of pathTo(session, head)) session.last.set(parentId, id);
}

function begun(session: ModelSession, id: string, contextTurns: number): BeginResult {
  const { turn } = storedIn(session, id);
  const before = pathTo(session, turn.parentId).filter(isShown);
  return {
    kind: 'begun',
    turn,
    session: sessionOf(session),
    path: contextTurns === 0 ? [] : before.slice(-contextTurns),
    pathTotal: before.length,
  };
}

function versionsOf(session: ModelSession, page: readonly Turn[]): Record<string, string[]> {
  const all = [...session.turns.values()].map(({ turn }) => turn).filter(isShown);
  return Object.fromEntries(
    page
      .map(({ id, parentId }) => [
        id,
        all.filter((turn) => turn.parentId === parentId).map((turn) => turn.id),
      ])
      .filter(([, siblings]) => siblings !== undefined && siblings.length > 1),
  );
}

function merged(old: ModelSession, current: ModelSession, kind: UndoSnapshot['kind']): ModelSession {
  const settings = kind === 'clear' ? current.record : old.record;
  const wasEmpty = old.turns.size === 0;
  const ends = [old.record.expiresAt, current.record.expiresAt];
  return {
    record: {
      ...old.record,
      title: settings.title,
      pinned: settings.pinned,
      headTurnId: wasEmpty ? current.record.headTurnId : old.record.headTurnId,
      preview: wasEmpty ? current.record.preview : old.record.preview,
      updatedAt: Math.max(old.record.updatedAt, current.record.updatedAt),
      expiresAt:
        kind === 'clear' ? current.record.expiresAt : Math.max(...ends.map((end) => end ?? Infinity)),
    },
    turns: new Map([...old.turns, ...current.turns]),
    // The older root stays the one that was last shown.
    last: new Map([...current.last, ...old.last]),
    lease: null,
  };
}

function blankDue(session: ModelSession, now: number): void {
  for (const entry of session.turns.values()) {
    if ((entry.turn.deletedAt ?? Infinity) + UNDO_MS > now || entry.written === '') continue;
    const { error: _, ...rest } = entry.turn;
    const { model } = rest.reply;
    entry.turn = {
      ...rest,
      user: { content: '', images: [] },
      reply: { content: '', reasoning: '', images: [], model },
    };
    entry.written = '';
  }
}
