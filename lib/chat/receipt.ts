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

/** The ends that a model names itself go by the names of the AI SDK. */
function endOf({ status, finishReason }: Turn, { ends }: Strings): string | undefined {
  switch (status) {
    case 'streaming':
      return undefined;
    case 'stopped':
    case 'failed':
    case 'interrupted':
      return ends[status];
    case 'done':
      if (finishReason === undefined || finishReason === 'stop') return ends.whole;
      if (finishReason === 'length') return ends.length;
      return finishReason === 'content-filter' ? ends.filtered : ends.other(finishReason);
  }
}
