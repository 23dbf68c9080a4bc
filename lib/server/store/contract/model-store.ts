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

interface Tree {
  session: Session;
  turns: Map<string, { turn: Turn; written: string }>;
  /** The child last shown, by parent. */
  last: Map<string | null, string>;
  lease: (Lease & { turnId: string }) | null;
}

interface Aside {
  tree: Tree;
  kind: 'clear' | 'remove';
  until: number;
}

type At = { now: number };

/** As in both stores: a kept-aside turn answers to its id a little longer than it can be restored. */
const GRACE_MS = 60_000;

/**
 * The store's promises in their plainest form: maps and loops over everything, no index, no count. What a store
 * answers is compared with what this answers. Sessions do not expire here; the stories tell of that.
 */
export class ModelStore {
  readonly #current = new Map<string, Tree>();
  readonly #asides = new Map<string, Aside[]>();

  /** Of the shown tree, in the order of arrival. */
  turnIds(ref: SessionRef): string[] {
    return [...(this.#current.get(keyOf(ref))?.turns.keys() ?? [])];
  }

  /** A turn as a client saw it last: no access of the session. */
  seen(ref: TurnRef): Turn | undefined {
    return this.#current.get(keyOf(ref))?.turns.get(ref.turnId)?.turn;
  }

  /** The live turn: no access of the session either, which would blank what is due. */
  liveTurnId(ref: SessionRef): string | undefined {
    return this.#current.get(keyOf(ref))?.lease?.turnId;
  }

  begin(request: BeginRequest): BeginResult {
    const { turn, lease, now } = request;
    const tree = this.#current.get(keyOf(request));
    if (tree && tree.session.assistantId !== turn.assistantId)
      return { kind: 'wrong_assistant', assistantId: tree.session.assistantId };
    if (tree) blankDue(tree, now);
    if (tree?.turns.has(turn.id)) {
      if (tree.lease?.turnId !== turn.id || tree.lease.token !== lease.token)
        return { kind: 'exists', stored: storedIn(tree, turn.id) };
      return begun(tree, turn.id, request.contextTurns);
    }
    const aside = this.#asidesOf(request).find(
      ({ tree, until }) => until + GRACE_MS > now && tree.turns.has(turn.id),
    );
    if (aside) return { kind: 'exists', stored: storedIn(aside.tree, turn.id) };
    if (tree?.lease)
      return { kind: 'busy', stored: storedIn(tree, tree.lease.turnId), expired: tree.lease.endsAt <= now };

    const parentId = request.parentId === undefined ? (tree?.session.headTurnId ?? null) : request.parentId;
    const parent = parentId === null ? null : tree?.turns.get(parentId);
    if (parent === undefined) return { kind: 'unknown_parent' };
    const target = tree ?? newTree(request);
    this.#current.set(keyOf(request), target);
    const depth = parent ? parent.turn.depth + 1 : 0;
    target.turns.set(turn.id, { turn: { ...turn, parentId, depth }, written: JSON.stringify(turn) });
    target.lease = { ...lease, stop: false, turnId: turn.id };
    target.session.updatedAt = now;
    target.session.preview = request.preview;
    target.session.title ||= request.title;
    target.session.expiresAt = request.ttlMs === null ? null : now + request.ttlMs;
    show(target, turn.id);
    return begun(target, turn.id, request.contextTurns);
  }

  write(request: WriteRequest): WriteResult {
    const tree = this.#current.get(keyOf(request));
    const entry = tree?.turns.get(request.turnId);
    if (!tree || !entry) return { held: false, stored: null };
    const { lease } = tree;
    const mine = lease?.turnId === request.turnId && lease.token === request.token;
    if (!mine || (request.ifExpired && lease.endsAt > request.now)) {
      blankDue(tree, request.now);
      const isOver = lease?.turnId !== request.turnId && isShown(entry.turn);
      const again = isOver && entry.written === JSON.stringify(request.turn);
      return again ? { held: true, stop: false } : { held: false, stored: storedIn(tree, request.turnId) };
    }
    lease.endsAt = request.endsAt;
    if (request.turn) {
      const { parentId, depth } = entry.turn;
      entry.turn = { ...request.turn, parentId, depth };
      entry.written = JSON.stringify(request.turn);
    }
    if (entry.turn.status !== 'streaming') {
      tree.lease = null;
      tree.session.updatedAt = request.now;
      tree.session.preview = request.preview ?? tree.session.preview;
    }
    return { held: true, stop: lease.stop };
  }

  requestStop(ref: TurnRef & At): StoredTurn | null {
    const tree = this.#access(ref);
    if (!tree?.turns.has(ref.turnId)) return null;
    if (tree.lease?.turnId === ref.turnId) tree.lease.stop = true;
    return storedIn(tree, ref.turnId);
  }

  turn(ref: TurnRef & At): StoredTurn | null {
    const tree = this.#access(ref);
    return tree?.turns.has(ref.turnId) ? storedIn(tree, ref.turnId) : null;
  }

  session(ref: SessionRef & At): Session | null {
    const tree = this.#access(ref);
    return tree ? sessionOf(tree) : null;
  }

  history(query: SessionRef & At & { limit: number; before?: string }): HistoryPage {
    const tree = this.#access(query);
    if (!tree) return { session: null, total: 0, turns: [], versions: {}, userHashes: {}, nextBefore: null };
    const path = pathTo(tree, tree.session.headTurnId);
    const shown = path.filter(isShown);
    const before = path.find(({ id }) => id === query.before);
    const selected =
      query.before === undefined ? shown : shown.filter(({ depth }) => before && depth < before.depth);
    const page = selected.slice(-query.limit);
    return {
      session: sessionOf(tree),
      total: shown.length,
      turns: page.map(({ id }) => storedIn(tree, id)),
      versions: versionsOf(tree, page),
      userHashes: Object.fromEntries(
        Object.values(versionsOf(tree, page))
          .flat()
          .map((id) => [id, hashUserMessage(storedIn(tree, id).turn.user)]),
      ),
      nextBefore: selected.length > query.limit ? (page[0]?.id ?? null) : null,
    };
  }

  sessions(query: { owner: string }): Session[] {
    return [...this.#current]
      .filter(([key]) => JSON.parse(key)[0] === query.owner)
      .map(([, tree]) => sessionOf(tree))
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt);
  }

  /** Ids of the images of all turns of an owner that can be read or restored. */
  imagesInUse({ owner, now }: { owner: string } & At): string[] {
    const ofOwner = ([key]: [string, unknown]) => JSON.parse(key)[0] === owner;
    const asides = [...this.#asides].filter(ofOwner).flatMap(([, kept]) => kept);
    const trees = [
      ...[...this.#current].filter(ofOwner).map(([, tree]) => tree),
      ...asides.filter(({ until }) => until > now).map(({ tree }) => tree),
    ];
    const turns = trees.flatMap((tree) => [...tree.turns.values()].map(({ turn }) => turn));
    const readable = turns.filter(({ deletedAt = Infinity }) => deletedAt + UNDO_MS > now);
    return [...new Set(readable.flatMap(({ user }) => user.images.map(({ id }) => id)))].sort();
  }

  change(request: SessionRef & At & { change: SessionChange }): ChangeResult {
    const tree = this.#access(request);
    if (!tree) return { kind: 'unknown' };
    const { title, pinned, headTurnId } = request.change;
    if (headTurnId !== undefined) {
      if (tree.lease) return { kind: 'busy', activeTurnId: tree.lease.turnId };
      if (!tree.turns.has(headTurnId)) return { kind: 'unknown_turn' };
      let leaf = headTurnId;
      for (let child = tree.last.get(leaf); child !== undefined; child = tree.last.get(leaf)) leaf = child;
      show(tree, leaf);
    }
    if (title !== undefined) tree.session.title = title;
    if (pinned !== undefined) tree.session.pinned = pinned;
    return { kind: 'changed', session: sessionOf(tree) };
  }

  clear(ref: SessionRef & At): RemoveResult {
    const tree = this.#current.get(keyOf(ref));
    if (!tree) return { kind: 'unknown' };
    if (tree.lease) return { kind: 'busy', stored: storedIn(tree, tree.lease.turnId) };
    if (tree.session.headTurnId === null)
      return { kind: 'removed', undoUntil: this.#lastAside(ref)?.until ?? ref.now + UNDO_MS };
    const session = { ...tree.session, headTurnId: null, preview: '' };
    this.#current.set(keyOf(ref), { session, turns: new Map(), last: new Map(), lease: null });
    return this.#keepAside(ref, tree, 'clear');
  }

  remove(ref: SessionRef & At): RemoveResult {
    const tree = this.#current.get(keyOf(ref));
    if (!tree) return { kind: 'unknown' };
    if (tree.lease) return { kind: 'busy', stored: storedIn(tree, tree.lease.turnId) };
    this.#current.delete(keyOf(ref));
    return this.#keepAside(ref, tree, 'remove');
  }

  restore(ref: SessionRef & At): ChangeResult {
    const current = this.#current.get(keyOf(ref));
    const aside = this.#lastAside(ref);
    if (!aside || (!current && aside.kind === 'clear')) return { kind: 'unknown' };
    if (current?.lease) return { kind: 'busy', activeTurnId: current.lease.turnId };
    const old = aside.tree;
    if (current && current.session.assistantId !== old.session.assistantId) return { kind: 'unknown' };
    this.#asides.set(
      keyOf(ref),
      this.#asidesOf(ref).filter((other) => other !== aside),
    );
    this.#current.set(keyOf(ref), current ? merged(old, current, aside.kind) : old);
    return { kind: 'changed', session: sessionOf(current ? this.#require(ref) : old) };
  }

  removeTurn(ref: TurnRef & At): RemoveResult {
    const tree = this.#access(ref);
    const entry = tree?.turns.get(ref.turnId);
    if (!tree || !entry) return { kind: 'unknown' };
    if (tree.lease?.turnId === ref.turnId) return { kind: 'busy', stored: storedIn(tree, ref.turnId) };
    const deletedAt = entry.turn.deletedAt ?? ref.now;
    if (deletedAt + UNDO_MS <= ref.now) return { kind: 'unknown' };
    entry.turn = { ...entry.turn, deletedAt };
    return { kind: 'removed', undoUntil: deletedAt + UNDO_MS };
  }

  restoreTurn(ref: TurnRef & At): StoredTurn | null {
    const tree = this.#access(ref);
    const entry = tree?.turns.get(ref.turnId);
    if (!tree || !entry || (entry.turn.deletedAt ?? Infinity) + UNDO_MS <= ref.now) return null;
    const { deletedAt: _, ...turn } = entry.turn;
    entry.turn = turn;
    return storedIn(tree, ref.turnId);
  }

  #access(ref: SessionRef & At): Tree | undefined {
    const tree = this.#current.get(keyOf(ref));
    if (tree) blankDue(tree, ref.now);
    return tree;
  }

  #require(ref: SessionRef): Tree {
    const tree = this.#current.get(keyOf(ref));
    if (!tree) throw new Error('the model lost a session');
    return tree;
  }

  /** The last first. */
  #asidesOf(ref: SessionRef): Aside[] {
    return this.#asides.get(keyOf(ref)) ?? [];
  }

  #lastAside(ref: SessionRef & At): Aside | undefined {
    return this.#asidesOf(ref).find(({ until }) => until > ref.now);
  }

  #keepAside(ref: SessionRef & At, tree: Tree, kind: Aside['kind']): RemoveResult {
    const until = ref.now + UNDO_MS;
    this.#asides.set(keyOf(ref), [{ tree, kind, until }, ...this.#asidesOf(ref)]);
    return { kind: 'removed', undoUntil: until };
  }
}

const keyOf = ({ owner, sessionId }: SessionRef): string => JSON.stringify([owner, sessionId]);

const isShown = (turn: Turn): boolean => turn.deletedAt === undefined;

function newTree({ sessionId, turn, title, now }: BeginRequest): Tree {
  const session: Session = {
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
  return { session, turns: new Map(), last: new Map(), lease: null };
}

function sessionOf(tree: Tree): Session {
  const head = tree.session.headTurnId;
  const headStatus = head === null ? null : (tree.turns.get(head)?.turn.status ?? null);
  return { ...tree.session, headStatus, activeTurnId: tree.lease?.turnId ?? null };
}

function storedIn(tree: Tree, id: string): StoredTurn {
  const turn = tree.turns.get(id)?.turn;
  if (!turn) throw new Error('the model lost a turn');
  if (tree.lease?.turnId !== id) return { turn, lease: null };
  const { turnId: _, ...lease } = tree.lease;
  return { turn, lease };
}

function pathTo(tree: Tree, id: string | null): Turn[] {
  if (id === null) return [];
  const { turn } = storedIn(tree, id);
  return [...pathTo(tree, turn.parentId), turn];
}

function show(tree: Tree, head: string): void {
  tree.session.headTurnId = head;
  for (const { id, parentId } of pathTo(tree, head)) tree.last.set(parentId, id);
}

function begun(tree: Tree, id: string, contextTurns: number): BeginResult {
  const { turn } = storedIn(tree, id);
  const before = pathTo(tree, turn.parentId).filter(isShown);
  return {
    kind: 'begun',
    turn,
    session: sessionOf(tree),
    path: contextTurns === 0 ? [] : before.slice(-contextTurns),
    pathTotal: before.length,
  };
}

function versionsOf(tree: Tree, page: readonly Turn[]): Record<string, string[]> {
  const all = [...tree.turns.values()].map(({ turn }) => turn).filter(isShown);
  return Object.fromEntries(
    page
      .map(({ id, parentId }) => [
        id,
        all.filter((turn) => turn.parentId === parentId).map((turn) => turn.id),
      ])
      .filter(([, siblings]) => siblings !== undefined && siblings.length > 1),
  );
}

function merged(old: Tree, current: Tree, kind: Aside['kind']): Tree {
  const settings = kind === 'clear' ? current.session : old.session;
  const wasEmpty = old.turns.size === 0;
  const ends = [old.session.expiresAt, current.session.expiresAt];
  return {
    session: {
      ...old.session,
      title: settings.title,
      pinned: settings.pinned,
      headTurnId: wasEmpty ? current.session.headTurnId : old.session.headTurnId,
      preview: wasEmpty ? current.session.preview : old.session.preview,
      updatedAt: Math.max(old.session.updatedAt, current.session.updatedAt),
      expiresAt:
        kind === 'clear' ? current.session.expiresAt : Math.max(...ends.map((end) => end ?? Infinity)),
    },
    turns: new Map([...old.turns, ...current.turns]),
    // Of the roots, the older one stays the one last shown.
    last: new Map([...current.last, ...old.last]),
    lease: null,
  };
}

function blankDue(tree: Tree, now: number): void {
  for (const entry of tree.turns.values()) {
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
