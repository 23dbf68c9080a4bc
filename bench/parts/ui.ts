import { availableParallelism } from 'node:os';
import type { Measure, Row, Sample } from '../measures/measure';
import { writeReport } from '../support/report';
import { firstLoadTable } from '../ui/bundle';
import { firstLoadRows } from '../ui/first-load-row';
import { lighthouseRows } from '../ui/lighthouse';
import { blocking } from '../ui/measures/blocking';
import { growth } from '../ui/measures/growth';
import { opening } from '../ui/measures/opening';
import { scriptTime } from '../ui/measures/script-time';
import { openUiStage, type UiStage } from '../ui/ui-stage';

const MEASURES: Measure<UiStage>[] = [scriptTime, blocking, growth, opening];

/** The page beside one that renders its whole text once a frame, in rounds; every figure is the median over them. */
export async function run({ rounds, keep }: { rounds: number; keep: boolean }): Promise<void> {
  const samples = new Map<Measure<UiStage>, Sample[]>(MEASURES.map((measure) => [measure, []]));
  const rows: Row[] = [];
  const stage = await openUiStage();
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const measure of MEASURES) {
        const sample = await measure.round(stage, round);
        samples.get(measure)?.push(sample);
        console.log(`round ${round + 1} of ${rounds}, ${measure.name}: ${figures(sample)}`);
      }
    }
    rows.push(...MEASURES.flatMap((measure) => measure.rows(samples.get(measure) ?? [])));
    rows.push(...(await firstLoadRows(stage)), ...(await lighthouseRows(stage, rounds)));
  } finally {
    await stage.dispose();
  }
  const heading = `Medians of ${rounds} interleaved rounds, ${availableParallelism()} cores for all of it: browser, server and model.`;
  await writeReport(rows, { document: 'bench-ui.md', heading, more: await firstLoadTable(), keep });
}

const figures = (sample: Sample): string =>
  Object.entries(sample)
    .map(([name, value]) => `${name} ${value.toPrecision(3)}`)
    .join(', ');
