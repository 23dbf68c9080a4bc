import type { Measure } from '../../measures/measure';
import { alternate } from '../../measures/measure';
import { medianOf, milliseconds, ratioOf, rowWithLimit } from '../../support/summary';
import type { Reply, ReplyKind } from '../replies';
import type { UiBench } from '../ui-bench';
import { costOf } from './script-time';

const LIMIT = 2.4;
const nameOf = ({ kind, kilobytes }: Reply): string => `${kind} ${kilobytes}`;

const REPLIES: Reply[] = [
  { kind: 'mixed', kilobytes: 20 },
  { kind: 'mixed', kilobytes: 40 },
  { kind: 'fence', kilobytes: 10 },
  { kind: 'fence', kilobytes: 20 },
  { kind: 'paragraph', kilobytes: 10 },
  { kind: 'paragraph', kilobytes: 20 },
];

/** Twice the text may take little more than twice the script time, and no kind of text much more than another. */
export const growth: Measure<UiBench> = {
  name: 'growth',
  async round(bench, index) {
    const sample: Record<string, number> = {};
    for (const reply of alternate(REPLIES, index))
      sample[nameOf(reply)] = (await costOf(bench, 'product', reply)).scriptMs;
    return sample;
  },
  rows(samples) {
    const row = (measure: string, above: Reply, below: Reply) =>
      rowWithLimit(LIMIT, ratioOf(samples, nameOf(above), nameOf(below)), {
        measure,
        context: [above, below].map((reply) => milliseconds(medianOf(samples, nameOf(reply)))).join(' ÷ '),
      });
    const twice = (kind: ReplyKind, label: string, kilobytes: number) =>
      row(`script time of ${label}`, { kind, kilobytes }, { kind, kilobytes: kilobytes / 2 });
    const beside = (kind: ReplyKind) =>
      row(
        `script time of one 20 kB ${kind} ÷ the 20 kB reply`,
        { kind, kilobytes: 20 },
        { kind: 'mixed', kilobytes: 20 },
      );
    return [
      twice('mixed', 'a reply of 40 kB ÷ 20 kB', 40),
      twice('fence', 'one fence of 20 kB ÷ 10 kB', 20),
      beside('fence'),
      twice('paragraph', 'one paragraph of 20 kB ÷ 10 kB', 20),
      beside('paragraph'),
    ];
  },
};
