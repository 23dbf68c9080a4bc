import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { findAssistant } from '@/lib/chat/assistants';
import { ChatError } from '@/lib/chat/chat-error';
import type { Language } from '@/lib/chat/language';
import { previewOf, titleOf } from '@/lib/chat/text/plain-line';
import { startTurn, type Turn, type TurnStart } from '@/lib/chat/turn';
import { signedOut } from '@/lib/server/guests/check-device';
import type { SendRequest } from '@/lib/server/http/request-schemas';
import { readSentImages, refOf } from '@/lib/server/images/read-sent-images';
import { limitsFor } from '@/lib/server/limits/limits-for';
import { refusalError } from '@/lib/server/limits/refusal-error';
import { hashed, log } from '@/lib/server/log';
import type { Services } from '@/lib/server/services';
import type { Limits } from '@/lib/server/store/limits';
import type { BeginResult, DeviceClaim, TurnRef } from '@/lib/server/store/store';
import { resolveContinuation } from './continue-turn';
import { LiveRun } from './live-run';
import { runTurn } from './run-turn';
import { LEASE_MS } from './run-writer';
import { settleIfDead } from './settle';

/** A turn that was sent. `run`: its new run; null if the turn exists already and can be followed. */
export interface BegunTurn {
  ref: TurnRef;
  run: LiveRun | null;
}

/** Where a send comes from. */
export interface SendOrigin {
  device?: DeviceClaim;
  /** The client's, for the limits of its network. */
  address?: string | null;
  /** When the request arrived: the platform's time limit counts from then. */
  receivedAt?: number;
}

/**
 * Begins a turn in the store and starts its run. Sending the same turn again changes nothing.
 * @throws ChatError `bad_request`, `model_unavailable`, `paused`, `quota_exceeded`, `rate_limited`, `shutting_down`,
 * `store_unavailable`, `too_large`, `turn_in_progress`, `turn_mismatch`, `unauthorized`, `wrong_assistant`.
 */
export async function beginTurn(
  services: Services,
  owner: string,
  request: SendRequest,
  language: Language,
  { device, address = null, receivedAt = Date.now() }: SendOrigin = {},
): Promise<BegunTurn> {
  if (services.runs.closing) throw new ChatError('shutting_down');
  if (!findAssistant(request.assistantId))
    throw new ChatError('bad_request', { message: 'assistantId: there is no such assistant' });
  const { send, replyStart } = await resolveContinuation(services, owner, request);
  const ref: TurnRef = { owner, sessionId: send.sessionId, turnId: send.turnId };
  const model = chooseModel(services, send.model);
  const images = await readSentImages(services, owner, { ids: send.images, model });
  const token = services.runs.unanswered.take(ref) ?? randomUUID();
  const result = await beginInStore(services, ref, send, {
    token,
    device,
    model,
    replyStart,
    images: images.map(refOf),
    limits: limitsFor(services.settings.limits, {
      address,
      isStoreFull: services.storage.isFull(),
      pauseSetting: services.turnSwitch.setting,
    }),
  }).catch((error: unknown) => {
    services.runs.unanswered.add(ref, token);
    throw error;
  });
  switch (result.kind) {
    case 'begun': {
      if (!isSame(result.turn, send)) throw new ChatError('turn_mismatch');
      const run = new LiveRun(ref, token, result.turn);
      services.runs.add(run);
      limitDuration(run, services.settings.maxReplyMs, receivedAt);
      const { path, pathTotal } = result;
      void runTurn(services, run, { path, pathTotal, language, timeZone: send.timeZone, images });
      return { run, ref };
    }
    case 'exists':
      if (!isSame(result.stored.turn, send)) throw new ChatError('turn_mismatch');
      return { run: null, ref };
    case 'busy':
      throw new ChatError('turn_in_progress', { activeTurnId: result.stored.turn.id });
    case 'wrong_assistant':
      throw new ChatError('wrong_assistant');
    case 'revoked':
      throw signedOut();
    case 'limited':
      throw refusalError(result.refusal);
    case 'gone':
      throw new ChatError('store_unavailable', { reason: 'gone' });
    case 'unknown_parent':
      throw new ChatError('bad_request', { message: 'parentId: there is no such turn in this conversation' });
  }
}

/** Ends the reply as `interrupted` while there is time to save its text. */
function limitDuration(run: LiveRun, maxReplyMs: number | null, receivedAt: number): void {
  if (maxReplyMs === null) return;
  const timer = setTimeout(
    () => {
      log('warn', 'reply_too_long', { session: hashed(run.ref.sessionId), seconds: maxReplyMs / 1_000 });
      run.halt('interrupted');
    },
    receivedAt + maxReplyMs - Date.now(),
  );
  void run.ended.then(() => clearTimeout(timer));
}

/** If a turn with an expired lease is in the way, settles it and tries once more. */
async function beginInStore(
  services: Services,
  ref: TurnRef,
  send: SendRequest,
  {
    token,
    device,
    limits,
    ...start
  }: { token: string; device: DeviceClaim | undefined; limits: Limits | undefined } & Pick<
    TurnStart,
    'model' | 'images' | 'replyStart'
  >,
): Promise<BeginResult> {
  const attempt = () => {
    const now = Date.now();
    const { assistantId, content } = send;
    return services.store.begin({
      owner: ref.owner,
      device,
      sessionId: ref.sessionId,
      turn: startTurn({ id: ref.turnId, assistantId, content, ...start, now }),
      parentId: send.parentId,
      lastTurnId: send.lastTurnId,
      lease: { token, endsAt: now + LEASE_MS },
      title: titleOf(content),
      preview: previewOf(content),
      ttlMs: services.settings.historyTtlMs,
      contextTurns: services.settings.contextTurns,
      limits,
      now,
    });
  };
  const first = await attempt();
  if (first.kind !== 'busy' || !first.expired) return first;
  const dead = { ...ref, turnId: first.stored.turn.id };
  const settled = await settleIfDead(services, dead, first.stored, Date.now());
  return settled.lease ? first : attempt();
}

function chooseModel({ catalog }: Services, wanted: string | undefined): string {
  if (!wanted) return catalog.defaultModel();
  const found = catalog.find(wanted);
  if (found === 'unknown') throw new ChatError('bad_request', { message: 'model: there is no such model' });
  if (found === 'not_configured') throw new ChatError('model_unavailable');
  return found.id;
}

const isSame = (turn: Turn, send: SendRequest): boolean =>
  turn.user.content === send.content &&
  turn.assistantId === send.assistantId &&
  isDeepStrictEqual(
    turn.user.images.map(({ id }) => id),
    send.images,
  );
