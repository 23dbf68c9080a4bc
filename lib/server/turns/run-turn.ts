import { systemPromptOf } from '@/lib/chat/assistant-prompts';
import { findAssistant } from '@/lib/chat/assistants';
import { ChatError, messageOf } from '@/lib/chat/chat-error';
import { buildContext } from '@/lib/chat/context/context-window';
import { continuePromptOf } from '@/lib/chat/context/continue-prompt';
import type { ErrorCode, ErrorReason } from '@/lib/chat/errors';
import { CONTEXT_IMAGES } from '@/lib/chat/image-limits';
import type { Language } from '@/lib/chat/language';
import { REPLY_LIMIT } from '@/lib/chat/text/content';
import type { Turn, TurnError } from '@/lib/chat/turn';
import { loadImages } from '@/lib/server/images/load-images';
import { countsUse } from '@/lib/server/limits/limits-for';
import { estimatePrompt, turnUse } from '@/lib/server/limits/turn-use';
import { hashed, log, reasonOf } from '@/lib/server/log';
import { countTurn } from '@/lib/server/metrics/metrics';
import { askModel } from '@/lib/server/models/ask-model';
import { seesImages } from '@/lib/server/models/catalog';
import type { ModelFailure, ModelFinish } from '@/lib/server/models/model-part';
import type { Services } from '@/lib/server/services';
import type { StoredImage } from '@/lib/server/store/store';
import { type DescribeTurn, tracing } from '@/lib/server/tracing/tracing';
import { dateSentence } from './date-in-zone';
import type { LiveRun } from './live-run';
import { RunWriter } from './run-writer';
import { TurnTiming } from './turn-timing';

interface RunContext {
  path: Turn[];
  pathTotal: number;
  language: Language;
  /** The sender's; left out: UTC. */
  timeZone?: string;
  /** The images of the new message. */
  images: StoredImage[];
}

/** Why a turn failed: its model, or something that is needed before the model is asked. */
type Failure = Omit<ModelFailure, 'reason'> & { code?: ErrorCode; reason?: ErrorReason };

/**
 * Produces one turn, from the model's first part to the saved terminal turn, whether anybody listens or not.
 * Never rejects: an error becomes the turn's status.
 */
export function runTurn(services: Services, run: LiveRun, context: RunContext): Promise<void> {
  const traces = tracing();
  if (!traces) return produceTurn(services, run, context);
  return traces.turn(run.ref, run.turn.reply.model, (describe) =>
    produceTurn(services, run, context, describe),
  );
}

async function produceTurn(
  services: Services,
  run: LiveRun,
  context: RunContext,
  describe?: DescribeTurn,
): Promise<void> {
  const timing = new TurnTiming(run.turn.createdAt);
  const writer = new RunWriter(services.store, run);
  writer.start();
  const last = await produce(services, run, context, timing).catch((error: unknown) => failureOf(run, error));
  const turn = terminalTurn(run, last, timing);
  if (last?.type === 'failure' && turn.error) {
    run.publish({
      type: 'error',
      code: turn.error.code,
      reason: turn.error.reason,
      content: turn.error.message,
    });
  }
  const use = countsUse(services.settings.limits)
    ? turnUse(turn, services.catalog.priceOf(turn.reply.model), run.promptTokens)
    : undefined;
  services.storage.add(turn.reply.content.length + turn.reply.reasoning.length);
  const finished = await writer.finish(turn, use);
  const ended = finished.kind === 'saved' ? finished.turn : turn;
  logTurn(run, ended, finished.kind === 'saved', last);
  // If another process ended the turn, that process has counted it.
  if (finished.kind !== 'saved' || finished.turn === turn) countTurn(run.ref.owner, ended, timing.hasPart);
  describe?.(ended, timing.hasPart);
  switch (finished.kind) {
    case 'saved':
      return run.end(finished.turn);
    case 'gone': {
      const { error, ...failed } = asGone(turn);
      run.publish({ type: 'error', code: error.code, reason: error.reason, content: error.message });
      return run.end({ ...failed, error });
    }
    case 'unreachable':
      run.publish({ type: 'error', code: 'store_unavailable', content: messageOf('store_unavailable') });
      return run.abandon(turn);
  }
}

/** What listeners see when the turn is no longer in the store: its text, and that this is the only copy. */
const asGone = (turn: Turn): Turn & { error: TurnError } => ({
  ...turn,
  status: 'failed',
  error: {
    code: 'store_unavailable',
    reason: 'gone',
    message: 'This conversation is no longer in the store: it came back empty, or somebody deleted it.',
  },
});

/** Asks the model and publishes its reply. Returns the model's last part, or null if the run was halted. */
async function produce(
  services: Services,
  run: LiveRun,
  { path, pathTotal, language, timeZone, images }: RunContext,
  timing: TurnTiming,
): Promise<ModelFinish | ModelFailure | null> {
  const { catalog, settings } = services;
  const { assistantId, user, reply } = run.turn;
  const assistant = findAssistant(assistantId);
  if (!assistant) throw new Error(`a turn of an unknown assistant: ${assistantId}`);
  // The date comes last, because providers cache prompts from the start: the part before it stays the same every day.
  const date = dateSentence(run.turn.createdAt, language, timeZone);
  const system = `${systemPromptOf(assistant.id, language)}\n\n${date}`;
  const limits = {
    turns: settings.contextTurns,
    tokens: catalog.contextTokens(reply.model),
    images: seesImages(catalog, reply.model) ? CONTEXT_IMAGES : 0,
  };
  if (roomIn(run.turn) <= 0) return { type: 'finish', finishReason: 'length' };
  const { messages, sent, dropped } = buildContext({
    path,
    pathTotal,
    limits,
    system,
    content: user.content,
    images: user.images,
    ...(reply.content && { continued: { reply: reply.content, prompt: continuePromptOf(language) } }),
  });
  if (countsUse(settings.limits)) run.promptTokens = estimatePrompt(system, messages);
  const loaded = await loadImages(services.store, run.ref.owner, messages, images);
  run.amend({ context: { sent, dropped, images: loaded.images } });
  const question = { modelId: reply.model, system, messages: loaded.messages, assistantId, language };
  // Separates new reasoning from that of the reply which this turn continues.
  let separator = reply.reasoning === '' ? '' : '\n\n';
  for await (const part of askModel(catalog, {
    ...question,
    signal: run.signal,
    timeouts: settings.timeouts,
    maxOutputTokens: settings.limits.maxOutputTokens,
  })) {
    if (part.type === 'finish' || part.type === 'failure') return part;
    timing.received(part.type);
    const content = part.type === 'reasoning' ? separator + part.text : part.text;
    const room = roomIn(run.turn);
    if (content.length > room) {
      if (room > 0) run.publish({ type: part.type, content: content.slice(0, room).toWellFormed() });
      return { type: 'finish', finishReason: 'length' };
    }
    run.publish({ type: part.type, content });
    if (part.type === 'reasoning') separator = '';
  }
  return null;
}

/** How many more characters the reply may have. */
const roomIn = ({ reply }: Turn): number => REPLY_LIMIT - reply.content.length - reply.reasoning.length;

function terminalTurn(run: LiveRun, last: ModelFinish | Failure | null, timing: TurnTiming): Turn {
  const turn: Turn = { ...run.turn, updatedAt: Date.now(), timing: timing.measure() };
  if (last?.type === 'finish') {
    return {
      ...turn,
      status: 'done',
      finishReason: last.finishReason,
      ...(last.usage && { usage: last.usage }),
    };
  }
  if (last?.type === 'failure') {
    const { code = 'model_failed', reason, message, retryAfterMs } = last;
    return {
      ...turn,
      status: 'failed',
      error: { code, reason, message, ...(retryAfterMs !== undefined && { retryAfterMs }) },
    };
  }
  return { ...turn, status: run.halted === 'stopped' ? 'stopped' : 'interrupted' };
}

/** A `ChatError` keeps its code. To the user, any other error looks like a failure of the model. */
function failureOf(run: LiveRun, error: unknown): Failure {
  log('error', 'run_failed', { session: hashed(run.ref.sessionId), reason: reasonOf(error) });
  if (error instanceof ChatError) {
    const { code, reason, message } = error;
    return { type: 'failure', code, reason, message };
  }
  return { type: 'failure', reason: 'upstream', message: messageOf('model_failed'), cause: error };
}

function logTurn(run: LiveRun, turn: Turn, isSaved: boolean, last: ModelFinish | Failure | null): void {
  const cause = last?.type === 'failure' ? last.cause : undefined;
  log(turn.status === 'failed' || !isSaved ? 'warn' : 'info', 'turn', {
    session: hashed(run.ref.sessionId),
    assistant: turn.assistantId,
    model: turn.reply.model,
    status: turn.status,
    saved: isSaved,
    code: turn.error?.code,
    reason: turn.error?.reason,
    cause: cause === undefined ? undefined : JSON.stringify(cause)?.slice(0, 200),
    userChars: turn.user.content.length,
    replyChars: turn.reply.content.length,
    reasoningChars: turn.reply.reasoning.length,
    contextSent: turn.context?.sent,
    contextDropped: turn.context?.dropped,
    contextImages: turn.context?.images,
    inputTokens: turn.usage?.inputTokens,
    outputTokens: turn.usage?.outputTokens,
    firstTokenMs: turn.timing?.firstTokenMs,
    totalMs: turn.timing?.totalMs,
  });
}
