import { freePort } from '@/e2e/support/servers/free-port';
import { Inspector } from '../support/inspector';
import { openStage } from '../support/stage';
import { median } from '../support/stats';
import type { Row } from './measure';

const TURNS = 5_000;
const BLOCK = 250;
/** Code is still being compiled and pools are filled until then. */
const WARM = 1_500;
/** A turn that leaves anything of its own behind leaves more: its text and its context are kilobytes. */
const MOST_BYTES_PER_TURN = 100;

/** The heap after a collection, over 5,000 turns of a server of its own. */
export async function memory(): Promise<Row> {
  const port = await freePort();
  const stage = await openStage({ NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });
  try {
    const inspector = await Inspector.open(port);
    const heaps: number[] = [];
    for (let done = 0; done < TURNS; done += BLOCK) {
      const { failed } = await stage.load.stream(stage.job('product', 'bench-20x0', BLOCK, 500));
      if (failed > 0) throw new Error(`${failed} turns failed`);
      if (done + BLOCK > WARM) heaps.push(await inspector.heapBytes());
    }
    inspector.close();
    // Medians of the first and the last third: single samples wobble by what is in flight.
    const third = Math.floor(heaps.length / 3);
    const [first, last] = [median(heaps.slice(0, third)), median(heaps.slice(-third))];
    const perTurn = (last - first) / ((heaps.length - third) * BLOCK);
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    return {
      measure: `memory growth over ${TURNS.toLocaleString('en')} turns after a collection`,
      figure: `${perTurn.toFixed(0)} bytes a turn`,
      goal: `none that goes on (≤ ${MOST_BYTES_PER_TURN} bytes)`,
      reached: perTurn <= MOST_BYTES_PER_TURN,
      context: `${megabytes(first)} → ${megabytes(last)}`,
    };
  } finally {
    await stage.dispose();
  }
}
