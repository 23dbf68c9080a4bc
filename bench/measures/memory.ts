import { freePort } from '@/e2e/support/servers/free-port';
import { startBench } from '../support/bench';
import { Inspector } from '../support/inspector';
import { median } from '../support/stats';
import type { Row } from './measure';

const TURNS = 5_000;
const BLOCK = 250;
/** During these first turns, code is still being compiled and pools are filling. */
const WARM_UP_TURNS = 1_500;
/** A leak would exceed this, because the text and context of a turn are kilobytes. */
const MAX_BYTES_PER_TURN = 100;

/** Growth of the heap, measured after garbage collections, over 5,000 turns on a separate server. */
export async function memory(): Promise<Row> {
  const port = await freePort();
  const bench = await startBench({ NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });
  try {
    const inspector = await Inspector.open(port);
    const heaps: number[] = [];
    for (let done = 0; done < TURNS; done += BLOCK) {
      const { failed } = await bench.load.stream(bench.job('product', 'bench-20x0', BLOCK, 500));
      if (failed > 0) throw new Error(`${failed} turns failed`);
      if (done + BLOCK > WARM_UP_TURNS) heaps.push(await inspector.heapBytes());
    }
    inspector.close();
    // Medians of the first and last third, because single samples vary with what is in flight.
    const third = Math.floor(heaps.length / 3);
    const [first, last] = [median(heaps.slice(0, third)), median(heaps.slice(-third))];
    const perTurn = (last - first) / ((heaps.length - third) * BLOCK);
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    return {
      measure: `memory growth over ${TURNS.toLocaleString('en')} turns, after garbage collection`,
      result: `${perTurn.toFixed(0)} bytes per turn`,
      goal: `no lasting growth (≤ ${MAX_BYTES_PER_TURN} bytes per turn)`,
      met: perTurn <= MAX_BYTES_PER_TURN,
      context: `${megabytes(first)} → ${megabytes(last)}`,
    };
  } finally {
    await bench.dispose();
  }
}
