import { splitModelId } from './model-info';
import type { TurnMenuStrings } from './strings/turn-menu';
import type { Turn } from './turn';

export interface ReceiptLine {
  /** What is told: also its key, for no two lines tell the same. */
  term: string;
  told: string;
}

/** What a reply took and what its model was given, line by line; what is not known is not told. */
export function receiptLines(turn: Turn, { usageDetails }: TurnMenuStrings): ReceiptLine[] {
  const { usage, timing, context, reply } = turn;
  const model = splitModelId(reply.model);
  const seconds = (ms: number | undefined) => (ms === undefined ? undefined : usageDetails.seconds(ms));
  const lines: [string, string | undefined][] = [
    [usageDetails.model, model?.model ?? reply.model],
    [usageDetails.provider, model?.provider],
    [usageDetails.tokensIn, usage && usageDetails.tokens(usage.inputTokens)],
    [usageDetails.tokensOut, usage && outOf(usage, usageDetails)],
    [usageDetails.timeToFirstToken, seconds(timing?.firstTokenMs)],
    [usageDetails.reasoningTime, seconds(timing?.thoughtMs)],
    [usageDetails.totalTime, seconds(timing?.totalMs)],
    [usageDetails.contextSent, context && sentOf(context, usageDetails)],
    [
      usageDetails.contextDropped,
      context && context.dropped > 0 ? usageDetails.droppedMessages(context.dropped) : undefined,
    ],
    [usageDetails.finish, finishText(turn, usageDetails)],
    [usageDetails.createdAt, usageDetails.dateTime(turn.createdAt)],
  ];
  return lines.flatMap(([term, told]) => (told === undefined ? [] : [{ term, told }]));
}

type Strings = TurnMenuStrings['usageDetails'];

const outOf = ({ outputTokens, reasoningTokens }: NonNullable<Turn['usage']>, strings: Strings): string =>
  [strings.tokens(outputTokens), ...(reasoningTokens ? [strings.reasoningTokens(reasoningTokens)] : [])].join(
    ' · ',
  );

const sentOf = ({ sent, images }: NonNullable<Turn['context']>, strings: Strings): string =>
  [strings.earlierMessages(sent), ...(images > 0 ? [strings.images(images)] : [])].join(' · ');

function finishText({ status, finishReason }: Turn, { finishes }: Strings): string | undefined {
  switch (status) {
    case 'streaming':
      return undefined;
    case 'stopped':
    case 'failed':
    case 'interrupted':
      return finishes[status];
    case 'done':
      return finishes[finishReason ?? 'stop'];
  }
}
