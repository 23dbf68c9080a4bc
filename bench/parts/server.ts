import { availableParallelism } from 'node:os';
import { commands } from '../measures/commands';
import { fiftyStreams } from '../measures/fifty-streams';
import { fiveHundredReaders } from '../measures/five-hundred-readers';
import { history } from '../measures/history';
import { hundredReaders } from '../measures/hundred-readers';
import type { Measure, Row, Sample } from '../measures/measure';
import { memory } from '../measures/memory';
import { oneStream } from '../measures/one-stream';
import { type Bench, startBench, type TargetName } from '../support/bench';
import { writeReport } from '../support/report';
import { formatSample } from '../support/summary';

const SPREAD_MS = 1_000;
const WARM_UP: { targets: TargetName[]; turns: number } = {
  targets: ['raw', 'plain', 'product'],
  turns: 1_500,
};

/** Measures the server beside its baselines, in rounds. Every result is the median over the rounds. */
export async function run({ rounds, save }: { rounds: number; save: boolean }): Promise<void> {
  const measures: Measure[] = [
    oneStream,
    ...[SPREAD_MS, 0].map(fiftyStreams),
    ...[SPREAD_MS, 0].map(hundredReaders),
    ...[SPREAD_MS, 0].map(fiveHundredReaders),
    history(),
    commands,
  ];
  const samples = new Map<Measure, Sample[]>(measures.map((measure) => [measure, []]));
  const bench = await startBench();
  try {
    await warmUp(bench);
    for (const measure of measures) await measure.prepare?.(bench);
    for (let round = 0; round < rounds; round++) {
      for (const measure of measures) {
        const sample = await measure.round(bench, round);
        samples.get(measure)?.push(sample);
        console.log(`round ${round + 1} of ${rounds}, ${measure.name}: ${formatSample(sample)}`);
      }
    }
  } finally {
    await bench.dispose();
  }
  const rows: Row[] = measures.flatMap((measure) => measure.rows(samples.get(measure) ?? []));
  rows.push(await memory());
  const heading = `Medians of ${rounds} interleaved rounds, Node ${process.versions.node}. Servers, model, Redis and readers share ${availableParallelism()} cores.`;
  await writeReport(rows, { document: 'bench.md', heading, save });
}

/** Runs every target until Node has compiled its hot code. */
async function warmUp({ load, job }: Bench): Promise<void> {
  for (const target of WARM_UP.targets)
    await load.stream(job(target, 'bench-60x50', WARM_UP.turns / 5, 1_000));
  for (const target of WARM_UP.targets) await load.stream(job(target, 'bench-20x0', WARM_UP.turns, 6_000));
}
