import { availableParallelism } from 'node:os';
import { commands } from '../measures/commands';
import { fiftyStreams } from '../measures/fifty-streams';
import { fiveHundredReaders } from '../measures/five-hundred-readers';
import { history } from '../measures/history';
import { hundredReaders } from '../measures/hundred-readers';
import type { Measure, Row, Sample } from '../measures/measure';
import { memory } from '../measures/memory';
import { oneStream } from '../measures/one-stream';
import { writeReport } from '../support/report';
import { openStage, type Stage, type TargetName } from '../support/stage';

const SPREAD_MS = 1_000;
const WARM_UP: { targets: TargetName[]; turns: number } = {
  targets: ['raw', 'plain', 'product'],
  turns: 1_500,
};

/** The server side by side with its baselines, in rounds; every figure is the median over the rounds. */
export async function run({ rounds, keep }: { rounds: number; keep: boolean }): Promise<void> {
  const measures: Measure[] = [
    oneStream,
    ...[SPREAD_MS, 0].map(fiftyStreams),
    ...[SPREAD_MS, 0].map(hundredReaders),
    ...[SPREAD_MS, 0].map(fiveHundredReaders),
    history(),
    commands,
  ];
  const samples = new Map<Measure, Sample[]>(measures.map((measure) => [measure, []]));
  const stage = await openStage();
  try {
    await warmUp(stage);
    for (const measure of measures) await measure.prepare?.(stage);
    for (let round = 0; round < rounds; round++) {
      for (const measure of measures) {
        const sample = await measure.round(stage, round);
        samples.get(measure)?.push(sample);
        console.log(`round ${round + 1} of ${rounds}, ${measure.name}: ${figures(sample)}`);
      }
    }
  } finally {
    await stage.dispose();
  }
  const rows: Row[] = measures.flatMap((measure) => measure.rows(samples.get(measure) ?? []));
  rows.push(await memory());
  const heading = `Medians of ${rounds} interleaved rounds, Node ${process.versions.node}, ${availableParallelism()} cores for all of it: servers, model, Redis and readers.`;
  await writeReport(rows, { document: 'bench.md', heading, keep });
}

/** Node compiles what is hot: nobody is measured cold. */
async function warmUp({ load, job }: Stage): Promise<void> {
  for (const target of WARM_UP.targets)
    await load.stream(job(target, 'bench-60x50', WARM_UP.turns / 5, 1_000));
  for (const target of WARM_UP.targets) await load.stream(job(target, 'bench-20x0', WARM_UP.turns, 6_000));
}

const figures = (sample: Sample): string =>
  Object.entries(sample)
    .map(([name, value]) => `${name} ${value.toPrecision(3)}`)
    .join(', ');
