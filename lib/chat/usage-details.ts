import { splitModelId } from './model-info';
import type { TurnMenuStrings } from './strings/turn-menu';
import type { Turn } from './turn';

export interface UsageRow {
  /** Unique: it is also the React key. */
  term: string;
  value: string;
}

/** What a reply cost and what its model was sent, row by row; a value that is not known has no row.
 * `providerName`: what people call the provider, if the server still offers the model. */
export function usageRows(turn: Turn, { usageDetails }: TurnMenuStrings, providerName?: string): UsageRow[] {
  const { usage, timing, context, reply } = turn;
  const model = splitModelId(reply.model);
  const seconds = (ms: number | undefined) => (ms === undefined ? undefined : usageDetails.seconds(ms));
  const rows: [string, string | undefined][] = [
    [usageDetails.model, model?.model ?? reply.model],
    [usageDetails.provider, providerName ?? model?.provider],
    [usageDetails.tokensIn, usage && usageDetails.tokens(usage.inputTokens)],
    [usageDetails.tokensOut, usage && outputText(usage, usageDetails)],
    [usageDetails.timeToFirstToken, seconds(timing?.firstTokenMs)],
    [usageDetails.reasoningTime, seconds(timing?.thoughtMs)],
    [usageDetails.totalTime, seconds(timing?.totalMs)],
    [usageDetails.contextSent, context && contextText(context, usageDetails)],
    [
      usageDetails.contextDropped,
      context && context.dropped > 0 ? usageDetails.droppedMessages(context.dropped) : undefined,
    ],
    [usageDetails.finish, finishText(turn, usageDetails)],
    [usageDetails.createdAt, usageDetails.dateTime(turn.createdAt)],
  ];
  return rows.flatMap(([term, value]) => (value === undefined ? [] : [{ term, value }]));
}

type Strings = TurnMenuStrings['usageDetails'];

const outputText = (
  { outputTokens, reasoningTokens }: NonNullable<Turn['usage']>,
  strings: Strings,
): string =>
  [strings.tokens(outputTokens), ...(reasoningTokens ? [strings.reasoningTokens(reasoningTokens)] : [])].join(
    ' · ',
  );

const contextText = ({ sent, images }: NonNullable<Turn['context']>, strings: Strings): string =>
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
