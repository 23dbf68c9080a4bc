import { availableParallelism } from 'node:os';
import type { Measure, Row, Sample } from '../measures/measure';
import { writeReport } from '../support/report';
import { formatSample } from '../support/summary';
import { firstLoadRows } from '../ui/first-load-rows';
import { firstLoadTable } from '../ui/first-load-table';
import { lighthouseRows } from '../ui/lighthouse-rows';
import { blocking } from '../ui/measures/blocking';
import { growth } from '../ui/measures/growth';
import { opening } from '../ui/measures/opening';
import { scriptTime } from '../ui/measures/script-time';
import { startUiBench, type UiBench } from '../ui/ui-bench';

const MEASURES: Measure<UiBench>[] = [scriptTime, blocking, growth, opening];

/** Measures the page beside one that renders its whole text every frame, in rounds. Results are medians. */
export async function run({ rounds, save }: { rounds: number; save: boolean }): Promise<void> {
  const samples = new Map<Measure<UiBench>, Sample[]>(MEASURES.map((measure) => [measure, []]));
  const rows: Row[] = [];
  const bench = await startUiBench();
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const measure of MEASURES) {
        const sample = await measure.round(bench, round);
        samples.get(measure)?.push(sample);
        console.log(`round ${round + 1} of ${rounds}, ${measure.name}: ${formatSample(sample)}`);
      }
    }
    rows.push(...MEASURES.flatMap((measure) => measure.rows(samples.get(measure) ?? [])));
    rows.push(...(await firstLoadRows(bench)), ...(await lighthouseRows(bench, rounds)));
  } finally {
    await bench.dispose();
  }
  const heading = `Medians of ${rounds} interleaved rounds. Browser, server and model share ${availableParallelism()} cores.`;
  await writeReport(rows, { document: 'bench-ui.md', heading, more: await firstLoadTable(), save });
}
