import type { FinishReason } from './finish-reason';
import { splitModelId } from './model-info';
import type { TurnMenuStrings } from './strings/turn-menu';
import type { Turn } from './turn';

export interface ReceiptLine {
  /** What is told: also its key, for no two lines tell the same. */
  term: string;
  told: string;
}

/** What a reply took and what its model was given, line by line; what is not known is not told. */
export function receiptLines(turn: Turn, { receipt }: TurnMenuStrings): ReceiptLine[] {
  const { usage, timing, context, reply } = turn;
  const model = splitModelId(reply.model);
  const seconds = (ms: number | undefined) => (ms === undefined ? undefined : receipt.seconds(ms));
  const lines: [string, string | undefined][] = [
    [receipt.model, model?.model ?? reply.model],
    [receipt.provider, model?.provider],
    [receipt.tokensIn, usage && receipt.tokens(usage.inputTokens)],
    [receipt.tokensOut, usage && outOf(usage, receipt)],
    [receipt.firstWord, seconds(timing?.firstTokenMs)],
    [receipt.thought, seconds(timing?.thoughtMs)],
    [receipt.total, seconds(timing?.totalMs)],
    [receipt.sent, context && sentOf(context, receipt)],
    [receipt.dropped, context && context.dropped > 0 ? receipt.droppedTurns(context.dropped) : undefined],
    [receipt.ended, endOf(turn, receipt)],
    [receipt.at, receipt.when(turn.createdAt)],
  ];
  return lines.flatMap(([term, told]) => (told === undefined ? [] : [{ term, told }]));
}

type Strings = TurnMenuStrings['receipt'];

const outOf = ({ outputTokens, reasoningTokens }: NonNullable<Turn['usage']>, strings: Strings): string =>
  [strings.tokens(outputTokens), ...(reasoningTokens ? [strings.reasoning(reasoningTokens)] : [])].join(
    ' · ',
  );

const sentOf = ({ sent, images }: NonNullable<Turn['context']>, strings: Strings): string =>
  [strings.turns(sent), ...(images > 0 ? [strings.images(images)] : [])].join(' · ');

const FINISHED: Record<FinishReason, keyof Strings['ends']> = {
  stop: 'whole',
  length: 'length',
  content_filter: 'filtered',
  tool_calls: 'toolCalls',
  other: 'other',
};

function endOf({ status, finishReason }: Turn, { ends }: Strings): string | undefined {
  switch (status) {
    case 'streaming':
      return undefined;
    case 'stopped':
    case 'failed':
    case 'interrupted':
      return ends[status];
    case 'done':
      return ends[FINISHED[finishReason ?? 'stop']];
  }
}
